"""Every test is watched: what it, or a process that it starts, asks of another host makes it fail."""

import importlib.util
import os
from pathlib import Path

import pytest

WATCH = Path(__file__).resolve().parent / "watch"
_specification = importlib.util.spec_from_file_location("watch_of_hosts", WATCH / "sitecustomize.py")


def watched(asked: Path) -> dict[str, str]:
    """Settings under which a Python process, and those that it starts, write down in a file what they ask of others."""
    return {"HOSTS_ASKED": str(asked), "PYTHONPATH": str(WATCH)}


def asked_of_others(asked: Path) -> list[str]:
    """What was written down, line by line."""
    return asked.read_text(encoding="utf-8").splitlines() if asked.exists() else []


@pytest.fixture(scope="session")
def _watch(tmp_path_factory):
    asked = tmp_path_factory.mktemp("watch") / "asked"
    before = dict(os.environ)
    os.environ.update(watched(asked))
    # Looked at here too: this process began before the settings.
    _specification.loader.exec_module(importlib.util.module_from_spec(_specification))
    yield asked
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(autouse=True)
def only_this_machine(_watch):
    """The file of what is asked; it is empty again after each test."""
    yield _watch
    asked = asked_of_others(_watch)
    _watch.unlink(missing_ok=True)
    assert asked == [], f"asked of other hosts: {asked}"
