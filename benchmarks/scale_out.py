"""What a second replica adds: crowds through a real HAProxy, on one replica and on two."""

import asyncio

from benchmarks.crowd import COLUMNS, crowd, judged
from benchmarks.figures import Section, Target
from deploy.fleet import PROGRAM, Fleet

STEPS = (60, 80, 100, 120)
MORE = 1.5
# Replicas warm their views after the start, at a pace that leaves room for visitors; a crowd here meets warm ones.
WARMING = 6.0


async def _crowd(url: str, visitors: int) -> list[float]:
    await asyncio.sleep(WARMING)
    return await crowd(url, "ours", visitors)


def _held(replicas: int, visitors: int, rows: list[tuple]) -> bool:
    with Fleet(replicas) as fleet:
        times = asyncio.run(_crowd(fleet.url, visitors))
    good, cells = judged(visitors, times)
    rows.append((replicas, *cells))
    return good


def measure() -> list[Section]:
    """The largest crowd of one replica, then half as many again on two."""
    note = "One process a replica, HAProxy before them, the crowd as above, all on the same two cores."
    if PROGRAM is None:
        return [
            Section(
                "A second replica",
                f"{note} HAProxy is not installed here.",
                targets=[Target("visitors of two replicas", f"≥ {MORE}× those of one", "not measured", None)],
            )
        ]
    rows: list[tuple] = []
    one = 0
    for visitors in STEPS:
        if not _held(1, visitors, rows):
            break
        one = visitors
    two = round(MORE * (one or STEPS[0]))
    good = _held(2, two, rows)
    return [
        Section(
            "A second replica",
            note,
            ("replicas", *COLUMNS),
            rows,
            [
                Target(
                    "visitors of two replicas at the same p95",
                    f"≥ {MORE}× those of one",
                    f"{two} to {one}" if good else f"fewer than {two} to {one}",
                    good and one > 0,
                )
            ],
        )
    ]
