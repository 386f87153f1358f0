"""Which places had acted by a day."""

import pandas as pd

from atlas.charts.view import View
from atlas.draw.legend_class import LegendClass
from atlas.draw.palette import LADDER
from atlas.response.ladder import acts, peak
from atlas.tables.dates import in_words


def toy(atlas, day):
    rungs = peak(acts(atlas), day)
    acted = {place: rung for place, rung in rungs.items()}
    classes = tuple(
        LegendClass(f"rung-{rung}", f"Rung {rung}", LADDER[rung], "", sum(one == rung for one in acted.values()))
        for rung in sorted(set(acted.values()), reverse=True)
    )
    return View(
        slug="toy",
        title=f"{len(acted)} places acted by {in_words(day)}",
        deck="One bar a place, as long as its rung.",
        as_of=day,
        evidence_to=atlas.package.evidence_to,
        caveat="A toy.",
        alt=f"{len(acted)} bars.",
        classes=classes,
        class_of={place: f"rung-{rung}" for place, rung in acted.items()},
        hover={place: f"{atlas.name(place)}: rung {rung}" for place, rung in acted.items()},
        table=pd.DataFrame({"place": list(acted), "rung": list(acted.values())}),
    )
