"""How sure an order of responses is: the ladder with any two neighbouring rungs swapped.

Whether a formal case goes further than a warning under a power can be argued. So each order of the ladder with one
pair of neighbours swapped counts as much as the ladder itself; what holds in all of them does not hang on it.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from atlas.response.ladder import NOTHING, acts
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method


@lru_cache(maxsize=1)
def ladders() -> np.ndarray:
    """Position of each rung (0 first) in each order: the ladder itself, then each swap; shape (orders, rungs + 1)."""
    rungs = len(get_method()["rungs"])
    orders = [np.arange(rungs + 1)]
    for lower in range(1, rungs):
        swapped = np.arange(rungs + 1)
        swapped[[lower, lower + 1]] = swapped[[lower + 1, lower]]
        orders.append(swapped)
    return np.array(orders)


@lru_cache(maxsize=32)
def reached(atlas: Atlas, day: str) -> dict[str, tuple[int, ...]]:
    """Every rung that each place had reached by a day; places without a counted act are left out."""
    frame = acts(atlas)
    done = frame[frame["own"] & (frame["from_day"] <= day) & (frame["rung"] > NOTHING)]
    return {place: tuple(sorted(set(rungs))) for place, rungs in done.groupby("jurisdiction_id")["rung"]}


@dataclass(frozen=True)
class Order:
    """Two responses: the highest rungs, and in how many of the orders of the ladder each went further."""

    rungs: tuple[int, int]
    first: int
    second: int
    orders: int


def order(atlas: Atlas, one: str, other: str, day: str) -> Order:
    """How far two places went, under every order of the ladder."""
    found = reached(atlas, day)
    tops = [found.get(place, (NOTHING,)) for place in (one, other)]
    positions = [ladders()[:, list(rungs)].max(1) for rungs in tops]
    return Order(
        (int(max(tops[0])), int(max(tops[1]))),
        int((positions[0] > positions[1]).sum()),
        int((positions[1] > positions[0]).sum()),
        len(ladders()),
    )


def share_at_or_over(rungs: tuple[int, ...], line: int) -> float:
    """Share of the orders in which a place that reached these rungs is at or over a rung of the ladder."""
    if not rungs:
        return 0.0
    return float((ladders()[:, list(rungs)].max(1) >= line).mean())
