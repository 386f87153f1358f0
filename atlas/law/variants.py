"""The variants behind every comparison: the same scores under other defensible choices, all varied together.

OECD/JRC Handbook, step 7: test the inference and not the index, with all sources of uncertainty at once. Each
variant draws coding errors, unassessed cells, the value of "partial", the weights and the rule of aggregation.
Every draw hangs on the seed and on names alone (a law and a power, a place and a power): adding a place or
reordering rows changes no draw of anything else, and a law that applies in 27 members errs in all of them at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from atlas.law.coding_error import Chances, chances
from atlas.law.powers import ABSENT, PARTIAL, held
from atlas.law.still import while_law_stands
from atlas.law.strength import TOP, compulsory, equal_weights, group_index, groups
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method

SOURCES = ("coding", "unassessed", "partial", "weights", "rule")


@dataclass(frozen=True)
class Row:
    """One coding that applies in a place: a power in one instrument.

    `chances` are those of each level in a variant; empty for a supposed code, which has no coding error.
    """

    instrument_id: str
    maker: str
    power: str
    level: int
    chances: Chances | tuple[()] = ()


@dataclass(frozen=True)
class Draws:
    """The choices that all places of a variant share.

    Attributes:
        group: shape (groups, variants), columns sum to 1.
        power: shape (powers, variants), each group's columns sum to 1.
        partial: value of "partial", shape (variants,), points.
        rule: position in the method's rules, shape (variants,).
    """

    group: np.ndarray
    power: np.ndarray
    partial: np.ndarray
    rule: np.ndarray


def settings() -> dict:
    """The numbers of the method that the variants follow."""
    return get_method()["robustness"]


def stream(*names: str) -> np.ndarray:
    """Uniform numbers from 0 to 1 that hang on the seed and these names alone, shape (variants,)."""
    key = blake2b("\0".join((str(settings()["seed"]), *names)).encode(), digest_size=16).digest()
    return np.random.Generator(np.random.Philox(key=int.from_bytes(key, "little"))).random(settings()["variants"])


AHEAD, LEANING, APART = "ahead", "leaning", "cannot_tell"


def word_of(over: float, under: float) -> str:
    """`ahead`, `leaning` or `cannot_tell`, by the larger share of variants."""
    top = max(over, under)
    return AHEAD if top > settings()["ahead_over"] else LEANING if top >= settings()["leaning_from"] else APART


@lru_cache(maxsize=8)
def draws(sources: frozenset[str] = frozenset(SOURCES)) -> Draws:
    """Weights, value of partial and rule of each variant; sources left out keep the method's own choice."""
    count, index, chosen = settings()["variants"], group_index(), equal_weights()
    group = np.repeat(np.array(chosen.group)[:, None], count, axis=1)
    power = np.repeat(np.array(chosen.power)[:, None], count, axis=1)
    partial, rule = np.full(count, float(get_method()["strength"]["partial"])), np.zeros(count, dtype=int)
    if "weights" in sources:
        # Shares of exponential numbers are a flat Dirichlet: every mix of weights is as likely as any other.
        group = np.array([-np.log1p(-stream("group", name)) for name in groups()])
        group = group / group.sum(0)
        power = np.array([-np.log1p(-stream("power", name)) for name in compulsory()])
        power = power / np.array([power[index == position].sum(0) for position in range(len(groups()))])[index]
    if "partial" in sources:
        low, high = settings()["partial_from"], settings()["partial_to"]
        partial = low + (high - low) * stream("partial")
    if "rule" in sources:
        rule = np.minimum((stream("rule") * len(settings()["rules"])).astype(int), len(settings()["rules"]) - 1)
    return Draws(group, power, partial, rule)


@lru_cache(maxsize=64)
def _drawn(level_chances: Chances, names: tuple[str, ...]) -> np.ndarray:
    """A coded level as each variant takes it, with the chances of each level.

    One number decides, low to high, so that raising a code never lowers what a variant makes of the same draw.
    """
    return np.searchsorted(np.cumsum(level_chances)[:-1], stream("code", *names), side="right").astype(np.int8)


def row_levels(row: Row, vary: bool) -> np.ndarray:
    """Level of one coding in each variant, shape (variants,).

    Each coding of a power that is held errs on its own: a power found in two laws is surer than in one. Codings
    of absence of one power in the laws of one maker share a draw: what was missed was missed once, and reading
    more laws must not by itself raise a place.
    """
    if not vary or not row.chances:
        return np.full(settings()["variants"], row.level, dtype=np.int8)
    names = (row.maker, row.power, "absent") if row.level == ABSENT else (row.instrument_id, row.power)
    return _drawn(row.chances, names)


@lru_cache(maxsize=512)
def _highest_of(rows: tuple[Row, ...], vary: bool) -> np.ndarray:
    """Highest level over the codings of one power by one maker, shape (variants,): the same wherever its law
    applies.
    """
    highest = row_levels(rows[0], vary)
    for row in rows[1:]:
        highest = np.maximum(highest, row_levels(row, vary))
    return highest


def place_levels(place: str, rows: tuple[Row, ...], sources: frozenset[str] = frozenset(SOURCES)) -> np.ndarray:
    """Level of each compulsory power of a place in each variant: the highest over its laws.

    Args:
        place: its id; what is not assessed there is drawn under its name, all three levels alike.
        rows: the codings that apply in it.
        sources: what varies. Unassessed powers that do not vary count as partial.

    Returns:
        Shape (powers, variants).
    """
    result = []
    by_power: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        by_power.setdefault(row.power, {}).setdefault(row.maker, []).append(row)
    for power in compulsory():
        makers = by_power.get(power)
        if makers:
            result.append(np.max([_highest_of(tuple(mine), "coding" in sources) for mine in makers.values()], axis=0))
        elif "unassessed" in sources:
            result.append((stream("unassessed", place, power) * 3).astype(np.int8))
        else:
            result.append(np.full(settings()["variants"], PARTIAL, dtype=np.int8))
    return np.array(result)


def score(levels: np.ndarray, drawn: Draws) -> np.ndarray:
    """Strength in each variant, 0 to 100.

    Args:
        levels: shape (powers, variants).
        drawn: the variants' weights, value of partial and rule.

    Returns:
        Shape (variants,). *geometric* is the weighted geometric mean of the groups, shifted since zero is common;
        *weakest* is the lowest group, with a small share of the mean so that ties break.
    """
    value = np.where(levels == PARTIAL, drawn.partial, np.where(levels > PARTIAL, TOP, 0.0)) * drawn.power
    group = np.array([value[group_index() == position].sum(0) for position in range(len(groups()))])
    mean = (group * drawn.group).sum(0)
    shift, share = settings()["geometric_shift"], settings()["tie_share"]
    geometric = np.exp((np.log(group + shift) * drawn.group).sum(0)) - shift
    weakest = (1 - share) * group.min(0) + share * mean
    return np.choose(
        drawn.rule,
        [{"arithmetic": mean, "geometric": geometric, "weakest": weakest}[name] for name in settings()["rules"]],
    )


@while_law_stands(maxsize=16)
def applicable_rows(atlas: Atlas, day: str, coding: str = "") -> Mapping[str, tuple[Row, ...]]:
    """The compulsory codings that apply in each place on a day; places without any are left out.

    `coding` says where the chances of error come from, as `coding_error.chances` takes it.
    """
    frame = held(atlas, day)
    frame = frame[frame["applies"] & frame["power"].isin(compulsory())]
    frame = frame.sort_values(["jurisdiction_id", "power", "instrument_id"])
    maker = dict(zip(atlas["instruments"]["instrument_id"], atlas["instruments"]["jurisdiction_id"]))
    found: dict[str, list[Row]] = {}
    error = chances(atlas, coding)
    columns = ["jurisdiction_id", "instrument_id", "power", "effective", "sureness"]
    for place, instrument, power, level, sureness in zip(*(frame[column].tolist() for column in columns)):
        # What is not a place's to make is no code, and cannot be coded wrongly.
        row = Row(instrument, maker[instrument], power, level, error[level, sureness]) if instrument else None
        found.setdefault(place, []).append(row or Row("", place, power, level))
    return {place: tuple(rows) for place, rows in found.items()}


def levels_from(rows: tuple[Row, ...]) -> np.ndarray:
    """Highest level of each compulsory power over some codings, shape (powers,); NaN where there is none."""
    best: dict[str, int] = {}
    for row in rows:
        best[row.power] = max(row.level, best.get(row.power, 0))
    return np.array([best.get(power, np.nan) for power in compulsory()], dtype=float)


def variant_scores(place: str, rows: tuple[Row, ...], sources: frozenset[str] = frozenset(SOURCES)) -> np.ndarray:
    """Strength of a place in each variant, shape (variants,)."""
    return score(place_levels(place, rows, sources), draws(sources))
