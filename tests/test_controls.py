"""One look for what can be clicked, on all pages, light and dark; and on a phone a menu and targets for a thumb."""

import pytest
from browsing import opened, settled, visit
from controls import COVERED, LOOKS, SMALL
from playwright.sync_api import expect

from atlas.words import texts

PAGES = tuple(texts()["site"]["menu"])
PHONE = {"width": 390, "height": 844}
# Accent, frame, ground of a field, and what rests: app.css, dark.css.
COLOURS = {
    "light": ["rgb(31, 78, 121)", "rgb(133, 127, 114)", "rgb(250, 248, 244)", "rgb(107, 103, 95)"],
    "dark": ["rgb(156, 196, 234)", "rgb(141, 138, 131)", "rgb(31, 34, 38)", "rgb(169, 165, 155)"],
}
LIGHT_PAGES = (
    "find?q=japan",
    "first-steps",
    "record/responses/idn-2026-01-10-komdigi-restriction",
    "api/v1",
    "nothing",
)
browser_test = pytest.mark.browser


@browser_test
@pytest.mark.parametrize("look", COLOURS)
@pytest.mark.parametrize("name", PAGES)
def test_what_can_be_clicked_looks_alike(server, page_with, name, look):
    page = page_with(color_scheme=look)
    visit(page, f"{server.url}/{name}")
    assert page.evaluate(LOOKS, COLOURS[look]) == []


@browser_test
@pytest.mark.parametrize("name", PAGES)
def test_a_thumb_can_hit_what_can_be_clicked(server, page_with, name):
    page = page_with(viewport=PHONE)
    visit(page, f"{server.url}/{name}")
    opened(page)
    assert page.evaluate(SMALL) == []
    # The page ends where the menu begins: nothing is covered, neither what is read nor what has the focus.
    bar, main = page.locator(".ra-phone").bounding_box(), page.get_by_test_id("stMain").bounding_box()
    assert (
        bar["height"] == 56 and bar["y"] + bar["height"] == PHONE["height"] and main["y"] + main["height"] <= bar["y"]
    )
    assert (
        page.locator(".ra-phone [aria-current=page]").inner_text() == texts()["site"]["menu"][name]
        or name not in (texts()["site"]["phone"]["bar"])
    )


@browser_test
@pytest.mark.parametrize("name", PAGES)
def test_nothing_lies_over_what_can_be_clicked(server, page_with, name):
    page = page_with(viewport={"width": 1440, "height": 900})
    visit(page, f"{server.url}/{name}")
    assert page.evaluate(COVERED) == []


@browser_test
@pytest.mark.parametrize("name", LIGHT_PAGES)
def test_a_thumb_can_hit_what_can_be_clicked_beside_the_app(server, page_with, name):
    page = page_with(viewport=PHONE)
    page.goto(f"{server.url}/{name}")
    page.evaluate("() => document.querySelectorAll('details:not(.ra-phone *)').forEach(one => { one.open = true; })")
    assert page.evaluate(SMALL) == []
    assert page.locator(".ra-phone").bounding_box()["height"] == 56
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    foot, bar = page.locator(".foot").bounding_box(), page.locator(".ra-phone").bounding_box()
    assert foot["y"] + foot["height"] <= bar["y"] + 1


@browser_test
def test_the_menu_of_a_phone_leads_on_without_opening_the_app_anew(server, page_with):
    page = page_with(viewport=PHONE)
    visit(page, f"{server.url}/?date=2026-01-17")
    page.evaluate("() => { window.stayed = true; }")
    menu = page.locator(".ra-phone")
    expect(menu).to_have_attribute("aria-label", texts()["site"]["phone"]["label"])
    menu.get_by_text(texts()["site"]["phone"]["more"]).focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Jurisdiction")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Jurisdiction")).to_be_hidden()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/jurisdiction?*date=2026-01-17*")
    settled(page)
    assert page.evaluate("() => window.stayed"), "the scripts of the app stay"
    expect(menu.locator("[aria-current=page]")).to_have_text("Jurisdiction")
    expect(menu.get_by_role("link", name="Jurisdiction")).to_be_hidden()
    menu.get_by_role("link", name="Map").click()
    page.wait_for_url("**/?*date=2026-01-17*")
    expect(menu.locator("[aria-current=page]")).to_have_text("Map")
    page.emulate_media(media="print")
    expect(menu).to_be_hidden()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1024, "height": 700})
    expect(menu).to_be_hidden()
