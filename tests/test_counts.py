"""Equal things carry equal numbers on every screen, and each number says what it counts (codebook, "What counts once")."""

import re

import pytest

from atlas.charts import catalogue
from atlas.charts.catalogue import CHARTS
from atlas.charts.clock.view import clock
from atlas.charts.map.view import READINGS, world_map
from atlas.charts.powers_response.scene import _entries
from atlas.charts.powers_response.view import powers_vs_response
from atlas.charts.strength.view import strength_ranges
from atlas.charts.timeline.view import timeline
from atlas.law.inheritance import members_of
from atlas.response.durations import default_start, starts
from atlas.response.evidence import NOTHING_FOUND
from atlas.response.ladder import acts, change_days
from atlas.response.proceedings import CASES, open_cases
from atlas.tables.schema import DATA
from atlas.words.grammar import NUMBERS

LAST = "2026-11-26"
WORDS = "|".join(f"{word}|{word.capitalize()}" for word in NUMBERS[1:])
NUMBER = rf"\d+|{WORDS}"
COUNTED = (
    r"(countries|country|jurisdictions?|formal cases?|acts?|restrictions?|orders?|places|points|days?|pairs|changes?"
    r"|regimes?|powers|others|were searched|cannot be compared|not compared|no such step|no step at all)"
)
WAYS = {
    "map": lambda atlas: [{"colour": reading} for reading in ("peak", "now", "evidence")],
    "timeline": lambda atlas: [{"actions": "investigation,lawsuit"}],
    "clock": lambda atlas: [{"start": start} for start in starts(atlas).index[::3]],
    "compare": lambda atlas: [{}, {"places": "GBR,KOR,USA"}, {"by": "instruments"}],
}


@pytest.fixture(scope="module")
def days(atlas):
    found = [day for day in change_days(atlas, acts(atlas)).index if day >= "2026-01-02"]
    return sorted({*found[::4], "2026-01-20", "2026-06-12", "2026-11-26"})


@pytest.fixture(scope="module")
def all_days(atlas):
    return sorted({*(day for day in change_days(atlas, acts(atlas)).index if day >= "2026-01-02"), LAST})


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
        assert f"found in {said(found)} place" in view.title, (day, view.title)
        assert f"{said(count.get(NOTHING_FOUND, 0))} were searched" in view.title, (day, view.title)
        if count.get("stale"):
            told = f"for {count['stale']} of the {found}" if count["stale"] < found else f"for each of the {found}"
            assert told in view.caveat, (day, view.caveat)


def numbers(text):
    """Numbers of a title in figures or words, as whole numbers, with what follows each; days of the calendar left out."""
    plain = re.sub(r"\d{1,2} [A-Z][a-z]+( \d{4})?\b|[A-Z][a-z]+ \d{4}", "", text)
    for found in re.finditer(rf"(?<![\w-])(?:\d+%?|{WORDS})(?![\w-])", plain):
        yield found[0], plain[: found.start()], plain[found.end() :]


def asked_days(slug, days):
    """All days of change; every tenth for the charts that compare law with law."""
    return days if slug in ("map", "timeline", "clock") else days[::10] + [LAST]


@pytest.mark.parametrize("slug", CHARTS)
def test_every_number_of_a_title_says_what_it_counts(atlas, all_days, slug):
    """Every chart, every reading, order and start, every day of change."""
    looked = 0
    for day in asked_days(slug, all_days):
        for query in WAYS.get(slug, lambda atlas: [{}])(atlas):
            view = catalogue.view(atlas, slug, catalogue.read(atlas, CHARTS[slug], {"date": day, **query})[0])
            for figure, before, after in numbers(view.title):
                looked += 1
                assert (
                    re.match(rf"( of (the )?({NUMBER}))? ?{COUNTED}", after)
                    or re.search(r"(day|day minus|all|in|of|other|These) $", before)
                    or figure.endswith("%")
                ), (slug, day, view.title)
    assert looked or slug in ("compare",)


def test_legends_count_what_is_drawn(atlas, all_days):
    for day in all_days:
        for reading in READINGS:
            view = world_map(atlas, reading, day) if day in all_days[::8] or reading in ("peak", "now") else None
            for klass in view.classes if view else ():
                assert klass.count == sum(one == klass.id for one in view.class_of.values()), (day, reading, klass)
        line = timeline(atlas, day)
        acts_shown = sum(klass.count for klass in line.classes if klass.id != "uncounted")
        total = re.search(rf"(?:of )?({NUMBER}) acts?", line.title)
        assert total and said(acts_shown) == total[1].lower(), (day, line.title)


def test_the_clock_counts_places_once_and_never_a_union_with_its_members(atlas, all_days):
    """Seen to fail where `Bound by order 5` of the clock stood beside `Bound by order 2` of the map."""
    rows = atlas.responses
    for day in all_days:
        frame = acts(atlas)
        done = frame[frame["counts"] & (frame["from_day"] <= day) & (frame["rung"] > 0)]
        dated = rows.loc[done["response_id"], "date_precision"].isin(("day", "month")).to_numpy()
        grouped = set(done.loc[~done["own"], "response_id"])
        # A group of states is one more, and neither its states nor their federation.
        led = [
            f"{rows.at[act, 'jurisdiction_id']} group" if act in grouped else rows.at[act, "jurisdiction_id"]
            for act in done["response_id"]
        ]
        done = done.assign(led=led)[dated]
        for klass in clock(atlas, default_start(atlas), day).classes:
            rung = int(klass.id.removeprefix("rung-"))
            assert klass.count == done[done["rung"] >= rung]["led"].nunique(), (day, klass)
            assert rung == 6 or "or further" in klass.label, klass.label


def test_the_scatter_counts_its_dots_and_says_what_shares_a_law(atlas, all_days):
    for day in asked_days("powers-response", all_days):
        view = powers_vs_response(atlas, day)
        corners = [dot.corner for dot in view.dots]
        used, unused = corners.count("held_used"), corners.count("held_unused")
        assert f"{said(used)} of {said(used + unused)} places" in view.title.lower(), (day, view.title)
        silent = sum(dot.corner == "held_unused" and dot.rung == 0 for dot in view.dots)
        assert (f"Of {said(silent)} with many powers no step at all was found" in view.deck) == bool(silent), day
        assert sum(entry.count for entry in _entries(view)) == len(view.drawn)
        assert len(view.drawn) + sum(map(len, view.beside().values())) == len(view.dots)
        many = [dot.place for dot in view.dots if dot.corner in ("held_used", "held_unused")]
        union = [place for place in many if place == "EU" or "EU" in members_of(atlas, place, day)]
        assert f"{said(len(union)).capitalize()} of the {len(many)} places with many powers" in view.deck


def test_strength_and_priorities_count_what_they_draw(atlas, all_days):
    for day in asked_days("strength", all_days):
        view = strength_ranges(atlas, day)
        scored = sum(row.strength.whole.point is not None for row in view.rows)
        places = re.search(rf"({NUMBER}) regimes", view.title)
        pairs = re.search(r"of (\d+) pairs", view.title)
        assert places and places[1].lower() == said(scored), (day, view.title, scored)
        assert not pairs or int(pairs[1]) == scored * (scored - 1) // 2, (day, view.title)
        chart = CHARTS["priorities"]
        weighed = catalogue.view(atlas, "priorities", catalogue.read(atlas, chart, {"date": day})[0])
        every = sum(klass.count for klass in weighed.classes)
        shares = {round(100 * klass.count / every) for klass in weighed.classes}
        for figure in re.findall(r"(\d+)%", weighed.title):
            assert any(abs(int(figure) - share) <= 1 for share in shares), (day, weighed.title)


def test_one_law_in_many_places_is_said_to_be_one(atlas):
    view = world_map(atlas, "regime", "2026-11-26")
    count = int(re.search(r"(\d+) of the places counted have their type from a law of a union", view.deck)[1])
    assert count > 20


def test_the_codebook_says_what_counts_once():
    text = (DATA / "CODEBOOK.md").read_text(encoding="utf-8")
    for part in ("## What counts once", "## Proceedings", "acts_as", "last_looked_for"):
        assert part in text
