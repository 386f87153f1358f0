"""Journeys in real Chromium, with every request to another host refused and counted."""

import re

import pytest
from browsing import fetched, visit
from playwright.sync_api import expect

from tests.addresses import app_paths

pytestmark = pytest.mark.browser
SLOW = 60_000


def title(page):
    return page.locator(".ra-head h1")


def choose(page, label, name):
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(name)
    page.get_by_role("option", name=re.compile(rf"^{re.escape(name)}( \(|$)")).click()


def set_date(page, day):
    """Types a day into the date control and commits it."""
    page.locator("input[type=date]").first.fill(day)


def test_the_journey_of_a_student(server, page, offline, context, browser):
    page.goto(server.url)
    expect(title(page)).to_contain_text("restricted Grok", timeout=SLOW)
    page.locator(".choroplethlayer path").first.wait_for(state="attached", timeout=SLOW)
    choose(page, "Jurisdiction", "Indonesia")
    card = page.locator(".ra-card")
    expect(card.locator("h2")).to_have_text("Indonesia", timeout=SLOW)
    choose(page, "Jurisdiction", "Japan")
    expect(card.locator("h2")).to_have_text("Japan", timeout=SLOW)
    expect(card).to_contain_text("a law for inquiry and guidance without penalties")
    expect(card).to_contain_text("Other laws have penalties")
    card.locator("summary").first.click()
    link = card.locator("details[open] a").first
    expect(link).to_be_visible()
    assert link.get_attribute("href").startswith("http") and "noopener" in link.get_attribute("rel")
    for day, said in (
        ("2026-01-12", "Indonesia and Malaysia were restricting Grok"),
        ("2026-01-17", "Three countries were restricting Grok"),
        ("2026-02-02", "all lifted it"),
    ):
        set_date(page, day)
        expect(title(page)).to_contain_text(said, timeout=SLOW)
    page.get_by_role("button", name="In force now").or_(page.get_by_role("radio", name="In force now")).first.click()
    expect(title(page)).to_contain_text("No restriction was in force", timeout=SLOW)
    page.wait_for_function(
        "() => location.search.includes('colour=now') && location.search.includes('date=2026-02-02')"
    )
    permalink = page.url
    other = browser.new_context()
    again = other.new_page()
    again.goto(permalink)
    expect(title(again)).to_have_text(title(page).inner_text(), timeout=SLOW)
    expect(again.locator(".ra-card h2")).to_have_text("Japan", timeout=SLOW)
    other.close()


def test_an_unknown_address_says_so(server, page, offline):
    page.goto(f"{server.url}/?place=XXX&date=2026-99-99")
    expect(page.locator(".ra-notice")).to_contain_text("place “XXX”", timeout=SLOW)
    expect(page.locator(".ra-notice")).to_contain_text("date “2026-99-99”")
    expect(title(page)).to_contain_text("restricted Grok")


@pytest.mark.parametrize("path", ["jurisdiction?place=IDN", "evidence?table=sources", "method"])
def test_a_first_visit_to_any_page_has_the_navigation(own_server, page, offline, path):
    page.goto(f"{own_server.url}/{path}")
    expect(title(page)).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("link", name="Evidence").first).to_be_visible()
    assert "dashboard" not in page.locator("nav, header").first.inner_text()


def test_a_broken_file_keeps_the_last_good_data_on_screen(own_server, page, offline, broken):
    page.goto(own_server.url)
    expect(title(page)).to_contain_text("restricted Grok", timeout=SLOW)
    (broken / "responses.csv").write_bytes(b"\x00rubbish")
    page.wait_for_timeout(2500)
    for _ in range(20):
        choose(page, "Jurisdiction", "France")
        if page.locator(".ra-notice[role=alert]").count():
            break
        page.wait_for_timeout(500)
        choose(page, "Jurisdiction", "Japan")
        page.wait_for_timeout(500)
    expect(page.locator(".ra-notice[role=alert]")).to_contain_text("responses.csv", timeout=SLOW)
    expect(title(page)).to_contain_text("restricted Grok")
    health = fetched(page, f"{own_server.url}/health").json()
    assert health["status"] == "serving_last_good" and health["fault_count"] == 1


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_no_page_scrolls_sideways(server, page, offline, width):
    page.set_viewport_size({"width": width, "height": 900})
    for path in app_paths():
        page.goto(f"{server.url}/{path}")
        expect(title(page)).to_be_visible(timeout=SLOW)
        main = page.locator("[data-testid=stMain]")
        assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 1, path


def test_a_click_on_the_map_picks_the_place(server, page, offline):
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.goto(server.url)
    page.locator(".choroplethlayer path").first.wait_for(state="attached", timeout=SLOW)
    expect(page.locator(".ra-card h2")).to_have_text("Who went furthest", timeout=SLOW)
    page.wait_for_timeout(800)
    box = page.locator(".st-key-map_box .geo").first.bounding_box()
    # Central Brazil on an Equal Earth map centred on 10 degrees east.
    page.mouse.move(box["x"] + box["width"] * 0.30, box["y"] + box["height"] * 0.66)
    page.wait_for_timeout(300)
    page.mouse.down()
    page.mouse.up()
    expect(page.locator(".ra-card h2")).to_have_text("Brazil", timeout=SLOW)


@pytest.mark.parametrize("path", app_paths())
def test_no_page_complains_in_the_console(server, page, offline, path):
    """Opened by its address, a page asks for nothing that is not there."""
    said = []
    page.on(
        "console", lambda line: said.append(f"{line.text} {line.location.get('url')}") if line.type == "error" else 0
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    visit(page, f"{server.url}/{path}")
    assert said == []
