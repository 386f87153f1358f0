"""Suppositions: one changed code, a reform, models for drafting; and the next step that law allows."""

from itertools import combinations

import numpy as np
import pytest
from changed_data import changed

from atlas.law.powers import cell
from atlas.law.reform import Reform, models, outcome, reformable, reformed_pairs
from atlas.law.regime import instrument_types, regimes
from atlas.law.standing import pair_of, triangle_of
from atlas.law.strength import compulsory, equal_weights, strengths
from atlas.law.what_if import smallest_change
from atlas.response.ladder import acts, peak
from atlas.response.next_step import beyond_powers, first_rungs, next_step, steps
from atlas.response.order import ladders, order, share_at_or_over
from atlas.tables.dates import days_between
from atlas.tables.method import get_method
from tests.test_strength import EXAMPLE_DAY

PLACES = ["AUS", "BRA", "CHN", "DEU", "EU", "FRA", "GBR", "IDN", "IND", "JPN", "KOR", "MYS", "NGA", "PHL", "TUR", "USA"]
AI_ACT = "jpn-ai-promotion-act-2025"


def with_code(atlas, change):
    """The atlas after a change of one code that `smallest_change` named."""
    powers = atlas["powers"]
    row = (powers["instrument_id"] == change.instrument_id) & (powers["power"] == change.power)
    assert row.sum() == 1
    fixed = {
        "level": change.then,
        "route": "authority",
        "scope": "narrow" if change.then == 1 else "general",
        "basis": "explicit",
    }
    return changed(
        atlas, powers=powers.assign(**{name: powers[name].where(~row, value) for name, value in fixed.items()})
    )


def test_the_smallest_change_turns_the_pair_in_the_data_themselves(atlas):
    now, turned = strengths(atlas, EXAMPLE_DAY), []
    for one, other in combinations(PLACES, 2):
        direction, change = smallest_change(atlas, one, other, EXAMPLE_DAY, equal_weights())
        assert direction == np.sign(round(now[one].whole.point - now[other].whole.point, 9))
        # A code that nobody has assessed has no row that could be changed.
        if change is not None and change.instrument_id:
            then = strengths(with_code(atlas, change), EXAMPLE_DAY)
            assert np.sign(then[one].whole.point - then[other].whole.point) == -direction, (one, other, change)
            turned.append(direction)
    assert len(turned) >= 20 and set(turned) == {1, -1}


def test_a_pair_far_apart_is_not_turned_by_one_code(atlas):
    assert smallest_change(atlas, "JPN", "EU", EXAMPLE_DAY, equal_weights()) == (-1, None)


def test_no_reform_changes_nothing(atlas):
    as_it_is = outcome(atlas, Reform("JPN", AI_ACT), EXAMPLE_DAY, equal_weights())
    assert as_it_is.point == pytest.approx(strengths(atlas, EXAMPLE_DAY)["JPN"].whole.point)
    assert as_it_is.instrument == instrument_types(atlas, EXAMPLE_DAY)[AI_ACT] == "guidance_only"
    assert as_it_is.whole == regimes(atlas, EXAMPLE_DAY)["JPN"]


def test_a_fine_for_the_ai_promotion_act(atlas):
    fined = outcome(atlas, Reform("JPN", AI_ACT, given=("fine",)), EXAMPLE_DAY, equal_weights())
    assert (
        fined.instrument == fined.ai_law.type == "penalties_by_interpretation" and fined.ai_law.instrument_id == AI_ACT
    )
    assert (
        fined.point > strengths(atlas, EXAMPLE_DAY)["JPN"].whole.point and fined.levels[compulsory().index("fine")] == 2
    )
    named = outcome(atlas, Reform("JPN", AI_ACT, given=("fine",), named=True), EXAMPLE_DAY, equal_weights())
    assert named.instrument == "penalties_explicit" and named.point == fined.point


def test_a_duty_without_penalty(atlas):
    ordered = outcome(atlas, Reform("JPN", AI_ACT, given=("order",)), EXAMPLE_DAY, equal_weights())
    assert ordered.instrument == "duties_without_penalty"


def test_taking_a_power_that_another_law_holds_leaves_the_strength(atlas):
    taken = outcome(atlas, Reform("JPN", AI_ACT, taken=("fine",)), EXAMPLE_DAY, equal_weights())
    assert taken.point == pytest.approx(strengths(atlas, EXAMPLE_DAY)["JPN"].whole.point)


def test_pairs_of_no_reform_are_those_of_the_law_as_it_is(atlas):
    base = reformed_pairs(atlas, Reform("JPN", AI_ACT), EXAMPLE_DAY)
    assert len(base) > 20
    for other in ("GBR", "EU", "IND", "US-CA"):
        assert base[other] == pair_of("JPN", other, *triangle_of(atlas, "JPN", other, EXAMPLE_DAY).shares)


def test_a_reform_changes_the_shares_the_right_way(atlas):
    before = reformed_pairs(atlas, Reform("JPN", AI_ACT), EXAMPLE_DAY)
    after = reformed_pairs(atlas, Reform("JPN", AI_ACT, given=compulsory()), EXAMPLE_DAY)
    assert set(before) == set(after) and "JPN" not in after
    for other, found in after.items():
        share = found.share if found.first == "JPN" else found.reverse
        assert share >= (before[other].share if before[other].first == "JPN" else before[other].reverse)
    words = {found.verdict for found in after.values() if found.first == "JPN"}
    assert "whatever_you_value" in words and not any(found.ordered and found.first != "JPN" for found in after.values())


def test_models_hold_the_power_in_full_and_name_their_provision(atlas):
    for power in compulsory():
        for model in models(atlas, power, EXAMPLE_DAY, "JPN"):
            assert model.provision and model.place != "JPN"
            assert cell(atlas, model.place, power, EXAMPLE_DAY).level == 2
    assert models(atlas, "fine", EXAMPLE_DAY, "JPN")


def test_only_own_instruments_in_force_can_be_reformed(atlas):
    for place in ("JPN", "FRA", "GBR"):
        laws = reformable(atlas, place, EXAMPLE_DAY)
        assert laws and all(atlas.instruments.at[law, "jurisdiction_id"] == place for law in laws)
    assert reformable(atlas, "JPN", EXAMPLE_DAY)[0] == AI_ACT


def test_steps_say_what_law_allows(atlas):
    method = get_method()
    for place in ("JPN", "GBR", "IDN", "FRA", "IND", "TWN"):
        for step in steps(atlas, place, EXAMPLE_DAY):
            needed = method["action_powers"].get(step.action, [])
            found = [cell(atlas, place, power, EXAMPLE_DAY) for power in needed]
            assert step.rung == method.rung_of[step.action]
            if step.state == "free":
                assert not needed and step.rung <= 2
            elif step.state == "held":
                assert step.bases and any(one.level for one in found)
            elif step.state == "new_law":
                assert all(one.level == 0 for one in found), "only what was looked for and not found needs a new law"
            else:
                assert not any(one.level for one in found)


def test_the_next_step_is_above_what_was_used(atlas):
    reached = peak(acts(atlas), EXAMPLE_DAY)
    for place in ("JPN", "GBR", "FRA", "KOR", "AUS"):
        step = next_step(atlas, place, EXAMPLE_DAY)
        assert step is None or (step.rung > reached.get(place, 0) and step.state in ("free", "held"))
    assert next_step(atlas, "JPN", EXAMPLE_DAY).rung == 3


def test_an_act_without_a_coded_power_goes_on_the_list_and_off_it(atlas):
    """Take the power to block out of the codes: the restrictions that rest on it must appear for review."""
    before = set(beyond_powers(atlas, EXAMPLE_DAY)["response_id"])
    without = changed(atlas, powers=atlas["powers"][atlas["powers"]["power"] != "block"].reset_index(drop=True))
    after = beyond_powers(without, EXAMPLE_DAY)
    restrictions = acts(atlas)
    restrictions = set(
        restrictions.loc[(restrictions["action"] == "restriction") & (restrictions["rung"] == 6), "response_id"]
    )
    assert len(restrictions) >= 3 and restrictions <= set(after["response_id"])
    assert restrictions - before, "they leave the list once the power is coded"
    assert set(after.loc[after["action"] == "restriction", "unread"]) == {("block",)}


def test_days_to_each_first_rung(atlas):
    start = atlas["case_starts"].loc[atlas["case_starts"]["is_default"].astype(bool), "date"].iloc[0]
    found = first_rungs(atlas, EXAMPLE_DAY)
    assert not found.duplicated(["jurisdiction_id", "rung"]).any()
    frame = acts(atlas)
    for row in found.itertuples():
        mine = frame[(frame["jurisdiction_id"] == row.jurisdiction_id) & (frame["rung"] == row.rung)]
        assert row.from_day >= mine["from_day"].min() and row.days == days_between(start, row.from_day)
    assert (first_rungs(atlas, "2026-01-15")["from_day"] <= "2026-01-15").all()


def test_an_order_of_responses_is_tried_under_every_swap(atlas):
    assert ladders().shape == (6, 7) and all(sorted(row) == list(range(7)) for row in ladders())
    found = order(atlas, "JPN", "GBR", EXAMPLE_DAY)
    assert found.orders == 6 and found.second == 6 and found.first == 0
    assert (
        share_at_or_over((2,), 3) == pytest.approx(1 / 6)
        and share_at_or_over((), 3) == 0
        and share_at_or_over((1, 4), 3) == 1
    )
