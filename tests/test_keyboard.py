"""By keyboard alone: one journey for each kind of user, and a ring around whatever has the focus, on every page.

No test here uses the mouse: pages are walked with Tab, and what is found is used with Enter, Space, arrows and letters.
"""

import io
import re

import openpyxl
import pytest
from addresses import app_paths
from browsing import settled, visit
from playwright.sync_api import expect

from atlas.draw.palette import PAPER, SEEN, contrast
from atlas.tables.dates import in_words

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST_STEPS = 160
# What has the focus, through shadow roots: its role, name, place, and the ring that it or a part around it wears.
FOCUS = """() => {
  let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const rings = [];
  for (let at = one, up = 0; at && up < 5; at = at.parentElement ?? at.getRootNode().host, up++) {
    const style = getComputedStyle(at);
    if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) rings.push(style.outlineColor);
  }
  const head = document.querySelector('[data-testid=stHeader]')?.getBoundingClientRect().bottom ?? 0;
  return {
    tag: one.tagName, type: one.type ?? '', role: one.getAttribute('role') ?? '', rings, top: box.top, bottom: box.bottom, height: box.height, head,
    inHead: Boolean(one.closest?.('header, nav, search.ra-find, [data-testid=stSidebar]')) || one.dataset?.testid === 'stSkipToContent',
    name: (one.getAttribute('aria-label') ?? (one.labels?.[0]?.textContent || one.textContent) ?? '').trim().replace(/\\s+/g, ' ').slice(0, 90),
    window: innerHeight,
  };
}"""


def hexed(colour):
    red, green, blue = (int(float(part)) for part in colour[colour.index("(") + 1 : -1].split(",")[:3])
    return f"#{red:02X}{green:02X}{blue:02X}"


def reach(page, name, tag=None, back=False):
    """Presses Tab until something of that name has the focus; returns it."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        found = page.evaluate(FOCUS)
        if found and name in found["name"] and (tag is None or found["tag"] == tag):
            return found
    raise AssertionError(f"{name} was not reached in {MOST_STEPS} steps")


def choose(page, label, name):
    """Opens a list by letters and takes the choice by Enter."""
    reach(page, label, "INPUT")
    page.keyboard.press("Control+a")
    page.keyboard.type(name, delay=15)
    page.get_by_role("option", name=re.compile(rf"^{re.escape(name)}( \(|$)")).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settled(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_is_seen_named_and_not_hidden(server, page_with, scheme):
    """Each stop has a name, a ring of 3 to 1 against the page (2.4.7, 1.4.11), and does not lie under the bar (2.4.11)."""
    page = page_with(color_scheme=scheme, viewport={"width": 1440, "height": 900})
    for path in app_paths():
        visit(page, f"{server.url}/{path}")
        for key, steps in (("Tab", 70), ("Shift+Tab", 40)):
            for _ in range(steps):
                page.keyboard.press(key)
                found = page.evaluate(FOCUS)
                if found is None:
                    break
                where = (path, key, found["tag"], found["name"])
                assert found["name"] or found["type"] in ("date", "range"), where
                assert found["rings"], where
                assert max(contrast(hexed(ring), PAPER.on(scheme == "dark")) for ring in found["rings"]) >= SEEN, (
                    where,
                    found["rings"],
                )
                if not found["inHead"] and found["tag"] != "MAIN":
                    # At least a part of it is seen below the bar and above the lower edge.
                    assert found["bottom"] > found["head"] and found["top"] < found["window"], (where, found)


def test_a_student_understands_the_case(server, page, offline):
    """What happened where, on which day, what does it rest on: map, list, receipt, date, reading, and on to the method."""
    visit(page, server.url)
    skip = reach(page, "Skip to main content")
    assert skip["rings"]
    page.keyboard.press("Enter")
    reach(page, "Strongest step", "BUTTON")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.locator("h1")).to_contain_text("No restriction was in force")
    choose(page, "Jurisdiction", "Indonesia")
    expect(page.locator(".ra-card h2")).to_have_text("Indonesia")
    found = reach(page, "source", "SUMMARY")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["tag"] == "A" and found["height"] > 0
    reach(page, "Day on the track", "INPUT", back=True)
    page.keyboard.press("Home")
    settled(page)
    page.keyboard.press("PageUp")
    settled(page)
    first = page.evaluate("() => new URL(location.href).searchParams.get('date')")
    page.keyboard.press("ArrowRight")
    settled(page)
    assert page.evaluate("() => new URL(location.href).searchParams.get('date')") > first
    page.keyboard.press("Tab")
    reach(page, "Table of this map", "SUMMARY")
    page.keyboard.press("Enter")
    expect(page.locator("main table").first).to_be_visible()
    reach(page, "Method", "A")
    page.keyboard.press("Enter")
    page.wait_for_url("**/method*")
    settled(page)
    expect(page.locator("h1")).to_contain_text("What the words and colours mean")


def test_a_policymaker_sets_laws_side_by_side(server, page, offline):
    """Another place beside, only the differences, down to the article; who acted when, and what a curve counts on a
    day.
    """
    visit(page, f"{server.url}/compare")
    reach(page, "Add a jurisdiction", "INPUT")
    page.keyboard.type("Brazil", delay=15)
    page.get_by_role("option", name="Brazil", exact=True).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.locator("table.powers thead")).to_contain_text("Brazil")
    reach(page, "Only differences", "INPUT")
    page.keyboard.press("Space")
    page.wait_for_url("**differences=1*")
    settled(page)
    reach(page, "open the receipt", "SUMMARY")
    page.keyboard.press("Enter")
    expect(page.locator("table.powers details[open] .cmp-receipt").first).to_contain_text("Provision")
    page.keyboard.press("Tab")
    link = page.evaluate(FOCUS)
    assert link["tag"] == "A", link
    visit(page, f"{server.url}/timeline?date=2026-01-20")
    reach(page, "Receipt of", "INPUT")
    page.keyboard.type("Block of Grok", delay=15)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.locator(".ra-picked")).to_contain_text("Block of Grok")
    reach(page, "Table: jurisdictions by day and rung", "SUMMARY")
    page.keyboard.press("Enter")
    settled(page)
    counts = page.locator("table", has_text="Days from the start").first
    expect(counts).to_be_visible()
    assert counts.locator("tbody tr").count() > 3 and counts.locator("thead th").count() >= 6
    visit(page, f"{server.url}/strength")
    reach(page, "South Korea", "A")
    page.keyboard.press("Enter")
    page.wait_for_url("**/jurisdiction?place=KOR*")


def test_a_presenter_takes_a_comparison_away(server, page, offline, atlas):
    """From the start page to a file on the own machine, with its date and citation inside."""
    visit(page, server.url)
    reach(page, "Compare", "A")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare*")
    settled(page)
    reach(page, "XLSX", "A")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    with open(download.value.path(), "rb") as file:
        book = openpyxl.load_workbook(io.BytesIO(file.read()))
    said = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    assert (
        "Japan" in said
        and "European Union" in said
        and in_words(atlas.package.evidence_to) in said
        and "Regime Atlas" in said
    )
    reach(page, "Printable view", "A", back=True)
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    expect(opened.value.locator("h1")).to_contain_text("Japan and the European Union")


def test_escape_closes_the_words_at_a_dot_until_the_focus_moves_on(server, page, offline):
    visit(page, f"{server.url}/strength?section=scatter")
    # The script of the date's track hears Escape.
    page.locator(".track[role=group]").wait_for()
    page.locator("a.dot").first.focus()
    dot = page.locator("a.dot:focus")
    tip = dot.locator(".tip")
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(dot).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("a.dot:focus .tip")).to_be_visible()
