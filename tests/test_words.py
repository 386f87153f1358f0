"""Each generated sentence is true at every as-of date on which something changes."""

from functools import cache

import pytest

from atlas import words
from atlas.charts.map import view as map_view
from atlas.charts.map.view import READINGS
from atlas.law.spans import instrument_spans, power_spans
from atlas.publish import places
from atlas.response.ladder import acts, change_days, in_force
from atlas.tables.dates import in_words
from atlas.words.grammar import LONGEST_TITLE

FIRST, LAST = "2025-12-01", "2027-12-31"

# Several tests walk over all days: what they look at is made once.
world_map, summary = cache(map_view.world_map), cache(places.summary)


@pytest.fixture(scope="module")
def days(atlas):
    """The window's ends, every day on which an act or a law changes, and the day after an end."""
    law = {*instrument_spans(atlas)["starts"], *power_spans(atlas)["starts"]}
    changes = {
        *change_days(atlas, acts(atlas)).index,
        *law,
        FIRST,
        LAST,
        "2026-01-12",
        "2026-01-17",
        "2026-02-02",
        "2026-11-23",
        "2026-12-03",
    }
    return sorted(day for day in changes if FIRST <= day <= LAST)


@cache
def restricting(atlas, day):
    held = in_force(acts(atlas), day)
    return set(held.loc[(held["action"] == "restriction") & held["counts"], "jurisdiction_id"])


def test_known_days(atlas):
    assert restricting(atlas, "2026-01-12") == {"IDN", "MYS"}
    assert restricting(atlas, "2026-01-17") == {"IDN", "MYS", "PHL"}
    assert restricting(atlas, "2026-02-02") == set()


@pytest.mark.parametrize("place", ["MYS", "IDN", "PHL"])
def test_a_lifted_restriction_is_not_a_restriction(atlas, days, place):
    for day in days:
        said = summary(atlas, place, day).response
        if place in restricting(atlas, day):
            assert f"It was in force on {in_words(day)}" in said and "lifted" not in said, (day, said)
        elif "restricted" in said:
            assert "lifted" in said and "has not been restricted there since, as far as found." in said, (day, said)
    assert "lifted" in summary(atlas, place, LAST).response


def test_japan_asked_under_a_law_without_penalties_while_others_have_them(atlas, days):
    since = [day for day in days if day >= "2026-01-16"]
    assert len(since) > 3
    for day in since:
        what = summary(atlas, "JPN", day)
        assert what.rung == 2
        assert what.response.startswith("In Japan the Cabinet Office asked X for action or answers on 16 January 2026")
        act = "the AI Promotion Act, a law for inquiry and guidance without penalties"
        assert f"The sources name {act}, as law that applies, not as the law used." in what.response
        assert "No formal case or restriction was found" in what.response
        assert what.law.startswith(
            "AI law: the AI Promotion Act, of the type “guidance only”. Other laws have penalties: "
        )


def test_no_sentence_tells_of_a_later_day(atlas, days):
    """A date named in a sentence is not after the as-of date."""
    later = {
        day: [in_words(other) for other in days if other > day and other <= atlas.package.evidence_to] for day in days
    }
    for day in days:
        for place in (
            "JPN",
            "MYS",
            "IDN",
            "PHL",
            "EU",
            "GBR",
            "FRA",
            "USA",
            "US-CA",
            "CAN",
            "BRA",
            "ITA",
            "IND",
            "KOR",
            "AUS",
        ):
            said = summary(atlas, place, day).response + world_map(atlas, "peak", day).title
            assert not [text for text in later[day] if f" {text}" in said], (day, place, said)


def test_titles_count_what_the_map_shows(atlas, days):
    for day in days:
        view = world_map(atlas, "now", day)
        shown = {place for place, identity in view.class_of.items() if identity == "rung-6"}
        assert shown >= restricting(atlas, day)
        if not restricting(atlas, day):
            assert "no restriction was in force" in view.title.lower()
        peak = world_map(atlas, "peak", day).title
        if restricting(atlas, day) and "lifted" not in peak:
            assert in_words(day) in peak or peak.endswith(" still did")
        for reading in READINGS:
            assert len(world_map(atlas, reading, day).title) <= LONGEST_TITLE, (day, reading)


def test_every_view_is_complete(atlas, days):
    for day in days:
        for reading in READINGS:
            view = world_map(atlas, reading, day)
            for text in (view.title, view.deck, view.caveat, view.alt):
                assert text and text == text.strip() and "  " not in text and "None" not in text, (day, reading, text)
            assert set(view.class_of) == set(atlas.jurisdictions.index)
            assert len(view.table) == len(view.class_of)
            assert view.title in view.alt
            assert sum(klass.count for klass in view.classes if klass.id != "stale" or reading == "evidence") == len(
                view.class_of
            )


def test_every_place_has_a_whole_sentence(atlas):
    for place in atlas.jurisdictions.index:
        what = summary(atlas, place, "2026-11-23")
        for text in (what.response, what.law):
            assert (
                text[0].isupper()
                and text.endswith(".")
                and ".." not in text
                and "()" not in text
                and "nan" not in text.split()
            ), text
        assert not what.title.endswith(".")


def test_silences_are_said_differently(atlas):
    assert "Searched; no counted act" in summary(atlas, "TWN", "2026-11-23").response
    unsearched = next(place for place in atlas.jurisdictions.index if summary(atlas, place, "2026-11-23").rung is None)
    assert "has not been searched" in summary(atlas, unsearched, "2026-11-23").response


def test_an_announcement_is_not_an_act(atlas):
    frame = acts(atlas)
    suit = frame[frame["response_id"] == "mys-2026-01-13-mcmc-legal-action"].iloc[0]
    assert suit["rung"] == 1 and not suit["lasting"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("DSA", "the DSA"),
        ("AB 602", "AB 602"),
        ("AI Promotion Act", "the AI Promotion Act"),
        ("Art. 226-8-1 CP", "Art. 226-8-1 CP"),
    ],
)
def test_articles_before_names_of_laws(name, said):
    assert words.named(name) == said


@pytest.mark.parametrize(
    ("count", "said"), [(0, "no country"), (1, "one country"), (3, "three countries"), (20, "20 countries")]
)
def test_numbers_in_words(count, said):
    assert words.counted(count, "country", "countries") == said
