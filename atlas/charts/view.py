"""`View`: what a chart means, decided once. Page, embed, picture, slide and table all draw from it."""

from dataclasses import dataclass, field

import pandas as pd

from atlas.charts.palette import Colour


@dataclass(frozen=True)
class Klass:
    """One class of a legend.

    Attributes:
        id: stable id, as in URLs and tables.
        label: words of the legend.
        colour: fill in both modes.
        texture: `""`, `"dots"` (searched, nothing found), `"lines"` (acts, none on the ladder), `"hatch"` (evidence is old) or `"open"` (outline only).
        count: how many places are in it; not shown for the open class, which has no bounds.
    """

    id: str
    label: str
    colour: Colour
    texture: str = ""
    count: int = 0


@dataclass(frozen=True, eq=False)
class View:
    """One chart, complete in itself. Compared by identity, so that what is drawn from it can be kept.

    Attributes:
        slug: stable name of the chart.
        title: the finding, a sentence that is true of the data on the day.
        deck: one line on what is shown and what it does not mean.
        as_of: the day shown, ISO.
        evidence_to: up to when the evidence reaches, ISO.
        caveat: one line that must travel with the picture.
        alt: text alternative that says the finding and the classes in words.
        classes: the legend, in order.
        class_of: class id of each place; places left out were not searched.
        hover: one line of plain text for each place.
        stale: places whose evidence is older than the method's span.
        table: the table twin: one row per place.
        options: the choices behind the view, for its permalink.
    """

    slug: str
    title: str
    deck: str
    as_of: str
    evidence_to: str
    caveat: str
    alt: str
    classes: tuple[Klass, ...] = ()
    class_of: dict[str, str] = field(default_factory=dict)
    hover: dict[str, str] = field(default_factory=dict)
    stale: frozenset[str] = frozenset()
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    options: dict[str, str] = field(default_factory=dict)

    def klass(self, identity: str) -> Klass:
        return next(klass for klass in self.classes if klass.id == identity)
