"""The page of a place: its ladder, its own timeline, where it lies, its powers; on paper two pages."""

import io

import pytest
from pypdf import PdfReader

from atlas.law.powers import STATES, cell
from atlas.publish.dossier import own_timeline, powers, rungs, where, where_image
from atlas.publish.places import summary
from atlas.response.ladder import acts, ended_peaks
from atlas.response.proceedings import proceedings
from tests.axe import violations
from tests.browsing import visit
from tests.test_pages import html, run

DAYS = ("2026-01-03", "2026-01-12", "2026-01-25", "2026-02-20", "2026-11-26")


@pytest.mark.parametrize("day", DAYS)
def test_the_ladder_of_a_place_is_the_one_that_counts(atlas, day):
    ended, seen = ended_peaks(atlas, day), 0
    for place in atlas.jurisdictions.index:
        found = rungs(atlas, place, day)
        assert [rung.number for rung in found] == [6, 5, 4, 3, 2, 1]
        top = next((rung for rung in found if rung.state), None)
        assert (top.number if top else 0) == (summary(atlas, place, day).rung or 0), place
        if top and place in ended:
            assert top.state == "ended" and top.ended, place
            seen += 1
        elif top:
            assert top.state == "stands" and not top.ended, place
    assert seen or day < "2026-01-20"


@pytest.mark.parametrize("day", DAYS)
def test_the_own_timeline_has_each_act_once_and_draws_no_silence(atlas, day):
    frame, files = acts(atlas), {one.title: one for one in proceedings(atlas, day)}
    drawn = 0
    for place in atlas.jurisdictions.index:
        own = frame[(frame["jurisdiction_id"] == place) & frame["own"] & frame["counts"] & (frame["from_day"] <= day)]
        exact = atlas.responses.loc[own["response_id"], "date_precision"].isin(("day", "month")).to_numpy()
        found = own_timeline(atlas, place, day)
        ticks = [tick for lane in found.lanes for tick in lane.ticks]
        assert sorted(tick.id for tick in ticks) == sorted(own[exact]["response_id"]), place
        assert all(0 <= tick.at <= 100 for tick in ticks)
        for lane in found.lanes:
            if lane.start is None:
                continue
            drawn += 1
            one = files[lane.title]
            assert 0 <= lane.start <= lane.seen <= 100, (place, lane.title)
            # A bar ends where it ended or was last seen, and says which.
            assert lane.open == (not one.ended) and lane.said.endswith(lane_day(one))
    assert drawn


def lane_day(one):
    from atlas.tables.dates import in_words

    return in_words(one.ended or one.seen)


def test_each_place_has_its_thirteen_powers_as_they_count(atlas):
    for place in atlas.jurisdictions.index:
        every = [power for _, group in powers(atlas, place, DAYS[-1]) for power in group]
        assert len(every) == 13 and {power["state"] for power in every} <= set(STATES)
        for power in every:
            assert not power["link"] or power["link"].startswith("record/powers/")
    indonesia = {power["label"]: power["state"] for _, group in powers(atlas, "IDN", DAYS[-1]) for power in group}
    assert indonesia["Block the service"] == cell(atlas, "IDN", "block", DAYS[-1]).state


def test_each_place_is_found_on_its_small_map(atlas):
    for place in atlas.jurisdictions.index:
        found = where(atlas, place, DAYS[-1])
        left, top, wide, high = map(int, found.box.split())
        x, y = found.dot
        assert left <= x <= left + wide and top <= y <= top + high, place
        assert abs(high / wide - 0.55) < 0.01
        assert found.land and len(where_image(atlas, place, DAYS[-1], False)) < 60_000, place


def test_the_first_screen_holds_ladder_timeline_map_powers_and_ways_onward():
    said = html(run("pages/jurisdiction.py", place="IDN"))
    for part in ('id="ladder"', 'id="own-timeline"', 'id="powers"', 'id="next"', "data:image/svg+xml", "ra-strip"):
        assert part in said
    assert "<del>10 January 2026</del>, ended 1 February 2026" in said
    assert "compare?places=IDN,EU" in said and "evidence?only=IDN" in said


def test_law_that_does_not_reach_the_subject_is_folded_and_comes_last():
    said = html(run("pages/jurisdiction.py", place="JPN"))
    folded = said.index('<details class="more"')
    assert said.index("APPI") < folded and "Laws that do not reach them" in said[folded:]


@pytest.mark.browser
@pytest.mark.parametrize("place", ["EU", "USA", "IDN"])
def test_a_place_is_printed_on_two_pages(server, page, offline, place):
    visit(page, f"{server.url}/jurisdiction?place={place}")
    page.locator(".ra-laws").first.wait_for()
    page.wait_for_timeout(300)
    printed = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    text = " ".join(one.extract_text() for one in printed)
    assert len(printed) <= 2 and all(one.extract_text().strip() for one in printed)
    assert "How far it went" in text and "Its powers in law" in text and "Law" in text


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_the_contents_stay_in_sight_on_a_long_page(server, page, offline, width):
    page.set_viewport_size({"width": width, "height": 900})
    visit(page, f"{server.url}/jurisdiction?place=GBR")
    page.locator(".ra-laws").first.wait_for()
    assert violations(page) == []
    contents = page.get_by_role("navigation", name="On this page")
    law = contents.get_by_role("link", name="Laws")
    law.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    box, heading = contents.bounding_box(), page.locator("#law").bounding_box()
    assert 0 <= box["y"] < 120, "the list went out of sight"
    assert box["y"] + box["height"] <= heading["y"] + 2 < 900
    assert page.locator("[data-testid=stMain]").evaluate("one => one.scrollWidth - one.clientWidth") <= 1
