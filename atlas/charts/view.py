"""`View`: what a chart means, decided once. Page, embed, picture, slide and table all draw from it."""

from dataclasses import dataclass, field

import pandas as pd

from atlas.draw.legend_class import LegendClass

# Heading of the column of a table twin that holds ids of places.
PLACE_COLUMN = "Id"


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
        place_labels: what stands beside some places in words, as (place, words), the most important first.
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
    classes: tuple[LegendClass, ...] = ()
    class_of: dict[str, str] = field(default_factory=dict)
    hover: dict[str, str] = field(default_factory=dict)
    stale: frozenset[str] = frozenset()
    place_labels: tuple[tuple[str, str], ...] = ()
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    options: dict[str, str] = field(default_factory=dict)

    def klass(self, identity: str) -> LegendClass:
        """A class of the legend by its id.

        Raises:
            KeyError: the legend has no such class.
        """
        for one in self.classes:
            if one.id == identity:
                return one
        raise KeyError(identity)
