"""What each page's address says before any script runs, and that the app still starts from it."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import lxml.html
import pytest
from browsing import fetched
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit import file_util

from atlas.charts import catalogue
from atlas.publish.places import summary
from atlas.publish.preview import LONGEST_DESCRIPTION
from atlas.web import charts, previews
from atlas.web.response_cache import Shelf
from atlas.web.serve import routes
from atlas.web.shell import rewrite
from atlas.words import texts
from tests.addresses import app_paths

PAGES = app_paths()

SHELL = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
HOME = "http://testserver"
SLOW = 60_000


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=routes(dict.fromkeys(PAGES, ""))))


@pytest.fixture(autouse=True)
def empty_shelf(monkeypatch):
    monkeypatch.setattr(charts, "shelf", Shelf(charts.MOST_KEPT, charts.MOST_BYTES))


def head(client, path) -> dict[str, str]:
    """The head of a page: title, canonical address, and each `meta` by its name or property."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    page = lxml.html.fromstring(answer.content)
    found = {
        one.get("name") or one.get("property"): one.get("content")
        for one in page.iterfind(".//meta")
        if one.get("content")
    }
    return found | {
        "title": page.findtext(".//title"),
        "canonical": page.find(".//link[@rel='canonical']").get("href"),
        "lang": page.get("lang"),
    }


@pytest.mark.parametrize(
    ("path", "slug", "query"),
    [
        ("/", "map", {}),
        ("/?date=2026-01-17&colour=now", "map", {"colour": "now", "date": "2026-01-17"}),
        ("/compare?places=KOR,FRA", "compare", {"places": "KOR,FRA"}),
        ("/compare?instruments=eu-dsa,eu-ai-act", "compare", {"instruments": "eu-dsa,eu-ai-act"}),
        ("/strength?date=2026-06-01", "strength", {"date": "2026-06-01"}),
        ("/timeline?order=region", "timeline", {"order": "region"}),
        ("/present?chart=clock&date=2026-03-01", "clock", {"date": "2026-03-01"}),
        ("/present", "map", {}),
    ],
)
def test_a_page_says_the_finding_of_the_view_that_its_address_asks_for(client, atlas, path, slug, query):
    said = head(client, path)
    view = catalogue.view(atlas, slug, catalogue.read(atlas, catalogue.CHARTS[slug], query)[0])
    # Present shows another page's view, and is not that page.
    title = f"Take away: {view.title}" if path.startswith("/present") else view.title
    assert said["title"] == f"{title} · Regime Atlas" and said["og:title"] == title and said["lang"] == "en"
    assert (
        said["description"].startswith(view.title)
        and said["description"] == said["og:description"]
        and len(said["description"]) <= LONGEST_DESCRIPTION + 1
    )
    assert said["twitter:card"] == "summary_large_image" and said["og:image:alt"] == view.title
    image = client.get(said["og:image"])
    assert (
        said["og:image"].startswith(f"{HOME}/picture/{slug}.png?")
        and image.status_code == 200
        and image.headers["content-type"] == "image/png"
    )
    assert said["canonical"] == said["og:url"] == HOME + path


def test_a_place_has_a_preview_of_its_own(client, atlas):
    said, meant = head(client, "/jurisdiction?place=IDN&date=2026-01-17"), summary(atlas, "IDN", "2026-01-17")
    whole, shown = f"{meant.response} {meant.law}", said["description"].removesuffix("…")
    assert said["og:title"] == meant.title and whole.startswith(shown)
    assert shown == whole or len(shown) > LONGEST_DESCRIPTION - 40, "as much of it as a preview holds"
    assert (
        said["canonical"] == f"{HOME}/jurisdiction?place=IDN&date=2026-01-17" and "date=2026-01-17" in said["og:image"]
    )
    assert head(client, "/jurisdiction?place=KOR")["og:title"] != said["og:title"]


@pytest.mark.parametrize("page", ["evidence", "method"])
def test_a_page_without_a_finding_says_what_it_is(client, page):
    said = head(client, f"/{page}?table=sources&date=2026-01-17")
    assert (
        said["og:title"].lower().startswith(page)
        and said["canonical"] == f"{HOME}/{page}"
        and len(said["description"]) > 60
    )


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title><svg>", "%00", "{{7*7}}", "x" * 3000],
)
def test_hostile_addresses_break_nothing(client, page, text):
    plain = head(client, f"/{page}")
    answer = client.get(
        f"/{page}",
        params={name: text for name in ("date", "colour", "places", "place", "chart", "release", "order", text[:30])},
    )
    assert answer.status_code == 200 and "x" * 300 not in answer.text
    found = lxml.html.fromstring(answer.content)
    assert found.findtext(".//title") == plain["title"]
    # It is told what was not understood, as text; a page that was just added has no first view of its own to say it in.
    told = found.xpath("//*[@class='ra-notice']//p") or page not in ("", *texts()["site"]["menu"])
    assert told and found.xpath("//*[@onerror] | //*[@src='x']") == []
    assert not any("alert(1)" in (one.text or "") for one in found.xpath("//script | //title | //style"))


def test_the_sitemap_lists_the_pages_that_are_served(client):
    """One list, `dashboard.PAGES`: a page that is added there is in the sitemap."""
    more = TestClient(Starlette(routes=routes(dict.fromkeys((*PAGES, "elsewhere"), ""))))
    for served, pages in ((client, PAGES), (more, (*PAGES, "elsewhere"))):
        said = set(re.findall("<loc>(.+?)</loc>", served.get("/sitemap.xml").text))
        assert len(pages) > 7 and {f"{HOME}/{page}" for page in (*pages, "api/v1")} <= said
        assert ("elsewhere" in pages) == (f"{HOME}/elsewhere" in said)


def test_a_page_without_a_chart_has_words_of_its_own():
    """Else the map's finding would stand for it."""
    shown = {chart.page for chart in catalogue.CHARTS.values()} | {"present", "jurisdiction"}
    assert set(PAGES) == shown | texts()["embed"]["pages"].keys()


@pytest.mark.parametrize("page", PAGES)
def test_the_data_are_described_for_catalogues(client, atlas, page):
    found = lxml.html.fromstring(client.get(f"/{page}").content).find(".//script[@type='application/ld+json']").text
    data = json.loads(found)
    assert (
        data["@type"] == "Dataset"
        and data["version"] == atlas.package.version
        and data["license"].startswith("https://creativecommons.org/")
    )
    assert {one["contentUrl"] for one in data["distribution"]} >= {f"{HOME}/data/regime-atlas.zip"}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_tells_platforms_where_to_ask(client, page):
    found = (
        lxml.html.fromstring(client.get(f"/{page}").content)
        .find(".//link[@type='application/json+oembed']")
        .get("href")
    )
    assert client.get(found).json()["type"] == "rich"


def test_the_shell_is_asked_for_anew_and_sent_only_if_changed(client):
    first = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert first.headers["cache-control"] == "no-cache" and first.headers["content-encoding"] == "gzip"
    again = client.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and again.headers["cache-control"] == "no-cache"
    assert client.get("/?colour=now").headers["etag"] != first.headers["etag"]
    assert client.head("/").content == b""


def test_everything_else_of_the_shell_stays_as_it_is(client):
    ours = client.get("/strength").text
    scripts = re.findall(r"<script\b(?! type=\"application/ld)[^>]*>.*?</script>", SHELL, re.DOTALL)
    assert scripts and all(one in ours for one in scripts)
    kept = [line for line in SHELL.splitlines() if "<link" in line or "<div" in line or "charset" in line]
    kept = [line for line in kept if "service-desc" not in line]
    assert all(line in ours for line in kept)


def test_the_interface_that_a_page_names_is_ours(client):
    for page in PAGES:
        page = lxml.html.fromstring(client.get(f"/{page}").content)
        named = page.findall(".//link[@rel='service-desc']")
        assert [one.get("href") for one in named] == ["./api/v1/openapi.json"]
        assert page.getroottree().getroot().find(".//meta[@charset]") is not None
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.")
    said = client.get("/").text
    assert "agent" not in said and said.index("charset") < 1024


def test_a_shell_of_another_shape_still_gets_our_head():
    bare = "<!doctype html><html><head><meta charset=utf-8></head><body><div id=root></div></body></html>"
    ours = rewrite(bare, "<title>ours \\1</title>", "<noscript>why</noscript>")
    assert (
        ours == '<!doctype html><html lang="en"><head><meta charset=utf-8><title>ours \\1</title></head><body><div'
        " id=root></div><noscript>why</noscript></body></html>"
    )
    assert rewrite("nothing to hold on to", "x", "y") == "nothing to hold on to"


def test_without_data_the_app_still_starts(client, monkeypatch):
    monkeypatch.setattr(previews, "get_store", lambda: SimpleNamespace(state=SimpleNamespace(atlas=None)))
    answer = client.get("/compare")
    assert answer.status_code == 200 and "<title>Regime Atlas</title>" in answer.text and "index." in answer.text


@pytest.mark.browser
def test_the_app_starts_from_its_shell_on_every_page_and_path(server, page, offline):
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    for path, title in (
        ("?date=2026-01-17", "were restricting Grok"),
        ("compare?places=KOR,FRA", "South Korea and France"),
        ("strength", "Whose law is stronger is clear in"),
        ("method", ""),
    ):
        page.goto(f"{server.url}/{path}")
        expect(page.locator(".ra-head h1")).to_contain_text(title, timeout=SLOW)
    assert fetched(page, f"{server.url}/no-such-page").status == 404
    assert fetched(page, f"{server.url}/_stcore/health").text() == "ok"
    bundle = re.search(r'src="\./(static/js/index\.[^"]+)"', fetched(page, f"{server.url}/compare").text())[1]
    assert fetched(page, f"{server.url}/{bundle}").status == 200
    assert faults == []


@pytest.mark.browser
def test_a_reader_without_scripts_reaches_the_chart(server, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.url}/compare?places=KOR,FRA")
    expect(page.get_by_role("heading", name="South Korea and France")).to_be_visible()
    expect(page.locator("main table tbody tr").nth(1)).to_be_visible()
    page.get_by_role("link", name=texts()["first"]["embed"], exact=True).click()
    expect(page.locator("table.cmp tbody tr").nth(1)).to_be_visible()
    context.close()
