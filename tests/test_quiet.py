"""What visitors and whoever runs the server do not read: words of the framework, stack traces of a usual visit."""

import re

import pytest
from conftest import ROOT, Server
from visitor import Visitor

from atlas.tables.schema import DATA
from atlas.words import texts

PAGES = ("", "compare", "strength", "timeline", "jurisdiction", "present", "evidence", "method")
FULL = "date=2026-01-17&place=MYS&release=1.1.0"
OWN = {
    "": "colour=now",
    "compare": "places=KOR,FRA&differences=1",
    "strength": "with=FRA&unfold=EU&give=order&w_order=3",
    "timeline": "order=region&span=all&since=2026-01-01",
    "present": "chart=clock&size=square&theme=dark",
    "evidence": "table=sources&page=3&find=order",
}
REFUSED = "date=never&place=XXX&release=9&page=x&table=y&chart=z&colour=q&places=A&order=o&find=" + "f" * 300


@pytest.mark.slow
def test_a_walk_over_all_pages_leaves_a_clean_log(tmp_path):
    log = tmp_path / "log"
    started = Server(DATA, tmp_path / "cache", log)
    try:
        before = log.read_text(encoding="utf-8")
        for page in PAGES:
            for query in ("", f"{FULL}&{OWN.get(page, '')}", REFUSED):
                with Visitor(started.url) as visitor:
                    assert "<h1>" in visitor.open(page, query), (page, query)
        assert log.read_text(encoding="utf-8")[len(before) :] == ""
    finally:
        started.stop()


@pytest.mark.first_visit
@pytest.mark.browser
def test_without_the_font_of_icons_no_page_shows_their_names(server, page, offline, context):
    context.route(re.compile(r"\.woff2?(\?|$)"), lambda route: route.abort())
    page.set_viewport_size({"width": 390, "height": 800})
    for name in PAGES:
        page.goto(f"{server.url}/{name}")
        page.locator("h1").first.wait_for(timeout=60_000)
        assert not re.search(r"keyboard_|arrow_|_right|expand_more", page.evaluate("() => document.body.innerText")), (
            name
        )
        menu = page.locator(".ra-phone")
        assert menu.inner_text().split() == ["Map", "Compare", "Strength", "Timeline", "More"], "the menu needs no sign"


BREAKS = """import atlas.publish.places

def broken(*given):
    raise RuntimeError("for whoever runs the server")

atlas.publish.places.card_html = broken
"""


@pytest.mark.browser
@pytest.mark.slow
def test_a_page_that_fails_says_so_in_our_words_and_keeps_its_cause_for_the_log(tmp_path, page, offline):
    (tmp_path / "sitecustomize.py").write_text(BREAKS, encoding="utf-8")
    log = tmp_path / "log"
    started = Server(DATA, tmp_path / "cache", log, PYTHONPATH=f"{tmp_path}:{ROOT}")
    try:
        page.goto(f"{started.url}/?place=JPN")
        said = page.get_by_test_id("stException")
        said.wait_for(timeout=60_000)
        page.wait_for_timeout(500)
        assert said.inner_text().strip() == texts()["site"]["shell"]["broken"]
        assert said.locator("a:visible, button:visible, pre:visible").count() == 0
        read = page.evaluate("() => document.body.innerText")
        assert not re.search("streamlit|this app|encountered|traceback|RuntimeError|whoever runs", read, re.I), read
        assert "for whoever runs the server" in log.read_text(encoding="utf-8")
    finally:
        started.stop()
