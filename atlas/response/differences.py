"""What two data releases show differently for the same day: whose acts, and whose law."""

from functools import lru_cache

from atlas.law.powers import cells
from atlas.response.ladder import acts
from atlas.tables.atlas import Atlas


@lru_cache(maxsize=64)
def differences(old: Atlas, new: Atlas, day: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Places whose acts by a day, and places whose powers on it, are not the same in two releases; ids, sorted."""
    if old.digest == new.digest:
        return (), ()
    first, second = _acts(old, day), _acts(new, day)
    held, later = _powers(old, day), _powers(new, day)
    return tuple(sorted(_unlike(first, second))), tuple(sorted(_unlike(held, later)))


def _unlike(first: dict, second: dict) -> set[str]:
    return {place for place in first.keys() | second.keys() if first.get(place) != second.get(place)}


def _acts(atlas: Atlas, day: str) -> dict[str, set]:
    """By place, what a view of that day draws of its acts."""
    frame = acts(atlas)
    frame = frame[frame["from_day"] <= day]
    found: dict[str, set] = {}
    for row in frame.itertuples():
        until = row.until_day if row.until_day <= day else ""
        found.setdefault(row.jurisdiction_id, set()).add((row.response_id, row.action, row.rung, row.from_day, until))
    return found


def _powers(atlas: Atlas, day: str) -> dict[str, set]:
    """By place, the state of each power on the day and the instrument that decides it."""
    found: dict[str, set] = {}
    for (place, power), cell in cells(atlas, day).items():
        found.setdefault(place, set()).add((power, cell.state, cell.level, cell.instrument_id))
    return found
