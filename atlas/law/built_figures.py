"""Figures that `make build` works out and keeps as JSON, with the key of what they were made from."""

import json
from collections.abc import Callable
from pathlib import Path

from atlas.atomic import write_file


def read(path: Path) -> dict:
    """The figures kept in a file; empty where there are none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def renewed(path: Path, key: str, afresh: bool, compute: Callable[[], dict]) -> dict:
    """Writes the figures anew, whole or not at all, unless those kept are of the same key.

    Returns:
        The new figures; empty if the file stays as it is.
    """
    if not afresh and read(path).get("key") == key:
        return {}
    found = compute()
    write_file(path, json.dumps(found, indent=1) + "\n")
    return found
