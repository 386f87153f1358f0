"""Facts and priorities: draws of codes, the triangle, verdicts, the built files, dominance."""

import json
import re
import resource
import shutil
import subprocess
import sys
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest
from changed_data import changed, with_a_newcomer
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.law import standing
from atlas.law.build_standing import change_days, law_key, summarise, write
from atlas.law.coding_error import (
    BY_AGREEMENT,
    BY_CONFIDENCE,
    BY_READING,
    HISTORIES,
    chances,
    error_rates,
    histories,
    rates,
    readings,
    right_once,
)
from atlas.law.facts import (
    Row,
    applicable_rows,
    comparable_on,
    drawn_groups,
    drawn_scores,
    group_draws,
    place_levels,
    row_levels,
    stream,
)
from atlas.law.priorities import VERDICTS, field, same_law, settling, switches, triangle, verdict
from atlas.law.standing import (
    dominance_pairs,
    dominates,
    pair,
    settling_of,
    share_at_weights,
    standings,
    switches_of,
    triangle_of,
)
from atlas.law.strength import compulsory, equal_weights, groups, strengths, weights
from atlas.tables.method import get_method
from atlas.tables.schema import DATA
from tests.test_strength import CODEBOOK, EXAMPLE_DAY

LEVELS = st.lists(st.integers(0, 2), min_size=10, max_size=10)


@pytest.fixture(scope="module")
def build(atlas, tmp_path_factory):
    """One build from the data as they are, as `make build` runs it."""
    folder = tmp_path_factory.mktemp("build") / "data"
    folder.mkdir()
    for path in [*DATA.glob("*.csv"), DATA / "datapackage.json"]:
        shutil.copyfile(path, folder / path.name)
    command = (
        "from pathlib import Path; from atlas.law.build_standing import build; from atlas.tables.atlas import load; "
        f"data = Path({str(folder)!r}); build(load(data), data / 'built', True)"
    )
    subprocess.run([sys.executable, "-c", command], check=True, cwd=DATA.parent)
    return folder / "built", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def test_a_build_is_small(build):
    folder, kilobytes = build
    assert kilobytes < 1.5 * 1024 * 1024
    assert sum(path.stat().st_size for path in folder.iterdir()) < 1_000_000


def test_the_repository_holds_what_its_data_give(build):
    """The same settings, and the same numbers but for the last bits, in which processors differ."""
    ours, kept = (
        json.loads((folder / "standing.json").read_text(encoding="utf-8")) for folder in (build[0], DATA / "built")
    )
    for described in (ours, kept):
        del described["numbers_sha256"]
    assert json.dumps(_rounded(ours)) == json.dumps(_rounded(kept)), "run `make build`"
    with np.load(build[0] / "standing.npz") as one, np.load(DATA / "built" / "standing.npz") as other:
        assert one.files == other.files
        for name in one.files:
            wide = one[name].astype(float), other[name].astype(float)
            np.testing.assert_allclose(
                *wide,
                atol=5 if name.endswith(("over", "held")) else 1 if "rank" in name else 0.01,
                rtol=0,
                err_msg="run `make build`",
            )


def _rounded(value):
    if isinstance(value, float):
        return round(value, 1)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list) else value


def test_every_setting_is_kept(build):
    described = json.loads((build[0] / "standing.json").read_text())
    method = get_method()
    assert described["facts"] == method["facts"] and described["priorities"] == method["priorities"]
    assert set(described["error"]) == set(HISTORIES) and described["window"][0] == described["days"][0]["from"]
    assert [one["name"] for one in described["variants"]].count("method") == 1
    for one in described["variants"]:
        assert set(one["verdicts"]) == set(VERDICTS) and sum(one["verdicts"].values()) == one["pairs"] > 100


def test_pages_find_the_build_and_the_draws_agree_with_it(atlas, build):
    found, rows = standings(atlas, EXAMPLE_DAY, build[0]), applicable_rows(atlas, EXAMPLE_DAY)
    assert found.places == comparable_on(atlas, EXAMPLE_DAY)
    scores = np.array([drawn_scores(place, rows[place]) for place in found.places])
    np.testing.assert_allclose(found.median, np.median(scores, axis=1), atol=1e-3)
    for one, other in (("JPN", "GBR"), ("EU", "USA"), ("FRA", "IND")):
        first, second = triangle_of(atlas, one, other, EXAMPLE_DAY).shares
        a, b = found.row(one), found.row(other)
        assert (found.over[a, b], found.over[b, a]) == (pytest.approx(first), pytest.approx(second))
    assert (found.low <= found.median + 1e-4).all() and (found.median <= found.high + 1e-4).all()
    assert (found.rank_low >= 1).all() and all(
        found.rank_high[row] <= found.ranked(place) for row, place in enumerate(found.places)
    )
    assert ((found.over + found.over.T) <= 1 + 1e-9).all() and (np.diag(found.over) == 0).all()


def test_every_day_of_the_window_has_its_span(atlas, build):
    for day in change_days(atlas):
        scored = {place for place, what in strengths(atlas, day).items() if what.whole.point is not None}
        assert set(standings(atlas, day, build[0]).places) == scored
    assert standings(atlas, "2031-01-01", build[0]) is None


def test_a_changed_code_makes_the_build_stale_and_a_changed_note_does_not(atlas, build):
    powers = atlas["powers"]
    higher = powers.assign(level=powers["level"].where(powers.index != powers.index[0], (powers["level"] + 1) % 3))
    assert standings(changed(atlas, powers=higher), EXAMPLE_DAY, build[0]) is None
    assert standings(changed(atlas, powers=powers.assign(note="other words")), EXAMPLE_DAY, build[0]) is not None
    assert law_key(changed(atlas, powers=powers.sample(frac=1, random_state=3))) == law_key(atlas)


def test_a_missing_torn_or_mixed_build_is_none(atlas, build, tmp_path):
    assert standings(atlas, EXAMPLE_DAY, tmp_path / "nowhere") is None
    torn = tmp_path / "torn"
    shutil.copytree(build[0], torn)
    (torn / "standing.npz").write_bytes((torn / "standing.npz").read_bytes()[:-100])
    assert standings(atlas, EXAMPLE_DAY, torn) is None
    (torn / "standing.json").write_text("{")
    assert standings(atlas, EXAMPLE_DAY, torn) is None


def test_a_build_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    write(tmp_path / "built", {"key": "first"}, {"a": np.zeros(3)})
    first = (tmp_path / "built" / "standing.json").read_bytes()
    monkeypatch.setattr(
        "atlas.law.build_standing.np.savez_compressed", lambda *_, **__: (_ for _ in ()).throw(OSError("disk full"))
    )
    with pytest.raises(OSError):
        write(tmp_path / "built", {"key": "second"}, {"a": np.ones(3)})
    assert (tmp_path / "built" / "standing.json").read_bytes() == first


def sure(rows):
    """Codings without doubt."""
    return tuple(replace(row, chances=()) for row in rows)


def test_dominance_means_never_behind_when_every_code_is_sure(atlas):
    rows, places = applicable_rows(atlas, EXAMPLE_DAY), comparable_on(atlas, EXAMPLE_DAY)
    pairs = dominance_pairs(atlas, EXAMPLE_DAY, places)
    assert len(pairs) > 10
    for stronger, weaker in pairs:
        mine, theirs = (drawn_groups(place, sure(rows[place])) for place in (stronger, weaker))
        first, second = field(mine, theirs).shares
        assert first == 1 and second == 0, (stronger, weaker)


@settings(max_examples=40, deadline=None)
@given(LEVELS, LEVELS)
def test_dominance_of_any_codes_means_whatever_you_value(one, other):
    a, b = np.array(one), np.array(other)
    first, second = (group_draws(levels[:, None]) for levels in (a, b))
    found = field(first, second)
    mirrored = field(second, first)
    np.testing.assert_array_equal(found.sign, -mirrored.sign)
    if dominates(a.astype(float), b.astype(float)):
        assert verdict(*found.shares) == "whatever_you_value"
    if (a == b).all():
        assert verdict(*found.shares) == "codes_cannot_say" and not found.sign.any()


@settings(max_examples=40, deadline=None)
@given(LEVELS, st.integers(0, 9))
def test_raising_a_level_never_lowers_a_group(levels, column):
    low = np.array(levels)[:, None]
    high = low.copy()
    high[column] = np.minimum(high[column] + 1, 2)
    assert (group_draws(high) >= group_draws(low) - 1e-9).all()


def test_an_added_jurisdiction_moves_no_draw_of_others(atlas):
    wider = with_a_newcomer(atlas)
    before, after = applicable_rows(atlas, EXAMPLE_DAY), applicable_rows(wider, EXAMPLE_DAY)
    assert "ZZZ" in after
    for place in ("JPN", "GBR", "FRA"):
        assert before[place] == after[place]


def test_the_order_of_codings_does_not_matter(atlas):
    rows = applicable_rows(atlas, EXAMPLE_DAY)["FRA"]
    np.testing.assert_array_equal(place_levels("FRA", rows), place_levels("FRA", rows[::-1]))


def test_the_triangle_holds_every_mix_above_the_floor():
    points, floor = triangle(), get_method()["priorities"]["floor"]
    steps = get_method()["priorities"]["steps"]
    assert len(points) == (steps + 1) * (steps + 2) // 2 == len(np.unique(points.round(9), axis=0))
    np.testing.assert_allclose(points.sum(1), 1)
    assert points.min() == pytest.approx(floor) and points.max() == pytest.approx(1 - 2 * floor)
    np.testing.assert_allclose(points.mean(0), 1 / 3)


def coded(atlas, law, power, level, kind, by=BY_READING):
    """A coding of some law of XXX with the chances of its level and history."""
    return Row(law, "XXX", power, level, chances(atlas, by)[level, kind])


@pytest.mark.parametrize("level", [0, 1, 2])
@pytest.mark.parametrize("history", HISTORIES)
def test_a_code_is_wrong_as_often_as_its_history_says(atlas, level, history):
    drawn = row_levels(coded(atlas, "some-law", "fine", level, history))
    assert (drawn != level).mean() == pytest.approx(error_rates(atlas)[history]["error"], abs=0.02)


def test_the_former_chances_are_kept_as_a_variant(atlas):
    found = chances(atlas, BY_CONFIDENCE)
    assert [found[2, name][2] for name in ("high", "medium", "low")] == pytest.approx([0.95, 0.85, 0.7])


@pytest.mark.parametrize("by", [BY_READING, BY_AGREEMENT, BY_CONFIDENCE])
def test_a_higher_code_never_has_the_better_chance_of_a_lower_level(atlas, by):
    for kind in {kind for _, kind in chances(atlas, by)}:
        found = np.array([chances(atlas, by)[level, kind] for level in (0, 1, 2)])
        np.testing.assert_allclose(found.sum(1), 1)
        assert (np.diff(found.cumsum(1), axis=0) <= 1e-12).all()


@pytest.mark.parametrize("right", [0.5, 0.8, 0.9, 0.97, 1.0])
def test_the_share_of_right_readings_follows_from_their_agreement(right):
    assert right_once(right**2 + (1 - right) ** 2 / 2) == pytest.approx(right)


def test_rates_are_those_of_readings_made_by_chance():
    """Two readings and a settlement of a million codes, each right in nine of ten cases, counted."""
    random, shared = np.random.default_rng(7), get_method()["facts"]["shared_error"]
    truth = random.integers(0, 3, 1_000_000)

    def read():
        return np.where(random.random(len(truth)) < 0.9, truth, (truth + random.integers(1, 3, len(truth))) % 3)

    one, other = read(), read()
    same = one == other
    found = rates(float(same.mean()), shared)
    assert found["agreed"] - shared == pytest.approx((one != truth)[same].mean(), abs=0.002)
    assert found["once"] - shared == pytest.approx(0.1, abs=0.002)
    one_right = ((one == truth) | (other == truth))[~same].mean()
    assert found["settled"] - shared == pytest.approx(1 - one_right * 0.9, abs=0.005)


def test_every_code_has_a_history_and_a_range(atlas):
    found, counts = error_rates(atlas), pd.Series(histories(atlas)).value_counts()
    assert sum(one["codes"] for one in found.values()) == len(atlas["powers"])
    assert found["agreed"]["error"] < found["once"]["error"] and found["agreed"]["error"] < found["settled"]["error"]
    for history, one in found.items():
        assert one["codes"] == counts.get(history, 0)
        if history == "third":
            assert one["range"] is None and one["error"] == get_method()["facts"]["shared_error"]
        else:
            assert one["range"][0] < one["error"] < one["range"][1] and one["codes"] > 30


def with_readings(atlas, pairs):
    """The atlas with second readings of its first powers: (first, second) for each."""
    rows = atlas["powers"].head(len(pairs))
    table = pd.DataFrame(
        {
            "record_kind": "power",
            "record_id": rows["instrument_id"] + "/" + rows["power"],
            "first_value": [str(a) for a, _ in pairs],
            "second_value": [str(b) for _, b in pairs],
            "first_effective": [a for a, _ in pairs],
            "second_effective": [b for _, b in pairs],
            "first_confidence": "high",
        }
    )
    none = atlas["third_readings"].iloc[:0]
    return replace(atlas, tables=MappingProxyType({**atlas.tables, "second_readings": table, "third_readings": none}))


def test_too_few_readings_leave_the_rates_of_the_method(atlas):
    found = error_rates(with_readings(atlas, [(2, 2)] * 20))
    wanted = get_method()["facts"]["without_readings"] | {"third": get_method()["facts"]["shared_error"]}
    assert {history: one["error"] for history, one in found.items()} == wanted
    assert all(one["range"] is None for one in found.values())


def test_the_codebook_works_the_chances_of_error_out_by_hand(atlas):
    part = CODEBOOK.split("**Chances of error, by hand**", 1)[1].split("\n**", 1)[0]
    twice, same = map(
        int, re.search(r"Of (\d+) powers that both readings decided, (\d+) count the same", part).groups()
    )
    rows = readings(atlas)
    assert (twice, same) == (len(rows), int((rows["first_effective"] == rows["second_effective"]).sum()))
    printed = dict(re.findall(r"^- ([a-z]+): .* = ([\d.]+)%$", part, re.M))
    assert printed == {history: f"{100 * one['error']:.1f}" for history, one in error_rates(atlas).items()}
    line = r"^- ([a-z]+): of (\d+) read again (\d+) were changed and (\d+) stand open: (.*) = [\d.]+%$"
    sampled = re.findall(line, part, re.M)
    assert [kind for kind, *_ in sampled] == ["agreed", "settled"]
    for history, read, wrong, left, sum_ in sampled:
        found = error_rates(atlas)[history]
        assert (int(read), int(wrong), int(left)) == (found["read"], found["wrong"], found["open"])
        assert sum_ == f"({wrong} + {left} / 2 + 0.5) / ({read} + 1)"


def test_the_codebook_works_a_pair_out_by_hand(atlas):
    """The European Union and the United States: scores of groups, margins at points of the triangle, the switch."""
    part = CODEBOOK.split("**A pair by hand: the European Union and the United States on 23 November 2026**", 1)[1]
    part = part.split("\n**", 1)[0].split("\n#", 1)[0]
    found = {place: strengths(atlas, EXAMPLE_DAY)[place].groups for place in ("EU", "USA")}
    lines = re.findall(r"^\| (.+?) \| ([\d.]+) \| ([\d.]+) \| (-?[\d.]+) \|$", part, re.M)
    labels = {atlas.label("power_group", group): group for group in groups()}
    margins = {}
    for label, mine, theirs, apart in lines:
        group = labels[label]
        assert (mine, theirs) == tuple(f"{found[place][group].point:.2f}" for place in ("EU", "USA"))
        assert apart == f"{found['EU'][group].point - found['USA'][group].point:.2f}"
        margins[group] = float(apart)
    assert set(margins) == set(groups())
    sums = re.findall(r"^- .*: (.+?) = (-?[\d.]+)$", part, re.M)
    assert len(sums) == 2
    for terms, result in sums:
        shares = [float(share) for share in re.findall(r"([\d.]+) × ", terms)]
        total = sum(share * margins[group] for share, group in zip(shares, groups()))
        assert sum(shares) == pytest.approx(1, abs=0.02) and total == pytest.approx(float(result), abs=0.35)
    one, other = triangle_of(atlas, "EU", "USA", EXAMPLE_DAY).shares
    assert f"the Union is ahead for {100 * one:.0f}% of the points, the United States for {100 * other:.0f}%" in part
    first, second = switches_of(atlas, "EU", "USA", EXAMPLE_DAY)
    assert f"preventing and repairing counts for at least {int(100 * first.weight + 1e-6)}%" in part
    assert f"punishing counts for at least {int(100 * second.weight + 1e-6)}%" in part


def test_the_codebook_prints_the_numbers_of_the_ledgers():
    method = get_method()
    facts, priorities = method["facts"], method["priorities"]
    for text in (
        f"{facts['draws']:,} draws",
        f"seed ({facts['seed']})",
        f"{100 * facts['shared_error']:.0f}% is assumed",
        f"fewer than {facts['least_audited']} codes",
        f"at least {100 * priorities['floor']:.0f}%",
        f"at least {100 * priorities['ahead_from']:.0f}% of the draws",
        f"at least {100 * priorities['verdicts']['most']:.0f}%",
        f"at least {100 * priorities['verdicts']['some']:.0f}%",
    ):
        assert text in CODEBOOK, text


def test_an_error_in_a_shared_law_is_one_error_and_absence_is_missed_once(atlas):
    shared = coded(atlas, "eu-law", "fine", 2, "once")
    np.testing.assert_array_equal(row_levels(shared), row_levels(shared))
    one, other = (row_levels(coded(atlas, name, "block", 0, "once")) for name in ("law-one", "law-two"))
    np.testing.assert_array_equal(one, other)
    single = (row_levels(coded(atlas, "law-one", "fine", 2, "once")) == 2).mean()
    twice = tuple(coded(atlas, name, "fine", 2, "once") for name in ("law-one", "law-two"))
    held = place_levels("XXX", twice)[compulsory().index("fine")]
    assert (held == 2).mean() > single + 0.05, "a power found in two laws is surer than one found in one"


def test_a_supposed_code_has_no_error():
    assert (row_levels(Row("law", "XXX", "fine", 2)) == 2).all()


def test_streams_hang_on_names_alone():
    assert (
        (stream("a", "b") == stream("a", "b")).all()
        and (stream("a", "b") != stream("ab")).any()
        and (stream("a", "b") != stream("b", "a")).any()
    )


@pytest.mark.parametrize(
    ("first", "second", "same", "word"),
    [
        (0.5, 0.5, True, "same_law"),
        (1.0, 0.0, False, "whatever_you_value"),
        (0.0, 1.0, False, "whatever_you_value"),
        (0.99, 0.0, False, "most_priorities"),
        (0.8, 0.2, False, "most_priorities"),
        (0.79, 0.0, False, "some_never_reverse"),
        (0.15, 0.0, False, "some_never_reverse"),
        (0.79, 0.15, False, "depends"),
        (0.15, 0.15, False, "depends"),
        (0.14, 0.0, False, "codes_cannot_say"),
        (0.14, 0.14, False, "codes_cannot_say"),
        (0.0, 0.0, False, "codes_cannot_say"),
        (0.79, 0.14, False, "mixed"),
        (0.01, 0.15, False, "mixed"),
    ],
)
def test_the_seven_verdicts_with_their_cut_offs(first, second, same, word):
    assert verdict(first, second, same) == word == verdict(second, first, same)
    assert {row[3] for row in _verdict_rows()} == set(VERDICTS)


def _verdict_rows():
    (mark,) = (one for one in test_the_seven_verdicts_with_their_cut_offs.pytestmark if one.name == "parametrize")
    return mark.args[1]


def groups_of(*scores):
    """One sure draw of the scores of the groups."""
    return np.array(scores, dtype=float)[:, None]


def test_a_point_needs_nine_draws_of_ten():
    level, behind = np.zeros((3, 10)), np.zeros((3, 10))
    behind[:, :1] = 1.0
    behind[:, 1:] = -1.0
    assert field(level, behind).shares == (1, 0), "nine draws of ten are enough"
    behind[:, 1:2] = 1.0
    assert field(level, behind).shares == (0, 0), "eight are not"


def test_the_switch_is_where_the_margin_turns():
    """A leads by 30 in the first group and B by 30 in the second: A is ahead where the first counts for more."""
    found = field(groups_of(80, 20, 50), groups_of(50, 50, 50))
    first, second = found.shares
    assert first == pytest.approx(second) and first + second < 1
    for limit in switches(found):
        inside, position = found.sign == limit.side, groups().index(limit.group)
        weight = found.points[inside][:, position]
        assert (weight >= limit.weight - 1e-9).all() if limit.least else (weight <= limit.weight + 1e-9).all()
    # Only punishing decides when all else is level, and by its floor: there is no switch to tell.
    assert switches(field(groups_of(50, 80, 50), groups_of(50, 50, 50))) == ()


@pytest.mark.parametrize(
    "pair_of_places", [("EU", "USA"), ("JPN", "EU"), ("FRA", "USA"), ("BRA", "EU"), ("IND", "JPN")]
)
def test_a_switch_holds_at_every_point(atlas, pair_of_places):
    found = triangle_of(atlas, *pair_of_places, EXAMPLE_DAY)
    limits = switches_of(atlas, *pair_of_places, EXAMPLE_DAY)
    assert limits
    for limit in limits:
        weight = found.points[found.sign == limit.side][:, groups().index(limit.group)]
        assert (weight >= limit.weight - 1e-9).all() if limit.least else (weight <= limit.weight + 1e-9).all()


def test_identical_arsenals_are_the_same_law(atlas):
    rows = applicable_rows(atlas, EXAMPLE_DAY)
    assert same_law(rows["LUX"], rows["PRT"]) and not same_law(rows["AUT"], rows["FRA"])
    assert not same_law(rows["FRA"], rows["FRA"][1:])


def test_the_reading_that_settles_most_does(atlas):
    """The code named leaves less undecided once it is sure than any other code made sure."""
    rows = applicable_rows(atlas, EXAMPLE_DAY)
    found = settling_of(atlas, "KOR", "GBR", EXAMPLE_DAY)
    mine, theirs = rows["KOR"], rows["GBR"]
    undecided = {}
    for row in {*mine, *theirs}:
        if row.chances:
            both = [tuple(replace(each, chances=()) if each == row else each for each in own) for own in (mine, theirs)]
            left = field(drawn_groups("KOR", both[0]), drawn_groups("GBR", both[1]))
            undecided[row.instrument_id, row.power] = float((left.sign == 0).mean())
    assert found.undecided == pytest.approx(undecided[found.instrument_id, found.power])
    assert found.undecided <= min(undecided.values()) + 0.02 and found.before > found.undecided
    assert settling("KOR", sure(mine), "GBR", sure(mine), compulsory()) is None or found


def test_a_pair_reads_the_same_both_ways(atlas, build):
    found = standings(atlas, EXAMPLE_DAY, build[0])
    for other in ("GBR", "EU", "FRA"):
        assert pair(found, "JPN", other) == pair(found, other, "JPN")
    unscored = next(place for place in atlas.jurisdictions.index if found.row(place) is None)
    assert pair(found, "JPN", unscored) is None


def test_summaries_rank_only_like_with_like():
    def rows(level):
        return tuple(Row(f"law-{level}", "XXX", power, level) for power in compulsory())

    now = [("AAA", rows(2)), ("BBB", rows(1)), ("CC-A", rows(1)), ("DDD", rows(1))]
    found = summarise(now, np.array([1, 1, 0, 1]), {})
    assert found["over"][0, 1] == len(triangle()) and found["over"][1, 0] == 0
    assert found["over"][1, 3] == found["over"][3, 1] == 0, "a tie is nobody's"
    assert list(found["rank_low"]) == [1, 2, 1, 2] and list(found["rank_high"]) == [1, 2, 1, 2]
    assert found["same"][1, 2] and not found["same"][0, 1]


def test_own_weights_are_a_point_of_the_triangle(atlas):
    """At equal weights the share of draws is that of the triangle's middle."""
    rows = applicable_rows(atlas, EXAMPLE_DAY)
    over, under = share_at_weights(atlas, "EU", "USA", EXAMPLE_DAY, equal_weights())
    scores = [drawn_scores(place, rows[place]) for place in ("EU", "USA")]
    assert over == pytest.approx((scores[0] > scores[1] + 1e-6).mean(), abs=1e-3)
    assert over + under <= 1
    all_punish = share_at_weights(atlas, "EU", "USA", EXAMPLE_DAY, weights({"control": 0, "prevent": 0}))
    assert all_punish[1] > 0.95


def test_the_reader_of_built_files_is_cached(atlas, build):
    first = standing.standings(atlas, EXAMPLE_DAY, build[0])
    assert standing.standings(atlas, EXAMPLE_DAY, build[0]) is first
