"""The ledger of priorities: for which weights of the three groups one regime is ahead of another, and for which not.

A point of the triangle is one way to weigh the groups, each at least the method's floor; powers weigh the same within
their group. At each point one regime is ahead if it is in at least `ahead_from` of the draws of facts (`law.facts`),
else the codes cannot say. That keeps apart what is doubted and what is valued (stochastic multicriteria acceptability
analysis with bounded weights: Lahdelma and Salminen 2001; Greco and others 2018). CODEBOOK.md, "Priorities".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from atlas.law.facts import Row, drawn_groups, levels_from
from atlas.law.powers import ABSENT, FULL, PARTIAL
from atlas.law.strength import groups
from atlas.tables.method import get_method

SAME_LAW, WHATEVER, MOST, SOME, DEPENDS, UNSURE, MIXED = VERDICTS = (
    "same_law",
    "whatever_you_value",
    "most_priorities",
    "some_never_reverse",
    "depends",
    "codes_cannot_say",
    "mixed",
)
# Verdicts that put one regime ahead of the other.
ORDERED = (WHATEVER, MOST, SOME)
TINY = 1e-9


def settings() -> dict:
    """The numbers of the method that verdicts follow."""
    return get_method()["priorities"]


@lru_cache(maxsize=8)
def triangle(steps: int | None = None, floor: float | None = None) -> np.ndarray:
    """Points of the triangle of priorities, row by row from the lowest weight of the last group.

    Args:
        steps: points on a side, less one; the method's if not given.
        floor: least weight of a group; the method's if not given.

    Returns:
        Shape (points, groups); each row sums to 1.
    """
    steps = steps or settings()["steps"]
    floor = settings()["floor"] if floor is None else floor
    corners = [(a, b, steps - a - b) for b in range(steps + 1) for a in range(steps - b, -1, -1)]
    shares = np.array([(a, steps - a - b, b) for a, b, _ in corners], dtype=float) / steps
    return floor + (1 - floor * shares.shape[1]) * shares


# Differences of groups are told apart to a hundredth of a point: no two levels of a group lie nearer.
FINE, REACH = 100, 1 << 20


def differences(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """By how much two regimes lie apart in each group, and in how many draws. Few differences occur, each in many.

    Args:
        one, other: scores of the groups, shape (groups, draws).

    Returns:
        Differences, shape (groups, different ones), and counts, shape (different ones,).
    """
    apart = one - other
    # One whole number for each draw: sorting those is many times as fast as comparing columns.
    key = np.zeros(apart.shape[1], dtype=np.int64)
    for group in apart:
        key = key * REACH + np.rint(group * FINE).astype(np.int64) + REACH // 2
    _, first, counts = np.unique(key, return_index=True, return_counts=True)
    return np.round(apart[:, first], 6), counts


def ahead_shares(one: np.ndarray, other: np.ndarray, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """In which share of the draws each of two regimes is ahead at each point of the triangle.

    Args:
        one, other: scores of the groups, shape (groups, draws).
        points: weights, shape (points, groups).

    Returns:
        Two arrays of shape (points,); what is left of 1 are draws in which the two are level.
    """
    apart, counts = differences(one, other)
    margin = points @ apart
    share = counts / counts.sum()
    return (margin > TINY) @ share, (margin < -TINY) @ share


@dataclass(frozen=True, eq=False)
class Field:
    """The triangle of a pair: at each point 1 (the first is ahead), -1 (the second) or 0 (the codes cannot say).

    Attributes:
        points: weights of the groups, shape (points, groups).
        sign: shape (points,).
    """

    points: np.ndarray
    sign: np.ndarray

    @property
    def shares(self) -> tuple[float, float]:
        """Share of the priorities for which the first is ahead, and the second."""
        return float((self.sign > 0).mean()), float((self.sign < 0).mean())


def field(
    one: np.ndarray, other: np.ndarray, points: np.ndarray | None = None, from_share: float | None = None
) -> Field:
    """The triangle of two regimes by the draws of their groups, each of shape (groups, draws)."""
    points = triangle() if points is None else points
    needed = (settings()["ahead_from"] if from_share is None else from_share) - TINY
    over, under = ahead_shares(one, other, points)
    return Field(points, np.where(over >= needed, 1, np.where(under >= needed, -1, 0)).astype(np.int8))


def verdict(first: float, second: float, same: bool = False) -> str:
    """The word on a pair, from the shares of priorities for which each is ahead. The first that fits decides.

    Args:
        first, second: shares from 0 to 1.
        same: whether the two hold the same law.
    """
    cut = settings()["verdicts"]
    more, less = max(first, second), min(first, second)
    if same:
        return SAME_LAW
    if more >= 1 - TINY:
        return WHATEVER
    if more >= cut["most"] - TINY:
        return MOST
    if more >= cut["some"] - TINY and less <= TINY:
        return SOME
    if less >= cut["some"] - TINY:
        return DEPENDS
    return UNSURE if more < cut["some"] - TINY else MIXED


def same_law(one: tuple[Row, ...], other: tuple[Row, ...]) -> bool:
    """Whether two arsenals are identical: the same codings of the same laws, and the same absences."""
    mine, theirs = ({(row.instrument_id, row.power) for row in rows if row.level > ABSENT} for rows in (one, other))
    return mine == theirs and np.array_equal(levels_from(one), levels_from(other), equal_nan=True)


@lru_cache(maxsize=256)
def pair_field(one: str, mine: tuple[Row, ...], other: str, theirs: tuple[Row, ...]) -> Field:
    """The triangle of two places by the codings that apply in them."""
    return field(drawn_groups(one, mine), drawn_groups(other, theirs))


@dataclass(frozen=True)
class Switch:
    """What a reader must value for a regime to be ahead: `group` at least or at most so much.

    Attributes:
        side: 1 for the first regime, -1 for the second.
        group: the group of powers.
        least: whether its weight must be at least `weight` (else at most).
        weight: from 0 to 1.
    """

    side: int
    group: str
    least: bool
    weight: float


def switches(found: Field) -> tuple[Switch, ...]:
    """For each side that is ahead somewhere and not everywhere: the one limit on a group that says most.

    Each is a necessary condition that holds at every point where the side is ahead, and the one that leaves out most
    of the triangle.
    """
    result = []
    for side in (1, -1):
        inside = found.sign == side
        if not inside.any() or inside.all():
            continue
        limits = []
        for position, group in enumerate(groups()):
            weights = found.points[:, position]
            least, most = float(weights[inside].min()), float(weights[inside].max())
            limits.append((float((weights < least - TINY).mean()), Switch(side, group, True, least)))
            limits.append((float((weights > most + TINY).mean()), Switch(side, group, False, most)))
        left_out, switch = max(limits, key=lambda limit: limit[0])
        if left_out > 0:
            result.append(switch)
    return tuple(result)


@dataclass(frozen=True)
class Settling:
    """The one code whose certain reading would shrink the undecided part of a pair most.

    Attributes:
        place: whose law it is read in.
        instrument_id: the coded instrument; empty where the power is not assessed.
        power: the power.
        undecided: share of priorities that would be left undecided (on average, where it is not assessed).
        before: the same now.
    """

    place: str
    instrument_id: str
    power: str
    undecided: float
    before: float


def settling(
    one: str, mine: tuple[Row, ...], other: str, theirs: tuple[Row, ...], powers: Sequence[str], steps: int = 12
) -> Settling | None:
    """What would settle a pair; None where nothing is undecided or no single reading helps.

    Args:
        one, mine, other, theirs: the places and the codings that apply in them.
        powers: the compulsory powers, for those that are not assessed.
        steps: points on a side of a coarser triangle, as many triangles are drawn.
    """
    coarse = triangle(steps)

    def undecided(ours: tuple[Row, ...], its: tuple[Row, ...], points: np.ndarray) -> float:
        return float((field(drawn_groups(one, ours), drawn_groups(other, its), points).sign == 0).mean())

    before = undecided(mine, theirs, triangle())
    if not before:
        return None
    found = [
        (float(np.mean([undecided(*both, coarse) for both in supposed])), row.instrument_id, row.power, place, supposed)
        for place, row, supposed in _readings(one, mine, other, theirs, powers)
    ]
    if not found:
        return None
    _, instrument, power, place, supposed = min(found, key=lambda each: each[:3])
    left = float(np.mean([undecided(*both, triangle()) for both in supposed]))
    return Settling(place, instrument, power, left, before) if left < before - TINY else None


def _readings(
    one: str, mine: tuple[Row, ...], other: str, theirs: tuple[Row, ...], powers: Sequence[str]
) -> Iterator[tuple[str, Row, list[tuple[tuple[Row, ...], tuple[Row, ...]]]]]:
    """Each reading that could be made: where, of what, and the codings of both places that it could leave.

    A code that is read is taken to be confirmed; a power that is not assessed may turn out to hold any level.
    """
    for row in dict.fromkeys((*mine, *theirs)):
        if row.chances:
            sure = replace(row, chances=())
            ours, others = (tuple(sure if each == row else each for each in rows) for rows in (mine, theirs))
            yield one if row in mine else other, row, [(ours, others)]
    for place, rows in ((one, mine), (other, theirs)):
        for power in sorted(set(powers) - {row.power for row in rows}):
            supposed = [Row("", place, power, level) for level in (ABSENT, PARTIAL, FULL)]
            left = [((*mine, row), theirs) if place == one else (mine, (*theirs, row)) for row in supposed]
            yield place, supposed[0], left
