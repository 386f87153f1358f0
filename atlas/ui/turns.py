"""Script runs take turns.

Python runs one thread at a time. Runs that all begin at once slow each other down, and the thread that sends what they
made waits behind every one of them; one after the other, each visitor is answered sooner.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# A run that takes longer than this holds nobody up any more.
PATIENCE = 1.0
_free = threading.Semaphore()


@contextmanager
def turn() -> Iterator[None]:
    """Waits until no other run is under way, at most `PATIENCE` seconds."""
    mine = _free.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if mine:
            _free.release()
