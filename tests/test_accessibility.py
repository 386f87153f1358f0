"""WCAG 2.2 AA: every page in real Chromium, light and dark, wide and narrow, as it opens and with all that opens
opened.
"""

import re

import pytest
import streamlit
from addresses import app_paths, flat, good, served
from axe import OF_COLOUR, RULES, into, known, measured, violations
from browsing import WAIT, opened, settled, visit
from playwright.sync_api import expect
from starlette.testclient import TestClient

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICKED = {
    "timeline": "?act=mys-2026-01-11-mcmc-restriction",
    "compare": "?places=JPN,EU,BRA",
    "jurisdiction": "?place=BRA",
}
QUERIES = {"/compare.{kind}": "?places=JPN,EU"}
WIDTHS = (1440, 390)
# What can differ in the dark is colour alone: the other rules are asked once.
SCHEMES = {"light": RULES, "dark": OF_COLOUR}


def states(page):
    """The states of a page, one after another."""
    yield "as it opens"
    opened(page)
    yield "opened"
    for state, opener in (
        ("popover", "[data-testid=stPopoverButton]"),
        ("list of choices", "[data-testid=stMain] [role=combobox]"),
    ):
        if page.locator(opener).count():
            into(page, state)
            yield state
            page.keyboard.press("Escape")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_that_is_ours(server, page_with, width, scheme):
    page, found = page_with(viewport={"width": width, "height": 900}, color_scheme=scheme), []
    for path in app_paths():
        visit(page, f"{server.url}/{path}{PICKED.get(path, '')}")
        for state in states(page):
            faults = violations(page, SCHEMES[scheme])
            found += [(path or "map", state, *fault) for fault in faults if fault[0] not in known(state)]
    assert found == []


def test_a_page_follows_the_device_into_the_dark_and_back(server, page):
    """Paper, letters and charts, while the page is open: a device may do so by itself in the evening."""
    visit(page, f"{server.url}/?date=2026-01-17")
    colours = []
    for scheme in ("light", "dark", "light"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(WORN, arg=scheme == "dark", timeout=WAIT)
        page.locator(".js-plotly-plot .choroplethlayer path").first.wait_for(state="attached", timeout=WAIT)
        settled(page)
        colours.append(page.evaluate(COLOURS))
        assert "date=2026-01-17" in page.url
    assert colours[0] == colours[2] and all(one != other for one, other in zip(colours[0], colours[1]))


# The paper and the letters of a page of the app are those of a scheme.
WORN = """dark => ['color', 'backgroundColor'].every(what => {
  const app = document.querySelector('[data-testid=stApp]'), one = what === 'color' ? app?.querySelector('h1') : app;
  return one && (parseInt(getComputedStyle(one)[what].slice(4)) < 128) === (dark === (what === 'backgroundColor'));
})"""
COLOURS = """() => [getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor,
  getComputedStyle(document.querySelector('h1')).color,
  getComputedStyle(document.querySelector('.js-plotly-plot .choroplethlayer path')).fill]"""


def test_axe_finds_nothing_on_pages_beside_the_app(server, page):
    """Prints, embeds, records: whatever of our routes answers with HTML, light and dark, wide and narrow."""
    found, seen = [], 0
    with TestClient(served(), base_url="http://127.0.0.1") as client:
        ours = [path + QUERIES.get(route, "") for route in flat() for path in good(route)]
        beside = [address for address in ours if client.get(address).headers["content-type"].startswith("text/html")]
    beside += ["/no-such-page", "/data/no/such/file", "/record/responses/none"]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for address in beside:
            seen += 1
            page.goto(server.url + address)
            for scheme, rules in SCHEMES.items():
                page.emulate_media(color_scheme=scheme)
                found += [(address, width, scheme, *fault) for fault in violations(page, rules)]
    assert found == [] and seen > 4 * len(WIDTHS)


def test_the_baseline_is_that_of_this_streamlit(browser):
    now = measured(browser)
    assert now["streamlit"] == streamlit.__version__
    for state, rules in now["violations"].items():
        assert set(rules) <= known(state), f"{state}: Streamlit has new faults; run tests/axe.py and name their issues"


def test_each_page_says_its_name_and_its_order(server, page):
    """A title of its own, one language, one first heading, no level left out, one main part, named navigation."""
    titles = set()
    for path in app_paths():
        visit(page, f"{server.url}/{path}")
        page.wait_for_function("() => document.title.endsWith('Regime Atlas')")
        titles.add(page.title())
        assert page.evaluate("document.documentElement.lang") == "en"
        levels = [
            int(level)
            for level in page.evaluate(
                "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(head => head.tagName[1])"
            )
        ]
        assert levels[0] == 1 and levels.count(1) == 1, (path, levels)
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:])), (path, levels)
        assert page.get_by_role("main").count() == 1 and page.get_by_role("navigation").count() >= 1
        assert page.locator("[data-testid=stSkipToContent]").get_attribute("href") == "#stMain"
    assert len(titles) == len(app_paths())


def test_each_chart_says_its_finding_in_words(server, page):
    for path in ("", "strength", "timeline"):
        visit(page, f"{server.url}/{path}")
        expect(page.locator("[role=figure][aria-label], figure[aria-label]")).to_have_count(
            {"": 1, "strength": 2, "timeline": 2}[path], timeout=WAIT
        )
        spoken = page.evaluate(
            "[...document.querySelectorAll('[role=figure][aria-label], figure[aria-label]')].map(one =>"
            " one.getAttribute('aria-label'))"
        )
        for words in spoken:
            assert re.match(r"(World map|Ranges|Scatter|Timeline|Curves)\b.*\. .*\d.*\b[Tt]able", words), words
    # The title of the page is the finding of its chart; the text alternative says the same.
    title = page.locator("h1").inner_text()
    assert any(title in words for words in spoken)


TABLES = """() => [...document.querySelectorAll('main table')].map(table => ({
  caption: (table.caption ?? document.getElementById(table.getAttribute('aria-labelledby')))?.textContent.trim() ?? '',
  loose: [...table.querySelectorAll('th')].filter(head => !['col', 'row', 'rowgroup', 'colgroup'].includes(head.scope)).length,
  empty: [...table.querySelectorAll('th')].filter(head => !head.textContent.trim()).length,
  bare: [...table.querySelectorAll('tbody tr')].filter(row => !row.querySelector('th') && !row.querySelector('td[colspan]')
        && !(row.closest('table').querySelector('th[rowspan]'))).length,
}))"""


@pytest.mark.parametrize("width", [1440, 390])
def test_tables_are_tables(server, page, width):
    """A caption or a heading that names it, headers with their scope, and for those who hear the page a table at every
    width.
    """
    page.set_viewport_size({"width": width, "height": 900})
    counted = 0
    session = page.context.new_cdp_session(page)
    for path in app_paths():
        visit(page, f"{server.url}/{path}")
        opened(page)
        tables = page.evaluate(TABLES)
        counted += len(tables)
        for table in tables:
            assert table["caption"] and not table["loose"] and not table["empty"] and not table["bare"], (path, table)
        shown = page.locator("main table:visible").count()
        # Chromium tells what has just opened a little later.
        for _ in range(20):
            nodes = session.send("Accessibility.getFullAXTree")["nodes"]
            roles = [node["role"]["value"] for node in nodes if not node["ignored"] and "role" in node]
            if roles.count("table") == shown:
                break
            page.wait_for_timeout(250)
        # Chromium's own word for a table that it takes for mere layout would be missing here.
        assert roles.count("table") == shown, path
        assert "columnheader" in roles and "rowheader" in roles or not tables, path
    assert counted > 15


def test_pages_reflow_at_320_pixels_and_with_wide_text_spacing(server, page):
    """200 % zoom of 640 pixels, 400 % of 1280 (1.4.10), and the spacing of 1.4.12: nothing scrolls sideways or is cut."""
    page.set_viewport_size({"width": 320, "height": 640})
    for path in app_paths():
        visit(page, f"{server.url}/{path}")
        opened(page)
        for spaced in (False, True):
            if spaced:
                page.add_style_tag(
                    content=(
                        "main *{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}main"
                        " p{margin-bottom:2em!important}"
                    )
                )
            main = page.locator("[data-testid=stMain]")
            assert main.evaluate("one => one.scrollWidth - one.clientWidth") <= 1, (path, spaced)
            cut = page.evaluate(
                """() => [...document.querySelectorAll('main h1, main h2, main p, main summary, main dd, main li')].filter(one => {
                const style = getComputedStyle(one); return style.overflow === 'hidden' && one.scrollHeight > one.clientHeight + 2 && style.clipPath === 'none' && one.clientHeight > 2;
            }).map(one => one.textContent.slice(0, 60))"""
            )
            assert cut == [], (path, spaced)


def test_nothing_moves_where_less_motion_is_asked_for(server, page_with):
    page = page_with(reduced_motion="reduce")
    for path in app_paths():
        visit(page, f"{server.url}/{path}")
        moving = page.evaluate(
            """() => [...document.querySelectorAll('*')].filter(one => ['animationDuration', 'transitionDuration'].some(
            name => getComputedStyle(one)[name].split(', ').some(time => parseFloat(time) > 0.02))).map(one => one.outerHTML.slice(0, 90))"""
        )
        assert moving == [], (path, moving[:3])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_charts_too(server, page_with, scheme):
    """axe leaves labels of charts out; theirs is the ink or the muted ink of the palette."""
    from atlas.draw.palette import INK, MUTED

    page = page_with(color_scheme=scheme, viewport={"width": 1440, "height": 900})
    visit(page, f"{server.url}/timeline")
    page.locator(".js-plotly-plot text").first.wait_for(timeout=WAIT)
    fills = set(
        page.evaluate(
            "[...document.querySelectorAll('.js-plotly-plot text')].filter(one => one.textContent.trim()).map(one =>"
            " getComputedStyle(one).fill)"
        )
    )
    allowed = {
        f"rgb({', '.join(str(int(colour.on(scheme == 'dark')[at : at + 2], 16)) for at in (1, 3, 5))})"
        for colour in (INK, MUTED)
    }
    assert fills and fills <= allowed, fills


def test_a_notice_is_announced(server, page):
    page.goto(f"{server.url}/?place=XXX")
    expect(page.get_by_role("status").filter(has_text="XXX")).to_be_visible(timeout=WAIT)
