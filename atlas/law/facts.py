"""The ledger of facts: the scores of a place if its codes were drawn again, each with its own chance of error.

Only what was found is in doubt here: codes, and powers that were not assessed, which may hold any level. What a
reader values is a ledger of its own (`law.priorities`). Every draw hangs on the seed and on names alone (a law and a
power, a place and a power): adding a place or reordering rows changes no draw of anything else, and a law that
applies in 27 members errs in all of them at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from atlas.law.coding_error import BY_READING, Chances, chances, kind_of, settings
from atlas.law.law_cache import while_law_stands
from atlas.law.powers import ABSENT, held, with_own_law
from atlas.law.strength import compulsory, equal_weights, group_index, groups, points, whole_scores
from atlas.tables.atlas import Atlas


@dataclass(frozen=True)
class Row:
    """One coding that applies in a place: a power in one instrument.

    `chances` are those of each level in a draw; empty for what is certain: a supposed code, and what is not a place's
    to make (whose `instrument_id` is empty).
    """

    instrument_id: str
    maker: str
    power: str
    level: int
    chances: Chances | tuple[()] = ()


def stream(*names: str) -> np.ndarray:
    """Uniform numbers from 0 to 1 that hang on the seed and these names alone, shape (draws,)."""
    key = blake2b("\0".join((str(settings()["seed"]), *names)).encode(), digest_size=16).digest()
    return np.random.Generator(np.random.Philox(key=int.from_bytes(key, "little"))).random(settings()["draws"])


@lru_cache(maxsize=4096)
def _drawn(level_chances: Chances, names: tuple[str, ...]) -> np.ndarray:
    """A coded level as each draw takes it, with the chances of each level.

    One number decides, low to high, so that raising a code never lowers what a draw makes of it.
    """
    return np.searchsorted(np.cumsum(level_chances)[:-1], stream("code", *names), side="right").astype(np.int8)


def row_levels(row: Row) -> np.ndarray:
    """Level of one coding in each draw, shape (draws,).

    Each coding of a power that is held errs on its own: a power found in two laws is surer than in one. Codings of
    absence of one power by one maker share a draw: what was missed was missed once.
    """
    if not row.chances:
        return np.full(settings()["draws"], row.level, dtype=np.int8)
    names = (row.maker, row.power, "absent") if row.level == ABSENT else (row.instrument_id, row.power)
    return _drawn(row.chances, names)


def place_levels(place: str, rows: tuple[Row, ...]) -> np.ndarray:
    """Level of each compulsory power of a place in each draw: the highest over its laws.

    Args:
        place: its id; what is not assessed there is drawn under its name, all three levels alike.
        rows: the codings that apply in it.

    Returns:
        Shape (powers, draws).
    """
    found: dict[str, np.ndarray] = {}
    for row in rows:
        drawn = row_levels(row)
        found[row.power] = np.maximum(found[row.power], drawn) if row.power in found else drawn
    return np.array(
        [
            found[power] if power in found else (stream("unassessed", place, power) * 3).astype(np.int8)
            for power in compulsory()
        ]
    )


def group_draws(levels: np.ndarray, power: tuple[float, ...] | None = None) -> np.ndarray:
    """Score of each group in each draw, 0 to 100.

    Args:
        levels: shape (powers, draws).
        power: weight of each power within its group; equal if not given.

    Returns:
        Shape (groups, draws).
    """
    value = points(levels.astype(float)) * np.array(power or equal_weights().power)[:, None]
    return np.array([value[group_index() == position].sum(0) for position in range(len(groups()))])


@while_law_stands(maxsize=16)
def applicable_rows(atlas: Atlas, day: str, by: str = BY_READING) -> Mapping[str, tuple[Row, ...]]:
    """The compulsory codings that apply in each place on a day; places without any are left out.

    `by` says where the chances of error come from, as `coding_error.chances` takes it.
    """
    frame = held(atlas, day)
    frame = frame[frame["applies"] & frame["power"].isin(compulsory())]
    frame = frame.sort_values(["jurisdiction_id", "power", "instrument_id"])
    maker = dict(zip(atlas["instruments"]["instrument_id"], atlas["instruments"]["jurisdiction_id"]))
    found: dict[str, list[Row]] = {}
    error = chances(atlas, by)
    columns = ["jurisdiction_id", "instrument_id", "power", "effective", "sureness"]
    for place, instrument, power, level, sureness in zip(*(frame[column].tolist() for column in columns)):
        # What is not a place's to make is no code, and cannot be coded wrongly.
        known = error[level, kind_of(atlas, by, instrument, power, sureness)] if instrument else ()
        found.setdefault(place, []).append(Row(instrument, maker.get(instrument, place), power, level, known))
    return {place: tuple(rows) for place, rows in found.items()}


def levels_from(rows: tuple[Row, ...]) -> np.ndarray:
    """Highest level of each compulsory power over some codings, shape (powers,); NaN where there is none."""
    best: dict[str, int] = {}
    for row in rows:
        best[row.power] = max(row.level, best.get(row.power, 0))
    return np.array([best.get(power, np.nan) for power in compulsory()], dtype=float)


def comparable(rows: Mapping[str, tuple[Row, ...]], own: frozenset[str]) -> tuple[str, ...]:
    """Places with law of their own of which enough is assessed to be put in an order."""
    places = tuple(sorted(own.intersection(rows)))
    levels = np.array([levels_from(rows[place]) for place in places]).reshape(len(places), len(compulsory()))
    point = whole_scores(levels, equal_weights()).point
    return tuple(place for place, value in zip(places, point) if not np.isnan(value))


@while_law_stands(maxsize=8)
def comparable_on(atlas: Atlas, day: str) -> tuple[str, ...]:
    """The places that are compared on a day, by id."""
    return comparable(applicable_rows(atlas, day), with_own_law(atlas, day))


@lru_cache(maxsize=512)
def drawn_groups(place: str, rows: tuple[Row, ...]) -> np.ndarray:
    """Score of each group of a place in each draw, under equal weights of powers; shape (groups, draws)."""
    return group_draws(place_levels(place, rows))


def drawn_scores(place: str, rows: tuple[Row, ...]) -> np.ndarray:
    """Enforcement strength of a place in each draw, shape (draws,)."""
    return np.array(equal_weights().group) @ drawn_groups(place, rows)
