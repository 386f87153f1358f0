"""From nothing to healthy, and the first visitor after it."""

import asyncio

from benchmarks.apps import App
from benchmarks.figures import Section, Target, median, ratio
from benchmarks.visitor import Visitor

STARTS = 5


async def _first(url: str) -> float:
    async with Visitor(url) as visitor:
        return (await visitor.open()).seconds


def measure() -> list[Section]:
    """Starts the apps by turns."""
    healthy, first = {"floor": [], "naive": [], "ours": []}, {"floor": [], "naive": [], "ours": []}
    for _ in range(STARTS):
        for name in healthy:
            with App(name) as app:
                healthy[name].append(app.seconds_to_healthy)
                first[name].append(asyncio.run(_first(app.url)))
    rows = [
        (
            name,
            f"{median(healthy[name]):.2f} s",
            ratio(median(healthy[name]), median(healthy["floor"])),
            f"{median(first[name]):.2f} s",
        )
        for name in healthy
    ]
    slower = median(healthy["ours"]) / median(healthy["floor"])
    return [
        Section(
            "Start",
            f"Median of {STARTS} starts each, by turns.",
            ("app", "start to healthy", "of floor's", "first visitor's run"),
            rows,
            [
                Target("process start to healthy", "≤ 1.6× floor", f"{slower:.2f}×", slower <= 1.6),
                Target(
                    "first visitor's run", "≤ 0.25 s", f"{median(first['ours']):.2f} s", median(first["ours"]) <= 0.25
                ),
            ],
        )
    ]
