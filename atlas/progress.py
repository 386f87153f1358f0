"""How far a long command is: plain lines on standard error, so that they can be kept in a log and do not mix with
results.
"""

import sys
import time
from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

Step = TypeVar("Step")
EVERY = 5.0


def say(what: str) -> None:
    """What begins now."""
    print(f"… {what}", file=sys.stderr, flush=True)


def told(steps: Iterable[Step], what: str, total: int | None = None) -> Iterator[Step]:
    """The steps one by one; says at their beginning, every few seconds and at their end how many are done.

    Args:
        steps: what is gone through.
        what: what is done and to what, as in "site: views".
        total: how many there are, where `steps` has no length.
    """
    if total is None:
        if not isinstance(steps, Collection):
            raise TypeError("steps without a length need a total")
        total = len(steps)
    begun = last = time.monotonic()
    say(f"{what}: 0 of {total}")
    for done, step in enumerate(steps, 1):
        yield step
        now = time.monotonic()
        if now - last >= EVERY or done == total:
            last = now
            say(f"{what}: {done} of {total}, {now - begun:.0f} s")
