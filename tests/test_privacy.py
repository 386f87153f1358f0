"""PRIVACY.md, promise by promise."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from html.parser import HTMLParser
from pathlib import Path

import pytest
from addresses import app_paths, flat, good, served
from playwright.sync_api import expect
from starlette.testclient import TestClient
from visitor import Visitor
from websockets.exceptions import ConnectionClosed, InvalidStatus

from atlas.web.logs import forget_visitors

ROOT = Path(__file__).resolve().parents[1]
SLOW = 60_000
# Addresses of this machine that only the visitor of a test has.
VISITOR, SECRET = "127.0.0.77", "whatthevisitorsearched"


@pytest.fixture(scope="module")
def client():
    return TestClient(served())


@pytest.mark.parametrize("path", flat())
def test_nothing_beside_the_pages_sets_a_cookie(client, path):
    for address in good(path):
        assert "set-cookie" not in client.get(address, headers={"Cookie": "a=b"}).headers, address


@pytest.mark.browser
def test_the_app_leaves_one_technical_cookie_and_nothing_else(server, page, context, offline):
    for path in app_paths():
        page.goto(f"{server.url}/{path}")
        expect(page.locator(".ra-head h1")).to_be_visible(timeout=SLOW)
    cookies = context.cookies()
    assert [(cookie["name"], cookie["expires"]) for cookie in cookies] == [("_streamlit_xsrf", -1)], (
        "one, and it ends with the session"
    )
    kept = page.evaluate("""async () => ({
        local: Object.keys(localStorage), session: Object.keys(sessionStorage), databases: (await indexedDB.databases()).map(one => one.name),
        caches: 'caches' in window ? await caches.keys() : [],
        workers: navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
    })""")
    assert [key for key in kept["local"] + kept["session"] if not key.startswith("st")] == [], (
        "Streamlit's own keys alone"
    )
    assert kept["databases"] == [] and kept["caches"] == [] and kept["workers"] == 0


def visit(url):
    """A visitor with an address that is easily told apart reads a page, a file and a feed, and does some things wrong."""
    with Visitor(url, source=VISITOR) as visitor:
        assert "<h1>" in visitor.open("evidence", f"find={SECRET}")
        visitor.socket.send(b"\xff\xff\xff" + SECRET.encode())
    opener = urllib.request.build_opener(FromVisitor())
    for path in ("/health", "/data/sources.csv", "/feeds/changes.atom", "/compare.csv?places=JPN,EU", "/data/none.csv"):
        request = urllib.request.Request(
            f"{url}{path}{'&' if '?' in path else '?'}x={SECRET}", headers={"User-Agent": f"Browser/{SECRET}"}
        )
        try:
            opener.open(request, timeout=30).read()
        except urllib.error.HTTPError as refused:
            assert refused.code in (400, 404), path
    try:
        with Visitor(url.replace("127.0.0.1", "localhost"), source=VISITOR) as other:
            other.socket.recv(timeout=1)
    except (InvalidStatus, ConnectionClosed, TimeoutError, OSError):
        pass


class FromVisitor(urllib.request.HTTPHandler):
    """Connects from the visitor's address."""

    def http_open(self, request):
        return self.do_open(self._connection, request)

    @staticmethod
    def _connection(host, **options):
        return urllib.request.http.client.HTTPConnection(host, source_address=(VISITOR, 0), **options)


WAYS = {
    "streamlit run": ["-m", "streamlit", "run", "dashboard.py", "--server.address", "127.0.0.1", "--server.port"],
    "uvicorn": ["-m", "uvicorn", "dashboard:app", "--host", "127.0.0.1", "--port"],
}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_no_log_holds_an_address_a_query_or_a_browser(way, tmp_path, broken, free_port):
    before = sorted(path.name for path in broken.iterdir())
    environment = os.environ | {
        "ATLAS_DATA": str(broken),
        "ATLAS_CACHE": str(tmp_path / "cache"),
        "PYTHONUNBUFFERED": "1",
    }
    with open(tmp_path / "log", "wb") as log:
        process = subprocess.Popen(
            [sys.executable, *WAYS[way], str(free_port)], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            url, until = f"http://127.0.0.1:{free_port}", time.monotonic() + 90
            while True:
                try:
                    urllib.request.urlopen(f"{url}/health", timeout=2).close()
                    break
                except OSError:
                    assert time.monotonic() < until and process.poll() is None
                    time.sleep(0.2)
            visit(url)
        finally:
            process.terminate()
            process.wait(15)
    said = (tmp_path / "log").read_text(encoding="utf-8", errors="replace")
    assert str(free_port) in said, "it does log, of itself"
    assert VISITOR not in said and SECRET not in said
    assert sorted(path.name for path in broken.iterdir()) == before
    stored = b"".join(path.read_bytes() for path in (tmp_path / "cache").rglob("*") if path.is_file())
    assert SECRET.encode() not in stored and VISITOR.encode() not in stored


def test_errors_are_still_logged(caplog):
    import logging

    forget_visitors()
    forget_visitors()
    logger = logging.getLogger("uvicorn.error")
    assert len(logger.filters) == 1
    with caplog.at_level(logging.INFO, logger="uvicorn.error"):
        logger.info('%s - "WebSocket %s" [accepted]', "10.0.0.1", "/x")
        logger.error("Exception in ASGI application")
    assert caplog.messages == ["Exception in ASGI application"]


class Links(HTMLParser):
    """Links, and whatever makes a browser ask for something by itself."""

    def __init__(self, text):
        super().__init__()
        self.links, self.asked = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        held = dict(attributes)
        if tag in ("a", "area") and "href" in held:
            self.links.append((held["href"], set((held.get("rel") or "").split()), held.get("target")))
        self.asked += [held[name] for name in ("src", "srcset", "poster", "data", "action", "ping") if held.get(name)]
        self.asked += (
            [held["href"]]
            if tag == "link"
            and held.get("href")
            and held.get("rel") in ("stylesheet", "icon", "preload", "preconnect", "dns-prefetch")
            else []
        )


def assert_private(text, where):
    found = Links(text)
    for href, rel, _ in found.links:
        if re.match(r"(?i)\s*(https?:)?//", href):
            assert rel >= {"noopener", "noreferrer"}, f"{where}: {href}"
    foreign = [address for address in found.asked if re.match(r"(?i)\s*(https?:)?//", address)]
    assert foreign == [], where
    return [href for href, _, _ in found.links if href.startswith("http")]


@pytest.mark.slow
@pytest.mark.parametrize("path", app_paths())
def test_a_source_does_not_learn_which_page_led_to_it(server, path):
    with Visitor(server.url) as visitor:
        shown = visitor.open(path, {"evidence": "table=sources", "": "place=JPN"}.get(path, ""))
    sources = assert_private(shown, path)
    assert sources or path in ("method", "present", "strength", "timeline"), "a page of receipts has links"


@pytest.mark.parametrize("path", flat())
def test_documents_of_ours_ask_nobody_and_tell_nobody(client, path):
    for address in good(path):
        answer = client.get(address)
        if answer.headers.get("content-type", "").startswith(("text/html", "image/svg+xml")):
            own = answer.text.replace("http://testserver", "")
            assert_private(own, address)
            assert not re.search(r"(?i)url\(\s*['\"]?(https?:)?//|@import", own), address
        else:
            assert not answer.content.lstrip().lower().startswith((b"<!doctype", b"<html", b"<svg")), address


@pytest.mark.parametrize("path", sorted((ROOT / "deploy").glob("**/*.cfg")), ids=lambda path: path.name)
def test_the_load_balancer_keeps_no_log_of_visitors(path):
    lines = [line.split("#")[0].split() for line in path.read_text(encoding="utf-8").splitlines()]
    assert [
        line
        for line in lines
        if line
        and (
            line[0] in ("log", "log-format", "capture")
            or line[:2] in (["option", "httplog"], ["option", "tcplog"], ["option", "forwardfor"])
        )
    ] == []
