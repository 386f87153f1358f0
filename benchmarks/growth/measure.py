"""How the work grows with the data: ×1, ×10 and ×100, each in a process of its own, and served."""

import asyncio
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.apps import ROOT, App
from benchmarks.figures import Section, Target
from benchmarks.growth.generate import generate, sizes
from benchmarks.journeys import OURS
from benchmarks.visitor import TEXT, Visitor

TIMES = (1, 10, 100)
DAY, OTHER_DAY = "2026-11-23", "2026-02-10"
SLOWEST_RERUN = 1.0
# Linear work with the noise of a shared machine: what grows twice as fast over a hundredfold shows as 1.15.
LINEAR = 1.15


def _timed(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def inside(folder: Path) -> dict[str, float]:
    """Seconds of the work behind the pages; run in a process of its own."""
    from atlas.charts.map.view import world_map
    from atlas.law.strength import strengths
    from atlas.publish.browse import browse
    from atlas.tables.atlas import load

    found = {}
    start = time.perf_counter()
    atlas = load(folder)
    found["load the tables"] = time.perf_counter() - start
    found["strength of all places, first day"] = _timed(lambda: strengths(atlas, DAY))
    found["strength of all places, another day"] = _timed(lambda: strengths(atlas, OTHER_DAY))
    found["map of another day"] = _timed(lambda: (world_map(atlas, "peak", DAY), world_map(atlas, "peak", OTHER_DAY)))
    found["draws of codes of all places"] = _timed(lambda: _draw(atlas))
    found["search all sources, first time"] = _timed(lambda: browse(atlas, "sources", "law"))
    found["search all sources again"] = _timed(lambda: browse(atlas, "sources", "court"))
    return found


def _draw(atlas) -> None:
    """The draws behind every range of a day."""
    from atlas.law.facts import applicable_rows, comparable_on, drawn_scores

    rows = applicable_rows(atlas, DAY)
    for place in comparable_on(atlas, DAY):
        drawn_scores(place, rows[place])


async def _served(url: str) -> tuple[dict[str, float], int]:
    """Seconds of the first page and of the slowest rerun of each page after its first, and the largest message of
    Evidence.
    """
    found: dict[str, float] = {}
    async with Visitor(url, detailed=True) as visitor:
        found["first page"] = (await visitor.open()).seconds
        for page in ("", "compare", "strength", "timeline", "jurisdiction", "evidence"):
            if page:
                found[f"{page}: first time"] = (await visitor.go(page)).seconds
            if page == "evidence":
                await visitor.act("find", TEXT, "court")
                answers = [await visitor.act("find", TEXT, word) for word in ("law", "minister", "")]
                largest = max(answer.raw for answer in answers)
            else:
                # The second turn of each action: what is worked out once for a release is not a rerun.
                steps = OURS.get(page, {"day": OURS[""]["map: day"]}).values()
                for step in steps:
                    await step(visitor, 1)
                answers = [await step(visitor, 2) for step in steps]
            found[f"{page or 'map'}: slowest rerun"] = max(answer.seconds for answer in answers)
            if any(answer.errors for answer in answers):
                raise RuntimeError(f"{page} showed an error")
    return found, largest


def _at(times: int, folder: Path) -> tuple[dict[str, float], int, int]:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.growth.measure", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    found = json.loads(run.stdout.strip().splitlines()[-1])
    # The check of a hundredfold package takes a minute; it is measured at ten and the served copy counts as checked.
    from atlas.tables.atlas import digest
    from atlas.tables.store import cache_folder

    mark = cache_folder(folder) / f"checked-{digest(folder)}"
    mark.mkdir(parents=True, exist_ok=True)
    try:
        with App("ours", folder) as app:
            served, largest = asyncio.run(_served(app.url))
            found["start to healthy"] = app.seconds_to_healthy
            memory = round(app.megabytes)
    finally:
        shutil.rmtree(mark.parent, ignore_errors=True)
    return found | served, memory, largest


def measure() -> list[Section]:
    """Exponents over the hundredfold, from the times at both ends."""
    found, memory, largest, rows_of = {}, {}, {}, {}
    with tempfile.TemporaryDirectory() as temporary:
        for times in TIMES:
            folder = generate(Path(temporary) / f"x{times}", times)
            rows_of[times] = sizes(folder)
            found[times], memory[times], largest[times] = _at(times, folder)
            if times < TIMES[-1]:
                command = [sys.executable, "-m", "atlas.tables.check", str(folder)]
                found[times]["check the package"] = _timed(
                    lambda command=command: subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
                )
    first, last = TIMES[0], TIMES[-1]
    rows, exponents = [], {}
    for name in [*found[last], "check the package"]:
        end = last if name in found[last] else TIMES[-2]
        exponents[name] = math.log(found[end][name] / found[first][name]) / math.log(end / first)
        rows.append(
            (
                name,
                *(f"{found[times][name]:.3f} s" if name in found[times] else "" for times in TIMES),
                f"{exponents[name]:.2f}",
            )
        )
    rows.append(
        (
            "resident memory",
            *(f"{memory[times]} MB" for times in TIMES),
            f"{math.log(memory[last] / memory[first]) / math.log(last / first):.2f}",
        )
    )
    rows.append(("Evidence, largest page sent", *(f"{largest[times] / 1000:.0f} kB" for times in TIMES), ""))
    steepest = max(exponents, key=exponents.get)
    reruns = {name: seconds for name, seconds in found[last].items() if name.endswith("rerun")}
    slowest = max(reruns, key=reruns.get)
    size = rows_of[last]
    return [
        Section(
            "Growth",
            f"Synthetic packages that pass the check; at ×100: {size['responses']:,} responses,"
            f" {size['instruments']:,} instruments, {size['powers']:,} powers, {size['sources']:,} sources,"
            f" {size['jurisdictions']}"
            " jurisdictions. The exponent is that of the time over the growth.",
            ("what", *(f"×{times}" for times in TIMES), "exponent"),
            rows,
            [
                Target(
                    f"nothing worse than linear (steepest: {steepest})",
                    f"exponent ≤ {LINEAR}",
                    f"{exponents[steepest]:.2f}",
                    exponents[steepest] <= LINEAR,
                ),
                Target(
                    f"slowest page rerun at ×100 ({slowest})",
                    "≤ 1 s",
                    f"{reruns[slowest]:.2f} s",
                    reruns[slowest] <= SLOWEST_RERUN,
                ),
                Target(
                    "no table sends all its rows (Evidence at ×100)",
                    "as at ×1",
                    f"{largest[last] / 1000:.0f} kB",
                    largest[last] <= 3 * largest[first],
                ),
            ],
        )
    ]


if __name__ == "__main__":
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    print(json.dumps(inside(Path(sys.argv[1]))))
