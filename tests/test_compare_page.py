"""The comparison as a reader meets it: its address, its switches, its keyboard, its printed pages."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from atlas.charts.compare.view import comparison
from atlas.publish.comparison.heads import heads
from atlas.publish.comparison.page import matrix_html
from atlas.publish.comparison.response import responses
from atlas.tables.dates import in_words

SLOW = 60_000
FOUR = "places=JPN,EU,GBR,US-CA&date=2026-11-23"


def run(**query):
    app = AppTest.from_file("../dashboard.py", default_timeout=60)
    app.run()
    app.switch_page("pages/compare.py")
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def html(app):
    return " ".join(element.proto.body for element in app.get("html"))


def address(app, key):
    value = app.query_params[key]
    return value if isinstance(value, str) else value[-1]


def test_the_address_chooses_places_and_day(atlas):
    said = html(run(places="GBR,FRA", date="2026-03-01"))
    view = comparison(atlas, "places", ("GBR", "FRA"), "2026-03-01")
    assert f"<h1>{view.title}</h1>" in said and view.caveat in said
    for column in view.columns:
        assert column.sentence.replace("'", "&#39;") in said
    assert f"As of 1 March 2026; evidence to {in_words(atlas.package.evidence_to)}" in said


def test_the_address_chooses_instruments():
    app = run(instruments="jpn-ai-promotion-act-2025,eu-dsa")
    assert (
        "AI Promotion Act and the DSA differ on" in html(app)
        and address(app, "instruments") == "jpn-ai-promotion-act-2025,eu-dsa"
    )


@pytest.mark.parametrize("places", ["JPN", "JPN,XXX", "JPN,JPN", "JPN,EU,GBR,USA,FRA", "<b>,EU"])
def test_an_address_that_cannot_be_compared_says_so(places):
    said = html(run(places=places))
    assert "which is not known here. Showing Japan and the European Union instead" in said and "<b>,EU" not in said


def test_switches_change_the_matrix_and_the_address():
    app = run(places="JPN,EU")
    assert "Inquire" in html(app)
    app.checkbox(key="compulsory").check().run()
    assert "Soft powers" not in html(app) and address(app, "compulsory") == "1"
    app.checkbox(key="differences").check().run()
    said = html(app)
    assert "hidden by the switches above" in said and address(app, "differences") == "1"


def test_the_reader_sets_the_turnover():
    app = run(places="JPN,EU")
    assert "6% of USD 1 billion: USD 60 million" in html(app)
    app.number_input(key="turnover").set_value(3_000_000_000).run()
    assert "6% of USD 3 billion: USD 180 million" in html(app) and address(app, "turnover") == "3000000000"
    assert "turnover=3000000000" in html(app), "the files carry it too"


def test_one_place_is_not_yet_a_comparison():
    app = run(places="JPN,EU")
    app.selectbox(key="places_at_1").set_value(None).run()
    assert not app.exception and "Choose at least two to compare" in html(app)
    app.selectbox(key="places_at_1").set_value("KOR").run()
    assert "Japan and South Korea differ" in html(app) and address(app, "places") == "JPN,KOR"


def test_the_heads_change_add_swap_and_take_away():
    """Each head is a picker: what it holds is replaced, one more is added, one taken away; none stands there twice."""
    app = run(places="JPN,EU")
    app.selectbox(key="places_at_2").set_value("GBR").run()
    app.selectbox(key="places_at_3").set_value("US-CA").run()
    assert address(app, "places") == "JPN,EU,GBR,US-CA" and "places_at_4" not in {one.key for one in app.selectbox}
    app.selectbox(key="places_at_0").set_value("GBR").run()
    assert address(app, "places") == "GBR,EU,JPN,US-CA", "two heads change places"
    app.selectbox(key="places_at_1").set_value(None).run()
    assert address(app, "places") == "GBR,JPN,US-CA"


@pytest.mark.parametrize("day", ["2026-01-16", "2026-11-26"])
def test_each_head_says_the_strongest_step_and_the_ai_law(atlas, day):
    ids = ("JPN", "EU", "IDN", "TCD" if "TCD" in atlas.jurisdictions.index else "KOR")
    for head in heads(atlas, "places", ids, day):
        lane = next(
            one for one in responses(atlas, comparison(atlas, "places", ids, day))["lanes"] if one["name"] == head.name
        )
        assert head.rung == lane["rung"] and head.lines[0].startswith(lane["rung_label"] or lane["empty"])
        assert head.lines[1].startswith("AI law: ")
        if any(act["rung"] == lane["rung"] for act in lane["acts"]):
            first = min(act["from_day"] for act in lane["acts"] if act["rung"] == lane["rung"])
            assert in_words(first) in head.lines[0]
    law = heads(atlas, "instruments", ("jpn-ai-promotion-act-2025", "eu-dsa"), day)[1]
    assert law.rung is None and law.lines[0] == "European Union"


def test_every_cell_opens_to_a_panel_and_every_row_says_whether_it_differs(atlas):
    view = comparison(atlas, "places", ("JPN", "EU", "GBR", "US-CA"), "2026-11-26")
    _, matrix = matrix_html(atlas, "places", ("JPN", "EU", "GBR", "US-CA"), "2026-11-26", False, False)
    assert matrix.count('<details name="cmp-cell">') == matrix.count('class="cmp-panel"') == len(view.rows) * 4
    for row in view.rows:
        kind = "open" if row.differs is None else "differs" if row.differs else "same"
        assert re.search(rf'<tr class="{kind}">\s*<th scope="row" title="[^"]*">{row.label}<', matrix), row.label


def test_each_part_below_has_its_address_and_all_are_there_to_print():
    app = run(places="JPN,EU", part="labels")
    said = html(app)
    for words in ('id="cmp-sanctions"', 'id="cmp-scope"', 'id="cmp-response"', 'id="cmp-like"', 'id="cmp-labels"'):
        assert words in said
    assert ".st-key-part_scope{display:none" in said and ".st-key-part_labels{display:none" not in said
    app.segmented_control(key="part").set_value("scope").run()
    assert address(app, "part") == "scope" and ".st-key-part_labels{display:none" in html(app)
    app.segmented_control(key="by").set_value("instruments").run()
    assert not app.exception and "Similar regimes" not in html(app)


def test_every_day_of_the_address_is_drawn():
    for day in ("2025-12-01", "2026-01-02", "2027-12-31"):
        assert "Powers in law on" in html(run(places="MYS,IDN,PHL", date=day))


@pytest.fixture
def opened(server, page, offline):
    def go(query, width=1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{server.url}/compare?{query}")
        page.locator("#cmp-take").wait_for(timeout=SLOW)
        return page

    return go


@pytest.mark.browser
def test_a_cell_opens_by_keyboard_to_its_receipt(opened):
    page = opened("places=JPN,EU&date=2026-11-23")
    cell = page.locator("table.cmp").first.locator("summary", has_text="DSA").first
    cell.focus()
    page.keyboard.press("Enter")
    receipt = page.locator("table.powers details[open] .cmp-receipt").first
    expect(receipt).to_contain_text("decides")
    expect(receipt).to_contain_text("second, blind reading")
    link = receipt.locator("a").first
    assert link.get_attribute("href").startswith("http") and "noopener" in link.get_attribute("rel")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "A", "the next stop is the source"
    cell.focus()
    page.keyboard.press("Enter")
    expect(receipt).not_to_be_visible()


@pytest.mark.browser
def test_a_screen_reader_gets_a_table_with_headers(opened):
    page = opened(FOUR)
    matrix = page.get_by_role("table", name=re.compile("Powers in law on"))
    expect(matrix).to_have_count(1)
    for name in ("Japan", "European Union", "United Kingdom", "California"):
        expect(matrix.get_by_role("columnheader", name=name, exact=True)).to_have_count(1)
    expect(matrix.get_by_role("rowheader", name=re.compile("^Corrective order"))).to_have_count(1)
    assert page.locator("table.cmp summary").first.inner_text().strip()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_four_columns_fit(opened, width):
    page = opened(FOUR, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    over = page.evaluate(
        "[...document.querySelectorAll('table.cmp td, table.cmp th')].filter(e => e.getBoundingClientRect().right >"
        " innerWidth + 1).length"
    )
    assert over == 0
    assert page.locator("table.powers thead .code").first.is_visible() == (width == 390), "initials over the marks"


@pytest.mark.browser
@pytest.mark.parametrize("places", ["JPN,EU", "JPN,EU,GBR", "JPN,EU,GBR,US-CA", "IDN,MYS,PHL,BRA"])
def test_all_thirteen_powers_stand_on_the_first_screen(opened, places):
    page = opened(f"places={places}")
    rows = page.locator("table.powers tr:not(.group) th[scope=row]")
    assert rows.count() == 13
    boxes = [rows.nth(number).bounding_box() for number in range(13)]
    assert max(box["y"] + box["height"] for box in boxes) <= 900 and min(box["y"] for box in boxes) > 0
    assert all(33 <= box["height"] <= 36 for box in boxes), boxes
    page.locator(".stMain").evaluate("main => main.scrollTo(0, 300)")
    expect(page.get_by_role("combobox", name="Column 1 of")).to_be_in_viewport()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 1024])
def test_a_receipt_opens_beside_the_rows_and_moves_none(opened, width):
    page = opened(FOUR, width)
    tops = "() => [...document.querySelectorAll('table.powers tr')].map(row => Math.round(row.getBoundingClientRect().top))"
    page.locator("table.powers summary").nth(5).click()
    panel = page.locator("table.powers details[open] .cmp-panel")
    table, beside = page.locator("table.powers").bounding_box(), panel.bounding_box()
    assert beside["x"] >= table["x"] + table["width"] - 1, "beside, and over no row"
    page.locator("table.powers summary").nth(9).click()
    expect(panel).to_have_count(1)
    heads_at = page.locator(".st-key-cmp_heads .stColumn").last.bounding_box()
    assert heads_at["x"] + heads_at["width"] <= beside["x"] + 1, "the heads stay over their columns"
    open_tops = page.evaluate(tops)
    page.locator("table.powers details[open] summary").press("Enter")
    expect(panel).to_have_count(0)
    assert width < 1440 or page.evaluate(tops) == open_tops


@pytest.mark.browser
def test_a_phone_has_a_row_a_power_on_one_screen(opened):
    page = opened(FOUR, 390)
    rows = page.locator("table.powers tr:not(.group) th[scope=row]")
    boxes = [rows.nth(number).bounding_box() for number in range(13)]
    assert boxes[-1]["y"] + boxes[-1]["height"] - boxes[0]["y"] <= 844 - 56 - 60, "under the bar, over the thumb's"
    assert all(box["height"] >= 44 for box in boxes)
    rows.nth(6).scroll_into_view_if_needed()
    expect(page.locator("table.powers thead .code").first).to_be_in_viewport()
    page.locator("table.powers summary").nth(20).click()
    sheet = page.locator("table.powers details[open] .cmp-panel")
    expect(sheet).to_contain_text("Provision")
    assert sheet.bounding_box()["y"] > 844 * 0.3 and sheet.bounding_box()["width"] == 390


@pytest.mark.browser
def test_the_printed_pages_hold_everything(server, page, offline):
    page.goto(f"{server.url}/compare.html?{FOUR}")
    page.emulate_media(media="print")
    said = page.locator("main").inner_text()
    cut = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.scrollWidth > e.clientWidth + 1 &&"
        " getComputedStyle(e).display != 'inline').length"
    )
    assert cut == 0
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert all(round(float(one.mediabox.width)) == 842 and round(float(one.mediabox.height)) == 595 for one in pages), (
        "A4, landscape"
    )
    printed = "".join("".join(one.extract_text() for one in pages).split())
    # Headers repeat on each page, so words are looked for line by line and not as one text.
    lines = [line for line in said.splitlines() if line.strip()]
    missing = [line for line in lines if "".join(line.split()) not in printed]
    assert len(missing) < len(lines) * 0.03, missing[:5]
    assert "Citeas:" in printed and all(
        "".join(name.split()) in printed for name in ("Victim can sue", "United Kingdom", "Labels elsewhere")
    )
    for number, one in enumerate(pages):
        assert len(one.extract_text().split()) > 20, f"page {number + 1} is all but empty"


@pytest.mark.browser
def test_the_page_itself_prints_whole(opened):
    page = opened(FOUR)
    pages = PdfReader(io.BytesIO(page.pdf(format="A4", landscape=True))).pages
    printed = "".join("".join(one.extract_text() for one in pages).split())
    assert len(pages) > 3, "not the first screen alone"
    for words in ("Victim can sue", "Sanctions", "Reach beyond the territory", "Labels elsewhere", "Cite as:"):
        assert "".join(words.split()) in printed


@pytest.mark.browser
def test_the_map_leads_here(server, page, offline):
    page.goto(f"{server.url}/?place=IDN")
    page.get_by_role("link", name="Compare with…").click()
    expect(page.locator(".ra-head h1")).to_contain_text("Indonesia and the European Union", timeout=SLOW)
    page.wait_for_function("() => location.search.includes('places=IDN')")
