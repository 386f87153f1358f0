"""Which regimes hold like powers: a distance over the compulsory powers read in both, and what sets two apart.

Likeness says nothing about use, and nothing about cells that nobody has read: places that share fewer read
powers than the method asks for are not compared.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from atlas.law.inheritance import arsenal
from atlas.law.law_cache import while_law_stands
from atlas.law.powers import FULL, cell, level_matrix
from atlas.law.strength import compulsory
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method

WHOLE = ("country", "supranational")


@dataclass(frozen=True)
class Like:
    """Another place, its distance (0 alike, 1 opposite), the number of powers read in both, and the powers that
    differ.
    """

    place: str
    distance: float
    shared: int
    apart: tuple[str, ...]


@while_law_stands(maxsize=8)
def _levels(atlas: Atlas, day: str) -> tuple[tuple[str, ...], np.ndarray]:
    places = tuple(atlas.jurisdictions.index)
    return places, level_matrix(atlas, day, places, compulsory())


@lru_cache(maxsize=256)
def nearest(atlas: Atlas, place: str, day: str) -> tuple[Like, ...]:
    """All places that share enough read powers, the most alike first.

    The distance is the mean absolute difference of levels (0, 1, 2) over the powers read in both, divided by 2.
    Among equals those come first that share more, then by name.
    """
    places, levels = _levels(atlas, day)
    mine = levels[places.index(place)]
    found = []
    for other, row in zip(places, levels):
        both = ~np.isnan(mine) & ~np.isnan(row)
        if not _comparable(atlas, place, other, day) or both.sum() < get_method()["likeness"]["min_shared"]:
            continue
        apart = tuple(power for power, one, two, read in zip(compulsory(), mine, row, both) if read and one != two)
        found.append(Like(other, float(np.abs(mine[both] - row[both]).mean() / FULL), int(both.sum()), apart))
    return tuple(sorted(found, key=lambda like: (like.distance, -like.shared, atlas.name(like.place))))


@while_law_stands(maxsize=8)
def _makers_by_place(atlas: Atlas, day: str) -> dict[str, set[str]]:
    """Whose law each place inherits."""
    laws = arsenal(atlas, day)
    laws = laws[laws["inherited_from"] != ""]
    return laws.groupby("jurisdiction_id")["inherited_from"].agg(set).to_dict()


def _comparable(atlas: Atlas, place: str, other: str, day: str) -> bool:
    """Neither holds the law of the other, and a country is set beside countries and unions only."""
    makers = _makers_by_place(atlas, day)
    if other == place or other in makers.get(place, ()) or place in makers.get(other, ()):
        return False
    kind = atlas.jurisdictions["kind"]
    return kind[place] not in WHOLE or kind[other] in WHOLE


@lru_cache(maxsize=256)
def holders_of_what_it_lacks(atlas: Atlas, place: str, day: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each compulsory power that is absent here today: the places that hold it in full by law of their own, by
    name.
    """
    places, levels = _levels(atlas, day)
    mine = levels[places.index(place)]
    return tuple(
        (
            power,
            tuple(
                sorted(
                    (
                        other
                        for other, row in zip(places, levels)
                        if row[column] == FULL and not cell(atlas, other, power, day).inherited_from
                    ),
                    key=atlas.name,
                )
            ),
        )
        for column, power in enumerate(compulsory())
        if mine[column] == 0
    )
