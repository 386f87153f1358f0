"""The Present page: what is chosen is what is shown, what is handed out and what the address holds."""

import json
import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import pytest
from browsing import fetched
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from atlas.charts.catalogue import CHARTS
from atlas.draw.sizes import SIZES
from atlas.publish import citation, option_words, present, qr
from atlas.publish import table_file as twin
from atlas.publish.chart_addresses import links
from atlas.publish.chart_request import ask
from atlas.publish.csv_text import BYTE_ORDER_MARK
from atlas.publish.site.frozen import FORMAT, FOUND, MANIFEST, MISSING, STALE, UNPLANNED, Frozen, frozen
from atlas.tables.schema import DATA
from atlas.ui.url_keys import OF_CHARTS
from atlas.web.routes import ROUTES
from atlas.words import texts

SECONDS, SLOW = 60, 60_000
TYPES = {
    "PNG": "image/png",
    "SVG": "image/svg+xml",
    "PDF": "application/pdf",
    "HTML": "text/html",
    "CSV": "text/csv",
    "JSON": "application/json",
    "PowerPoint": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
BASE = "https://atlas.example.org"


def run(page="pages/present.py", **query):
    app = AppTest.from_file("../dashboard.py", default_timeout=SECONDS)
    app.run()
    app.switch_page(page)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def html(app):
    return " ".join(element.proto.body for element in app.get("html"))


def shown(app):
    """Address of the picture in the preview, as path and query."""
    parts = urlsplit(unescape(re.search(r'<figure class="ra-preview"><img src="([^"]+)"', html(app))[1]))
    return parts.path, dict(parse_qsl(parts.query))


def address(app):
    return {name: value if isinstance(value, str) else value[-1] for name, value in app.query_params.items()}


def copies(app):
    """Texts of the list, by their id, as sent to the browser."""
    return {item["id"]: item for item in _items(app)}


def _items(app):
    sent = next(
        element.proto for element in app.get("bidi_component") if element.proto.component_name.endswith("copy_list")
    )
    return [item for group in json.loads(sent.json)["groups"] for item in group["items"]]


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=ROUTES))


def test_every_option_of_every_chart_has_a_widget_and_words(atlas):
    assert {option.name for chart in CHARTS.values() for option in chart.options} == set(OF_CHARTS)
    for key in OF_CHARTS.values():
        assert option_words.name(key.name)
        for term in key.terms(atlas):
            assert option_words.term(atlas, key.name, term).strip()


@pytest.mark.parametrize("slug", CHARTS)
@pytest.mark.parametrize("size", [*SIZES, "embed"])
def test_each_chart_is_shown_in_each_size(slug, size):
    app = run(chart=slug, size=size)
    if size == "embed":
        source = app.get("iframe")[0].proto.src
        assert urlsplit(source).path.endswith(f"/embed/{slug}") and "theme=light" in source
    else:
        path, query = shown(app)
        assert path == f"picture/{slug}.svg" and query["size"] == size


@pytest.mark.parametrize(
    ("slug", "query"),
    [
        ("map", {"date": "2026-01-17", "colour": "now"}),
        ("compare", {"places": "FRA,GBR,KOR", "date": "2026-02-01"}),
        ("compare", {"by": "instruments", "instruments": "eu-dsa,eu-ai-act"}),
        ("strength", {"region": "Asia", "unfold": "USA"}),
        ("timeline", {"order": "region", "actions": "restriction,investigation", "span": "weeks"}),
        ("clock", {"date": "2026-03-01", "start": "grok-2026-start-surge"}),
        ("powers-response", {"date": "2026-02-01"}),
    ],
)
def test_the_address_holds_the_view_and_what_is_handed_out_is_that_view(atlas, slug, query):
    app = run(chart=slug, size="square", theme="dark", **query)
    where = links(ask(atlas, DATA, slug, query), BASE)
    path, asked = shown(app)
    assert path == f"picture/{slug}.svg" and asked == dict(parse_qsl(where.query)) | {"size": "square", "theme": "dark"}
    assert urlsplit(copies(app)["link"]["text"])[2:4] == ("/" + where.path, where.query)
    expected = {"size": "square", "theme": "dark"} | query | ({} if slug == "map" else {"chart": slug})
    assert address(app) == expected


def test_another_chart_drops_the_options_that_it_does_not_have_and_finds_them_again():
    app = run(chart="timeline", order="region", date="2026-02-02")
    app.button_group(key="chart").set_value("clock").run()
    assert address(app) == {"chart": "clock", "date": "2026-02-02"} and shown(app)[0] == "picture/clock.svg"
    app.button_group(key="chart").set_value("timeline").run()
    assert (
        address(app) == {"chart": "timeline", "order": "region", "date": "2026-02-02"}
        and shown(app)[1]["order"] == "region"
    )


def test_a_comparison_of_one_place_waits_for_the_second():
    app = run(chart="compare", places="FRA,GBR")
    app.multiselect(key="places").set_value(["FRA"]).run()
    assert (
        not app.exception
        and texts()["present"]["too_few"] in unescape(html(app))
        and shown(app)[1]["places"] == "FRA,GBR"
    )
    app.multiselect(key="places").set_value(["FRA", "KOR"]).run()
    assert shown(app)[1]["places"] == "FRA,KOR" and address(app)["places"] == "FRA,KOR"


def test_a_picture_is_light_or_dark_and_only_an_embed_may_follow_the_device():
    app = run(size="embed", theme="auto")
    assert "theme=auto" in app.get("iframe")[0].proto.src
    app.selectbox(key="size").set_value("wide").run()
    assert shown(app)[1]["theme"] == "light"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"chart": "pie"}, "the chart “pie”"),
        ({"size": "<b>"}, "&lt;b&gt;"),
        ({"theme": "pink"}, "the theme “pink”"),
        ({"date": "2026-99-99"}, "the date “2026-99-99”"),
        ({"chart": "compare", "places": "JPN,XXX"}, "the places “JPN,XXX”"),
    ],
)
def test_an_unknown_address_falls_back_and_says_so(query, said):
    app = run(**query)
    assert said in html(app) and shown(app)[0].startswith("picture/") and "<b>" not in html(app).replace("<b></b>", "")


@pytest.mark.parametrize(
    ("page", "slugs"),
    [
        ("pages/map.py", ["map", "small-maps"]),
        ("pages/compare.py", ["compare"]),
        ("pages/strength.py", ["strength", "priorities", "powers-response"]),
        ("pages/timeline.py", ["timeline", "clock"]),
    ],
)
def test_every_chart_leads_here_as_it_stands(atlas, page, slugs):
    wanted = {
        "map": {"colour": "now"},
        "small-maps": {},
        "compare": {"places": "FRA,KOR"},
        "strength": {"region": "Asia"},
        "priorities": {"place": "GBR", "with": "KOR"},
        "powers-response": {},
        "timeline": {"order": "region"},
        "clock": {"start": "grok-2026-start-surge"},
    }
    asked = {"date": "2026-02-02"} | {name: value for slug in slugs for name, value in wanted[slug].items()}
    app = run(page, **asked)
    found = [
        dict(parse_qsl(element.proto.query_string))
        for element in app.get("page_link")
        if element.proto.label in (texts()["present"]["link"], texts()["present"]["link_maps"])
    ]
    assert found == [{"chart": slug, "date": "2026-02-02"} | wanted[slug] for slug in slugs]


@pytest.mark.parametrize("slug", CHARTS)
def test_each_file_is_what_its_link_says(client, atlas, slug):
    asked = ask(atlas, DATA, slug, {"date": "2026-02-02"})
    served = {route.path.split("/")[1] for route in ROUTES if hasattr(route, "path")}
    for label, link, note in present.files(links(asked, ""), "square", "light", SIZES["square"].height):
        assert note
        if link.split("/")[1].split("?")[0] in served:
            answer = client.get(link)
            assert answer.status_code == 200 and answer.headers["content-type"].split(";")[0] == TYPES[label], link
        else:
            assert label == "PowerPoint"


def test_the_table_says_what_the_view_says(client, atlas):
    view = ask(atlas, DATA, "map", {"date": "2026-01-17"}).view()
    said = client.get("/table/map.json?date=2026-01-17").json()
    assert (
        said["meta"]["title"] == view.title
        and said["meta"]["as_of"] == "2026-01-17"
        and said["meta"]["data_digest"] == atlas.digest
    )
    assert [row["Id"] for row in said["rows"]] == view.table["Id"].tolist() and said["columns"] == list(
        view.table.columns
    )
    assert client.get("/table/map.csv?date=2026-01-17").content.decode() == twin.as_csv(view)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/table/pie.csv", 404),
        ("/table/map.xls", 404),
        ("/table/map.csv?date=2026-99-99", 400),
        ("/qr/map.gif", 404),
        ("/qr/map.svg?colour=pink", 400),
    ],
)
def test_what_is_not_understood_is_refused_with_a_reason(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status and answer.text and answer.headers["cache-control"] == "no-store"


def test_no_cell_is_a_formula_and_none_breaks_the_json(atlas):
    asked = ask(atlas, DATA, "map", {})
    view = replace(asked.view(), table=pd.DataFrame({"=A": ["=1+1", "+x", "plain"], "Score": [1.5, float("nan"), 2.0]}))
    assert twin.as_csv(view).removeprefix(BYTE_ORDER_MARK).splitlines() == [
        "'=A,Score",
        "'=1+1,1.5",
        "'+x,",
        "plain,2.0",
    ]
    assert json.loads(twin.as_json(asked, view))["rows"] == [
        {"=A": "=1+1", "Score": 1.5},
        {"=A": "+x", "Score": None},
        {"=A": "plain", "Score": 2.0},
    ]


def test_the_code_holds_the_link(client):
    """Its modules, read off the picture, are those of the link; segno's own tests hold it to the standard."""
    import io

    import segno
    from PIL import Image

    link = "http://testserver/?date=2026-01-17&colour=now"
    with Image.open(io.BytesIO(client.get("/qr/map.png?date=2026-01-17&colour=now").content)) as picture:
        grey = picture.convert("L")
        count = grey.width // qr.PIXELS - 2 * qr.BORDER
        middle = [(qr.BORDER + step) * qr.PIXELS + qr.PIXELS // 2 for step in range(count)]
        read = [[int(grey.getpixel((x, y)) < 128) for x in middle] for y in middle]
    assert read == [list(row) for row in segno.make_qr(link, error="m").matrix]
    assert link.replace("&", "&amp;") in client.get("/qr/map.svg?date=2026-01-17&colour=now").text
    with pytest.raises(ValueError, match="too long"):
        qr.svg("https://example.org/" + "x" * 4000)


def test_what_is_copied_can_be_pasted(atlas):
    asked = ask(atlas, DATA, "map", {"date": "2026-01-17"})
    view, where = asked.view(), links(asked, BASE)
    groups = present.copies(
        asked, view, where, "square", "dark", Frozen(FOUND, "embed/map.abc.html", "https://frozen.example.org")
    )
    said = {item.id: item.text for items in groups.values() for item in items}
    # "sentence" is copied from places, comparisons and records, which have sentences; a chart has captions.
    assert all(said.values()) and {*said, "sentence"} == set(texts()["present"]["items"])
    assert (
        said["link"] == f"{BASE}/?date=2026-01-17"
        and said["alt"] == view.alt
        and said["oembed"].startswith(f"{BASE}/oembed?url=")
    )
    assert (
        view.title in said["short"]
        and view.caveat in said["caption"]
        and said["plain"] == citation.plain(atlas.package, view.title, said["link"])
    )
    assert (
        f'src="{BASE}/embed/map?date=2026-01-17&amp;theme=dark"' in said["live"]
        and 'src="https://frozen.example.org/embed/map.abc.html"' in said["frozen"]
    )
    picture = f"{BASE}/picture/map.png?date=2026-01-17&size=square&theme=dark"
    assert f"]({picture})" in said["markdown"] and picture.replace("&", "&amp;") in said["image"]


def test_bibtex_escapes_what_tex_would_read():
    from types import SimpleNamespace

    package = SimpleNamespace(descriptor={"title": "T"}, version="1", released="2026-01-01", evidence_to="2026-01-01")
    said = citation.bibtex(package, r"50% of A_B & {C} \ #1", "https://example.org/?a=1&b=2")
    assert (
        r"{50\% of A\_B \& \{C\} \textbackslash{} \#1}, in T" in said and "url = {https://example.org/?a=1&b=2}" in said
    )


def test_the_frozen_file_is_named_if_there_is_one(atlas, tmp_path):
    asked = ask(atlas, DATA, "map", {})
    assert frozen(asked, place=tmp_path).state == MISSING

    def held(digest, query):
        files = [
            {"kind": "html", "theme": "auto", "path": "embed/map.html"},
            {"kind": "html", "theme": "dark", "path": "embed/map.dark.html"},
            {"kind": "csv", "path": "x"},
        ]
        content = {
            "format": FORMAT,
            "data_digest": digest,
            "url": "",
            "views": [{"chart": "map", "query": query, "files": files}],
        }
        (tmp_path / MANIFEST).write_text(json.dumps(content))
        return frozen(asked, "dark", tmp_path)

    assert held("other", asked.query).state == STALE
    assert held(atlas.digest, "date=2026-01-01").state == UNPLANNED
    assert held(atlas.digest, asked.query) == Frozen(FOUND, "embed/map.dark.html", "")
    (tmp_path / MANIFEST).write_text("[]")
    assert frozen(asked, place=tmp_path).state == MISSING
    for state in (MISSING, STALE, UNPLANNED):
        item = next(
            item
            for item in present.copies(asked, asked.view(), links(asked, BASE), "wide", "light", Frozen(state))[
                "frames"
            ]
            if item.id == "frozen"
        )
        assert item.text == "" and item.note == texts()["present"]["frozen"][state]


@pytest.fixture
def opened(server, page, offline):
    def go(query="", width=1440):
        page.set_viewport_size({"width": width, "height": 1000})
        page.goto(f"{server.url}/present{query}")
        expect(page.locator(".copies .item").first).to_be_visible(timeout=SLOW)
        return page

    return go


def drawn(page, part):
    """Waits until the preview shows an address with this in it, drawn."""
    page.wait_for_function(
        "part => { const image = document.querySelector('.ra-preview img'); return image && image.src.includes(part) &&"
        " image.complete && image.naturalWidth > 0 }",
        arg=part,
        timeout=SLOW,
    )


@pytest.mark.browser
def test_the_journey_of_a_presenter(opened, context, server):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened()
    drawn(page, "picture/map.svg")
    page.get_by_role("radio", name="Timeline").or_(page.get_by_role("button", name="Timeline")).first.click()
    drawn(page, "picture/timeline.svg")
    box = page.get_by_role("combobox", name="Size")
    box.click()
    page.get_by_role("option", name="Square").click()
    drawn(page, "size=square")
    page.wait_for_function(
        "() => location.search.includes('chart=timeline') && location.search.includes('size=square')"
    )
    page.get_by_role("button", name="Copy: Frame, live").click()
    expect(page.get_by_role("button", name="Copy: Frame, live")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith(f'<iframe src="{server.url}/embed/timeline?date=')
    for label in ("PNG", "SVG", "PDF", "HTML", "CSV", "JSON"):
        link = page.locator(".ra-take li").get_by_role("link", name=label, exact=True)
        assert link.get_attribute("download").startswith("regime-atlas-timeline-")
        answer = fetched(page, f"{server.url}/{link.get_attribute('href')}")
        assert answer.ok and answer.headers["content-type"].split(";")[0] == TYPES[label]
    with page.expect_download() as waiting:
        page.locator(".ra-take li").get_by_role("link", name="PNG", exact=True).click()
    assert waiting.value.suggested_filename.endswith(".png")
    page.wait_for_function("() => document.querySelector('.ra-qr img').naturalWidth > 0")


@pytest.mark.browser
def test_a_presenter_with_a_keyboard_alone(opened, context, server):
    """Chart, size, copy, download: with Tab, arrows, Enter and Space."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened()
    drawn(page, "picture/map.svg")

    def tab_to(name, role=""):
        for _ in range(60):
            page.keyboard.press("Tab")
            at = page.evaluate(
                "(() => { let at = document.activeElement; while (at.shadowRoot && at.shadowRoot.activeElement) at ="
                " at.shadowRoot.activeElement; return [at.getAttribute('role') || '', (at.getAttribute('aria-label') ||"
                " at.textContent).trim()] })()"
            )
            if at == [role, name]:
                return
        raise AssertionError(f"{name} is not reached by Tab")

    tab_to("Map", "radio")
    for _ in range(list(CHARTS).index("timeline")):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    drawn(page, "picture/timeline.svg")
    tab_to("Size", "combobox")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("Square")
    page.keyboard.press("Enter")
    drawn(page, "size=square")
    tab_to("PNG")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.startswith("regime-atlas-timeline-")
    tab_to("Copy: Short caption")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copy: Short caption")).to_have_text("Copied")
    assert "Regime Atlas, as of" in page.evaluate("navigator.clipboard.readText()")


@pytest.mark.browser
def test_the_embed_is_shown_as_it_will_be(opened):
    page = opened("?chart=powers-response&size=embed")
    frame = page.frame_locator("iframe[src*='/embed/powers-response']")
    expect(frame.locator("h1")).to_contain_text("many powers", timeout=SLOW)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_page_does_not_scroll_sideways(opened, width):
    for query in ("", "?chart=compare", "?chart=strength&size=print", "?chart=timeline&size=embed"):
        page = opened(query, width)
        assert (
            page.locator("[data-testid=stMain]").evaluate("element => element.scrollWidth - element.clientWidth") <= 1
        ), query


@pytest.mark.browser
def test_a_chart_of_another_page_arrives_as_it_was(server, page, offline):
    page.goto(f"{server.url}/?date=2026-01-17&colour=now")
    page.get_by_role("link", name="Present this chart").click(timeout=SLOW)
    drawn(page, "picture/map.svg?date=2026-01-17&colour=now")
    expect(page.get_by_label("As-of date", exact=True)).to_have_value("17 January 2026")
