"""What the browser keeps of a visit: one step back for each action, the address, the tab's title."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import fetched, in_words, settled, unfolded, visit
from playwright.sync_api import expect

from atlas.ui.url_keys import CARRIED_KEYS
from atlas.web.shell import CARRIED

pytestmark = pytest.mark.browser
SLOW = 60_000
PAGES = ("Map", "Compare", "Strength", "Timeline", "Jurisdiction", "Present", "Evidence", "Method")
DAY = "2026-01-17"


def path(name):
    return "" if name == "Map" else name.lower()


def menu(page, name):
    """Goes to a page by the menu and waits until it stands there."""
    page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
    page.wait_for_function("path => location.pathname === `/${path}`", arg=path(name), timeout=SLOW)
    settled(page, 600)


def steps(page):
    return page.evaluate("() => history.length")


def asked(page):
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def test_the_menu_carries_what_has_a_key_of_its_own():
    assert {key.name for key in CARRIED_KEYS} == set(CARRIED)


def test_each_page_by_the_menu_is_one_step_and_keeps_the_day(server, page, offline):
    page.set_viewport_size({"width": 1440, "height": 1000})
    visit(page, f"{server.url}/?date={DAY}&place=FRA")
    seen, before = [(page.url, page.locator("h1").first.inner_text(), page.title())], steps(page)
    for count, name in enumerate(PAGES[1:], 1):
        menu(page, name)
        assert steps(page) == before + count, name
        assert asked(page)["date"] == DAY and asked(page)["place"] == "FRA", name
        seen.append((page.url, page.locator("h1").first.inner_text(), page.title()))
    for address, heading, title in reversed(seen[:-1]):
        page.go_back()
        expect(page.locator("h1").first).to_have_text(heading, timeout=SLOW)
        settled(page)
        assert (page.url, page.title()) == (address, title)
    for address, heading, title in seen[1:]:
        page.go_forward()
        expect(page.locator("h1").first).to_have_text(heading, timeout=SLOW)
        settled(page)
        assert (page.url, page.title()) == (address, title)
    assert steps(page) == before + len(PAGES) - 1


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("Evidence", "Method")])
def test_a_day_is_one_step_and_back_brings_the_other_day_back(server, page, offline, name):
    page.set_viewport_size({"width": 1440, "height": 1000})
    visit(page, f"{server.url}/{path(name)}")
    unfolded(page)
    field, before = page.get_by_label("As-of date"), steps(page)
    usual = field.input_value()
    for count, day in enumerate((DAY, "2026-02-02"), 1):
        field.fill(day)
        page.wait_for_function("day => location.search.includes(`date=${day}`)", arg=day, timeout=SLOW)
        settled(page)
        assert steps(page) == before + count
    for day in (DAY, None):
        page.go_back()
        expect(field).to_have_value(in_words(day) if day else usual, timeout=SLOW)
        assert asked(page).get("date") == day


def test_two_steps_back_at_once_land_where_they_should(server, page, offline):
    page.set_viewport_size({"width": 1440, "height": 1000})
    visit(page, server.url)
    heading = page.locator("h1").first.inner_text()
    menu(page, "Compare")
    unfolded(page)
    page.get_by_label("As-of date").fill(DAY)
    page.wait_for_function("day => location.search.includes(day)", arg=DAY, timeout=SLOW)
    settled(page)
    page.evaluate("() => history.go(-2)")
    expect(page.locator("h1").first).to_have_text(heading, timeout=SLOW)
    settled(page)
    assert asked(page) == {}


@pytest.mark.first_visit
@pytest.mark.parametrize("query", [f"date={DAY}&place=MYS&release=1.1.0", "date=never&place=XXX&release=9&page=x"])
def test_an_opened_address_takes_no_step_and_its_tab_says_what_its_first_answer_said(server, page, offline, query):
    titles = []
    page.expose_function("titled", lambda title: titles.append(title))
    page.add_init_script(
        """addEventListener("DOMContentLoaded", () => new MutationObserver(() => titled(document.title))
        .observe(document.querySelector("title"), { childList: true, characterData: true, subtree: true }))"""
    )
    for before, name in enumerate(PAGES, 1):
        titles.clear()
        where = f"{server.url}/{path(name)}?{query}"
        visit(page, where)
        settled(page, 600)
        assert steps(page) == before + 1, f"{name}: the empty tab and the pages opened"
        first = html.unescape(re.search(r"<title>(.*?)</title>", fetched(page, where).text()).group(1))
        assert page.title() == first and first.endswith(" · Regime Atlas"), name
        assert {title for title in titles if title != first} == set(), f"{name}: no other title in between"


def test_the_tab_follows_the_place_and_the_day(server, page, offline):
    page.set_viewport_size({"width": 1440, "height": 1000})
    visit(page, f"{server.url}/jurisdiction?place=IDN")
    assert page.title().startswith("Indonesia")
    box = page.get_by_role("combobox", name="Jurisdiction")
    box.click()
    box.fill("France")
    page.get_by_role("option", name="France", exact=True).click()
    page.wait_for_function("() => document.title.startsWith('France')", timeout=SLOW)
    menu(page, "Map")
    page.get_by_label("As-of date").fill("2026-01-12")
    page.wait_for_function("() => document.title.includes('12 January 2026')", timeout=SLOW)
    assert page.title() == f"{page.locator('h1').first.inner_text()} · Regime Atlas"


def test_the_menus_links_lead_on_with_the_day_in_a_new_tab_too(server, page, offline):
    page.set_viewport_size({"width": 1440, "height": 1000})
    visit(page, f"{server.url}/evidence?date={DAY}&release=1.1.0&table=sources")
    for name in PAGES:
        link = page.get_by_role("navigation").get_by_role("link", name=name, exact=True)
        link.hover()
        to = urlsplit(link.get_attribute("href"))
        assert to.path == f"/{path(name)}" and parse_qs(to.query) == {"date": [DAY], "release": ["1.1.0"]}
