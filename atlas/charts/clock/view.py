"""One clock: how many jurisdictions had reached each rung, by days from the start of the case."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from atlas.charts.view import View
from atlas.draw.legend_class import LegendClass
from atlas.draw.palette import LADDER
from atlas.response.durations import First, first_acts, milestones, reached, starts
from atlas.tables.atlas import Atlas
from atlas.tables.dates import days_between, in_words
from atlas.words import texts
from atlas.words import time as time_words

# Neighbours differ in dash as well as in colour.
DASHES = {1: "dot", 2: "dash", 3: "longdash", 4: "solid", 5: "dashdot", 6: "solid"}
LAST_SHOWN = 180


@dataclass(frozen=True)
class Curve:
    """Steps of one rung: `days` from the start, and the `count` of jurisdictions from that day on."""

    rung: int
    label: str
    days: tuple[int, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class ClockView(View):
    """The curves, the last day on the clock, and which start they run from."""

    curves: tuple[Curve, ...] = ()
    last: int = 0
    start_label: str = ""
    start_date: str = ""
    start_reason: str = ""


@lru_cache(maxsize=64)
def clock(atlas: Atlas, start_id: str, day: str) -> ClockView:
    """The clock from one of the defensible starts, as of a day.

    Raises:
        KeyError: the start is unknown.
    """
    row = starts(atlas).loc[start_id]
    start, prose = row["date"], texts()["time"]
    last = max(days_between(start, day), 0)
    curves = tuple(_curve(atlas, rung, start, days, last) for rung, days in reached(atlas, day).items() if days)
    title = time_words.clock_title(atlas, start, day)
    classes = tuple(
        LegendClass(f"rung-{curve.rung}", curve.label, LADDER[curve.rung], "", curve.counts[-1])
        for curve in reversed(curves)
    )
    spoken = "; ".join(f"{klass.label}: {klass.count}" for klass in classes) or "none"
    return ClockView(
        slug="clock",
        title=title,
        deck=prose["clock_counts"],
        as_of=day,
        evidence_to=atlas.package.evidence_to,
        caveat=prose["clock_caveat"],
        alt=(
            f"Curves by days from {in_words(start)}. {title}. Jurisdictions by {in_words(day)}: {spoken}. Its table"
            " gives the days."
        ),
        classes=classes,
        table=_table(atlas, start, day),
        options={"date": day, "start": start_id},
        curves=curves,
        last=last,
        start_label=row["label"],
        start_date=start,
        start_reason=row["reason"],
    )


def counts_by_day(view: ClockView) -> pd.DataFrame:
    """What the curves show, for who cannot point at them: one row a day on which a count rose, one column a rung."""
    days = sorted({day for curve in view.curves for day in curve.days})
    columns = {
        curve.label: [
            max((count for at, count in zip(curve.days, curve.counts, strict=True) if at <= day), default=0)
            for day in days
        ]
        for curve in view.curves
    }
    return pd.DataFrame({"Days from the start": days, **columns})


def _curve(atlas: Atlas, rung: int, start: str, days: list[str], last: int) -> Curve:
    """One step for each day on which the count rose; the curve begins at none and runs on to the as-of day."""
    counts = pd.Series([days_between(start, day) for day in days]).value_counts().sort_index().cumsum()
    xs, ys = [min(0, int(counts.index[0])), *map(int, counts.index)], [0, *map(int, counts)]
    if xs[-1] < last:
        xs.append(last)
        ys.append(ys[-1])
    # A curve holds those that went further too: the map, which counts each place once, has other numbers.
    return Curve(
        rung, texts()["time"]["or_further"].get(str(rung)) or atlas.label("rung", str(rung)), tuple(xs), tuple(ys)
    )


def _table(atlas: Atlas, start: str, day: str) -> pd.DataFrame:
    """Table twin: one row a jurisdiction, one column a kind of first act, in days from the start."""
    found = first_acts(atlas, start, day)
    labels = texts()["time"]["milestones"]
    far = 10**6

    def key(place: str) -> tuple:
        return tuple(
            found[place][kind].days if kind in found[place] else far for kind in reversed(milestones())
        ), atlas.name(place)

    rows = [
        (atlas.name(place), *(_cell(found[place].get(kind)) for kind in milestones()))
        for place in sorted(found, key=key)
    ]
    return pd.DataFrame(rows, columns=["Jurisdiction", *(labels[kind] for kind in milestones())])


def _cell(first: First | None) -> str:
    return time_words.clock_days(first.days, first.joint) if first else "none found"
