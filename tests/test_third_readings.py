"""Third readings: the audited sample, the chances of error that follow from it, and the rules of the table."""

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest

from atlas.law.audited_sample import Sample, audited, range_of, read_thrice
from atlas.law.coding_error import BY_AGREEMENT, BY_READING, by_chance, error_rates, histories
from atlas.law.facts import applicable_rows
from atlas.law.powers import effective_level
from atlas.tables.method import get_method
from atlas.tables.read import read_text
from atlas.tables.rules.third_readings import third_readings_are_whole
from atlas.tables.schema import DATA

DAY = "2026-11-26"


def twice_read(atlas, kind):
    """Keys of the codes that were read twice with this result and not a third time."""
    known = histories(atlas, BY_AGREEMENT)
    return sorted(key for key, history in known.items() if history == kind and key not in read_thrice(atlas))


def with_sample(atlas, agreed, settled):
    """The atlas with third readings of its codes in place of its own: (outcome, text read) of each kind, in turn."""
    rows = [
        {"instrument_id": law, "power": power, "drawn_as": kind, "outcome": outcome, "text_read": text}
        for kind, found in (("agreed", agreed), ("settled", settled))
        for (law, power), (outcome, text) in zip(
            sorted(key for key, known in histories(atlas, BY_AGREEMENT).items() if known == kind), found, strict=False
        )
    ]
    table = pd.DataFrame(rows, columns=list(atlas.package.tables["third_readings"].fields))
    return replace(atlas, tables=MappingProxyType({**atlas.tables, "third_readings": table}))


def a_sample(atlas):
    """Sixty agreed codes, of which one was changed and one stands open; forty settled ones, of which six were wrong."""
    agreed = [("same", "official")] * 57 + [("kept", "reproduction"), ("changed", "official"), ("open", "official")]
    settled = [("same", "official_translation")] * 34 + [("changed", "official")] * 4 + [("open", "official")] * 2
    nothing = [("not_decided", "none"), ("same", "secondary"), ("open", "secondary")]
    return with_sample(atlas, agreed + nothing, settled + nothing)


def test_the_sample_by_hand(atlas):
    """One of 60 changed and one open: (1.5 + 0.5) / 61. Four of 40 and two: (5 + 0.5) / 41. What was not read against
    the law counts nowhere."""
    other = a_sample(atlas)
    assert audited(other) == {"agreed": Sample(60, 1, 1), "settled": Sample(40, 4, 2)}
    found = error_rates(other)
    assert found["agreed"]["error"] == round(2 / 61, 4) and found["settled"]["error"] == round(5.5 / 41, 4)
    assert found["agreed"]["at_most"] == round(2.5 / 61, 4) and found["settled"]["at_most"] == round(6.5 / 41, 4)
    assert (found["agreed"]["read"], found["agreed"]["wrong"], found["once"]["read"]) == (60, 1, 0)
    for kind in ("agreed", "settled", "once"):
        assert found[kind]["range"][0] < found[kind]["error"] < found[kind]["range"][1]


def test_the_range_is_that_of_jeffreys():
    """95 % of the distribution for 2 of 60 lie from 0.7 % to 10.3 %, for 6 of 40 from 6.5 % to 28.3 % (tables)."""
    assert range_of(Sample(60, 2, 0).drawn(1)) == pytest.approx([0.007, 0.103], abs=0.006)
    assert range_of(Sample(40, 6, 0).drawn(1)) == pytest.approx([0.065, 0.283], abs=0.015)


def test_codes_read_once_err_by_themselves_and_as_agreed_ones_do_beyond_chance(atlas):
    other = a_sample(atlas)
    rows = other["second_readings"]
    rows = rows[(rows["record_kind"] == "power") & (rows["second_value"] != "")]
    agree = float((rows["first_effective"].astype(int) == rows["second_effective"].astype(int)).mean())
    alone = 1 - (1 + np.sqrt(6 * agree - 2)) / 3
    assert error_rates(other)["once"]["error"] == pytest.approx(alone + 2 / 61 - by_chance(agree), abs=1e-4)


def test_a_sample_without_a_mistake_leaves_some_doubt(atlas):
    found = error_rates(with_sample(atlas, [("same", "official")] * 60, [("same", "official")] * 40))
    assert 0 < found["agreed"]["error"] < 0.01 and 0 < found["settled"]["error"] < 0.02
    assert found["agreed"]["range"][0] >= 0


def test_too_small_a_sample_leaves_the_rates_of_agreement(atlas):
    few = get_method()["facts"]["least_audited"] - 1
    other = with_sample(atlas, [("same", "official")] * 60, [("same", "official")] * few)
    assert audited(other) == {}
    kinds = ("agreed", "settled", "once")
    assert {kind: error_rates(other)[kind]["error"] for kind in kinds} == {
        kind: error_rates(other, BY_AGREEMENT)[kind]["error"] for kind in kinds
    }


def test_a_third_reading_makes_a_code_surer_and_one_that_stands_against_it_less_sure(atlas):
    other = a_sample(atlas)
    known, before = histories(other), histories(other, BY_AGREEMENT)
    outcomes = read_thrice(other)
    assert len(outcomes) == 100 and list(outcomes.values()).count(False) == 3
    for key, borne_out in outcomes.items():
        assert known[key] == ("third" if borne_out else "settled") and before[key] in ("agreed", "settled")
    assert {key: kind for key, kind in known.items() if key not in outcomes} == {
        key: kind for key, kind in before.items() if key not in outcomes
    }
    found = error_rates(other)
    assert found["third"]["error"] < found["agreed"]["error"] and found["third"]["codes"] == 97


def test_the_draws_follow_the_sample(atlas):
    """The codings that apply in a place carry the chances of the sample, and those of agreement as the variant."""
    other = a_sample(atlas)
    by = {kind: applicable_rows(other, DAY, kind) for kind in (BY_READING, BY_AGREEMENT)}
    known, found = histories(other), error_rates(other)
    rows = [row for row in by[BY_READING]["JPN"] if row.chances]
    assert rows and all(
        1 - row.chances[row.level] == pytest.approx(found[known[row.instrument_id, row.power]]["error"]) for row in rows
    )
    former = {kind: one["error"] for kind, one in error_rates(other, BY_AGREEMENT).items()}
    assert {round(1 - row.chances[row.level], 4) for row in by[BY_AGREEMENT]["JPN"] if row.chances} <= set(
        former.values()
    )


def test_effective_levels_are_those_of_the_codebook(atlas):
    """What a third level counts for follows from its own route and scope, and the basis and start of the code."""
    codes = atlas["powers"].set_index(["instrument_id", "power"])
    assert set(zip(*(atlas.columns("third_readings")[name] for name in ("instrument_id", "power")))) <= set(codes.index)
    for row in atlas["third_readings"].itertuples():
        code = codes.loc[(row.instrument_id, row.power)]
        if not pd.isna(row.third_effective):
            route, scope = row.third_route or code["route"], row.third_scope or code["scope"]
            basis = code["basis"] if code["basis"] != "not_applicable" else "explicit"
            wanted = effective_level(int(row.third_value), route, scope, basis, code["commencement"])
            assert row.third_effective == wanted, (row.instrument_id, row.power)
        if row.outcome != "changed":
            kept = effective_level(
                int(code["level"]), *(code[name] for name in ("route", "scope", "basis", "commencement"))
            )
            assert row.kept_effective == kept, (row.instrument_id, row.power)


# --- Rules -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def frames(atlas):
    return {
        name: read_text(DATA, atlas.package.tables[name]) for name in ("powers", "second_readings", "third_readings")
    }


def row_of(frames, atlas, **changes):
    """Frames with one sound third reading, of an agreed code, with some cells changed."""
    law, power = twice_read(atlas, "agreed")[0]
    powers = frames["powers"]
    level = powers.loc[(powers["instrument_id"] == law) & (powers["power"] == power), "level"].iloc[0]
    sound = {name: "" for name in frames["third_readings"].columns} | {
        "instrument_id": law,
        "power": power,
        "drawn_as": "agreed",
        "drawn": "1",
        "kept_value": level,
        "kept_effective": level,
        "third_value": level,
        "third_effective": level,
        "text_read": "official",
        "address": "https://example.org/law",
        "read_on": "2026-12-01",
        "outcome": "same",
    }
    other = str((int(level) + 1) % 3)
    changed = {name: other if value == "another" else value for name, value in changes.items()}
    return {**frames, "third_readings": pd.DataFrame([sound | changed], index=[2], dtype=object)}


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"drawn_as": "settled"}, "drawn_as"),
        ({"third_effective": ""}, "third_effective"),
        ({"address": ""}, "address"),
        ({"text_read": "none"}, "address"),
        ({"outcome": "open", "reason": "why"}, "outcome"),
        ({"third_value": "another", "third_effective": "another"}, "outcome"),
        ({"third_value": "another", "third_effective": "another", "outcome": "kept"}, "reason"),
        ({"third_value": "another", "third_effective": "another", "outcome": "open"}, "reason"),
        ({"third_value": "", "third_effective": ""}, "outcome"),
        ({"kept_value": "another", "kept_effective": "another"}, "outcome"),
        ({"instrument_id": "no-such-law"}, "drawn_as"),
    ],
)
def test_a_row_that_does_not_hold_together_is_named(atlas, frames, changes, column):
    found = [fault.column for fault in third_readings_are_whole(row_of(frames, atlas, **changes), atlas.package)]
    assert column in found


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"third_value": "another", "third_effective": "another", "outcome": "kept", "reason": "why"},
        {"third_value": "another", "third_effective": "another", "outcome": "open", "reason": "why"},
        {"third_value": "", "third_effective": "", "outcome": "not_decided", "text_read": "none", "address": ""},
        {"kept_value": "another", "outcome": "changed", "reason": "why"},
    ],
)
def test_sound_rows_pass(atlas, frames, changes):
    assert list(third_readings_are_whole(row_of(frames, atlas, **changes), atlas.package)) == []
