"""How many active visitors one process holds, and what it holds in memory meanwhile."""

import asyncio
import random
from contextlib import AsyncExitStack

from benchmarks.apps import App
from benchmarks.figures import Section, Target, median, milliseconds, p95
from benchmarks.journeys import walk
from benchmarks.visitor import Visitor

THINK, SECONDS, WARM = 5.0, 20.0, 8.0
SLOW = 0.5
STEPS = (10, 33, 66, 100, 125)
SESSIONS, CHURN, RERUNS = 150, 300, 2000
MEGABYTES, FLAT = 300, 0.05


async def crowd(url: str, app: str, visitors: int, seconds: float = SECONDS) -> list[float]:
    """Waiting times of a crowd, each visitor thinking about five seconds between steps, all with pages of their own."""
    times: list[float] = []
    loop = asyncio.get_running_loop()
    begin = loop.time()

    async def one(number: int) -> None:
        dice = random.Random(number)
        await asyncio.sleep(dice.random() * WARM)
        async with Visitor(url) as visitor:
            await visitor.open()
            turn = number
            while loop.time() - begin < WARM + seconds:
                await asyncio.sleep(dice.uniform(0.5, 1.5) * THINK)
                turn += 1
                answer = await walk(visitor, app, dice, turn)
                if loop.time() - begin > WARM:
                    times.append(answer.seconds)

    await asyncio.gather(*(one(number) for number in range(visitors)))
    return times


COLUMNS = ("visitors", "median", "p95", f"p95 under {SLOW} s")


def judged(visitors: int, times: list[float]) -> tuple[bool, tuple]:
    """Whether a crowd was answered in time, and its cells under `COLUMNS`."""
    good = p95(times) < SLOW
    return good, (visitors, milliseconds(median(times)), milliseconds(p95(times)), "yes" if good else "no")


def capacity(name: str) -> tuple[list[tuple], int]:
    """Rows of the table for one app, and the largest crowd whose p95 stayed under half a second."""
    rows, held = [], 0
    for visitors in STEPS:
        with App(name) as app:
            times = asyncio.run(crowd(app.url, name, visitors))
        good, cells = judged(visitors, times)
        rows.append((name, *cells))
        if not good:
            break
        held = visitors
    return rows, held


async def _memory(app: App) -> tuple[float, float, float]:
    """Memory with many sessions open, then before and after many reruns and closed sessions."""
    async with AsyncExitStack() as stack:
        for number in range(SESSIONS):
            visitor = await stack.enter_async_context(Visitor(app.url))
            await visitor.open(("", "compare", "strength", "timeline")[number % 4])
        opened = app.megabytes
    dice = random.Random(1)
    levels = []
    for half in range(2):
        for number in range(CHURN // 2):
            async with Visitor(app.url) as visitor:
                await visitor.open()
                for turn in range(RERUNS // CHURN):
                    await walk(visitor, app.name, dice, half * 1000 + number * 10 + turn)
        levels.append(app.megabytes)
    return opened, *levels


def measure() -> list[Section]:
    """Capacity of ours and of the same app with default settings, then memory."""
    rows, held = capacity("ours")
    stock_rows, stock = capacity("ours, default settings")
    with App("ours") as app:
        opened, before, after = asyncio.run(_memory(app))
    drift = after / before - 1
    return [
        Section(
            "One process",
            f"Visitors with {THINK:.0f} s of thought between steps, mixed pages, full reruns; {SECONDS:.0f} s each, the"
            " crowd on the same two cores.",
            ("app", *COLUMNS),
            [*rows, *stock_rows],
            [
                Target("active visitors with p95 under 0.5 s", "≥ 100", str(held), held >= 100),
                Target(
                    "as many as with default settings",
                    "≥ 3×",
                    f"{held / stock:.1f}×" if stock else f"{held} to none",
                    held >= 3 * stock,
                ),
            ],
        ),
        Section(
            "Memory",
            f"{SESSIONS} sessions open at once; then {RERUNS} reruns in {CHURN} sessions opened and closed, measured"
            " half way and at the end.",
            ("when", "resident"),
            [
                (f"{SESSIONS} sessions open", f"{opened:.0f} MB"),
                ("half way", f"{before:.0f} MB"),
                ("at the end", f"{after:.0f} MB"),
            ],
            [
                Target(f"at {SESSIONS} sessions", f"< {MEGABYTES} MB", f"{opened:.0f} MB", opened < MEGABYTES),
                Target("flat over the second half", "± 5 %", f"{drift:+.1%}", abs(drift) <= FLAT),
            ],
        ),
    ]
