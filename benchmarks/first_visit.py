"""A first visit with an empty cache in a real browser: bytes over the wire, and time until the picture stands."""

import time
from collections import defaultdict

from playwright.sync_api import Browser, sync_playwright

from benchmarks.apps import App
from benchmarks.figures import Section, Target, median, ratio
from deploy.programs import chromium

VISITS = 3
MOST_BYTES = 3_000_000
# 10 Mbit/s both ways and 40 ms, as the browser's own tools set it.
SLOW_NET = {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}
DRAWN = {"floor": ".bars path", "naive": ".choroplethlayer path", "ours": ".choroplethlayer path"}


def visit(browser: Browser, url: str, mark: str, slow: bool) -> tuple[float, int, int]:
    """Seconds from navigation to the picture, bytes over the wire (sockets included), and requests."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    if slow:
        tools.send("Network.emulateNetworkConditions", SLOW_NET)
    count = {"bytes": 0, "requests": 0}

    def finished(event: dict) -> None:
        count["bytes"] += event["encodedDataLength"]
        count["requests"] += 1

    tools.on("Network.loadingFinished", finished)
    tools.on(
        "Network.webSocketFrameReceived",
        lambda event: count.__setitem__("bytes", count["bytes"] + len(event["response"]["payloadData"]) * 3 // 4),
    )
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(mark, state="attached", timeout=120_000)
    seconds = time.perf_counter() - start
    page.wait_for_timeout(1000)
    context.close()
    return seconds, count["bytes"], count["requests"]


def measure() -> list[Section]:
    """Visits the apps by turns, on a fast and on a slow net."""
    seen = defaultdict(list)
    with sync_playwright() as playwright, App("floor") as floor, App("naive") as naive, App("ours") as ours:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        apps = (floor, naive, ours)
        for app in apps:
            # What is compressed once is compressed, and each app has had its first visitor.
            visit(browser, app.url, DRAWN[app.name], False)
        time.sleep(8)
        for _ in range(VISITS):
            for slow in (False, True):
                for app in apps:
                    seen[app.name, slow].append(visit(browser, app.url, DRAWN[app.name], slow))
        browser.close()
    seconds = {key: median([value[0] for value in values]) for key, values in seen.items()}
    bytes_ = {key: median([value[1] for value in values]) for key, values in seen.items()}
    rows = [
        (
            name,
            f"{bytes_[name, False] / 1e6:.2f} MB",
            f"{median([value[2] for value in seen[name, False]]):.0f}",
            f"{seconds[name, False]:.2f} s",
            ratio(seconds[name, False], seconds["floor", False]),
            f"{seconds[name, True]:.2f} s",
            ratio(seconds[name, True], seconds["floor", True]),
        )
        for name in ("floor", "naive", "ours")
    ]
    fast, slow, of_naive = (
        seconds["ours", False] / seconds["floor", False],
        seconds["ours", True] / seconds["floor", True],
        seconds["ours", True] / seconds["naive", True],
    )
    return [
        Section(
            "First visit",
            f"Chromium, empty cache, medians of {VISITS} visits each, by turns; slow is 10 Mbit/s and 40 ms.",
            ("app", "bytes", "requests", "drawn", "of floor's", "drawn, slow", "of floor's, slow"),
            rows,
            [
                Target(
                    "bytes of the map page",
                    "≤ 3 MB",
                    f"{bytes_['ours', False] / 1e6:.2f} MB",
                    bytes_["ours", False] <= MOST_BYTES,
                ),
                Target("navigation to map drawn", "≤ 1.25× floor", f"{fast:.2f}×", fast <= 1.25),
                Target("the same, slow", "≤ 1.25× floor", f"{slow:.2f}×", slow <= 1.25),
                Target("the same, slow", "< 0.5× naive", f"{of_naive:.2f}×", of_naive < 0.5),
            ],
        )
    ]
