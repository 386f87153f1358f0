"""Suppositions, always labelled so: what one changed code would do to a pair, and what a reform would do.

Nothing here touches the data. A supposed code is certain: no draw changes it.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial

import numpy as np

from atlas.law.facts import Row, applicable_rows, levels_from
from atlas.law.law_cache import while_law_stands
from atlas.law.powers import ABSENT, FULL, PARTIAL, absences
from atlas.law.strength import Weights, compulsory, whole_scores
from atlas.tables.atlas import Atlas

LEVELS = (ABSENT, PARTIAL, FULL)


@dataclass(frozen=True)
class Change:
    """One code that would turn a pair.

    Attributes:
        place: whose law it is in; for a law that both share, the place behind.
        instrument_id: the coded instrument, or empty where the power is not assessed at all.
        power: the power.
        now: its level now; None where it is not assessed.
        then: the level that turns the pair.
        provision: where it stands; empty where the sources read name none.
        shared: whether the law applies in both places.
    """

    place: str
    instrument_id: str
    power: str
    now: int | None
    then: int
    provision: str
    shared: bool


def smallest_change(atlas: Atlas, one: str, other: str, day: str, chosen: Weights) -> tuple[int, Change | None]:
    """The smallest change of one code that puts the place now behind ahead; see `_smallest_change`."""
    return _smallest_change(atlas, day, one, other, chosen)


@while_law_stands(maxsize=256)
def _smallest_change(atlas: Atlas, day: str, one: str, other: str, chosen: Weights) -> tuple[int, Change | None]:
    """The smallest change of one code that puts the place now behind ahead.

    Smallest in steps of level, then in the margin it leaves; a code that was never assessed comes after codes
    that were, being no change of what was found.

    Returns:
        1, 0 or -1 as `one` is now ahead, level or behind; and the change, or None where no single one suffices
        (or the two are level, or either has too little assessed).
    """
    rows = applicable_rows(atlas, day)
    mine, theirs = rows.get(one, ()), rows.get(other, ())
    margin = _margin(mine, theirs, chosen)
    order = 0 if np.isnan(margin) else int(np.sign(round(margin, 9)))
    if order == 0:
        return 0, None
    earned = absences(atlas, day)
    first, second = (_Levels(rows, partial(earned.earned, place)) for rows, place in ((mine, one), (theirs, other)))

    @cache
    def turned(power: str, one_level: float, other_level: float) -> float:
        return first.score(power, one_level, chosen) - second.score(power, other_level, chosen)

    found = []
    for row in dict.fromkeys(row for row in (*mine, *theirs) if row.instrument_id):
        for level in LEVELS:
            if level != row.level:
                left = turned(row.power, first.with_changed(row, level), second.with_changed(row, level))
                if left * order < -1e-9:
                    shared = row in first and row in second
                    place = one if row in first and not (shared and order > 0) else other
                    found.append(
                        (
                            abs(level - row.level),
                            abs(left),
                            row.instrument_id,
                            Change(place, row.instrument_id, row.power, row.level, level, "", shared),
                        )
                    )
    for place, own in ((one, first), (other, second)):
        for power in own.unread:
            for level in LEVELS:
                left = turned(
                    power, level if place == one else first.now(power), level if place == other else second.now(power)
                )
                if left * order < -1e-9:
                    found.append((FULL + 1, abs(left), power, Change(place, "", power, None, level, "", False)))
    if not found:
        return order, None
    best = min(found, key=lambda item: item[:3] + (item[3].power, item[3].then))[3]
    return order, replace(best, provision=provision_of(atlas, best.instrument_id, best.power))


class _Levels:
    """The codings of one place, ready for asking what one of them changed would make of its levels."""

    def __init__(self, rows: tuple[Row, ...], earned: Callable[[str], bool]):
        """`earned` says of a power whether nothing found would be an absence there, and not merely unread."""
        self.earned = earned
        self.rows = frozenset(rows)
        self.levels = levels_from(rows)
        counts: dict[str, list[int]] = {power: [0, 0, 0] for power in compulsory()}
        for row in rows:
            counts[row.power][row.level] += 1
        self.counts, self.repeats = counts, Counter(rows)
        self.unread = {power for power, count in counts.items() if not any(count)}

    def __contains__(self, row: Row) -> bool:
        return row in self.rows

    def now(self, power: str) -> float:
        """The level of a power; NaN where it is not assessed."""
        return self.levels[compulsory().index(power)]

    def with_changed(self, row: Row, level: int) -> float:
        """The level of the row's power if the row had another one; NaN where that would leave it not assessed."""
        if row not in self.rows:
            return self.now(row.power)
        rest = list(self.counts[row.power])
        rest[row.level] -= self.repeats[row]
        found = max([level, *(other for other, count in enumerate(rest) if count)])
        return np.nan if found == ABSENT and not self.earned(row.power) else found

    def score(self, power: str, level: float, chosen: Weights) -> float:
        """The score with another level of one power; NaN where too little is assessed."""
        changed = self.levels.copy()
        changed[compulsory().index(power)] = level
        return float(whole_scores(changed[None, :], chosen).point[0])


def _margin(mine: tuple[Row, ...], theirs: tuple[Row, ...], chosen: Weights) -> float:
    point = whole_scores(np.array([levels_from(mine), levels_from(theirs)]), chosen).point
    return float(point[0] - point[1])


@lru_cache(maxsize=4)
def _provisions(atlas: Atlas) -> dict[tuple[str, str], str]:
    frame = atlas["powers"]
    return dict(zip(zip(frame["instrument_id"], frame["power"]), frame["provision"]))


def provision_of(atlas: Atlas, instrument_id: str, power: str) -> str:
    """The provision that holds a power in an instrument; empty where the sources read name none."""
    return _provisions(atlas).get((instrument_id, power), "")
