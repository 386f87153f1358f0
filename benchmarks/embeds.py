"""Embeds: one request, few bytes, drawn long before the same view by `?embed=true`, many a second from cache."""

import asyncio
import gzip
import time
import urllib.error
import urllib.request

import httpx2 as httpx
from playwright.sync_api import sync_playwright

from benchmarks.apps import App
from benchmarks.figures import Section, Target, median
from benchmarks.first_visit import visit
from deploy.programs import chromium

ADDRESS = "/embed/map"
VISITS, SECONDS, CLIENTS = 5, 5.0, 16
MOST_BYTES, RATE = 40_000, 500


def _served(url: str) -> bool:
    """Whether the address is an embed; Streamlit answers every unknown one with its own start page."""
    try:
        with urllib.request.urlopen(url + ADDRESS, timeout=30) as answer:
            return b"<svg" in answer.read()
    except urllib.error.HTTPError:
        return False


async def _rate(url: str) -> float:
    """Answers a second to a few clients that ask without a pause, over connections that stay open.

    The clients are as plain as can be: they share the cores with the server, and a comfortable one takes more of them.
    """
    count, end = 0, time.perf_counter() + SECONDS
    host, port = url.removeprefix("http://").split(":")
    ask = f"GET {ADDRESS} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode()

    async def one() -> None:
        nonlocal count
        reader, writer = await asyncio.open_connection(host, int(port))
        while time.perf_counter() < end:
            writer.write(ask)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            if not head.startswith(b"http/1.1 200"):
                raise RuntimeError(head.decode("latin-1"))
            await reader.readexactly(int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]))
            count += 1
        writer.close()

    await asyncio.gather(*(one() for _ in range(CLIENTS)))
    return count / SECONDS


def measure() -> list[Section]:
    """The embed of the map, if it is served."""
    wanted = (
        ("bytes of the map's embed, compressed", "≤ 40 kB"),
        ("requests", "1"),
        ("drawn sooner than ?embed=true", "≥ 10×"),
        ("embeds a second from cache", "≥ 500"),
    )
    with App("ours") as app:
        if not _served(app.url):
            return [
                Section(
                    "Embeds",
                    "`/embed/map` is not served yet.",
                    targets=[Target(what, limit, "not served yet", None) for what, limit in wanted],
                )
            ]
        body = httpx.get(app.url + ADDRESS, headers={"accept-encoding": "identity"}).content
        packed = len(gzip.compress(body))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            ours, stock = [], []
            for _ in range(VISITS):
                ours.append(visit(browser, app.url + ADDRESS, "svg path", False))
                stock.append(visit(browser, app.url + "/?embed=true", ".choroplethlayer path", False))
            browser.close()
        rate = asyncio.run(_rate(app.url))
    sooner = median([seconds for seconds, *_ in stock]) / median([seconds for seconds, *_ in ours])
    requests = max(count for *_, count in ours)
    found = (
        (f"{packed / 1000:.1f} kB", packed <= MOST_BYTES),
        (str(requests), requests == 1),
        (f"{sooner:.1f}×", sooner >= 10),
        (f"{rate:.0f}", rate >= RATE),
    )
    return [
        Section(
            "Embeds",
            f"Medians of {VISITS} visits each, by turns; {CLIENTS} clients without a pause for {SECONDS:.0f} s, on the"
            " same two cores.",
            targets=[Target(what, limit, text, met) for (what, limit), (text, met) in zip(wanted, found)],
        )
    ]
