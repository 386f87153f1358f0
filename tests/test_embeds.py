"""Embeds: one chart alone, in one document, for frames on other sites; what it says is what the View says."""

import gzip
import re
from types import SimpleNamespace

import lxml.html
import pytest
from axe import OF_COLOUR, violations
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas.charts import catalogue
from atlas.charts.powers_response.view import BANDS
from atlas.publish import embeds
from atlas.publish.caption import MAPS
from atlas.publish.chart_request import ask
from atlas.tables.dates import in_words
from atlas.tables.schema import DATA
from atlas.web import charts, embed
from atlas.web.response_cache import Body, Shelf
from atlas.web.routes import ROUTES
from tests.browsing import Host, fetched

CHARTS = tuple(catalogue.CHARTS)
LARGEST_MAP, LARGEST = 40_000, 50_000
HOSTILE = (
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "%00",
    "{{7*7}}",
    "../../etc/passwd",
    "x" * 5000,
    "\u202eabc",
    "' OR 1=1 --",
    "=cmd|' /C calc'!A0",
)
browser_test = pytest.mark.browser


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=ROUTES))


@pytest.fixture(autouse=True)
def empty_shelf(monkeypatch):
    monkeypatch.setattr(charts, "shelf", Shelf(charts.MOST_KEPT, charts.MOST_BYTES))


def view_of(atlas, slug, **query):
    chart = catalogue.CHARTS[slug]
    return catalogue.view(atlas, slug, catalogue.read(atlas, chart, query)[0])


def words(element) -> str:
    return " ".join(element.text_content().split())


def document(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return lxml.html.fromstring(answer.text)


@pytest.mark.parametrize("slug", CHARTS)
@pytest.mark.parametrize("day", ["2025-12-15", "2026-01-17", "2026-11-23"])
def test_the_finding_its_dates_its_caveat_and_its_source_are_in_the_frame(client, atlas, slug, day):
    view = view_of(atlas, slug, date=day)
    page = document(client, f"/embed/{slug}?date={day}")
    assert words(page.find(".//h1")) == view.title and page.findtext(".//title") == f"{view.title} · Regime Atlas"
    said = words(page.find(".//main"))
    assert (
        f"As of {in_words(day)}; evidence to {in_words(view.evidence_to)}. {view.caveat}" in said and view.deck in said
    )
    assert (
        f"Source: The Regime Atlas contributors ({atlas.package.released[:4]}), data {atlas.package.version}. CC BY 4.0"
        in said
    )
    assert ("imply no view on legal status" in said) == (slug in MAPS)
    link = page.find(".//a[@class='open']")
    assert link.get("target") == "_blank" and link.get("rel") == "noopener"
    path = catalogue.CHARTS[slug].page
    assert (
        link.get("href")
        == f"http://testserver/{path}?{catalogue.address(atlas, catalogue.CHARTS[slug], catalogue.read(atlas, catalogue.CHARTS[slug], {'date': day})[0])}"
    )


@pytest.mark.parametrize("slug", [slug for slug in CHARTS if slug != "compare"])
def test_the_table_under_a_chart_is_its_table_twin(client, atlas, slug):
    view = view_of(atlas, slug)
    table = document(client, f"/embed/{slug}").find(".//details//table")
    rows = [[cell.text_content() for cell in row] for row in table.iter("tr")]
    assert rows[0] == list(view.table.columns)
    assert rows[1:] == [[str(cell) for cell in row] for row in view.table.to_numpy().tolist()]


@pytest.mark.parametrize("colour", ["peak", "now", "strength", "regime", "evidence"])
def test_the_map_shows_the_classes_of_its_view(client, atlas, colour):
    view = view_of(atlas, "map", colour=colour)
    page = document(client, f"/embed/map?colour={colour}")
    legend = [words(item) for item in page.find(".//ul[@class='legend']")]
    counted = [klass.label if klass.texture == "open" else f"{klass.label} {klass.count}" for klass in view.classes]
    assert legend[: len(counted)] == counted
    drawn = {}
    for mark in page.iterfind(".//*[@data-id]"):
        parent = mark.getparent()
        drawn[mark.get("data-id")] = parent.get("data-class") or mark.find(".//circle").get("class").split()[
            0
        ].removeprefix("f-k-")
        assert mark.findtext("title") == view.hover[mark.get("data-id")]
    assert len(drawn) > 60 and all(view.class_of[place] == identity for place, identity in drawn.items())
    left_out = {place: view.class_of[place] for place in set(view.class_of) - set(drawn)}
    assert all(view.klass(identity).texture == "open" for identity in left_out.values())


@pytest.mark.parametrize(
    "query", ["places=JPN,EU", "places=FRA,GBR,KOR,US-CA&date=2026-02-01", "instruments=eu-dsa,eu-ai-act"]
)
def test_the_comparison_is_the_matrix_of_its_view(client, atlas, query):
    view = view_of(atlas, "compare", **dict(part.split("=") for part in query.split("&")))
    page = document(client, f"/embed/compare?{query}")
    table = page.find(".//table")
    assert [words(cell) for cell in table.find("thead/tr")][1:] == [column.name for column in view.columns]
    rows = [row for row in table.iterfind("tbody/tr") if row.get("class") != "group"]
    assert [words(row[0]) for row in rows] == [row.label for row in view.rows]
    for row, said in zip(rows, view.rows, strict=True):
        for cell, meant in zip(row[1:], said.cells, strict=True):
            assert cell.get("data-state") == meant.state and meant.words in words(cell)
            assert meant.short_name in words(cell) and meant.provision in words(cell) and meant.later in words(cell)
    said = words(page)
    assert all(pair.sentence in said for pair in view.pairs) and all(column.sentence in said for column in view.columns)


def test_the_ranges_stand_where_their_numbers_say(client, atlas):
    view = view_of(atlas, "strength")
    page = document(client, "/embed/strength")
    rows = [row for row in page.iterfind(".//table[@class='ranges']/tbody/tr") if row.get("class") != "part"]
    assert len(rows) == len(view.rows)
    for row, meant in zip(rows, view.rows, strict=True):
        whole, mark = meant.strength.whole, row.find(".//*[@data-id]")
        assert mark.get("data-id") == meant.place and mark.findtext("title") == view.hover[meant.place]
        shown = words(row.find("td[@class='n']"))
        if whole.point is None:
            assert shown == f"{whole.low:.0f} to {whole.high:.0f}"
            line = mark.find("line[@class='bounds']")
            assert (float(line.get("x1").rstrip("%")), float(line.get("x2").rstrip("%"))) == pytest.approx(
                (whole.low, whole.high), abs=0.006
            )
        else:
            assert shown == f"{whole.point:.0f}"
            assert float(mark.find("circle[@class='point']").get("cx").rstrip("%")) == pytest.approx(
                whole.point, abs=0.006
            )
            line = mark.find("line[@class='line']")
            assert (float(line.get("x1").rstrip("%")), float(line.get("x2").rstrip("%"))) == pytest.approx(
                (meant.low, meant.high), abs=0.006
            )
        assert words(row.find("td[@class='t']")) == meant.type_label


@pytest.mark.parametrize("slug", ["timeline", "clock", "powers-response"])
def test_each_drawing_of_a_chart_has_the_same_marks_and_one_of_them_their_text(client, atlas, slug):
    page = document(client, f"/embed/{slug}")
    # lxml writes the names of attributes in small letters
    marks = [
        [mark.get("data-id") for mark in svg.iterfind(".//*[@data-id]")] for svg in page.iterfind(".//svg[@viewbox]")
    ]
    assert len(marks) == 3 and marks[0] and set(marks[0]) == set(marks[1]) == set(marks[2])
    named = {mark.get("data-id") for mark in page.iterfind(".//svg//*[@data-id]") if mark.find("title") is not None}
    assert named == set(marks[0])


def test_the_scatter_has_every_dot_of_its_view(client, atlas):
    view = view_of(atlas, "powers-response")
    page = document(client, "/embed/powers-response")
    assert {mark.get("data-id") for mark in page.iterfind(".//*[@data-id]")} == {dot.place for dot in view.drawn}
    said = " ".join(" ".join(page.itertext()).split())
    assert all(dot.name in said for dot in view.dots), "who is not drawn is named"
    assert {dot.rung for dot in view.dots} <= set(BANDS)


@pytest.mark.parametrize("slug", CHARTS)
def test_an_embed_is_small(client, slug):
    answer = client.get(f"/embed/{slug}", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < (LARGEST_MAP if slug == "map" else LARGEST)


@pytest.mark.parametrize("colour", ["peak", "now", "strength", "regime", "evidence"])
@pytest.mark.parametrize("theme", ["auto", "dark"])
def test_every_map_is_at_most_40_kilobytes(client, colour, theme):
    assert len(gzip.compress(client.get(f"/embed/map?colour={colour}&theme={theme}").content, 6)) < LARGEST_MAP


def test_an_embed_is_kept_by_its_tag(client):
    first = client.get("/embed/map")
    assert first.headers["cache-control"] == "public, max-age=300, stale-while-revalidate=86400"
    assert {"Accept-Encoding", "Host", "X-Forwarded-Proto"} == set(first.headers["vary"].split(", ")) and first.headers[
        "access-control-allow-origin"
    ] == "*"
    tag = first.headers["etag"]
    again = client.get("/embed/map", headers={"If-None-Match": tag})
    assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == tag
    assert client.get("/embed/map", headers={"If-None-Match": '"other"'}).status_code == 200
    assert (
        client.get("/embed/map?colour=now").headers["etag"] != tag
        and client.get("/embed/map?theme=dark").headers["etag"] != tag
    )
    assert client.get("/embed/map", headers={"Host": "other.example"}).headers["etag"] != tag
    head = client.head("/embed/map")
    assert (
        head.status_code == 200
        and head.content == b""
        and head.headers["etag"] == tag
        and int(head.headers["content-length"]) > 10_000
    )
    assert client.get("/embed/map", headers={"Accept-Encoding": "identity"}).headers.get("content-encoding") is None


def test_a_kept_embed_is_made_once_whatever_else_its_address_says(client, monkeypatch):
    made = []
    real = embeds.embed
    monkeypatch.setattr(embeds, "embed", lambda *given: made.append(given) or real(*given))
    for address in (
        "date=2026-01-17&colour=now",
        "date=2026-01-17&colour=now",
        "colour=now&date=2026-01-17",
        "colour=now&date=2026-01-17&utm_source=mail",
        "theme=auto&colour=now&date=2026-01-17",
    ):
        assert client.get(f"/embed/map?{address}").status_code == 200
    assert len(made) == 1
    client.get("/embed/map?date=2026-01-18&colour=now")
    assert len(made) == 2


def test_the_shelf_is_bounded(client, monkeypatch):
    monkeypatch.setattr(charts, "shelf", Shelf(most=20, most_bytes=1_000_000))
    for count in range(60):
        assert client.get(f"/embed/clock?date=2026-02-{count % 28 + 1:02}&x={count}").status_code == 200
    held, size = charts.shelf.counts
    assert held <= 20 and size <= 1_000_000


@pytest.mark.parametrize("slug", CHARTS)
def test_what_is_not_understood_is_said_and_a_default_shown(client, slug):
    names = [option.name for option in catalogue.CHARTS[slug].options]
    page = document(
        client, f"/embed/{slug}?" + "&".join(f"{name}=nonsense,{'x' * 250}" for name in [*names, "theme", "release"])
    )
    notice = words(page.find(".//*[@class='notice']"))
    for name in [*names, "theme", "release"]:
        assert f"asked for the {name} “nonsense" in notice
    assert words(page.find(".//h1")) == words(document(client, f"/embed/{slug}").find(".//h1"))
    assert document(client, f"/embed/{slug}").find(".//*[@class='notice']") is None


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_parameters_are_text_and_break_nothing(client, text):
    for slug in CHARTS:
        names = [option.name for option in catalogue.CHARTS[slug].options]
        answer = client.get(f"/embed/{slug}", params={name: text for name in [*names, "theme", "release", text[:40]]})
        assert answer.status_code == 200 and len(answer.content) < 320_000, slug
        page = lxml.html.fromstring(answer.text)
        assert len(page.findall(".//script")) == 1 and not [
            one for one in page.iter() if isinstance(one.tag, str) and any(name.startswith("on") for name in one.attrib)
        ]
        assert "x" * 300 not in answer.text


@pytest.mark.parametrize("slug", ["none", "<script>alert(1)<", "map.html", "x" * 500])
def test_an_unknown_chart_is_a_page_that_names_the_others(client, slug):
    answer = client.get(f"/embed/{slug}")
    page = lxml.html.fromstring(answer.text)
    assert answer.status_code == 404 and answer.headers["cache-control"] == "no-store" and len(answer.content) < 6_000
    assert words(page.find(".//h1")) == "No such chart" and page.find(".//script") is None
    assert [link.get("href") for link in page.iterfind(".//ul//a")] == [
        f"http://testserver/embed/{one}" for one in CHARTS
    ]
    assert slug[:40] in words(page.find(".//p"))


def test_without_data_nothing_wrong_is_shown(client, monkeypatch):
    monkeypatch.setattr(embed, "get_store", lambda: SimpleNamespace(state=SimpleNamespace(atlas=None)))
    answer = client.get("/embed/map")
    assert (
        answer.status_code == 503
        and answer.headers["retry-after"] == "60"
        and answer.headers["cache-control"] == "no-store"
    )
    assert "Nothing is shown rather than something wrong" in answer.text


def test_a_release_can_be_pinned(client, atlas):
    page = document(client, "/embed/map?release=1.0.0&date=2026-01-17")
    assert "You are looking at data release 1.0.0" in words(page.find(".//*[@class='notice']"))
    assert page.find(".//a[@class='open']").get("href").endswith("date=2026-01-17&release=1.0.0")
    asked = ask(atlas, DATA, "map", {"release": "1.0.0"})
    assert asked.release == "1.0.0" and asked.atlas.package.version == "1.0.0"


def test_nothing_is_loaded_and_only_this_style_and_script_are_used(client):
    for path in (*(f"/embed/{slug}" for slug in CHARTS), "/embed/none"):
        answer = client.get(path)
        policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
        assert (
            policy["default-src"] == "'none'"
            and policy["img-src"] == "data:"
            and policy["base-uri"] == policy["form-action"] == policy["object-src"] == "'none'"
        )
        assert (
            re.fullmatch(r"'sha256-[^']+'", policy["style-src"])
            and "unsafe" not in answer.headers["content-security-policy"]
        )
        page = lxml.html.fromstring(answer.text)
        assert not [one for one in page.iter() if isinstance(one.tag, str) and "style" in one.attrib]
        assert not page.findall(".//*[@src]") and not [
            link for link in page.iterfind(".//link") if link.get("rel") not in ("canonical", "alternate", "icon")
        ]


def test_the_theme_can_be_fixed(client):
    light, dark, own = (client.get(f"/embed/map?theme={theme}").text for theme in ("light", "dark", "auto"))
    assert "prefers-color-scheme" in own and "prefers-color-scheme" not in light + dark
    assert "--paper:#FFFFFF" in light and "--paper:#16181B" in dark


@pytest.mark.parametrize("slug", CHARTS)
def test_a_shelf_hit_needs_no_view(client, slug, monkeypatch):
    first = client.get(f"/embed/{slug}?date=2026-03-03")
    monkeypatch.setattr(embed, "asked_by", lambda *given: pytest.fail("work on a hit"))
    assert client.get(f"/embed/{slug}?date=2026-03-03").content == first.content


def test_refusals_are_not_kept(client):
    client.get("/embed/none")
    assert charts.shelf.counts == (0, 0)
    assert isinstance(charts.shelf.make("x", lambda: Body(b"", b"", "", "", {})), Body)


# In Chromium.


@browser_test
def test_another_site_shows_three_charts_and_hears_their_heights(server, page, offline):
    frames = ""
    for slug in ("map", "compare", "strength"):
        answer = fetched(page, f"{server.url}/oembed", params={"url": f"{server.url}/embed/{slug}?date=2026-02-02"})
        frames += answer.json()["html"].replace('loading="lazy"', "")
    host = Host(frames)
    faults = []
    page.on(
        "console",
        lambda message: (
            faults.append(message.text)
            if message.type == "error" and "favicon" not in message.location.get("url", "")
            else None
        ),
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(host.url)
    page.wait_for_function("() => Object.keys(heights).length === 3")
    for index, mark in enumerate(("svg.map [data-id=JPN]", "table.cmp td[data-state]", "table.ranges [data-id]")):
        frame = page.frame_locator("iframe").nth(index)
        expect(frame.locator("h1")).to_be_visible()
        expect(frame.locator(mark).first).to_be_visible()
        box = page.locator("iframe").nth(index)
        # A browser lays out a frame of another origin only while it is in view; its last height comes after that.
        box.scroll_into_view_if_needed()
        frame.locator("html").evaluate(
            "html => new Promise(done => { const look = () => html.scrollHeight <= innerHeight + 1"
            " && Math.abs(innerHeight - document.body.getBoundingClientRect().height) <= 1 ? done() :"
            " requestAnimationFrame(look); look(); })"
        )
        real = frame.locator("body").evaluate("body => body.getBoundingClientRect().height")
        assert abs(float(box.get_attribute("height")) - real) <= 1 and real > 300
    host.server.shutdown()
    assert faults == []


@browser_test
@pytest.mark.parametrize("slug", CHARTS)
def test_an_embed_is_one_request_without_fault(server, page, offline, slug):
    asked, faults = [], []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("data:") else None)
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{server.url}/embed/{slug}", wait_until="networkidle")
    assert asked == [f"{server.url}/embed/{slug}"] and faults == []


@browser_test
@pytest.mark.parametrize("slug", CHARTS)
def test_without_scripts_the_picture_and_the_table_are_there(server, browser, slug):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 800, "height": 700})
    page = context.new_page()
    page.goto(f"{server.url}/embed/{slug}")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".hint")).to_be_hidden()
    if slug == "compare":
        expect(page.locator("table.cmp tbody tr").nth(1)).to_be_visible()
    else:
        picture = page.locator("svg[role=img]:visible").first
        assert picture.bounding_box()["width"] > 100 and len(picture.get_attribute("aria-label")) > 20
        page.locator("summary").click()
        expect(page.locator(".twin tbody tr").first).to_be_visible()
        assert page.locator(".twin tbody tr").count() > 20
    context.close()


@browser_test
@pytest.mark.parametrize("slug", [slug for slug in CHARTS if slug != "compare"])
@pytest.mark.parametrize("width", [1440, 700, 390])
def test_the_arrow_keys_move_through_the_marks(server, page, offline, slug, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{server.url}/embed/{slug}")
    assert page.locator("svg [data-id][tabindex='0']").count() == 1
    marks = page.locator("svg [data-id]:visible").count()
    page.locator("svg [data-id][tabindex='0']").focus()

    def here():
        return page.evaluate(
            "({id: document.activeElement.dataset.id, name: document.activeElement.ariaLabel, role:"
            " document.activeElement.getAttribute('role')})"
        )

    first = here()
    tip = page.locator("#tip")
    expect(tip).to_be_visible()
    assert first["role"] == "img" and tip.inner_text() == first["name"] != ""
    seen = [first]
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        seen.append(here())
        assert tip.inner_text() == seen[-1]["name"]
    assert page.locator("svg [data-id][tabindex='0']").count() == 1
    page.keyboard.press("ArrowLeft")
    assert here() == seen[-2]
    page.keyboard.press("Home")
    assert here() == first
    page.keyboard.press("End")
    last = here()
    page.keyboard.press("ArrowDown")
    assert here() == first and (last != first or marks == 1)
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.id ?? null") is None


@browser_test
def test_the_places_of_a_map_come_in_the_order_of_its_table(server, page, offline, atlas):
    page.goto(f"{server.url}/embed/map")
    page.locator("svg [data-id][tabindex='0']").focus()
    table = view_of(atlas, "map").table["Id"].tolist()
    seen = []
    for _ in range(12):
        seen.append(page.evaluate("document.activeElement.dataset.id"))
        page.keyboard.press("ArrowRight")
    drawn = set(page.locator("svg [data-id]").evaluate_all("marks => marks.map(mark => mark.dataset.id)"))
    assert seen == [place for place in table if place in drawn][:12]


@browser_test
def test_a_pointer_and_a_tap_read_a_mark_and_the_tap_is_announced(server, browser, atlas):
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(f"{server.url}/embed/map")
    said = view_of(atlas, "map").hover["AUS"]
    page.locator("svg [data-id=AUS]").tap()
    expect(page.locator("#tip")).to_have_text(said)
    expect(page.locator("#say[role=status]")).to_have_text(said)
    box = page.locator("#tip").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    page.locator("h1").tap()
    expect(page.locator("#tip")).to_be_hidden()
    expect(page.locator("#say")).to_have_text("")
    page.locator("svg [data-id=BRA]").hover()
    expect(page.locator("#tip")).to_have_text(view_of(atlas, "map").hover["BRA"])
    expect(page.locator("#say")).to_have_text("")
    context.close()


@browser_test
@pytest.mark.parametrize("slug", CHARTS)
def test_every_width_from_280_to_1600_is_readable(server, page, offline, slug):
    page.goto(f"{server.url}/embed/{slug}")
    for width in (280, 320, 390, 479, 480, 640, 859, 860, 1000, 1440, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        small = page.evaluate(
            """() => [...document.querySelectorAll('main *')].filter(one => one.checkVisibility() && !one.closest('.off')
            && one.getBoundingClientRect().width && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())).map(one => {
              const svg = one.closest('svg[viewBox]'), scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
              return [parseFloat(getComputedStyle(one).fontSize) * scale, one.textContent.slice(0, 30)];
            }).filter(([size]) => size < 9.5)"""
        )
        assert small == [], width


@browser_test
@pytest.mark.slow
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("slug", [*CHARTS, "none"])
def test_no_barrier_is_found_by_axe(server, page, slug, width):
    """Light and dark, where only what colours can change is asked again."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark")
    page.goto(f"{server.url}/embed/{slug}")
    assert violations(page, OF_COLOUR) == []
    page.emulate_media(color_scheme="light")
    assert violations(page) == []


@browser_test
def test_a_page_on_a_disk_frames_a_live_embed(server, page, tmp_path):
    (tmp_path / "draft.html").write_text(
        f'<!DOCTYPE html><title>Draft</title><iframe src="{server.url}/embed/map" width="800" height="600"></iframe>',
        encoding="utf-8",
    )
    page.goto((tmp_path / "draft.html").as_uri())
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
