"""The as-of date in a real browser: set, stepped, played, by mouse and by keys, in any time zone, on every page."""

import re
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from axe import known, violations
from browsing import in_words, settled, unfolded
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from atlas.charts.options import is_shown
from atlas.response.changes import change_counts
from atlas.response.durations import restrictions
from atlas.response.ladder import acts
from atlas.tables.schema import DATA
from atlas.ui.date_track import days_that_matter

ROOT = DATA.parent
browser_test = pytest.mark.browser
JOURNEY = (
    ("2026-01-12", "Indonesia and Malaysia were restricting Grok on 12 January 2026"),
    ("2026-01-17", "Three countries were restricting Grok on 17 January 2026"),
    ("2026-02-02", "Three countries restricted Grok in January; all lifted it by 1 February"),
)


class Wire:
    """What the browser sends to the app and gets from it, on the socket that carries the page."""

    def __init__(self, page):
        self.sent, self.received = 0, 0
        page.on("websocket", self._listen)

    def _listen(self, socket):
        socket.on("framesent", lambda _: self._count("sent"))
        socket.on("framereceived", lambda _: self._count("received"))

    def _count(self, name):
        setattr(self, name, getattr(self, name) + 1)


def address_day(page):
    return parse_qs(urlsplit(page.url).query).get("date", [""])[0]


def open_page(page, server, path="/"):
    page.goto(server.url + path)
    unfolded(page)
    settled(page)


def step(page, wire, act):
    """Does something that changes the day, and waits until it has been drawn."""
    before = page.url
    act()
    page.wait_for_function("before => location.href !== before", arg=before, timeout=60_000)
    settled(page)


# Without a browser


@pytest.mark.parametrize(("asked", "title"), JOURNEY)
def test_a_page_opens_on_the_day_of_its_address(asked, title):
    at = AppTest.from_file(ROOT / "dashboard.py", default_timeout=60)
    at.query_params["date"] = asked
    at.run()
    assert not at.exception
    assert title in " ".join(element.proto.body for element in at.get("html"))


@pytest.mark.parametrize("wrong", ["2026-02-30", "12.01.2026", "2031-01-01", "<b>"])
def test_a_day_that_is_none_falls_back_with_a_notice(wrong):
    at = AppTest.from_file(ROOT / "dashboard.py", default_timeout=60)
    at.query_params["date"] = wrong
    at.run()
    assert not at.exception
    body = " ".join(element.proto.body for element in at.get("html"))
    assert "which is not known here. Showing the last day of the evidence" in body and "<b>”" not in body


def test_the_days_of_change_reach_the_control(atlas):
    days = [day for day in change_counts(atlas) if is_shown(atlas, day)]
    assert {
        "2026-01-10",
        "2026-01-11",
        "2026-01-16",
        "2026-01-21",
        "2026-01-23",
        "2026-02-01",
        "2026-08-02",
        "2026-12-02",
        "2027-01-01",
    } <= set(days)


def test_the_script_keeps_one_timer_and_no_interval():
    """A guard for readers of the script: what the browser tests measure rests on this."""
    folder = ROOT / "atlas" / "assets" / "date_track"
    script = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js")))
    assert "setInterval" not in script and "getTimezoneOffset" not in script
    assert not re.search(r"new Date\((?!count \* DAY\))", script) and "toLocale" not in script
    for line in script.splitlines():
        if "setTimeout" in line and "return ()" not in line:
            assert "this.timer = setTimeout" in line or "this.guard = setTimeout" in line, line


def test_the_days_named_on_the_track_are_those_of_the_data(atlas):
    """The first restriction, order and formal case, the end of the last restriction, the next date of the law."""
    frame = acts(atlas)
    frame = frame[frame["counts"]]
    named = days_that_matter(atlas)
    assert named[:3] == [min(frame[frame["rung"] == rung]["from_day"]) for rung in (6, 5, 4)]
    assert named[3] == max(row.ended for row in restrictions(atlas, atlas.package.evidence_to))
    assert named[4] == min(day for day in change_counts(atlas) if day > atlas.package.evidence_to)
    assert len(set(named)) == 5


# In Chromium


@browser_test
@pytest.mark.parametrize(("width", "most"), [(1440, 44), (390, 128)])
def test_the_bar_is_slim_and_its_scale_is_broken_where_nothing_happens(server, page_with, width, most):
    page = page_with(viewport={"width": width, "height": 900})
    open_page(page, server, "/timeline?date=2026-03-01")
    assert page.locator(".track[role=group]").bounding_box()["height"] <= most
    marks = page.locator(".track[role=group] .marks i").evaluate_all(
        "marks => marks.map(one => parseFloat(one.style.left))"
    )
    assert marks == sorted(marks) and max(b - a for a, b in pairwise(marks)) < 15, "no empty stretch is wide"
    assert page.locator(".track[role=group] .gap").count() >= 1
    names = page.locator(".track[role=group] .ticks span").evaluate_all(
        "names => names.map(one => one.getBoundingClientRect()).map(box => [box.left, box.right])"
    )
    assert len(names) >= 2 and all(one[1] <= other[0] for one, other in pairwise(names)), "no name runs into another"
    expect(page.locator(".track[role=group] .cap")).to_have_text("changes a\u00a0day")
    # What is drawn at a day is what the slide says there.
    slide = page.get_by_label("Day on the track")
    for day in ("2026-01-10", "2026-08-02"):
        page.get_by_label("As-of date").fill(day)
        expect(slide).to_have_attribute("aria-valuetext", re.compile(f"^{in_words(day)}: "))
        share = slide.evaluate("one => 100 * one.value / one.max")
        assert min(abs(share - mark) for mark in marks) < 0.1


@browser_test
@pytest.mark.parametrize(
    ("locale", "typed", "day"),
    [
        ("en-GB", "3/2/2026", "2026-02-03"),
        ("en-US", "2/3/2026", "2026-02-03"),
        ("de-DE", "3.2.2026", "2026-02-03"),
        ("en-US", "17 jan 2026", "2026-01-17"),
        ("en-GB", "March 1", "2026-03-01"),
        ("en-US", "26/1/2026", "2026-01-26"),
    ],
)
def test_a_day_is_read_as_its_reader_writes_it(server, page_with, locale, typed, day):
    page = page_with(locale=locale)
    wire = Wire(page)
    open_page(page, server, "/jurisdiction?place=JPN&date=2026-01-03")
    field = page.get_by_label("As-of date")
    expect(field).to_have_value("3 January 2026")
    field.fill(typed)
    step(page, wire, lambda: field.press("Enter"))
    assert address_day(page) == day and field.input_value() == in_words(day)


@browser_test
def test_what_is_no_day_is_told_and_the_day_stays(server, page):
    open_page(page, server, "/jurisdiction?place=JPN&date=2026-01-17")
    field = page.get_by_label("As-of date")
    for typed in ("30 February 2026", "soon", "1 March 1999"):
        field.fill(typed)
        field.press("Enter")
        expect(page.locator(".track[role=group] .wrong")).to_be_visible()
        expect(field).to_have_attribute("aria-invalid", "true")
    field.press("Tab")
    expect(field).to_have_value("17 January 2026")
    expect(page.locator(".track[role=group] .wrong")).to_be_hidden()
    assert address_day(page) == "2026-01-17"


@browser_test
@pytest.mark.parametrize("path", ["compare", "jurisdiction"])
def test_where_the_day_changes_little_it_is_a_line(server, page, path):
    page.goto(f"{server.url}/{path}?date=2026-02-03")
    line = page.locator(".track[role=group] .asof")
    expect(line).to_contain_text("As of 3 February 2026")
    expect(page.get_by_label("As-of date")).to_be_hidden()
    settled(page)
    line.get_by_role("button").press("Enter")
    expect(page.get_by_label("As-of date")).to_be_focused()
    expect(page.get_by_label("As-of date")).to_have_value("3 February 2026")


@browser_test
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_no_time_zone_moves_a_day(server, page_with, zone):
    """Field, words, title, address, step and the receipts of the timeline name the same days in each."""
    page = page_with(timezone_id=zone)
    wire = Wire(page)
    open_page(page, server)
    field = page.get_by_label("As-of date")
    for day, title in JOURNEY:
        step(page, wire, lambda day=day: field.fill(day))
        expect(page.locator("h1")).to_have_text(title)
        assert address_day(page) == day and field.input_value() == in_words(day)
        expect(page.locator(".track[role=group] .now")).to_contain_text(in_words(day))
    step(page, wire, lambda: page.get_by_role("button", name="Later").click())
    assert address_day(page) == "2026-02-03"
    open_page(page, server, "/timeline?date=2026-01-12&since=2026-01-10&act=mys-2026-01-11-mcmc-restriction")
    assert page.get_by_label("As-of date").input_value() == in_words("2026-01-12")
    expect(page.locator(".ra-picked .when")).to_contain_text("11 January 2026")
    expect(page.locator("#changed")).to_contain_text("between 10 January 2026 and 12 January 2026")
    drawn = page.evaluate(
        """() => { const plot = [...document.querySelectorAll('.js-plotly-plot')].find(plot => plot.data.some(trace => trace.meta === 'acts'));
        // A hundredth of a pixel: to and fro, the last digit may fall before midnight.
        const acts = plot.data.find(trace => trace.meta === 'acts'); const index = [...acts.customdata].indexOf('mys-2026-01-11-mcmc-restriction');
        const axis = plot._fullLayout.xaxis; return [acts.x[index], axis.p2d(axis.d2p(acts.x[index]) + .01), axis.range[0]]; }"""
    )
    assert [text[:10] for text in drawn] == ["2026-01-11", "2026-01-11", "2025-12-23"]


@browser_test
@pytest.mark.slow
def test_playing_sixty_days_neither_queues_runs_nor_leaks(server, browser):
    """One message a day, never two on their way, and as many nodes, listeners and bytes after as before."""
    context = browser.new_context()
    page = context.new_page()
    wire = Wire(page)
    # Two clocks of the browser's own would show as timers that stay; each is counted while it waits.
    page.add_init_script(
        """(() => { const set = window.setInterval; window.__intervals = 0;
        window.setInterval = (...rest) => { if (/track\\.js/.test(new Error().stack)) window.__intervals += 1; return set(...rest); }; })()"""
    )
    open_page(page, server, "/jurisdiction?place=JPN&date=2026-01-01")
    session = context.new_cdp_session(page)
    session.send("Performance.enable")

    def measured():
        session.send("HeapProfiler.collectGarbage")
        values = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
        return values["JSHeapUsedSize"], values["Nodes"], values["JSEventListeners"]

    def play_to(last):
        # Each drawn day is noted in the page itself, so that none is missed between two looks from here.
        page.evaluate(
            """last => { window.__days = []; const note = () => { const day = new URL(location.href).searchParams.get('date');
            if (day && window.__days.at(-1) !== day) window.__days.push(day); if (day >= last) document.querySelectorAll('*').forEach(node => {
            const pause = node.shadowRoot?.querySelector('.play[aria-pressed=true]'); if (pause) pause.click(); }); else requestAnimationFrame(note); }; note(); }""",
            last,
        )
        page.get_by_role("button", name="Play the days").click()
        page.wait_for_function(
            "last => new URL(location.href).searchParams.get('date') >= last", arg=last, timeout=90_000
        )
        page.wait_for_timeout(1_000)
        settled(page)
        return page.evaluate("window.__days")

    play_to("2026-01-05")
    heap, nodes, listeners = measured()
    sent = wire.sent
    drawn = play_to("2026-03-06")
    assert len(drawn) >= 60 and drawn == sorted(drawn), "every day in its order"
    assert wire.sent - sent <= len(drawn) + 1, "one message a day"
    quiet = (wire.sent, wire.received)
    page.wait_for_timeout(1_500)
    assert (wire.sent, wire.received) == quiet, "nothing was left waiting"
    heap_after, nodes_after, listeners_after = measured()
    assert page.evaluate("window.__intervals") == 0
    assert heap_after < heap * 1.5 + 4_000_000 and listeners_after < listeners * 1.3 + 50
    assert nodes_after < nodes * 2 + 500
    context.close()


@browser_test
def test_keys_step_and_a_held_key_does_not_flood(server, page, offline):
    wire = Wire(page)
    open_page(page, server, "/?date=2026-01-12")
    slide = page.get_by_label("Day on the track")
    slide.focus()
    step(page, wire, lambda: page.keyboard.press("ArrowRight"))
    assert address_day(page) == "2026-01-13"
    step(page, wire, lambda: page.keyboard.press("ArrowDown"))
    assert address_day(page) == "2026-01-12"
    step(page, wire, lambda: page.keyboard.press("PageUp"))
    assert address_day(page) == "2026-01-13", "the next day of change"
    step(page, wire, lambda: page.keyboard.press("Shift+ArrowLeft"))
    assert address_day(page) == "2026-01-12"
    expect(slide).to_have_attribute("aria-valuetext", re.compile("^12 January 2026: "))
    sent = wire.sent
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => new URL(location.href).searchParams.get('date') === '2026-02-01'", timeout=60_000)
    settled(page)
    assert wire.sent - sent < 10, "twenty presses are few messages: the last wish counts"
    assert slide.evaluate("node => node.getRootNode().activeElement === node"), "the keys stay where they were"


@browser_test
def test_steps_go_to_days_of_change_and_stop_at_the_ends(server, page, atlas):
    wire = Wire(page)
    open_page(page, server, "/?date=2026-07-01")
    days = [day for day in change_counts(atlas) if is_shown(atlas, day)]
    step(page, wire, lambda: page.get_by_role("button", name="Later").click())
    assert address_day(page) == next(day for day in days if day > "2026-07-01")
    open_page(page, server, f"/?date={days[-1]}")
    expect(page.get_by_role("button", name="Later")).to_be_disabled()
    open_page(page, server, f"/?date={days[0]}")
    expect(page.get_by_role("button", name="Earlier")).to_be_disabled()


@browser_test
def test_a_hand_on_the_control_stops_the_play(server, page):
    open_page(page, server, "/jurisdiction?place=JPN&date=2026-01-03")
    page.get_by_role("button", name="Play the days").click()
    page.wait_for_function("() => new URL(location.href).searchParams.get('date') > '2026-01-04'", timeout=60_000)
    page.get_by_label("As-of date").fill("2026-02-02")
    page.wait_for_function("() => new URL(location.href).searchParams.get('date') === '2026-02-02'", timeout=60_000)
    settled(page)
    page.wait_for_timeout(1_500)
    assert address_day(page) == "2026-02-02"
    expect(page.get_by_role("button", name="Play the days")).to_have_attribute("aria-pressed", "false")


@browser_test
def test_the_day_goes_along_to_the_next_page(server, page):
    wire = Wire(page)
    open_page(page, server)
    step(page, wire, lambda: page.get_by_label("As-of date").fill("2026-01-17"))
    page.get_by_role("link", name="Timeline").click()
    page.wait_for_url("**/timeline?*date=2026-01-17*")
    settled(page)
    expect(page.get_by_label("As-of date")).to_have_value(in_words("2026-01-17"))
    expect(page.locator("[data-testid=stMain]")).to_contain_text("17 January 2026")


@browser_test
def test_reduced_motion_slows_the_play(server, page_with):
    page = page_with(reduced_motion="reduce")
    open_page(page, server, "/jurisdiction?place=JPN&date=2026-01-03")
    page.get_by_role("button", name="Play the days").click()
    page.wait_for_timeout(4_000)
    assert "2026-01-04" <= address_day(page) <= "2026-01-07"


@browser_test
def test_a_click_on_the_timeline_opens_the_receipt(server, page):
    open_page(page, server, "/timeline?date=2026-01-20&span=weeks")
    spot = page.wait_for_function(
        """() => { const plot = [...document.querySelectorAll('.js-plotly-plot')].find(plot => plot.data?.some(trace => trace.meta === 'acts')); if (!plot) return null;
        // A hundredth of a pixel: to and fro, the last digit may fall before midnight.
        const acts = plot.data.find(trace => trace.meta === 'acts'); const index = [...acts.customdata].indexOf('mys-2026-01-11-mcmc-restriction');
        plot.scrollIntoView(); const box = plot.getBoundingClientRect(), axes = plot._fullLayout;
        return [box.left + axes.xaxis._offset + axes.xaxis.d2p(acts.x[index]), box.top + axes.yaxis._offset + axes.yaxis.d2p(acts.y[index])]; }""",
        timeout=60_000,
    ).json_value()
    page.mouse.move(*spot)
    page.mouse.click(*spot)
    expect(page.locator(".ra-picked")).to_contain_text("Block of Grok", timeout=60_000)
    assert "act=mys-2026-01-11-mcmc-restriction" in page.url


@browser_test
@pytest.mark.parametrize("path", ["/?date=2026-01-17", "/timeline?date=2026-01-17"])
def test_the_control_is_accessible(server, page, path):
    open_page(page, server, path)
    page.wait_for_timeout(1_000)
    assert [fault for fault in violations(page) if fault[0] not in known()] == []
