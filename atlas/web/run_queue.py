"""Script runs take turns.

Python runs one thread at a time. Runs that all begin at once slow each other down, and the thread that sends what they
made waits behind every one of them; one after the other, each visitor is answered sooner. `ATLAS_TURNS=off` leaves it
as
Streamlit does it, to measure the difference.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# A run that takes longer than this holds nobody up any more.
PATIENCE = 1.0
# Seconds until a script that has the interpreter gives it to the thread that answers. Python's own is five times as
# long.
SWITCH = 0.001
TAKEN = os.environ.get("ATLAS_TURNS") != "off"
_free = threading.Semaphore()


def switch_often() -> None:
    """For the start of the server."""
    if TAKEN:
        sys.setswitchinterval(SWITCH)


@contextmanager
def turn() -> Iterator[None]:
    """Waits until no other run is under way, at most `PATIENCE` seconds."""
    if not TAKEN:
        yield
        return
    mine = _free.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if mine:
            _free.release()
