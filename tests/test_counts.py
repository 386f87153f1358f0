"""Equal things carry equal numbers on every screen, and each number says what it counts (codebook, "What counts once")."""

import re

import pytest

from atlas.charts.map.view import READINGS, world_map
from atlas.charts.timeline.view import timeline
from atlas.response.evidence import NOTHING_FOUND
from atlas.response.ladder import acts, change_days
from atlas.response.proceedings import CASES, open_cases
from atlas.tables.schema import DATA
from atlas.words.grammar import NUMBERS

COUNTED = (
    r"(countries|jurisdictions?|formal cases?|acts?|restrictions?( has| have)?|places|points|days?|pairs|changes?"
    r"|others|were searched|of \d+ points|of them)"
)


@pytest.fixture(scope="module")
def days(atlas):
    found = [day for day in change_days(atlas, acts(atlas)).index if day >= "2026-01-02"]
    return sorted({*found[::4], "2026-01-20", "2026-06-12", "2026-11-26"})


def said(count):
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def test_cases_with_no_end_are_one_number_on_map_and_timeline(atlas, days):
    for day in days:
        count = len(open_cases(atlas, day))
        now, line = world_map(atlas, "now", day).title, timeline(atlas, day).title
        if count:
            assert f"{said(count)} formal case" in now, (day, now)
            assert f"{said(count)} formal case" in line, (day, line)
        else:
            assert "no formal case was open" in now


def test_the_bars_of_cases_are_the_cases(atlas, days):
    rows = atlas.responses
    for day in days:
        bars = [bar for bar in timeline(atlas, day).bars if bar.open and rows.at[bar.id, "action"] in CASES]
        assert len(bars) == len(open_cases(atlas, day)), day


def test_the_title_on_evidence_counts_what_its_legend_counts(atlas, days):
    for day in days:
        view = world_map(atlas, "evidence", day)
        count = {klass.id: klass.count for klass in view.classes}
        found = count.get("found", 0) + count.get("stale", 0)
        assert f"were found in {said(found)} jurisdiction" in view.title, (day, view.title)
        assert f"{said(count.get(NOTHING_FOUND, 0))} were searched" in view.title, (day, view.title)
        if count.get("stale"):
            assert f"old evidence in {said(count['stale'])} of them" in view.title, (day, view.title)


def test_every_number_of_a_title_is_followed_by_what_it_counts(atlas, days):
    looked, dates = 0, re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{4}")
    for day in days:
        for title in [*(world_map(atlas, reading, day).title for reading in READINGS), timeline(atlas, day).title]:
            plain = dates.sub("", title)
            for number in re.findall(r"(?<![\w-])\d+(?![\w%])", plain):
                looked += 1
                assert re.search(rf"{number}( of \d+)? {COUNTED}|and {number} in|in {number} of them", plain), title
    assert looked > 20


def test_one_law_in_many_places_is_said_to_be_one(atlas):
    view = world_map(atlas, "regime", "2026-11-26")
    count = int(re.search(r"(\d+) of the places counted have their type from a law of a union", view.deck)[1])
    assert count > 20


def test_the_codebook_says_what_counts_once():
    text = (DATA / "CODEBOOK.md").read_text(encoding="utf-8")
    for part in ("## What counts once", "## Proceedings", "acts_as", "last_looked_for"):
        assert part in text
