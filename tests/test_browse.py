"""The tables of the Evidence page: columns, order, filters, and what an address may ask of them."""

import re

import pytest
from markupsafe import Markup

from atlas.publish.browse import SHOWN, TABLES, browse, every_order, every_term, in_order, terms_of
from atlas.publish.browse_lines import COLUMNS, MAIN, USUAL, lines
from atlas.response.ladder import acts
from atlas.words import texts
from tests.axe import violations
from tests.browsing import visit
from tests.test_pages import html, one, run


def column(atlas, table, name, sort):
    """What the rows of a table are sorted by in a column, in the order asked."""
    positions, _ = in_order(atlas, table, "", "", sort, {})
    return [lines(atlas, table)[position].keys[COLUMNS[table].index(name)] for position in positions]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_sorts_by_each_of_its_columns_both_ways(atlas, table):
    for name in COLUMNS[table]:
        for sign in ("", "-"):
            found = column(atlas, table, name, sign + name)
            given = [key for key in found if key != ""]
            assert len(found) == len(atlas[table])
            assert given == sorted(given, reverse=bool(sign)), f"{table} by {sign}{name}"
            # What has none comes last, whichever way the rest runs.
            assert found == given + [""] * (len(found) - len(given))


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_its_columns_with_words_and_a_usual_order(atlas, table):
    assert MAIN[table] in COLUMNS[table] and USUAL[table] in every_order(atlas)
    assert all(texts()["evidence"]["columns"][name] for name in COLUMNS[table])
    shown = browse(atlas, table)
    assert shown.sort == USUAL[table] and len(shown.rows) == min(SHOWN, len(atlas[table]))
    assert browse(atlas, table, sort="no such column").sort == USUAL[table]


@pytest.mark.parametrize("table", TABLES)
def test_each_filter_parts_its_table_without_a_rest(atlas, table):
    for name, terms in terms_of(atlas, table).items():
        totals = [browse(atlas, table, filters={name: term}).total for term in terms]
        without = sum(not line.terms.get(name) for line in lines(atlas, table))
        assert all(totals) and sum(totals) + without == len(atlas[table]), f"{table} by {name}"
        assert set(terms) <= every_term(atlas, name)


def test_acts_that_do_not_count_say_so_and_the_rest_is_the_ladders(atlas):
    counted = set(acts(atlas).loc[acts(atlas)["counts"], "response_id"])
    for term, ids in (("1", counted), ("0", set(atlas.responses.index) - counted)):
        first = browse(atlas, "responses", filters={"counted": term})
        assert first.total == len(ids)
        assert {row["id"] for row in first.rows} <= ids
        assert {dict(row["cells"])["counts"] for row in first.rows} == {texts()["evidence"]["counts"][term]}
        assert {row["style"] for row in first.rows} == {"" if term == "1" else "aside"}


def test_bills_are_set_as_bills_and_nothing_else_is(atlas):
    for table in ("instruments", "powers"):
        laws = atlas.columns(table)["instrument_id"]
        bills = [atlas.instruments.at[law, "status"] == "bill" for law in laws]
        assert [line.style == "bill" for line in lines(atlas, table)] == bills and any(bills)


def test_a_power_says_its_level_and_its_route_in_the_row(atlas):
    for row, line in zip(atlas["powers"].to_dict("records"), lines(atlas, "powers")):
        said = dict(zip(COLUMNS["powers"], line.cells))
        assert said["route"] == atlas.label("route", row["route"])
        assert said["level"].split(",")[0] in {atlas.label("level", level) for level in "012"}
        assert said["power"] == atlas.label("power", row["power"])


def test_the_address_holds_filters_and_order():
    app = run("pages/evidence.py", what="lawsuit", counted="1", sort="place")
    shown = html(app)
    assert 'aria-sort="ascending"' in shown and shown.count("Lawsuit</td>") == shown.count("<tr") - 1 > 0
    assert one(app, "what") == "lawsuit" and one(app, "counted") == "1" and one(app, "sort") == "place"
    app.selectbox(key="what").set_value(None).run()
    assert "what" not in app.query_params and one(app, "counted") == "1"


def test_a_head_leads_to_the_rows_that_stand_there_in_its_order():
    shown = html(run("pages/evidence.py", find="order", only="IDN", counted="1"))
    heads = [Markup(link).unescape() for link in re.findall(r'<th scope="col"[^>]*><a href="([^"]+)"', shown)]
    assert len(heads) == len(COLUMNS["responses"])
    for link, name in zip(heads, COLUMNS["responses"]):
        assert "find=order" in link and "only=IDN" in link and "counted=1" in link and "page=" not in link
        assert link.endswith(f"sort={name}")


@pytest.mark.parametrize("wrong", [{"what": "zzz"}, {"sort": "zzz"}, {"year": "1066"}, {"state": "<b>"}])
def test_an_unknown_filter_is_refused_with_a_word(wrong):
    shown = html(run("pages/evidence.py", **wrong))
    assert "The address asked" in shown and "No row fits" not in shown


def test_a_filter_of_another_table_is_let_go():
    app = run("pages/evidence.py", table="sources", what="lawsuit", state="lifted")
    assert f"{app.session_state['_listed'][0]}" == "sources" and "No row fits" not in html(app)
    assert "what" not in app.query_params and "state" not in app.query_params


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_table_is_one_to_read_and_to_walk_through(server, page, offline, width):
    page.set_viewport_size({"width": width, "height": 900})
    visit(page, f"{server.url}/evidence?counted=1")
    table = page.locator(".ra-browse")
    heights = table.locator("tbody tr").evaluate_all("rows => rows.map(row => row.getBoundingClientRect().height)")
    if width == 1440:
        # Rows of 32 pixels: 13 stood on a screen where each was a paragraph.
        assert sum(height <= 34 for height in heights) >= 0.9 * len(heights)
        assert page.locator("[data-testid=stMain]").evaluate("main => main.scrollHeight") < 4 * 900
    # A column of single letters stood here at 1,024 pixels.
    assert table.locator("tbody th").first.evaluate("cell => cell.getBoundingClientRect().width") > 180
    assert page.locator("[data-testid=stMain]").evaluate("one => one.scrollWidth - one.clientWidth") <= 1
    assert violations(page) == []
    row = table.locator("tbody summary").first
    row.focus()
    page.keyboard.press("Enter")
    assert table.locator("tbody details").first.get_attribute("open") is not None
    assert table.locator("tbody details").first.get_by_role("link", name="Record: sources").is_visible()
