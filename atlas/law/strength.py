"""Enforcement strength, 0 to 100: the compulsory powers in law on a day.

Three groups of equal weight, their powers of equal weight within; level 0, 1, 2 = 0, 50, 100 on a fixed scale,
so that a newcomer moves nobody (OECD/JRC Handbook on Constructing Composite Indicators; COINr, aggregation).
The soft powers are a bar of their own: in a plain average a law with guidance alone would outdo one with fines.
What is not assessed is a bound and never a zero. CODEBOOK.md, "Enforcement strength", has two examples by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from atlas.law.law_cache import while_law_stands
from atlas.law.powers import PARTIAL, held, with_own_law
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method

TOP = 100.0


@dataclass(frozen=True)
class Part:
    """A score of a place, of one group or of all: points from 0 to 100, `coverage` from 0 to 1.

    `point` is None where too little is assessed; `low` and `high` are what it would be if every power that is
    not assessed were absent, or full.
    """

    point: float | None
    low: float
    high: float
    coverage: float


@dataclass(frozen=True)
class Strength:
    """Enforcement strength of one place on one day.

    Attributes:
        whole: the score over the compulsory groups.
        groups: the same for each compulsory group; a group's point needs only one assessed power.
        soft: the soft powers, which are no part of the score.
        outlined: the score once every law adopted by the day applies; None where that is no more than now.
        assessed: how many of the compulsory powers were assessed.
    """

    whole: Part
    groups: Mapping[str, Part]
    soft: Part
    outlined: float | None
    assessed: int


@dataclass(frozen=True)
class Weights:
    """Weights of the compulsory powers.

    Attributes:
        group: of each group, in the order of `groups()`; they sum to 1.
        power: of each power within its group, in the order of `compulsory()`; each group's sum to 1.
    """

    group: tuple[float, ...]
    power: tuple[float, ...]

    @property
    def whole(self) -> np.ndarray:
        """Weight of each power in the whole, shape (powers,)."""
        return np.array(self.group)[group_index()] * np.array(self.power)


def groups() -> tuple[str, ...]:
    """The compulsory groups, in the order shown."""
    return tuple(get_method()["strength"]["groups"])


def compulsory() -> tuple[str, ...]:
    """The compulsory powers, group after group."""
    method = get_method()
    return tuple(power for group in groups() for power in method.powers(group))


def soft() -> tuple[str, ...]:
    """The soft powers."""
    method = get_method()
    return method.powers(method["strength"]["soft_group"])


@lru_cache(maxsize=1)
def group_index() -> np.ndarray:
    """Position of each compulsory power's group, shape (powers,)."""
    method = get_method()
    return np.array([groups().index(method.group_of[power]) for power in compulsory()])


def weights(group: Mapping[str, float] | None = None, power: Mapping[str, float] | None = None) -> Weights:
    """Weights from any non-negative numbers; what is not given counts 1, and all zeros count as equal.

    Args:
        group: number by group.
        power: number by power; only its share within the group matters.
    """
    wanted = np.array([float((power or {}).get(name, 1.0)) for name in compulsory()])
    by_group = np.array([float((group or {}).get(name, 1.0)) for name in groups()])
    index = group_index()
    total = np.bincount(index, wanted)
    # A group whose powers all weigh nothing weighs nothing itself.
    by_group = np.where(total > 0, by_group, 0.0)
    share = np.where(total[index] > 0, wanted / np.where(total > 0, total, 1.0)[index], 1.0 / np.bincount(index)[index])
    by_group = by_group if by_group.sum() > 0 else np.ones(len(by_group))
    return Weights(tuple(by_group / by_group.sum()), tuple(share))


@lru_cache(maxsize=1)
def equal_weights() -> Weights:
    """The weights of the method: groups equal, powers equal within a group."""
    return weights()


def points(levels: np.ndarray) -> np.ndarray:
    """Levels (0, 1, 2 or NaN) to points (0, the method's value of partial, 100 or NaN), same shape."""
    partial = get_method()["strength"]["partial"]
    return np.where(
        np.isnan(levels), np.nan, np.where(levels == PARTIAL, partial, np.where(levels > PARTIAL, TOP, 0.0))
    )


@dataclass(frozen=True)
class Scores:
    """Scores of many places: `point` (NaN where there is none), `low`, `high`, `coverage`, each of shape (places,)."""

    point: np.ndarray
    low: np.ndarray
    high: np.ndarray
    coverage: np.ndarray


def group_scores(levels: np.ndarray, chosen: Weights) -> tuple[Scores, ...]:
    """Scores of each group.

    Args:
        levels: shape (places, powers), in the order of `compulsory()`; NaN where not assessed.
        chosen: weights.

    Returns:
        One `Scores` a group. A group's point is the weighted mean of its assessed powers.
    """
    value = points(levels)
    result = []
    for position in range(len(groups())):
        columns = group_index() == position
        result.append(_scores(value[:, columns], np.array(chosen.power)[columns]))
    return tuple(result)


def _scores(value: np.ndarray, weight: np.ndarray) -> Scores:
    assessed = ~np.isnan(value)
    known = assessed @ weight
    gained = np.where(assessed, value, 0.0) @ weight
    with np.errstate(invalid="ignore", divide="ignore"):
        point = np.where(known > 0, gained / known, np.nan)
    total = weight.sum()
    return Scores(point, gained / total, (gained + TOP * (total - known)) / total, known / total)


def whole_scores(levels: np.ndarray, chosen: Weights) -> Scores:
    """Scores over all groups: the weighted mean of the groups' points.

    There is no point where less than the method's share of the weight is assessed.
    """
    parts, share = group_scores(levels, chosen), np.array(chosen.group)
    coverage = sum(part.coverage * weight for part, weight in zip(parts, share))
    stack = np.array([part.point for part in parts])
    known = (~np.isnan(stack)) * share[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        point = np.where(np.isnan(stack), 0.0, stack * share[:, None]).sum(0) / known.sum(0)
    # A hair's breadth, since shares of a third do not sum to one exactly.
    enough = coverage >= get_method()["strength"]["coverage_needed"] - 1e-9
    return Scores(
        np.where(enough, point, np.nan),
        sum(part.low * weight for part, weight in zip(parts, share)),
        sum(part.high * weight for part, weight in zip(parts, share)),
        coverage,
    )


@while_law_stands(maxsize=64)
def _highest(atlas: Atlas, day: str, later: bool) -> dict[tuple[str, str], int]:
    """Highest level by place and power, as `cells` decides it, without the rest that a cell tells."""
    rows = held(atlas, day)
    rows = rows if later else rows[rows["applies"]]
    return rows.groupby(["jurisdiction_id", "power"])["effective"].max().to_dict()


def levels_of(
    atlas: Atlas, day: str, places: tuple[str, ...], powers: tuple[str, ...] = (), later: bool = False
) -> np.ndarray:
    """Levels that apply.

    Args:
        places: rows.
        powers: columns; the compulsory ones if none are given.
        later: as if every law adopted by the day applied, its findings of absence included.

    Returns:
        Shape (places, powers); 0, 1 or 2, and NaN where not assessed.
    """
    best, columns = _highest(atlas, day, later), powers or compulsory()
    return np.array([[best.get((place, power), np.nan) for power in columns] for place in places], dtype=float).reshape(
        len(places), len(columns)
    )


@while_law_stands(maxsize=64)
def strengths(atlas: Atlas, day: str) -> dict[str, Strength]:
    """Enforcement strength of every jurisdiction on a day, under the method's weights."""
    places = tuple(atlas.jurisdictions.index)
    levels = levels_of(atlas, day, places)
    whole, parts = whole_scores(levels, equal_weights()), group_scores(levels, equal_weights())
    later = whole_scores(levels_of(atlas, day, places, later=True), equal_weights()).point
    # A place that only inherits has no regime of its own to score; what applies there is its parent's.
    own = np.array([place in with_own_law(atlas, day) for place in places])
    whole, later = replace(whole, point=np.where(own, whole.point, np.nan)), np.where(own, later, np.nan)
    soft_levels = levels_of(atlas, day, places, soft())
    gentle = _scores(points(soft_levels), np.full(len(soft()), 1.0 / len(soft())))
    result = {}
    for row, place in enumerate(places):
        now, then = whole.point[row], later[row]
        grows = not np.isnan(then) and (np.isnan(now) or then > now + 1e-9)
        result[place] = Strength(
            _part(whole, row),
            {group: _part(part, row) for group, part in zip(groups(), parts)},
            _part(gentle, row),
            float(then) if grows else None,
            int((~np.isnan(levels[row])).sum()),
        )
    return result


def _part(scores: Scores, row: int) -> Part:
    point = scores.point[row]
    return Part(
        None if np.isnan(point) else float(point),
        float(scores.low[row]),
        float(scores.high[row]),
        float(scores.coverage[row]),
    )
