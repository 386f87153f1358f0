"""The deployment: files that hold together, and three replicas behind a real HAProxy that lose one, and then another."""

import asyncio
import os
import re
import signal
import subprocess
import time
import urllib.request
from contextlib import AsyncExitStack

import pytest
import yaml
from playwright.sync_api import expect
from visitor import done

from benchmarks.visitor import Visitor
from deploy.fleet import HAPROXY, PROGRAM, ROOT, Fleet

DEPLOY = ROOT / "deploy"
WITHIN = 5.0
# Where it is missing and nobody said so, the tests fail instead of hiding it.
needs_haproxy = pytest.mark.skipif(
    PROGRAM is None and "haproxy" in os.environ.get("WITHOUT", "").split(), reason="WITHOUT=haproxy was asked for"
)
# What each visitor looks at: page, address, and words that only that view shows.
VIEWS = (
    ("", "place=IDN&date=2026-01-12", "Indonesia and Malaysia were restricting Grok"),
    ("", "place=PHL&date=2026-01-17", "Three countries were restricting Grok"),
    ("compare", "places=FRA,KOR", "France and South Korea"),
    ("strength", "place=KOR&with=JPN", "South Korea"),
    ("timeline", "order=region&span=weeks&date=2026-02-01", "1 February 2026"),
    ("jurisdiction", "place=MYS", "Malaysia"),
)


@needs_haproxy
@pytest.mark.parametrize("servers", ["loopback", "compose", "kubernetes"])
def test_haproxy_accepts_its_files(servers, tmp_path):
    settings = {
        "PORT": "127.0.0.1:1",
        "ADMIN": str(tmp_path / "s"),
        "COOKIE_KEY": "k",
        "APP_ONE": "2",
        "APP_TWO": "3",
        "APP_THREE": "4",
        "SITE": "5",
    }
    command = [PROGRAM, "-c", "-f", str(HAPROXY / "haproxy.cfg"), "-f", str(HAPROXY / f"{servers}.cfg")]
    run = subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_every_file_that_the_deployment_names_is_there():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    for service in compose["services"].values():
        if "build" in service:
            assert (ROOT / service["build"]["dockerfile"]).is_file()
    for name in ("Containerfile", "Containerfile.site"):
        for copied in re.findall(r"^COPY (?!--)(\S+) ", (DEPLOY / name).read_text(encoding="utf-8"), re.M):
            assert copied == "build/site" or (ROOT / copied).exists(), copied
    objects = list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8")))
    services = {found["metadata"]["name"] for found in objects if found["kind"] == "Service"}
    named = set(re.findall(r"([a-z-]+)\.regime-atlas\.svc", (HAPROXY / "kubernetes.cfg").read_text(encoding="utf-8")))
    assert named and named <= services


def test_nothing_of_a_visitor_is_logged_at_the_door():
    said = (HAPROXY / "haproxy.cfg").read_text(encoding="utf-8")
    assert not re.search(r"^\s*(log|option httplog|option tcplog|capture) ", said, re.M)


def said(visitor: Visitor) -> str:
    return " ".join(visitor.bodies)


async def come_back(fleet: Fleet, page: str, query: str) -> tuple[float, str]:
    """As the page in the browser does: connects anew with the address it has, until it is answered."""
    start = time.monotonic()
    while time.monotonic() - start < 3 * WITHIN:
        try:
            async with Visitor(fleet.url) as again:
                await again.open(page, query)
                return time.monotonic() - start, said(again)
        except Exception:
            await asyncio.sleep(0.2)
    return time.monotonic() - start, ""


async def crowd_that_loses(fleet: Fleet, lose) -> list[tuple[str, float, str]]:
    """Opens every view through the balancer, loses a replica, and lets those that were on it come back."""
    async with AsyncExitStack() as stack:
        visitors = []
        for page, query, words in VIEWS * 2:
            visitor = await stack.enter_async_context(Visitor(fleet.url, cookie=fleet.cookie()))
            await visitor.open(page, query)
            assert words in said(visitor), (page, query)
            visitors.append((visitor, page, query, words))
        before = fleet.sessions()
        assert sum(count > 0 for count in before.values()) >= 2, before
        await asyncio.to_thread(lose)
        await asyncio.sleep(0.3)
        cut = [one for one in visitors if await _is_cut(one[0])]
        found = await asyncio.gather(*(come_back(fleet, page, query) for _, page, query, _ in cut))
        return [(words, seconds, text) for (_, _, _, words), (seconds, text) in zip(cut, found)]


async def _is_cut(visitor: Visitor) -> bool:
    """Whether the connection is gone, known by asking over it."""
    try:
        pong = await visitor.socket.ping()
        await asyncio.wait_for(pong, 2)
    except Exception:
        return True
    return False


@pytest.mark.slow
@needs_haproxy
def test_a_replica_that_dies_or_is_drained_costs_no_view():
    with Fleet(3) as fleet:
        lost = done(crowd_that_loses(fleet, lambda: fleet.kill("one")))
        assert lost, "nobody was on the replica that was killed"
        for words, seconds, text in lost:
            assert words in text and seconds < WITHIN, (words, seconds)
        fleet.wait_for("one", "DOWN")

        fleet.drain("two")
        fleet.wait_for("two", "DRAIN")
        before = fleet.sessions()["two"]
        for _ in range(6):
            urllib.request.urlopen(f"{fleet.url}/health", timeout=5).close()
        done(_open_some(fleet))
        assert fleet.sessions()["two"] <= before, "a drained replica gets no new visitor"
        assert fleet.stop("two") in (0, -signal.SIGTERM)
        for page, query, words in VIEWS:
            seconds, text = done(come_back(fleet, page, query))
            assert words in text and seconds < WITHIN


async def _open_some(fleet: Fleet) -> None:
    for page, query, _ in VIEWS[:3]:
        async with Visitor(fleet.url) as visitor:
            await visitor.open(page, query)


@pytest.mark.slow
@pytest.mark.browser
@needs_haproxy
def test_a_browser_keeps_its_view_when_its_replica_dies(page, offline):
    with Fleet(2) as fleet:
        page.goto(f"{fleet.url}/?place=IDN&date=2026-01-12")
        title = page.locator(".ra-head h1")
        expect(title).to_contain_text("Indonesia and Malaysia were restricting Grok", timeout=60_000)
        expect(page.locator(".ra-card h2")).to_have_text("Indonesia")
        busy = max(fleet.sessions(), key=fleet.sessions().__getitem__)
        fleet.kill(busy)
        box = page.get_by_role("combobox", name="Jurisdiction")
        box.click(timeout=60_000)
        box.fill("Malaysia")
        page.get_by_role("option", name="Malaysia", exact=True).click(timeout=60_000)
        expect(page.locator(".ra-card h2")).to_have_text("Malaysia", timeout=60_000)
        expect(title).to_contain_text("Indonesia and Malaysia were restricting Grok")


@pytest.mark.slow
@needs_haproxy
def test_the_door_compresses_sets_headers_and_one_sticky_cookie():
    with Fleet(1) as fleet:
        request = urllib.request.Request(f"{fleet.url}/compare.html?places=JPN,EU", headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            assert (
                answer.headers["Content-Encoding"] == "gzip" and answer.headers["X-Content-Type-Options"] == "nosniff"
            )
            assert answer.headers["Referrer-Policy"] and "Server" not in answer.headers
            cookies = answer.headers.get_all("Set-Cookie")
        assert (
            len(cookies) == 1
            and cookies[0].startswith("atlas_replica=")
            and "HttpOnly" in cookies[0]
            and "SameSite=Lax" in cookies[0]
        )
        again = urllib.request.Request(f"{fleet.url}/health", headers={"Cookie": cookies[0].split(";")[0]})
        with urllib.request.urlopen(again, timeout=20) as answer:
            assert answer.headers["Set-Cookie"] is None
