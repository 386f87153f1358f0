"""Every later action: bytes on the socket, and time on the server with ten visitors, beside floor and naive."""

import asyncio
from collections import defaultdict

from benchmarks.apps import App
from benchmarks.figures import Section, Target, kilobytes, median, milliseconds, p95, ratio
from benchmarks.journeys import COLOURS, actions
from benchmarks.visitor import TEXTS, Visitor

VISITORS, ROUNDS, THINK = 10, 3, 0.5
TURNS = 4
COLOUR_BYTES = 12_000


async def _bytes(url: str, app: str) -> dict[str, list[int]]:
    """Bytes of each action, a visitor alone; the first time on a page is not counted."""
    found = defaultdict(list)
    async with Visitor(url) as visitor:
        await visitor.open()
        for page, known in actions(app).items():
            if page:
                await visitor.go(page)
            for name, action in known.items():
                for turn in range(TURNS):
                    answer = await action(visitor, turn)
                    if answer.errors:
                        raise RuntimeError(f"{name} showed an error")
                    found[name].append(answer.wire)
    return found


async def _colour_first_time(url: str) -> int:
    """Bytes of a colour that the visitor has not seen before."""
    async with Visitor(url) as visitor:
        await visitor.open()
        return max([(await visitor.act("colour", TEXTS, [colour])).wire for colour in COLOURS[:-1]])


async def _times(url: str, app: str, round_: int) -> dict[str, list[float]]:
    """Seconds of each action with ten visitors at once, each thinking between actions."""
    found = defaultdict(list)

    async def one(number: int) -> None:
        async with Visitor(url) as visitor:
            await visitor.open()
            for page, known in actions(app).items():
                if page:
                    await visitor.go(page)
                for turn in range(TURNS if len(actions(app)) == 1 else 2):
                    for name, action in known.items():
                        await asyncio.sleep(THINK * (0.5 + ((number * 7 + turn * 3) % 10) / 10))
                        found[name].append((await action(visitor, number + turn + round_)).seconds)

    await asyncio.gather(*(one(number) for number in range(VISITORS)))
    return found


def measure() -> list[Section]:
    """Alternates the three apps, so that a busy moment of the machine meets all of them."""
    wire: dict[str, list[int]] = {}
    seconds: dict[str, list[float]] = defaultdict(list)
    with App("floor") as floor, App("naive") as naive, App("ours") as ours:
        apps = (floor, naive, ours)
        for app in apps:
            wire |= asyncio.run(_bytes(app.url, app.name))
        colour = asyncio.run(_colour_first_time(ours.url))
        for round_ in range(ROUNDS):
            for app in apps:
                for name, values in asyncio.run(_times(app.url, app.name, round_)).items():
                    seconds[name] += values
    floor_p95, naive_p95, naive_wire = (
        p95(seconds["floor: choice"]),
        p95(seconds["naive: colour"]),
        median(wire["naive: colour"]),
    )
    rows = [
        (
            name,
            kilobytes(median(wire[name])),
            ratio(median(wire[name]), naive_wire),
            milliseconds(median(values)),
            milliseconds(p95(values)),
            ratio(p95(values), floor_p95),
            ratio(p95(values), naive_p95),
        )
        for name, values in seconds.items()
    ]
    own = {name: values for name, values in seconds.items() if not name.startswith(("floor", "naive"))}
    worst = max(own, key=lambda name: p95(own[name]))
    largest = max(own, key=lambda name: median(wire[name]))
    return [
        Section(
            "Every later action",
            f"{VISITORS} visitors over real websockets, {ROUNDS} rounds, the apps by turns; bytes as they arrive at the"
            " socket, of a visitor alone.",
            ("action", "bytes, median", "of naive", "median", "p95", "p95 of floor's", "p95 of naive's"),
            rows,
            [
                Target(
                    "a changed map colour, worst of the four not seen before",
                    f"≤ {kilobytes(COLOUR_BYTES)}",
                    kilobytes(colour),
                    colour <= COLOUR_BYTES,
                ),
                Target(
                    f"bytes of every action (worst: {largest})",
                    "≤ 0.10× naive",
                    ratio(median(wire[largest]), naive_wire),
                    median(wire[largest]) <= 0.1 * naive_wire,
                ),
                Target(
                    f"p95 of every action (worst: {worst})",
                    "≤ 3× floor",
                    ratio(p95(own[worst]), floor_p95),
                    p95(own[worst]) <= 3 * floor_p95,
                ),
                Target(
                    f"p95 of every action (worst: {worst})",
                    "≤ 0.20× naive",
                    ratio(p95(own[worst]), naive_p95),
                    p95(own[worst]) <= 0.2 * naive_p95,
                ),
            ],
        )
    ]
