"""How two regimes stand to each other: built ranges and pairs, read; verdicts and dominance.

Dominance (at least as strong on every power, stronger on one) is the most that three-level codes can prove: no
weight can turn it. A range is about facts alone, a verdict is a share of priorities; neither is a probability.
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

from atlas.cache_key import Keyed
from atlas.law.build_standing import FOLDER, NUMBERS, SETTINGS, law_key
from atlas.law.facts import applicable_rows, comparable_on, group_draws, place_levels
from atlas.law.law_cache import while_law_stands
from atlas.law.priorities import ORDERED, Field, Settling, Switch, pair_field, settling, switches, verdict
from atlas.law.strength import Weights, compulsory, levels_of
from atlas.tables.atlas import Atlas
from atlas.tables.schema import DATA

ARRAYS = ("median", "low", "high", "rank_low", "rank_high", "held", "over", "same", "pool")


@dataclass(frozen=True)
class Standings:
    """One span of days on which no law changed.

    Attributes:
        places: places with enough assessed to be compared, in the order of all arrays.
        median, low, high: points, shape (places,); `low` to `high` holds 90 % of the draws of codes.
        rank_low, rank_high: place in the order of its pool, 1 the highest, shape (places,).
        pool: 1 for countries and the Union, 0 for states and provinces; only like is ranked with like.
        held: share of draws at or over the corner's line, shape (places,).
        over: share of priorities for which the row's place is ahead of the column's, shape (places, places).
        same: whether two places hold the same law, shape (places, places).
        draws, points: how many draws of codes, and points of the triangle, there are.
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
    same: np.ndarray
    draws: int
    points: int

    def row(self, place: str) -> int | None:
        """Position of a place in the arrays; None where too little of its law is assessed."""
        return self.places.index(place) if place in self.places else None

    def ranked(self, place: str) -> int:
        """How many are ranked in the place's pool, itself included."""
        return int((self.pool == self.pool[self.places.index(place)]).sum())


@dataclass(frozen=True)
class Pair:
    """What can be said of two places.

    `verdict` is one of `priorities.VERDICTS`; `first` the place ahead for more priorities, `second` the other;
    `share` for which share of priorities `first` is ahead, `reverse` for which `second` is.
    """

    verdict: str
    first: str
    second: str
    share: float
    reverse: float

    @property
    def ordered(self) -> bool:
        """Whether the verdict puts `first` ahead."""
        return self.verdict in ORDERED

    @property
    def undecided(self) -> float:
        """Share of priorities for which the codes cannot say."""
        return max(1 - self.share - self.reverse, 0.0)


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
    """Settings and arrays built from exactly these data; None where comparisons await `make build`."""
    where = where or folder()
    found = _read(where, _times(where))
    return found if found and found[0].get("key") == _key(atlas) else None


def mark(atlas: Atlas) -> str:
    """Identity of the build that matches the data, for caches of what hangs on it; empty where there is none."""
    found = built(atlas)
    return found[0]["numbers_sha256"] if found else ""


def standings(atlas: Atlas, day: str, where: Path | None = None) -> Standings | None:
    """Ranges and pairs of a day; None where no build matches the data or the day lies outside its window."""
    found = built(atlas, where)
    if not found or not found[0]["window"][0] <= day <= found[0]["window"][1]:
        return None
    position = bisect_right([span["from"] for span in found[0]["days"]], day) - 1
    return _span(Keyed(found, (found[0]["key"], found[0]["numbers_sha256"])), position)


@lru_cache(maxsize=64)
def _span(built: Keyed[tuple[dict, dict[str, np.ndarray]]], position: int) -> Standings:
    described, arrays = built.value
    draws, points = described["facts"]["draws"], described["points"]
    own = {name: arrays[f"{position}.{name}"] for name in ARRAYS}
    own |= {"held": own["held"] / draws, "over": own["over"] / points}
    return Standings(tuple(described["days"][position]["places"]), **own, draws=draws, points=points)


def pair(found: Standings, one: str, other: str) -> Pair | None:
    """What can be said of two places; None where either has too little assessed."""
    a, b = found.row(one), found.row(other)
    if a is None or b is None:
        return None
    return pair_of(one, other, float(found.over[a, b]), float(found.over[b, a]), bool(found.same[a, b]))


def pair_of(one: str, other: str, over: float, under: float, same: bool = False) -> Pair:
    """A pair from the two shares of priorities."""
    word = verdict(over, under, same)
    return Pair(word, one, other, over, under) if over >= under else Pair(word, other, one, under, over)


@while_law_stands(maxsize=64)
def _triangle(atlas: Atlas, day: str, one: str, other: str) -> Field | None:
    rows = applicable_rows(atlas, day)
    if one == other or not {one, other} <= set(comparable_on(atlas, day)):
        return None
    return pair_field(one, rows[one], other, rows[other])


def triangle_of(atlas: Atlas, one: str, other: str, day: str) -> Field | None:
    """The triangle of priorities of two places; None where either has too little assessed."""
    return _triangle(atlas, day, one, other)


def switches_of(atlas: Atlas, one: str, other: str, day: str) -> tuple[Switch, ...]:
    """What a reader must value for one of two places to be ahead."""
    found = triangle_of(atlas, one, other, day)
    return switches(found) if found else ()


@while_law_stands(maxsize=64)
def _settling(atlas: Atlas, day: str, one: str, other: str) -> Settling | None:
    rows = applicable_rows(atlas, day)
    if _triangle(atlas, day, one, other) is None:
        return None
    return settling(one, rows[one], other, rows[other], compulsory())


def settling_of(atlas: Atlas, one: str, other: str, day: str) -> Settling | None:
    """The one code whose certain reading would shrink most what is undecided between two places."""
    return _settling(atlas, day, one, other)


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


def share_at_weights(atlas: Atlas, one: str, other: str, day: str, chosen: Weights) -> tuple[float, float]:
    """In which share of the draws of codes each of two places is ahead under a reader's own weights."""
    rows = applicable_rows(atlas, day)
    scores = [
        np.array(chosen.group) @ group_draws(place_levels(place, rows.get(place, ())), chosen.power)
        for place in (one, other)
    ]
    apart = np.round(scores[0] - scores[1], 6)
    return float((apart > 0).mean()), float((apart < 0).mean())


def fields_against(atlas: Atlas, day: str, place: str, rows: tuple) -> dict[str, Pair]:
    """A place with supposed codings against every other comparable one."""
    others = applicable_rows(atlas, day)
    result = {}
    for other in comparable_on(atlas, day):
        if other != place:
            found = pair_field(place, rows, other, others[other])
            result[other] = pair_of(place, other, *found.shares)
    return result
