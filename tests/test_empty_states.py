"""No data, no result, no such place, no such page, no server: each says so, calmly, and leads on."""

import re
import shutil

import pytest
from addresses import app_paths, served
from browsing import WAIT, visit
from conftest import Server
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas.tables.schema import DATA
from atlas.web.serve import middleware, routes
from atlas.words import texts

PAGES = {path: path or "Map" for path in app_paths()}
NO_RESULT = {
    "strength?find=zzzz": "No jurisdiction fits these filters",
    "timeline?actions=sanction&date=2025-12-20": "no counted act that fits is on record",
    "evidence?find=zzzz": "No row fits these filters",
    "compare?places=FRA,DEU&differences=1&compulsory=1&date=2026-01-12": "",
    "jurisdiction?place=ATA": "is not known here",
    "?place=ATA": "is not known here",
}


@pytest.fixture(scope="module")
def whole():
    """All routes as the server has them, without Streamlit behind."""
    with TestClient(
        Starlette(routes=routes(PAGES), middleware=middleware(PAGES, routes(PAGES))), base_url="http://127.0.0.1"
    ) as client:
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/a/b/c",
        "/data/nothing",
        "/feeds/x.rss",
        "/embed",
        "/compare/x",
        "/<script>alert(1)</script>",
        "/" + "a" * 3000,
        "/{{7*7}}",
        "/%00",
    ],
)
def test_an_address_that_nothing_answers_gets_a_page_of_ours(whole, path):
    answer = whole.get(path)
    assert answer.status_code == 404 and answer.headers["cache-control"] == "no-store"
    assert texts()["site"]["missing"]["title"] in answer.text and "noindex" in answer.text
    assert "<script" not in answer.text and "script-src" not in answer.headers["content-security-policy"]
    for page in app_paths():
        assert f'href="/{page}"' in answer.text
    assert len(answer.content) < 20_000


@pytest.mark.parametrize(
    "path",
    [
        "/favicon.png",
        "/static/js/x.js",
        "/_stcore/health",
        "/compare/_stcore/host-config",
        "/compare",
        "/timeline/",
        "/media/x.png",
    ],
)
def test_what_is_streamlits_is_left_to_it(whole, path):
    assert f"<h1>{texts()['site']['missing']['title']}</h1>" not in whole.get(path).text


def test_each_page_has_its_question_on_the_page_that_is_missing():
    assert set(texts()["site"]["missing"]["questions"]) >= set(app_paths())


def test_our_routes_come_first():
    with TestClient(served(), base_url="http://127.0.0.1") as client:
        assert client.get("/data/zzz.csv").text == "No such table."


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_a_filter_without_result_says_so(server, page_with, scheme, width):
    page = page_with(color_scheme=scheme, viewport={"width": width, "height": 900})
    for address, said in NO_RESULT.items():
        visit(page, f"{server.url}/{address}")
        expect(page.locator("[data-testid=stMain]")).to_contain_text(said)
        assert page.locator("[data-testid=stException], [data-testid=stAlert]").count() == 0


@pytest.mark.browser
@pytest.mark.slow
def test_without_data_a_page_says_so_and_opens_when_they_come(tmp_path, page, offline):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("releases"))
    (folder / "responses.csv").write_text("", encoding="utf-8")
    started = Server(folder, tmp_path / "cache")
    try:
        page.goto(f"{started.url}/jurisdiction?place=IDN")
        expect(page.get_by_role("alert")).to_contain_text("The data could not be loaded", timeout=WAIT)
        assert page.locator(".ra-empty details[open]").count() == 0, "what is wrong is for whoever runs the server"
        shutil.copyfile(DATA / "responses.csv", folder / "responses.csv")
        expect(page.locator("h1")).to_contain_text("Indonesia", timeout=WAIT)
    finally:
        started.stop()


@pytest.mark.browser
@pytest.mark.slow
def test_while_the_server_is_away_the_page_stays_readable(tmp_path, page, offline):
    started = Server(DATA, tmp_path / "cache")
    visit(page, f"{started.url}/jurisdiction?place=IDN")
    started.process.kill()
    started.process.wait()
    dialog = page.get_by_test_id("stDialog")
    dialog.wait_for(timeout=WAIT)
    box = dialog.get_by_role("dialog").bounding_box()
    assert box["y"] > page.viewport_size["height"] * 0.6 and box["height"] < 160
    expect(dialog.get_by_role("heading")).to_have_text(texts()["site"]["shell"]["instead"]["Connection error"])
    expect(dialog).to_contain_text(texts()["site"]["shell"]["away"])
    words = page.evaluate("() => document.body.innerText")
    assert not re.search("streamlit|terminal|internet", words, re.IGNORECASE), words
    expect(page.locator("h1")).to_be_visible()
    assert (
        page.evaluate("() => getComputedStyle(document.querySelector('[data-testid=stDialog]')).backgroundColor")
        == "rgba(0, 0, 0, 0)"
    )
    page.screenshot(path=str(tmp_path / "away.png"))
