"""Says how far a long command is."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

EVERY_SECONDS = 2.0
Item = TypeVar("Item")


def with_progress(what: str, items: Sequence[Item], say: Callable[[str], None]) -> Iterator[Item]:
    """The items one by one; says `what: 12 of 47` before one of them, at most every two seconds."""
    said = time.monotonic()
    for number, item in enumerate(items, 1):
        if time.monotonic() - said >= EVERY_SECONDS:
            said = time.monotonic()
            say(f"{what}: {number} of {len(items)}")
        yield item
