"""Runs of the pages take turns, and no run can hold the others up for good."""

import threading
import time

import pytest

from atlas.web import run_queue as turns
from atlas.web.run_queue import turn


@pytest.fixture(autouse=True)
def free(monkeypatch):
    monkeypatch.setattr(turns, "_free", threading.Semaphore())


def together(runs):
    threads = [threading.Thread(target=run) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not any(thread.is_alive() for thread in threads)


def test_no_two_runs_are_under_way_at_a_time():
    under_way, seen = [], []

    def run():
        with turn():
            under_way.append(1)
            time.sleep(0.01)
            seen.append(len(under_way))
            under_way.pop()

    together([run] * 8)
    assert seen == [1] * 8


def test_a_run_that_fails_gives_its_turn_back(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 60.0)
    with pytest.raises(ZeroDivisionError), turn():
        1 / 0  # noqa: B018 - it is there to fail
    entered = []
    together([lambda: entered.append(turns._free.acquire(timeout=5))])
    assert entered == [True]


def test_a_run_that_hangs_holds_others_up_no_longer_than_their_patience(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    hang, done = threading.Event(), []

    def stuck():
        with turn():
            hang.wait(10)

    def quick():
        with turn():
            done.append(1)
        if len(done) == 4:
            hang.set()

    together([stuck] + [quick] * 4)
    # Those who went in without a turn gave none back either.
    assert len(done) == 4 and hang.is_set() and turns._free._value == 1
