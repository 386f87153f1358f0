"""How sure a comparison of two regimes is: the built variants, read; pairs, ranges and dominance.

Dominance (at least as strong on every power, stronger on one) is the most that three-level codes can prove: no
weight can turn it. Everything else is a share of variants under stated assumptions, and no confidence interval.
"""

import json
import os
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import numpy as np

from atlas.law.build import FOLDER, NUMBERS, SETTINGS, comparable, law_key
from atlas.law.powers import with_own_law
from atlas.law.still import while_law_stands
from atlas.law.strength import Weights, group_index, groups, levels_of, points
from atlas.law.variants import applicable_rows, draws, variant_scores, word_of
from atlas.tables.atlas import Atlas
from atlas.tables.schema import DATA

ARRAYS = ("median", "low", "high", "rank_low", "rank_high", "held", "over", "pool")


@dataclass(frozen=True)
class Robustness:
    """The variants of one span of days on which no law changed.

    Attributes:
        places: places with enough assessed to be compared, in the order of all arrays.
        median, low, high: points, shape (places,); `low` to `high` holds 90 % of the variants.
        rank_low, rank_high: place in the order of its pool, 1 the highest, shape (places,).
        pool: 1 for countries and the Union, 0 for states and provinces; only like is ranked with like.
        held: share of variants at or over the corner's line, shape (places,).
        over: share of variants in which the row's place is ahead of the column's, shape (places, places).
        variants: how many there are.
    """

    places: tuple[str, ...]
    median: np.ndarray
    low: np.ndarray
    high: np.ndarray
    rank_low: np.ndarray
    rank_high: np.ndarray
    pool: np.ndarray
    held: np.ndarray
    over: np.ndarray
    variants: int

    def row(self, place: str) -> int | None:
        """Position of a place in the arrays; None where too little of its law is assessed."""
        return self.places.index(place) if place in self.places else None

    def ranked(self, place: str) -> int:
        """How many are ranked in the place's pool, itself included."""
        return int((self.pool == self.pool[self.places.index(place)]).sum())


@dataclass(frozen=True)
class Pair:
    """What the variants say of two places.

    `word` is `ahead`, `leaning` or `cannot_tell`; `first` the place ahead in more variants, `second` the other;
    `share` in how many `first` is ahead, `reverse` in how many `second` is.
    """

    word: str
    first: str
    second: str
    share: float
    reverse: float


def folder() -> Path:
    """Where built files lie: in the data folder of this process."""
    return Path(os.environ.get("ATLAS_DATA", DATA)) / FOLDER


def _times(where: Path) -> tuple:
    try:
        return tuple((where / name).stat().st_mtime_ns for name in (SETTINGS, NUMBERS))
    except OSError:
        return ()


@lru_cache(maxsize=4)
def _read(where: Path, times: tuple) -> tuple[dict, dict[str, np.ndarray]] | None:
    """Both files if they belong together, else None. `times` makes a new build be seen."""
    if not times:
        return None
    try:
        described = json.loads((where / SETTINGS).read_text(encoding="utf-8"))
        content = (where / NUMBERS).read_bytes()
        if sha256(content).hexdigest() != described["numbers_sha256"]:
            return None
        with np.load(BytesIO(content), allow_pickle=False) as archive:
            return described, {name: archive[name] for name in archive.files}
    except (OSError, ValueError, KeyError, TypeError):
        return None


@lru_cache(maxsize=4)
def _key(atlas: Atlas) -> str:
    return law_key(atlas)


def built(atlas: Atlas, where: Path | None = None) -> tuple[dict, dict[str, np.ndarray]] | None:
    """Settings and arrays built from exactly these data; None where robustness awaits `make build`."""
    where = where or folder()
    found = _read(where, _times(where))
    return found if found and found[0].get("key") == _key(atlas) else None


def mark(atlas: Atlas) -> str:
    """Identity of the build that matches the data, for caches of what hangs on it; empty where there is none."""
    found = built(atlas)
    return found[0]["numbers_sha256"] if found else ""


def robustness(atlas: Atlas, day: str, where: Path | None = None) -> Robustness | None:
    """The variants of a day; None where no build matches the data or the day lies outside its window."""
    found = built(atlas, where)
    if not found or not found[0]["window"][0] <= day <= found[0]["window"][1]:
        return None
    position = bisect_right([span["from"] for span in found[0]["days"]], day) - 1
    return _span(found[0]["key"], _Held(found), position)


class _Held:
    """Carries the arrays past the cache key, which is their digest and the span."""

    def __init__(self, found: tuple[dict, dict[str, np.ndarray]]):
        self.found = found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.found[0]["numbers_sha256"] == self.found[0]["numbers_sha256"]

    def __hash__(self) -> int:
        return hash(self.found[0]["numbers_sha256"])


@lru_cache(maxsize=64)
def _span(key: str, held: _Held, position: int) -> Robustness:
    described, arrays = held.found
    count = described["settings"]["variants"]
    own = {name: arrays[f"{position}.{name}"] for name in ARRAYS}
    own |= {"held": own["held"] / count, "over": own["over"] / count}
    return Robustness(tuple(described["days"][position]["places"]), **own, variants=count)


def pair(found: Robustness, one: str, other: str) -> Pair | None:
    """What the variants say of two places; None where either has too little assessed."""
    a, b = found.row(one), found.row(other)
    if a is None or b is None:
        return None
    return pair_of(one, other, float(found.over[a, b]), float(found.over[b, a]))


def pair_of(one: str, other: str, over: float, under: float) -> Pair:
    """A pair from the two shares of variants."""
    word = word_of(over, under)
    return Pair(word, one, other, over, under) if over >= under else Pair(word, other, one, under, over)


def dominates(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether levels `one` are at least `other` on every power and above on one, whatever is not assessed holds.

    Args:
        one, other: levels, shape (powers,); NaN where not assessed.
    """
    low, high = np.where(np.isnan(one), 0.0, one), np.where(np.isnan(other), 2.0, other)
    return bool((low >= high).all() and (low > high).any())


def dominance(atlas: Atlas, one: str, other: str, day: str) -> str:
    """The place that dominates the other on a day, or an empty string."""
    first, second = levels_of(atlas, day, (one, other))
    return one if dominates(first, second) else other if dominates(second, first) else ""


@while_law_stands(maxsize=16)
def dominance_pairs(atlas: Atlas, day: str, places: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Every (stronger, weaker) pair among some places that no weight can turn."""
    levels = levels_of(atlas, day, places)
    low, high = np.where(np.isnan(levels), 0.0, levels), np.where(np.isnan(levels), 2.0, levels)
    found = (low[:, None, :] >= high[None, :, :]).all(2) & (low[:, None, :] > high[None, :, :]).any(2)
    return tuple((places[a], places[b]) for a, b in np.argwhere(found))


@while_law_stands(maxsize=2)
def all_scores(atlas: Atlas, day: str) -> tuple[tuple[str, ...], np.ndarray]:
    """Every comparable place in every variant, for questions that the built summary cannot answer.

    Returns:
        Places and scores of shape (places, variants); the same numbers that `make build` summed up.
    """
    rows = applicable_rows(atlas, day)
    places = comparable(rows, with_own_law(atlas, day))
    return places, np.array([variant_scores(place, rows[place]) for place in places])


def share_of_weightings(levels: np.ndarray, chosen: Weights) -> tuple[int, float]:
    """How two regimes stand under a reader's weights, and how common that is among all weightings.

    Args:
        levels: shape (2, powers); NaN where not assessed.
        chosen: the reader's weights.

    Returns:
        1, 0 or -1 as the first is ahead, level or behind, and the share of all weightings (flat Dirichlet over
        groups and over powers within groups) in which that same order holds.
    """
    drawn = draws(frozenset({"weights"}))
    mine = _weighted(levels, np.array(chosen.group)[:, None], np.array(chosen.power)[:, None])[0]
    order = int(np.sign(np.round(mine, 9)))
    every = np.sign(np.round(_weighted(levels, drawn.group, drawn.power), 9))
    return order, float((every == order).mean())


def _weighted(levels: np.ndarray, group: np.ndarray, power: np.ndarray) -> np.ndarray:
    """First minus second under many weightings, shape (weightings,); one matrix product a group and regime."""
    value = points(levels)
    known = ~np.isnan(value)
    scores = []
    for row in range(2):
        top, base = np.zeros(group.shape[1]), np.zeros(group.shape[1])
        for position in range(len(groups())):
            columns = group_index() == position
            weight = known[row, columns].astype(float) @ power[columns]
            gained = np.where(known[row, columns], value[row, columns], 0.0) @ power[columns]
            has = weight > 0
            top += group[position] * np.where(has, gained / np.where(has, weight, 1.0), 0.0)
            base += group[position] * has
        scores.append(top / np.where(base > 0, base, 1.0))
    return scores[0] - scores[1]
