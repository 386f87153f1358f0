"""Where acts were found, no page, picture, table or answer says that nothing was; where none was, all say so."""

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas.charts.compare.view import PLACES, comparison
from atlas.charts.map.page import map_figure
from atlas.charts.map.view import world_map
from atlas.charts.powers_response.view import powers_vs_response
from atlas.draw.legend_class import LegendClass
from atlas.draw.palette import OFF_LADDER as OFF_LADDER_COLOUR
from atlas.maps.geometry import get_geometry
from atlas.publish.comparison.response import responses
from atlas.publish.dataset import json_ld
from atlas.publish.page_figures import scatter_figure
from atlas.publish.picture import picture
from atlas.publish.places import card, card_html, summary
from atlas.response.evidence import NOTHING_FOUND, OFF_LADDER, knowledge
from atlas.response.ladder import acts, change_days, peak
from atlas.response.order import order
from atlas.tables.dates import in_words
from atlas.web.routes import ROUTES
from atlas.words import asides, map_title
from atlas.words.acts import title_in_sentence
from atlas.words.strength import order_sentence

LABEL = "Law-making or own use only"
NORWAY, NETHERLANDS = (
    ("NOR", "2026-11-26", "law adopted, March 2026"),
    ("NLD", "2026-01-20", "step in law-making, 15 January 2026"),
)
CASES = pytest.mark.parametrize(("place", "day", "done"), [NORWAY, NETHERLANDS], ids=["Norway", "Netherlands"])
RESPONSE = ("peak", "now")
NOTHING = re.compile(r"nothing[ _]found|no act found|no counted act|found nothing", re.IGNORECASE)


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=ROUTES))


@pytest.fixture(scope="module")
def days(atlas):
    """Every day on which an act begins or ends, the end of the evidence and a day after it."""
    return sorted(
        {day for day in change_days(atlas, acts(atlas)).index if day >= "2025-12-01"}
        | {"2025-12-01", atlas.package.evidence_to, "2027-06-30"}
    )


def acted(atlas, day):
    """Places with a counted act by a day, read from the tables alone."""
    rows = atlas["responses"]
    counted = rows[(rows["relation"] == "prompted") & (rows["capacity"] != "members") & (rows["date_latest"] <= day)]
    parties = atlas["response_parties"]
    mine = parties[parties["response_id"].isin(counted["response_id"])]
    # Whoever joined an act later is not counted before: that needs the day of joining.
    return set(mine.loc[mine["joined_date"] == "", "jurisdiction_id"])


def test_acts_off_the_ladder_are_law_making_or_own_use(atlas, days):
    """The words of the class are true of all that is in it."""
    seen = set()
    for day in days:
        reached = peak(acts(atlas), day)
        for place, what in knowledge(atlas, day).items():
            if place in reached or what.without_step != OFF_LADDER:
                continue
            frame = acts(atlas)
            mine = frame[(frame["jurisdiction_id"] == place) & frame["counts"] & (frame["from_day"] <= day)]
            assert not mine.empty and set(mine["action"]) <= {
                "legislation_proposed",
                "legislation_adopted",
                "government_use_ban",
            }
            assert asides(atlas, day)[place] == mine.iloc[-1]["response_id"]
            seen.add(place)
    assert seen >= {"NOR", "NLD"}


def test_nobody_with_a_counted_act_reads_nothing_found(atlas, days, client):
    for day in days:
        done, known = acted(atlas, day), knowledge(atlas, day)
        assert done <= {place for place, what in known.items() if what.state == "found"}
        for reading in (*RESPONSE, "evidence"):
            view = world_map(atlas, reading, day)
            table = view.table.set_index("Id")["Class"]
            for place in done:
                assert view.class_of[place] not in (NOTHING_FOUND, "not_searched"), (reading, place, day)
                assert not NOTHING.search(view.hover[place]) and not NOTHING.search(table[place])
        for row in client.get("/api/v1/ladder", params={"date": day, "limit": 1000}).json()["data"]:
            if row["jurisdiction_id"] in done:
                assert NOTHING_FOUND not in (
                    row["state"],
                    row["current_state"],
                    row["evidence"],
                ) and not NOTHING.search(row["peak_label"]), row
                assert row["counted_acts"] > 0
        for dot in powers_vs_response(atlas, day).dots:
            if dot.place in done:
                assert not NOTHING.search(dot.label) and not NOTHING.search(dot.step), dot


def test_no_card_brief_or_lane_of_theirs_says_so(atlas, days):
    for day in days[::4] + ["2026-01-20", "2026-03-06", atlas.package.evidence_to]:
        for place in acted(atlas, day):
            what, short = summary(atlas, place, day), card(atlas, place, day)
            assert what.rung is not None
            for text in (what.title, what.response, short["response"], short["rung_label"]):
                assert not NOTHING.search(text), (place, day, text)


def test_where_no_act_was_found_it_stays_said(atlas, client):
    for day in ("2026-01-20", atlas.package.evidence_to):
        quiet = {place for place, what in knowledge(atlas, day).items() if what.state == NOTHING_FOUND}
        assert "TWN" in quiet and not quiet & acted(atlas, day)
        rows = {
            row["jurisdiction_id"]: row
            for row in client.get("/api/v1/ladder", params={"date": day, "limit": 1000}).json()["data"]
        }
        for place in quiet:
            assert {world_map(atlas, reading, day).class_of[place] for reading in RESPONSE} == {NOTHING_FOUND}
            assert (rows[place]["state"], rows[place]["peak"], rows[place]["peak_label"]) == (
                NOTHING_FOUND,
                None,
                "Searched, nothing found",
            )
            assert summary(atlas, place, day).rung == 0 and "no counted act found" in summary(atlas, place, day).title
            assert card(atlas, place, day)["rung_label"] == "Nothing found"


@CASES
@pytest.mark.parametrize("reading", RESPONSE)
def test_the_map_has_a_class_for_it(atlas, place, day, done, reading):
    view = world_map(atlas, reading, day)
    klass = view.klass(OFF_LADDER)
    assert view.class_of[place] == OFF_LADDER and isinstance(klass, LegendClass) and klass.texture == ""
    assert klass.label == LABEL and klass.count == sum(identity == OFF_LADDER for identity in view.class_of.values())
    assert view.hover[place] == f"{atlas.name(place)}: {LABEL}, {done}"
    row = view.table.set_index("Id").loc[place]
    assert (row["Class"], row["Detail"]) == (LABEL, done) and f"{LABEL}: {klass.count}" in view.alt
    order = [klass.id for klass in view.classes]
    assert order.index(OFF_LADDER) + 1 == order.index(NOTHING_FOUND), "after the rungs, before the silences"


@CASES
@pytest.mark.parametrize("dark", [False, True])
def test_every_drawing_has_its_colour(atlas, place, day, done, dark):
    view = world_map(atlas, "peak", day)
    layout = map_figure(atlas, view, get_geometry(), dark).to_dict()["layout"]
    assert OFF_LADDER_COLOUR.on(dark) in {colour for _, colour in layout["coloraxis"]["colorscale"]}
    svg = picture(atlas, view, "wide", dark, "https://example.org").svg
    assert re.search(rf'<g class="f-k-{OFF_LADDER}" data-class="{OFF_LADDER}"><path data-id="{place}"', svg)
    assert f".f-k-{OFF_LADDER}{{fill:{OFF_LADDER_COLOUR.on(dark)}}}" in svg and LABEL in svg


@CASES
def test_the_embed_s_legend_names_it(client, place, day, done):
    html = client.get("/embed/map", params={"date": day}).text
    assert f'class="sw  k-{OFF_LADDER}"' in html and f"{LABEL} <b>1</b>" in html


@CASES
def test_the_api_has_a_state_for_it(atlas, client, place, day, done):
    (row,) = client.get("/api/v1/ladder", params={"date": day, "jurisdiction": place}).json()["data"]
    assert (row["state"], row["current_state"], row["peak"], row["peak_label"], row["current"]) == (
        OFF_LADDER,
        OFF_LADDER,
        None,
        LABEL,
        None,
    )
    assert row["evidence"] == "found" and row["counted_acts"] == 1 and row["strongest_act"] is None
    schema = str(client.get("/api/v1/openapi.json").json())
    assert schema.count("'off_ladder'") >= 2, "both states may be it"


@CASES
def test_on_the_scatter_it_stands_at_the_foot_in_words_of_its_own(atlas, place, day, done):
    view = powers_vs_response(atlas, day)
    (dot,) = [dot for dot in view.dots if dot.place == place]
    assert (dot.rung, dot.step) == (0, LABEL) and f"; {LABEL.lower()}" in dot.label
    assert view.table.set_index("Id").at[place, "Strongest step"] == LABEL
    shown = scatter_figure(atlas, view)
    assert (
        '<span class="rung">No step on the ladder</span>' in shown
        and '<span class="rung">Nothing found</span>' not in shown
    )


@CASES
def test_the_card_and_the_sentences_say_what_was_done(atlas, place, day, done):
    what, title = summary(atlas, place, day), atlas.responses.at[asides(atlas, day)[place], "title"]
    assert what.rung == 0 and title_in_sentence(title) in what.response
    assert what.response.endswith(
        f"Law-making and a government's own use are not on the ladder; no step on it was found by {in_words(day)}."
    )
    assert what.title.endswith(f"; no step on the ladder found by {in_words(day)}")
    html = card_html(atlas, place, day, False)
    assert (
        f"Strongest step: {LABEL.lower()}" in html
        and f"0 of 6 rungs reached: {LABEL}" in html
        and not NOTHING.search(html)
    )


@CASES
def test_compare_says_what_was_done(atlas, place, day, done):
    view = comparison(atlas, PLACES, (place, "JPN"), day)
    lane = responses(atlas, view)["lanes"][0]
    assert (lane["rung"], lane["rung_label"], lane["acts"], lane["empty"]) == (0, LABEL, [], f"{LABEL}: {done}")
    column = view.columns[0]
    assert "no step on it was found by" in column.sentence and not NOTHING.search(column.sentence)
    assert not NOTHING.search(order_sentence(atlas, order(atlas, place, "JPN", day), place, "JPN"))


def test_a_day_with_law_making_alone_does_not_read_as_one_without_acts(atlas):
    frame = acts(atlas)
    alone = frame[frame["response_id"] == "nld-2026-01-15-van-oosten-explores-ban"]
    assert (
        map_title(atlas, alone, "2026-01-20") == "By 20 January 2026 no authority's step on the ladder had been found"
    )
    assert map_title(atlas, alone, "2026-01-10") == "By 10 January 2026 no authority's act in this case had been found"


def test_the_term_is_explained_where_the_silences_are(atlas):
    assert atlas.label("silence", OFF_LADDER) == LABEL
    assert atlas.definition("silence", OFF_LADDER).startswith(
        "Acts tied to the case were found, and none of them is on the ladder"
    )
    assert "Response reached" in json_ld(atlas, "https://example.org")
