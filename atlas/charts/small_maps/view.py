"""Small maps: the strongest steps on the days on which the case turned, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from atlas.charts.map.view import world_map
from atlas.charts.view import PLACE_COLUMN, View
from atlas.draw.legend_class import LegendClass
from atlas.draw.palette import PAPER
from atlas.response.turning_days import TurningDay, turning_days
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words import texts
from atlas.words.turning_days import turning_title, turning_words

# Classes of the ladder; all others are one here.
STEP, REST = "rung-", "rest"
# So many of the places that a day is about have their name on its map.
MOST_NAMED = 4


@dataclass(frozen=True)
class Panel:
    """One small map: its day, what happened on it, in which places, and the class of each that had taken a step."""

    day: str
    said: str
    named: tuple[str, ...]
    class_of: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class SmallMapsView(View):
    """The panels, earliest first. `class_of` is that of the last, which has all places; `hover` has all their days."""

    panels: tuple[Panel, ...] = ()


@lru_cache(maxsize=64)
def small_maps(atlas: Atlas, day: str) -> SmallMapsView:
    """Maps of the days on which the case turned, as far as they are known on a day.

    Args:
        atlas: the data.
        day: as-of date, ISO.
    """
    turned, prose = turning_days(atlas, day), texts()["map"]["small"]
    maps = [world_map(atlas, "peak", one.day) for one in turned]
    panels = tuple(_panel(one, turning_words(atlas, one), view) for one, view in zip(turned, maps))
    known = {klass.id: klass for view in maps for klass in view.classes if klass.id.startswith(STEP)}
    last = panels[-1].class_of
    # In the order of the ladder, what has ended after what has not; counted as on the last day.
    known = dict(sorted(known.items(), key=lambda one: (-int(one[0].split("-")[1]), one[0])))
    classes = [replace(klass, count=sum(one == klass.id for one in last.values())) for klass in known.values()]
    title = turning_title(atlas, turned, day)
    return SmallMapsView(
        slug="small-maps",
        title=title,
        deck=prose["deck"],
        as_of=day,
        evidence_to=atlas.package.evidence_to,
        caveat=prose["caveat"],
        alt=prose["alt"].format(title=title, maps=" ".join(_spoken(panel, known) for panel in panels)),
        classes=(*classes, LegendClass(REST, prose["rest"], PAPER, "open")),
        class_of=dict(last),
        hover={place: "; ".join(_line(atlas, place, panels, known)) for place in last},
        table=_table(atlas, panels, known),
        options={"date": day},
        panels=panels,
    )


def _panel(turned: TurningDay, said: str, view: View) -> Panel:
    class_of = {place: identity for place, identity in view.class_of.items() if identity.startswith(STEP)}
    return Panel(turned.day, said, turned.places[:MOST_NAMED], class_of)


def _spoken(panel: Panel, known: Mapping[str, LegendClass]) -> str:
    """A map in the text alternative: `17 January 2026, three restrictions in force at once: Restricted 3; …`"""
    counts = pd.Series(panel.class_of, dtype=str).value_counts()
    said = "; ".join(f"{klass.label} {counts[identity]}" for identity, klass in known.items() if identity in counts)
    return texts()["map"]["small"]["one"].format(day=in_words(panel.day), said=panel.said, classes=said or "0")


def _line(atlas: Atlas, place: str, panels: tuple[Panel, ...], known: Mapping[str, LegendClass]) -> list[str]:
    """The steps of a place by day, the first with its name."""
    steps = [
        f"{in_words(panel.day)}, {known[panel.class_of[place]].label}" for panel in panels if place in panel.class_of
    ]
    return [f"{atlas.name(place)}: {steps[0]}", *steps[1:]]


def _table(atlas: Atlas, panels: tuple[Panel, ...], known: Mapping[str, LegendClass]) -> pd.DataFrame:
    """Table twin: one row a place that had taken a step by the last of the days, one column a day."""
    rung = {place: -int(identity.split("-")[1]) for place, identity in panels[-1].class_of.items()}
    none = texts()["map"]["small"]["none"]
    rows = [
        (
            atlas.name(place),
            place,
            *(known[panel.class_of[place]].label if place in panel.class_of else none for panel in panels),
        )
        for place in sorted(rung, key=lambda place: (rung[place], atlas.name(place)))
    ]
    return pd.DataFrame(rows, columns=["Jurisdiction", PLACE_COLUMN, *(in_words(panel.day) for panel in panels)])
