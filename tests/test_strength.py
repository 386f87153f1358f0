"""Enforcement strength: the worked examples, bounds, outlines, and what no choice of data or weights may do."""

import re

import numpy as np
import pytest
from changed_data import changed, with_a_newcomer
from hypothesis import assume, given
from hypothesis import strategies as st

from atlas.law.facts import applicable_rows
from atlas.law.powers import cell, level_matrix
from atlas.law.spans import power_spans
from atlas.law.strength import (
    Weights,
    compulsory,
    equal_weights,
    group_index,
    group_scores,
    groups,
    levels_of,
    soft,
    strengths,
    weights,
    whole_scores,
)
from atlas.tables.method import get_method
from atlas.tables.schema import DATA

EXAMPLE_DAY = "2026-11-23"
CODEBOOK = (DATA / "CODEBOOK.md").read_text(encoding="utf-8")
LEVEL = st.sampled_from([0.0, 1.0, 2.0, np.nan])
LEVELS = st.lists(LEVEL, min_size=10, max_size=10).map(lambda row: np.array([row]))
WEIGHT = st.floats(0, 5)
WEIGHTS = st.tuples(st.lists(WEIGHT, min_size=3, max_size=3), st.lists(WEIGHT, min_size=10, max_size=10)).map(
    lambda both: weights(dict(zip(groups(), both[0])), dict(zip(compulsory(), both[1])))
)


def example(name):
    """Rows and sums of a worked example, as they stand in the codebook."""
    part = CODEBOOK.split(f"**{name} on 23 November 2026**", 1)[1].split("\n**", 1)[0].split("\n### ", 1)[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (\d|not assessed) \| (\d+|–) \| (.+?) \|$", part, re.M)
    sums = re.findall(r"^- (.+?): \((.+?)\) / (\d+) = ([\d.]+)$", part, re.M)
    return rows, sums


@pytest.mark.parametrize(("place", "name"), [("JPN", "Japan"), ("FRA", "France")])
def test_the_worked_example_holds_by_hand_and_by_code(atlas, place, name):
    rows, sums = example(name)
    assert len(rows) == 10 and len(sums) == 4
    by_group = {}
    for (group, power_label, level, points, law), power in zip(rows, compulsory()):
        found = cell(atlas, place, power, EXAMPLE_DAY)
        assert power_label == atlas.label("power", power) and group == atlas.label(
            "power_group", get_method().group_of[power]
        )
        assert level == ("not assessed" if found.level is None else str(found.level)), power
        if found.level is not None:
            assert int(points) == 50 * int(level)
            assert law.startswith(atlas.instruments.at[found.instrument_id, "short_name"])
            assert ("law of the European Union" in law) == (found.inherited_from == "EU")
            by_group.setdefault(group, []).append(int(points))
    found = strengths(atlas, EXAMPLE_DAY)[place]
    for (label, terms, count, result), group in zip(sums, groups()):
        numbers = [int(term) for term in terms.split(" + ")]
        assert numbers == by_group[label] and int(count) == len(numbers)
        assert f"{sum(numbers) / len(numbers):.2f}" == result == f"{found.groups[group].point:.2f}"
    label, terms, count, result = sums[3]
    assert [float(term) for term in terms.split(" + ")] == [float(value) for *_, value in sums[:3]] and count == "3"
    # The whole by hand from exact group means, so that rounding twice cannot hide an error.
    assert (
        f"{sum(sum(values) / len(values) for values in by_group.values()) / 3:.2f}"
        == result
        == f"{found.whole.point:.2f}"
    )


def test_france_inherits_and_japan_does_not():
    assert any("law of the European Union" in law for *_, law in example("France")[0])
    assert not any("law of the European Union" in law for *_, law in example("Japan")[0])


def test_the_codebook_prints_the_numbers_of_the_method():
    assert f"less than {100 * get_method()['strength']['coverage_needed']:.0f}% of the weight" in CODEBOOK


def test_ten_powers_in_three_groups_of_equal_weight():
    assert len(compulsory()) == 10 and len(groups()) == 3
    assert not set(soft()) & set(compulsory())
    whole = equal_weights().whole
    assert whole.sum() == pytest.approx(1)
    assert np.bincount(group_index(), whole) == pytest.approx([1 / 3] * 3)


@given(LEVELS, WEIGHTS)
def test_bounds_contain_the_point(levels, chosen):
    for found in (whole_scores(levels, chosen), *group_scores(levels, chosen)):
        low, high, point = found.low[0], found.high[0], found.point[0]
        assert -1e-9 <= low <= high + 1e-9 and high <= 100 + 1e-9
        assert np.isnan(point) or low - 1e-9 <= point <= high + 1e-9
        assert (
            np.isnan(point)
            or found.coverage[0] < 1 - 1e-9
            or (point == pytest.approx(low, abs=1e-6) and point == pytest.approx(high, abs=1e-6))
        )


@given(LEVELS, WEIGHTS, st.integers(0, 9))
def test_raising_a_code_never_lowers_a_score(levels, chosen, column):
    assume(levels[0, column] < 2)
    raised = levels.copy()
    raised[0, column] += 1
    before, after = whole_scores(levels, chosen), whole_scores(raised, chosen)
    for name in ("point", "low", "high"):
        old, new = getattr(before, name)[0], getattr(after, name)[0]
        assert np.isnan(old) == np.isnan(new) and (np.isnan(old) or new >= old - 1e-9), name


@given(
    LEVELS,
    WEIGHTS,
    st.permutations([0, 1, 2, 3]),
    st.permutations([4, 5, 6]),
    st.permutations([7, 8, 9]),
    st.booleans(),
)
def test_permuting_weights_with_powers_does_not_matter(levels, chosen, first, second, third, swap):
    order = [*first, *(third if swap else second), *(second if swap else third)]
    group = [0, 2, 1] if swap else [0, 1, 2]
    moved = Weights(tuple(np.array(chosen.group)[group]), tuple(np.array(chosen.power)[order]))
    before, after = whole_scores(levels, chosen), whole_scores(levels[:, order], moved)
    for name in ("point", "low", "high", "coverage"):
        np.testing.assert_allclose(getattr(before, name), getattr(after, name), atol=1e-9)


@given(LEVELS)
def test_no_point_under_four_fifths_assessed(levels):
    found = whole_scores(levels, equal_weights())
    assert np.isnan(found.point[0]) == (found.coverage[0] < 0.8 - 1e-9)


def test_what_is_not_assessed_is_a_bound_and_not_a_zero(atlas):
    some = False
    for what in strengths(atlas, EXAMPLE_DAY).values():
        whole = what.whole
        assert (whole.high - whole.low) == pytest.approx(100 * (1 - whole.coverage))
        if 0.8 < whole.coverage < 0.999:
            some = True
            assert whole.low < whole.high
        if whole.coverage < 0.79:
            assert whole.point is None
    assert some


@pytest.mark.parametrize("day", ["2025-12-01", EXAMPLE_DAY, "2027-12-31"])
def test_levels_are_those_of_the_cells(atlas, day):
    places = tuple(atlas.jurisdictions.index)
    np.testing.assert_array_equal(levels_of(atlas, day, places), level_matrix(atlas, day, places, compulsory()))
    np.testing.assert_array_equal(levels_of(atlas, day, places, soft()), level_matrix(atlas, day, places, soft()))


def test_guidance_alone_scores_nothing():
    assert whole_scores(np.zeros((1, 10)), equal_weights()).point[0] == 0


def test_an_outline_is_always_more_than_the_score(atlas):
    for day in ("2026-01-15", EXAMPLE_DAY):
        for what in strengths(atlas, day).values():
            assert what.outlined is None or what.whole.point is None or what.outlined > what.whole.point


def test_what_is_adopted_is_an_outline_until_it_applies(atlas):
    """Put off the start of the law that decides most of Japan's powers: what was score becomes outline."""
    law, laws = "jpn-information-distribution-platform-act", atlas["instruments"]
    put_off = laws.assign(applicable_date=laws["applicable_date"].where(laws["instrument_id"] != law, "2027-06-01"))
    then, now = strengths(changed(atlas, instruments=put_off), EXAMPLE_DAY)["JPN"], strengths(atlas, EXAMPLE_DAY)["JPN"]
    assert then.whole.low < now.whole.low and then.outlined == pytest.approx(now.whole.point)
    assert strengths(changed(atlas, instruments=put_off), "2027-06-01")["JPN"] == strengths(atlas, "2027-06-01")["JPN"]


def test_an_added_jurisdiction_moves_nobody_else(atlas):
    wider, before = strengths(with_a_newcomer(atlas), EXAMPLE_DAY), strengths(atlas, EXAMPLE_DAY)
    assert wider["ZZZ"].whole.point == pytest.approx(100)
    assert {place: wider[place] for place in before} == before


def test_the_order_of_rows_does_not_matter(atlas):
    shuffled = changed(
        atlas,
        **{
            name: atlas[name].sample(frac=1, random_state=7).reset_index(drop=True)
            for name in ("powers", "instruments", "jurisdictions", "memberships")
        },
    )
    assert strengths(shuffled, EXAMPLE_DAY) == strengths(atlas, EXAMPLE_DAY)


def test_a_weight_of_nothing_and_all_nothing():
    only = weights({"control": 1, "punish": 0, "prevent": 0})
    assert only.group == (1, 0, 0)
    assert weights(dict.fromkeys(groups(), 0)) == equal_weights()
    none = weights(None, dict.fromkeys(get_method().powers("punish"), 0))
    assert none.group[1] == 0 and sum(none.group) == pytest.approx(1)


@pytest.mark.parametrize(
    ("place", "law", "before", "from_day"),
    [
        ("EU", "eu-ai-omnibus-2026", "2026-12-01", "2026-12-03"),
        ("US-MN", "us-mn-nudification-2026", "2026-07-31", "2026-08-01"),
    ],
)
def test_a_law_counts_from_its_day(atlas, place, law, before, from_day):
    def counted(day):
        return law in {row.instrument_id for row in applicable_rows(atlas, day)[place]}

    assert not counted(before) and counted(from_day)


def test_the_crime_and_policing_act_counts_offence_by_offence(atlas):
    law, spans = "gbr-crime-and-policing-act-2026", power_spans(atlas)
    own = spans[(spans["instrument_id"] == law) & spans["power"].isin(compulsory())]
    for day in ("2026-04-29", "2026-06-29", EXAMPLE_DAY):
        counted = {row.power for row in applicable_rows(atlas, day)["GBR"] if row.instrument_id == law}
        assert counted == set(own.loc[own["starts"] <= day, "power"])
