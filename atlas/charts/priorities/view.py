"""The triangle of priorities: for which weights of the three groups one of two regimes is ahead, and for which not."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from atlas.charts.view import View
from atlas.draw.legend_class import LegendClass
from atlas.draw.palette import FIRST_AHEAD, SECOND_AHEAD, UNDECIDED
from atlas.law.priorities import Field, settings
from atlas.law.standing import pair_of, switches_of, triangle_of
from atlas.law.strength import groups
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words import texts
from atlas.words.grammar import capital, listed
from atlas.words.strength import pair_sentence, switch_sentences, triangle_title, whole_percent

FIRST, SECOND, UNSURE = "first", "second", "unsure"
CLASS_OF_SIGN = {1: FIRST, -1: SECOND, 0: UNSURE}
# Every so many points of a side stand in the table.
TABLE_STEP = 4


@dataclass(frozen=True, eq=False)
class PrioritiesView(View):
    """The view with its points.

    Attributes:
        steps: points on a side, less one.
        signs: the class of each point, row by row from the lowest weight of the last group; within a row the first
            group falls. Empty where the two cannot be compared.
        corners: names of the groups, in their order.
        lines: the switch in words.
    """

    steps: int = 0
    signs: tuple[str, ...] = ()
    corners: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def priorities(atlas: Atlas, one: str, other: str, day: str) -> PrioritiesView:
    """The triangle of two places on a day."""
    prose, found = texts()["strength"]["triangle"], triangle_of(atlas, one, other, day)
    names = [atlas.name(place, in_sentence=True) for place in (one, other)]
    signs = tuple(CLASS_OF_SIGN[int(sign)] for sign in found.sign) if found else ()
    shares = {kind: signs.count(kind) / len(signs) if signs else 0.0 for kind in (FIRST, SECOND, UNSURE)}
    verdict = pair_of(one, other, *found.shares) if found else None
    title = triangle_title(atlas, verdict, one, other)
    said = pair_sentence(atlas, verdict, one, other)
    lines = tuple(switch_sentences(atlas, one, other, switches_of(atlas, one, other, day)))
    labels = {
        FIRST: prose["ahead"].format(name=capital(names[0]), share=whole_percent(shares[FIRST])),
        SECOND: prose["ahead"].format(name=capital(names[1]), share=whole_percent(shares[SECOND])),
        UNSURE: prose["unsure"].format(share=whole_percent(shares[UNSURE])),
    }
    colours = {FIRST: FIRST_AHEAD, SECOND: SECOND_AHEAD, UNSURE: UNDECIDED}
    classes = tuple(LegendClass(kind, labels[kind], colours[kind], "", signs.count(kind)) for kind in labels if found)
    return PrioritiesView(
        slug="priorities",
        title=title,
        deck=f"{said} {prose['deck'].format(floor=whole_percent(settings()['floor']))}",
        as_of=day,
        evidence_to=atlas.package.evidence_to,
        caveat=prose["caveat"],
        alt=" ".join((prose["alt"].format(names=listed(names), day=in_words(day)), said, *lines)),
        classes=classes,
        class_of={one: FIRST, other: SECOND} if found and one != other else {},
        hover={one: labels[FIRST], other: labels[SECOND]} if found and one != other else {},
        table=_table(atlas, found, (one, other)),
        options={"date": day, "place": one, "with": other},
        steps=settings()["steps"],
        signs=signs,
        corners=tuple(prose["corners"][group] for group in groups()),
        lines=lines,
    )


def _table(atlas: Atlas, found: Field | None, places: tuple[str, str]) -> pd.DataFrame:
    """Table twin: points of a coarser lattice, with the weight of each group and who is ahead."""
    prose = texts()["strength"]["triangle"]
    columns = [*(atlas.label("power_group", group) for group in groups()), prose["column"]]
    if found is None:
        return pd.DataFrame(columns=columns)
    words = {1: atlas.name(places[0]), -1: atlas.name(places[1]), 0: prose["cannot_say"]}
    steps, floor = settings()["steps"], settings()["floor"]
    shares = (found.points - floor) / (1 - floor * len(groups())) * steps
    kept = np.all(np.isclose(shares % TABLE_STEP, 0, atol=1e-6) | np.isclose(shares % TABLE_STEP, TABLE_STEP), axis=1)
    rows = [
        (*(f"{100 * weight:.0f}%" for weight in point), words[int(sign)])
        for point, sign in zip(found.points[kept], found.sign[kept])
    ]
    return pd.DataFrame(rows, columns=columns)
