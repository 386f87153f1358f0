"""The timeline as SVG: the lanes, marks and bars of the page's figure.

Where the picture is not high enough for every lane it keeps those with the strongest acts, then the first, in the
order of the view, and says how many are left to the table.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from atlas.charts.timeline.lanes import OTHER, SHAPES, SIZE, SIZES, UNCOUNTED, levels, shape, spots
from atlas.charts.timeline.view import JOINT, Bar, Mark, TimelineView
from atlas.draw import legend
from atlas.draw import symbols as shapes
from atlas.draw.canvas import Box, Canvas
from atlas.draw.palette import LADDER
from atlas.tables.atlas import Atlas
from atlas.tables.dates import days_between
from atlas.words import texts

# Heights of a lane in sizes of small text: as it should be, and the least that keeps names apart.
ROW, LEAST_ROW = 1.75, 1.22
KEY = 1.5  # width of a key, likewise: a stroke needs length
BESIDE = 2.4  # so wide a room, for its height, has the legend at its side
# Spans of at most so many days have a tick a week, longer ones one a month, the longest one a quarter.
WEEKS, MONTHS = 70, 400


@dataclass(frozen=True)
class _Axis:
    """Days to pixels, lanes to pixels."""

    box: Box
    first: str
    last: str
    pitch: float

    def x(self, day: str) -> float:
        return self.box.x + self.box.width * days_between(self.first, day) / max(days_between(self.first, self.last), 1)

    def y(self, row: float) -> float:
        """Rows count from 0 at the top downwards as negative numbers, as in the page's figure."""
        return self.box.y + (0.5 - row) * self.pitch

    def holds(self, day: str) -> bool:
        return self.first <= day <= self.last


def draw(canvas: Canvas, atlas: Atlas, view: TimelineView, box: Box, keys: bool = True) -> float:
    """Lanes, marks, bars and legend in a box; returns the bottom of what was drawn."""
    small = canvas.type.small
    entries = _entries(canvas, view) if keys else []
    free = box.height == float("inf")
    side = (
        legend.column_width(canvas, entries, 3, KEY) + 2.2 * small
        if keys and not free and box.width > BESIDE * box.height
        else 0
    )
    below = legend.flow_height(canvas, entries, box.width, 3, KEY) + small if keys and not side else 0
    wide = box.width - side
    head, note = 2.1 * small, 1.9 * small
    room = box.height - head - below - note
    fits = 10**6 if free else int((room + note) // (LEAST_ROW * small))
    context, lanes = list(view.context_lanes), list(view.lanes)
    if len(context) + 0.5 + len(lanes) > fits:
        lanes = kept(view, max(int(room // (LEAST_ROW * small) - len(context) - 0.5), 1))
    rows = len(context) + 0.5 + len(lanes)
    pitch = ROW * small if free else min(max(room / rows, LEAST_ROW * small), ROW * small)
    row_of = {name: -index for index, (name, _) in enumerate(context)} | {
        name: -index - len(context) - 0.5 for index, (name, _) in enumerate(lanes)
    }
    gutter = min(max(canvas.width(label, 3) for _, label in context + lanes) + 0.8 * small, 0.45 * wide)
    axis = _Axis(Box(box.x + gutter, box.y + head, wide - gutter, pitch * rows), *view.span, pitch)
    _ground(canvas, view, axis, row_of, [*context, *lanes], box.x, gutter)
    _bars(canvas, view, axis, row_of)
    _marks(canvas, view, axis, row_of)
    bottom = axis.box.bottom
    for line in _notes(view, axis, len(view.lanes) - len(lanes), row_of):
        for part in canvas.wrap(line, 3, wide):
            canvas.text(box.x, bottom + 1.5 * small, part, 3, "mute")
            bottom += 1.45 * small
    if side:
        legend.column(canvas, entries, box.x + wide + 2.2 * small, box.y + head, 3, KEY)
    elif keys:
        bottom = legend.flow(canvas, entries, box.x, bottom + small, box.width, 3, KEY)
    return bottom


def kept(view: TimelineView, most: int) -> list[tuple[str, str]]:
    """At most so many lanes: joint acts, then those with the strongest acts, of equals those with the earliest."""
    best = {name: (-1, 0, "9") for name, _ in view.lanes}
    for mark in view.marks:
        if mark.lane in best:
            rung, _, first = best[mark.lane]
            best[mark.lane] = (max(rung, mark.rung if mark.counts else 0), 0, min(first, mark.day))
    order = sorted(best, key=lambda name: (name != JOINT, -best[name][0], best[name][2], name))
    chosen = set(order[:most])
    return [lane for lane in view.lanes if lane[0] in chosen]


def _notes(view: TimelineView, axis: _Axis, left_out: int, row_of: dict[str, float]) -> Iterator[str]:
    prose = texts()["pictures"]["timeline"]
    parts = []
    if left_out:
        parts.append(prose["lane" if left_out == 1 else "lanes"].format(count=left_out))
    outside = sum(not axis.holds(mark.day) for mark in view.marks if mark.lane in row_of)
    if outside:
        parts.append(prose["act" if outside == 1 else "acts"].format(count=outside))
    if parts:
        yield " ".join(parts)


def _ticks(first: str, last: str) -> list[tuple[str, str]]:
    """Days with a line down the chart, and their labels."""
    days = days_between(first, last)
    if days <= WEEKS:
        return [(f"{day:%Y-%m-%d}", f"{day.day} {day:%b}") for day in pd.date_range(first, last, freq="W-MON")]
    every = pd.date_range(first, last, freq="MS" if days <= MONTHS else "QS")
    return [
        (f"{day:%Y-%m-%d}", f"{day:%b} {day.year}" if index == 0 or day.month == 1 else f"{day:%b}")
        for index, day in enumerate(every)
    ]


def _ground(
    canvas: Canvas, view: TimelineView, axis: _Axis, row_of: dict, lanes: list, left: float, gutter: float
) -> None:
    small, box = canvas.type.small, axis.box
    end = left
    for day, label in _ticks(*view.span):
        x = axis.x(day)
        canvas.line(x, box.y, x, box.bottom)
        wide = canvas.width(label, 3)
        if x - wide / 2 > end and x + wide / 2 < box.right:
            canvas.text(x, box.y - 0.6 * small, label, 3, "mute", anchor="middle")
            end = x + wide / 2 + 0.8 * small
    for name, label in lanes:
        y = axis.y(row_of[name])
        canvas.line(left, y - axis.pitch / 2, box.right, y - axis.pitch / 2, weight=0.6)
        colour = "mute" if any(name == lane for lane, _ in view.context_lanes) else "ink"
        canvas.text(left, y + 0.34 * small, canvas.cut(label, 3, gutter - 0.5 * small), 3, colour)
    canvas.line(left, box.bottom, box.right, box.bottom, weight=0.6)
    for mark in view.events:
        if mark.number and axis.holds(mark.day):
            canvas.line(axis.x(mark.day), box.y, axis.x(mark.day), box.bottom, "dots", 0.8, "1.5 3")
    if axis.holds(view.as_of):
        canvas.line(axis.x(view.as_of), box.y, axis.x(view.as_of), box.bottom, "accent", 1.5)


def _bars(canvas: Canvas, view: TimelineView, axis: _Axis, row_of: dict) -> None:
    """Solid as far as the evidence on the act reaches, dotted on to the as-of day or the edge."""
    places = levels(view.bars, row_of)
    for bar in view.bars:
        row = places.get(bar.id + bar.lane)
        if row is None or bar.start > axis.last or bar.end < axis.first:
            continue
        y = axis.y(row)
        start, known, end = (
            min(max(axis.x(day), axis.box.x), axis.box.right) for day in (bar.start, bar.known_to, bar.end)
        )
        colour = canvas.colour(f"k-rung-{bar.rung}", LADDER[bar.rung])
        with canvas.group(bar.id, bar.text):
            if known > start:
                canvas.line(start, y, known, y, colour, max(axis.pitch * 0.16, 2))
            if end > known:
                canvas.line(known, y, end, y, colour, 1.2, "1.5 2.5")
            _end(canvas, bar, axis, end, y, colour)


def _end(canvas: Canvas, bar: Bar, axis: _Axis, x: float, y: float, colour: str) -> None:
    """An end is a stroke; none, or one beyond the edge, an arrow."""
    reach = axis.pitch * 0.16
    if bar.open or not axis.holds(bar.end):
        canvas.path(
            f"M{x - reach:.1f} {y - reach:.1f}l{reach:.1f} {reach:.1f}l{-reach:.1f} {reach:.1f}",
            stroke=colour,
            weight=1.2,
        )
    else:
        canvas.line(x, y - reach, x, y + reach, colour, 1.2)


def _marks(canvas: Canvas, view: TimelineView, axis: _Axis, row_of: dict) -> None:
    marks = [*view.events, *view.marks]
    places = spots(marks, row_of)
    together = Counter((mark.lane, mark.day) for mark in marks)
    for mark in marks:
        if mark.id not in places or not axis.holds(mark.day):
            continue
        x, y, name = axis.x(mark.day), axis.y(places[mark.id]), shape(mark)
        # Marks of one day share the height of their lane, so they grow smaller the more they are.
        radius = (
            axis.pitch * 0.2 * SIZES.get(name, SIZE) / SIZE / max(together[mark.lane, mark.day], 2) ** 0.35 * 2**0.35
        )
        with canvas.group(mark.id, mark.text, f' data-class="{_class(mark)}"'):
            for lane in mark.also:
                if lane in row_of:
                    canvas.line(x, y, x, axis.y(row_of[lane]), "dots", 0.8)
                    canvas.line(x - 3, axis.y(row_of[lane]), x + 3, axis.y(row_of[lane]), "dots", 1.2)
            if mark.earliest < mark.day:
                canvas.line(max(axis.x(mark.earliest), axis.box.x), y, x, y, "dots", 0.6)
            shapes.mark(canvas, name, x, y, radius, _colour(canvas, mark))


def _class(mark: Mark) -> str:
    """Class of the legend; what companies and others did is of none."""
    if mark.id.startswith("event-"):
        return "context"
    return f"rung-{mark.rung}" if mark.rung else "other" if mark.counts else "uncounted"


def _colour(canvas: Canvas, mark: Mark) -> str:
    return canvas.colour(f"k-rung-{mark.rung}", LADDER[mark.rung]) if mark.rung else "ink" if mark.number else "mute"


def _entries(canvas: Canvas, view: TimelineView) -> list[legend.Entry]:
    prose = texts()["pictures"]["timeline"]
    entries = [legend.Entry(klass.label, _key(klass.id), klass.count, klass.id) for klass in view.classes]
    return [*entries, legend.Entry(prose["lasted"], _lasted), legend.Entry(prose["no_end"], _no_end)]


def _key(identity: str) -> Callable[[Canvas, Box], None]:
    def draw_key(canvas: Canvas, box: Box) -> None:
        rung = int(identity.removeprefix("rung-")) if identity.startswith("rung-") else 0
        name = SHAPES[rung] if rung else OTHER if identity == "other" else UNCOUNTED
        colour = canvas.colour(f"k-{identity}", LADDER[rung]) if rung else "mute"
        side = min(box.width, box.height)
        shapes.mark(
            canvas,
            name,
            box.x + box.width / 2,
            box.y + box.height / 2,
            side * 0.45 * SIZES.get(name, SIZE) / SIZE,
            colour,
        )

    return draw_key


def _lasted(canvas: Canvas, box: Box) -> None:
    middle = box.y + box.height / 2
    canvas.line(box.x, middle, box.right, middle, canvas.colour("k-rung-4", LADDER[4]), 3)


def _no_end(canvas: Canvas, box: Box) -> None:
    middle = box.y + box.height / 2
    canvas.line(box.x, middle, box.right, middle, canvas.colour("k-rung-4", LADDER[4]), 1.4, "1.5 2.5")
