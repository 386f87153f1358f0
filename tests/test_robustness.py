"""Robustness: the variants, the built files, pairs and dominance."""

import json
import resource
import shutil
import subprocess
import sys
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.law import coding_error
from atlas.law import robustness as robust
from atlas.law.build import change_days, law_key, summarise, write
from atlas.law.coding_error import ASSUMED, chances
from atlas.law.robustness import all_scores, dominance_pairs, dominates, pair, robustness, share_of_weightings
from atlas.law.strength import compulsory, equal_weights, group_index, weights, whole_scores
from atlas.law.variants import (
    SOURCES,
    Row,
    applicable_rows,
    draws,
    levels_from,
    place_levels,
    row_levels,
    score,
    stream,
    variant_scores,
    word_of,
)
from atlas.tables.schema import DATA
from tests.test_strength import EXAMPLE_DAY, changed, with_a_newcomer

WITHOUT_ERRORS = frozenset(SOURCES) - {"coding"}
LEVELS = st.lists(st.integers(0, 2), min_size=10, max_size=10)


@pytest.fixture(scope="module")
def build(atlas, tmp_path_factory):
    """One build from the data as they are, as `make build` runs it."""
    folder = tmp_path_factory.mktemp("build") / "data"
    folder.mkdir()
    for path in [*DATA.glob("*.csv"), DATA / "datapackage.json"]:
        shutil.copyfile(path, folder / path.name)
    command = (
        "from pathlib import Path; from atlas.law.build import build; from atlas.tables.atlas import load; "
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
        json.loads((folder / "robustness.json").read_text(encoding="utf-8")) for folder in (build[0], DATA / "built")
    )
    for described in (ours, kept):
        del described["numbers_sha256"]
    assert json.dumps(_rounded(ours)) == json.dumps(_rounded(kept)), "run `make build`"
    with np.load(build[0] / "robustness.npz") as one, np.load(DATA / "built" / "robustness.npz") as other:
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
    described = json.loads((build[0] / "robustness.json").read_text())
    assert (
        described["settings"]["variants"] == 10000
        and described["settings"]["seed"]
        and described["settings"]["code_is_right"]["low"] == 0.7
    )
    assert set(described["width_by_source"]) == set(SOURCES) and described["window"][0] == described["days"][0]["from"]


def test_pages_find_the_build_and_the_arrays_agree_with_it(atlas, build):
    found = robustness(atlas, EXAMPLE_DAY, build[0])
    places, scores = all_scores(atlas, EXAMPLE_DAY)
    assert found.places == places
    np.testing.assert_allclose(found.median, np.median(scores, axis=1), atol=1e-3)
    one, other = places.index("JPN"), places.index("GBR")
    assert found.over[other, one] == pytest.approx((scores[other] > scores[one]).mean())
    assert (found.low <= found.median + 1e-4).all() and (found.median <= found.high + 1e-4).all()
    assert (found.rank_low >= 1).all() and all(
        found.rank_high[row] <= found.ranked(place) for row, place in enumerate(found.places)
    )
    assert ((found.over + found.over.T) <= 1 + 1e-9).all() and (np.diag(found.over) == 0).all()


def test_every_day_of_the_window_has_its_span(atlas, build):
    for day in change_days(atlas):
        found = robustness(atlas, day, build[0])
        assert found.places == tuple(
            place
            for place, rows in sorted(applicable_rows(atlas, day).items())
            if not np.isnan(whole_scores(levels_from(rows)[None], equal_weights()).point[0])
        )
    assert robustness(atlas, "2031-01-01", build[0]) is None


def test_a_changed_code_makes_the_build_stale_and_a_changed_note_does_not(atlas, build):
    powers = atlas["powers"]
    higher = powers.assign(level=powers["level"].where(powers.index != powers.index[0], (powers["level"] + 1) % 3))
    assert robustness(changed(atlas, powers=higher), EXAMPLE_DAY, build[0]) is None
    assert robustness(changed(atlas, powers=powers.assign(note="other words")), EXAMPLE_DAY, build[0]) is not None
    assert law_key(changed(atlas, powers=powers.sample(frac=1, random_state=3))) == law_key(atlas)


def test_a_missing_torn_or_mixed_build_is_none(atlas, build, tmp_path):
    assert robustness(atlas, EXAMPLE_DAY, tmp_path / "nowhere") is None
    torn = tmp_path / "torn"
    shutil.copytree(build[0], torn)
    (torn / "robustness.npz").write_bytes((torn / "robustness.npz").read_bytes()[:-100])
    assert robustness(atlas, EXAMPLE_DAY, torn) is None
    (torn / "robustness.json").write_text("{")
    assert robustness(atlas, EXAMPLE_DAY, torn) is None


def test_a_build_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    write(tmp_path / "built", {"key": "first"}, {"a": np.zeros(3)})
    first = (tmp_path / "built" / "robustness.json").read_bytes()
    monkeypatch.setattr(
        "atlas.law.build.np.savez_compressed", lambda *_, **__: (_ for _ in ()).throw(OSError("disk full"))
    )
    with pytest.raises(OSError):
        write(tmp_path / "built", {"key": "second"}, {"a": np.ones(3)})
    assert (tmp_path / "built" / "robustness.json").read_bytes() == first


def test_dominance_means_ahead_in_every_variant_without_coding_error(atlas):
    rows = applicable_rows(atlas, EXAMPLE_DAY)
    places, _ = all_scores(atlas, EXAMPLE_DAY)
    pairs = dominance_pairs(atlas, EXAMPLE_DAY, places)
    assert len(pairs) > 10
    scores = {
        place: variant_scores(place, rows[place], WITHOUT_ERRORS)
        for place in {place for both in pairs for place in both}
    }
    for stronger, weaker in pairs:
        assert (scores[stronger] > scores[weaker]).all(), (stronger, weaker)


@settings(max_examples=25, deadline=None)
@given(LEVELS, LEVELS)
def test_dominance_of_any_codes_means_ahead(one, other):
    a, b = np.array(one), np.array(other)
    drawn = draws(WITHOUT_ERRORS)
    first, second = (score(np.repeat(row[:, None], len(drawn.partial), axis=1), drawn) for row in (a, b))
    least = score(np.repeat(np.minimum(a, b)[:, None], len(drawn.partial), axis=1), drawn)
    assert (first >= least - 1e-9).all(), "whoever has at least as much is never behind"
    if dominates(a.astype(float), b.astype(float)):
        assert (first > second).all()
    if (a == b).all():
        assert (first == second).all()


@settings(max_examples=25, deadline=None)
@given(LEVELS, st.integers(0, 9))
def test_raising_a_level_never_lowers_a_variant(levels, column):
    drawn = draws()
    low = np.repeat(np.array(levels)[:, None], len(drawn.partial), axis=1)
    high = low.copy()
    high[column] = np.minimum(high[column] + 1, 2)
    assert (score(high, drawn) >= score(low, drawn) - 1e-9).all()


def test_an_added_jurisdiction_moves_no_variant_of_others(atlas):
    wider = with_a_newcomer(atlas)
    before, after = applicable_rows(atlas, EXAMPLE_DAY), applicable_rows(wider, EXAMPLE_DAY)
    assert "ZZZ" in after
    for place in ("JPN", "GBR", "FRA"):
        assert before[place] == after[place]
        np.testing.assert_array_equal(variant_scores(place, before[place]), variant_scores(place, after[place]))


def test_the_order_of_codings_does_not_matter(atlas):
    rows = applicable_rows(atlas, EXAMPLE_DAY)["FRA"]
    np.testing.assert_array_equal(variant_scores("FRA", rows), variant_scores("FRA", rows[::-1]))


def test_weights_are_a_flat_dirichlet_and_sum_to_one():
    drawn = draws()
    np.testing.assert_allclose(drawn.group.sum(0), 1)
    for position in range(3):
        np.testing.assert_allclose(drawn.power[group_index() == position].sum(0), 1)
    # Under a flat Dirichlet of three the share has mean 1/3 and variance 1/18.
    assert drawn.group.mean(1) == pytest.approx([1 / 3] * 3, abs=0.01)
    assert drawn.group.var(1) == pytest.approx([1 / 18] * 3, abs=0.003)
    assert drawn.partial.min() >= 25 and drawn.partial.max() <= 75
    assert np.bincount(drawn.rule) == pytest.approx([10000 / 3] * 3, rel=0.06)


ASSUMED_RIGHT = [(2, 0.95), (1, 0.85), (0, 0.7)]


def coded(atlas, law, power, level, sureness, by=""):
    """A coding of some law of XXX with the chances of its level and confidence."""
    return Row(law, "XXX", power, level, chances(atlas, by)[level, sureness])


@pytest.mark.parametrize(("sureness", "right"), ASSUMED_RIGHT)
@pytest.mark.parametrize("level", [0, 1, 2])
def test_under_the_old_assumption_a_code_is_right_as_often_as_assumed_and_else_a_neighbour(
    atlas, level, sureness, right
):
    drawn = row_levels(coded(atlas, "some-law", "fine", level, sureness, ASSUMED), True)
    assert (drawn == level).mean() == pytest.approx(right, abs=0.015)
    assert set(np.unique(drawn)) <= {value for value in (level - 1, level, level + 1) if 0 <= value <= 2}


@pytest.mark.parametrize("sureness", [0, 1, 2])
def test_a_higher_code_never_has_the_better_chance_of_a_lower_level(atlas, sureness):
    for by in (ASSUMED, coding_error.source(atlas)):
        found = np.array([chances(atlas, by)[level, sureness] for level in (0, 1, 2)])
        np.testing.assert_allclose(found.sum(1), 1)
        assert (np.diff(found.cumsum(1), axis=0) <= 1e-12).all()


def with_readings(atlas, pairs):
    """The atlas with second readings of its first powers: (first, second) for each."""
    rows = atlas["powers"].head(len(pairs))
    readings = pd.DataFrame(
        {
            "record_kind": "power",
            "record_id": rows["instrument_id"] + "/" + rows["power"],
            "first_value": [str(a) for a, _ in pairs],
            "second_value": [str(b) for _, b in pairs],
            "first_effective": [a for a, _ in pairs],
            "second_effective": [b for _, b in pairs],
            "first_confidence": ["high", "medium", "low"] * (len(pairs) // 3),
        }
    )
    return replace(atlas, tables=MappingProxyType({**atlas.tables, "second_readings": readings}))


def test_observed_errors_are_those_of_the_two_readings(atlas):
    """Of 300 codes, 60 differ: all of them of high confidence, by one step, between partial and full."""
    pairs = [(2, 1) if index % 3 == 0 and index < 180 else (2, 2) for index in range(300)]
    known = with_readings(atlas, pairs)
    assert coding_error.source(known) == coding_error.OBSERVED
    assert coding_error.agreed(known) == {"high": pytest.approx(0.4), "medium": 1, "low": 1}
    absent, partial, full = chances(known)[2, 2]
    assert full == pytest.approx(0.4) and partial > 0.55 and 0 < absent < 0.02


def test_too_few_readings_leave_the_assumption(atlas):
    assert coding_error.source(with_readings(atlas, [(2, 2)] * 30)) == ASSUMED


def test_an_error_in_a_shared_law_is_one_error_and_absence_is_missed_once(atlas):
    shared = coded(atlas, "eu-law", "fine", 2, 0, ASSUMED)
    np.testing.assert_array_equal(row_levels(shared, True), row_levels(shared, True))
    one, other = (row_levels(coded(atlas, name, "block", 0, 0), True) for name in ("law-one", "law-two"))
    np.testing.assert_array_equal(one, other)
    twice = tuple(coded(atlas, name, "fine", 2, 0, ASSUMED) for name in ("law-one", "law-two"))
    held = place_levels("XXX", twice)[compulsory().index("fine")]
    assert (held == 2).mean() > 0.88, "a power found in two laws is surer than one found in one"


def test_a_supposed_code_has_no_error():
    assert (row_levels(Row("law", "XXX", "fine", 2), True) == 2).all()


def test_streams_hang_on_names_alone():
    assert (
        (stream("a", "b") == stream("a", "b")).all()
        and (stream("a", "b") != stream("ab")).any()
        and (stream("a", "b") != stream("b", "a")).any()
    )


@pytest.mark.parametrize(
    ("over", "under", "word"),
    [
        (0.951, 0.0, "ahead"),
        (0.95, 0.05, "leaning"),
        (0.8, 0.2, "leaning"),
        (0.799, 0.2, "cannot_tell"),
        (0.1, 0.96, "ahead"),
        (0, 0, "cannot_tell"),
    ],
)
def test_words_of_a_pair(over, under, word):
    assert word_of(over, under) == word


def test_a_pair_reads_the_same_both_ways(atlas, build):
    found = robustness(atlas, EXAMPLE_DAY, build[0])
    for other in ("GBR", "EU", "FRA"):
        assert pair(found, "JPN", other) == pair(found, other, "JPN")
    unscored = next(place for place in atlas.jurisdictions.index if found.row(place) is None)
    assert pair(found, "JPN", unscored) is None


def test_summaries_count_strictly_and_rank_only_like_with_like():
    scores = np.array([[1.0, 2.0, 3.0], [1.0, 1.0, 1.0], [9.0, 9.0, 9.0]])
    found = summarise(scores, np.array([1, 1, 0]))
    assert found["over"][0, 1] == 2 and found["over"][1, 0] == 0, "a tie is nobody's"
    assert list(found["rank_low"]) == [1, 1, 1] and found["rank_high"][2] == 1


def test_share_of_weightings_agrees_with_counting():
    better_control = np.array([[2, 2, 2, 2, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 2, 2, 2, 0, 0, 0]], dtype=float)
    order, share = share_of_weightings(better_control, weights({"control": 3}))
    assert order == 1 and share == pytest.approx(0.5, abs=0.02)
    order, share = share_of_weightings(np.array([[2.0] * 10, [1.0] * 10]), equal_weights())
    assert (order, share) == (1, 1.0)
    assert share_of_weightings(np.array([[1.0] * 10, [1.0] * 10]), equal_weights()) == (0, 1.0)


def test_the_reader_of_built_files_is_cached(atlas, build):
    first = robust.robustness(atlas, EXAMPLE_DAY, build[0])
    assert robust.robustness(atlas, EXAMPLE_DAY, build[0]) is first
