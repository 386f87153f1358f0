"""The timeline as SVG: the lanes, marks and bars of the page's figure.

Where the picture is not high enough for every lane it keeps those with the strongest acts, then the first, in the
order of the view, and says how many are left to the table.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from atlas.charts.timeline.lanes import OTHER, SHAPES, SIZE, SIZES, UNCOUNTED, levels, name_lines, shape, spots
from atlas.charts.timeline.marks import JOINT, Bar, Mark
from atlas.charts.timeline.view import TimelineView
from atlas.draw import legend
from atlas.draw.marks import Box
from atlas.draw.palette import LADDER, LADDER_LINES
from atlas.draw.scene import Scene
from atlas.tables.atlas import Atlas
from atlas.tables.dates import days_between
from atlas.words import texts

# Heights of a lane in sizes of small text: as it should be, and the least that keeps names apart.
ROW, LEAST_ROW = 1.75, 1.22
HEAD, NOTE = 2.1, 1.9  # the axis above, a note below, likewise
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


def draw(
    scene: Scene,
    atlas: Atlas,
    view: TimelineView,
    box: Box,
    keys: bool = True,
    lanes: Sequence[tuple[str, str]] | None = None,
) -> float:
    """Lanes, marks, bars and legend in a box; returns the bottom of what was drawn.

    Args:
        scene: gets the marks.
        atlas: the data behind the view.
        view: the timeline.
        box: room.
        keys: whether the legend is drawn.
        lanes: the lanes to draw, as (id, label); None for as many as fit, the others left to the table.
    """
    small = scene.type.small
    entries = _entries(view) if keys else []
    room = _Room(scene, entries, box)
    wide = box.width - room.side
    context, others = _chosen(view, lanes, room.rows(LEAST_ROW))
    rows = len(context) + (0.5 if context else 0) + len(others)
    pitch = ROW * small if room.free else min(max(room.height / max(rows, 1), LEAST_ROW * small), ROW * small)
    below = len(context) + (0.5 if context else 0)
    row_of = {name: -index for index, (name, _) in enumerate(context)} | {
        name: -index - below for index, (name, _) in enumerate(others)
    }
    shown = [*context, *others]
    gutter = min(max((scene.width(label, 3) for _, label in shown), default=0) + 0.8 * small, 0.45 * wide)
    axis = _Axis(Box(box.x + gutter, box.y + HEAD * small, wide - gutter, pitch * rows), *view.span, pitch)
    _ground(scene, view, axis, row_of, shown, box.x, gutter)
    _bars(scene, view, axis, row_of)
    _marks(scene, view, axis, row_of)
    bottom = axis.box.bottom
    left_out = len(view.lanes) - len(others) if lanes is None else 0
    for line in _notes(view, axis, left_out, row_of) if lanes is None else ():
        for part in scene.wrap(line, 3, wide):
            scene.text(box.x, bottom + 1.5 * small, part, 3, "mute")
            bottom += 1.45 * small
    if room.side:
        legend.column(scene, entries, box.x + wide + 2.2 * small, box.y + HEAD * small, 3, KEY)
    elif keys:
        bottom = legend.flow(scene, entries, box.x, bottom + small, box.width, 3, KEY)
    return bottom


class _Room:
    """What the legend, the axis and a note leave of a box.

    Attributes:
        free: the height follows what is drawn.
        side: width that the legend takes at the right; 0 where it stands below.
        height: room for lanes.
    """

    def __init__(self, scene: Scene, entries: list[legend.Entry], box: Box):
        self._small = scene.type.small
        self.free = box.height == float("inf")
        beside = bool(entries) and not self.free and box.width > BESIDE * box.height
        self.side = legend.column_width(scene, entries, 3, KEY) + 2.2 * self._small if beside else 0
        below = legend.flow_height(scene, entries, box.width, 3, KEY) + self._small if entries and not beside else 0
        self.height = box.height - HEAD * self._small - below - NOTE * self._small

    def rows(self, least: float) -> tuple[int, int]:
        """How many lanes of so many sizes of small text fit if there is no note, and if there is one."""
        if self.free:
            return 10**6, 10**6
        pitch = least * self._small
        return int((self.height + NOTE * self._small) // pitch), int(self.height / pitch - 0.5)


def rows_at(scene: Scene, view: TimelineView, box: Box, least: float) -> int:
    """How many lanes of at least so many sizes of small text a box holds beside its legend."""
    return max(_Room(scene, _entries(view), box).rows(least)[0] - 1, 1)


def _chosen(
    view: TimelineView, lanes: Sequence[tuple[str, str]] | None, fits: tuple[int, int]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Lanes of the companies and others, and lanes of places: those asked for, else as many as fit."""
    if lanes is not None:
        return [one for one in lanes if one in view.context_lanes], [one for one in lanes if one in view.lanes]
    context, others = list(view.context_lanes), list(view.lanes)
    if len(context) + 0.5 + len(others) > fits[0]:
        others = kept(view, max(fits[1] - len(context), 1))
    return context, others


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
    scene: Scene, view: TimelineView, axis: _Axis, row_of: dict, lanes: list, left: float, gutter: float
) -> None:
    small, box = scene.type.small, axis.box
    end = left
    for day, label in _ticks(*view.span):
        x = axis.x(day)
        scene.line(x, box.y, x, box.bottom)
        wide = scene.width(label, 3)
        if x - wide / 2 > end and x + wide / 2 < box.right:
            scene.text(x, box.y - 0.6 * small, label, 3, "mute", anchor="middle")
            end = x + wide / 2 + 0.8 * small
    for name, label in lanes:
        y = axis.y(row_of[name])
        scene.line(left, y - axis.pitch / 2, box.right, y - axis.pitch / 2, weight=0.6)
        colour = "mute" if any(name == lane for lane, _ in view.context_lanes) else "ink"
        for line, words in name_lines(scene, label, gutter - 0.5 * small, axis.pitch):
            scene.text(left, y + (0.34 + line) * small, words, 3, colour)
    scene.line(left, box.bottom, box.right, box.bottom, weight=0.6)
    for mark in view.events:
        if mark.number and axis.holds(mark.day):
            scene.line(axis.x(mark.day), box.y, axis.x(mark.day), box.bottom, "dots", 0.8, "1.5 3")
    if view.starts and axis.holds(view.starts):
        scene.line(axis.x(view.starts), box.y, axis.x(view.starts), box.bottom, "mute")
    if axis.holds(view.as_of):
        scene.line(axis.x(view.as_of), box.y, axis.x(view.as_of), box.bottom, "accent", 1.5)


def _bars(scene: Scene, view: TimelineView, axis: _Axis, row_of: dict) -> None:
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
        colour = scene.colour(f"line-{bar.rung}", LADDER_LINES[bar.rung])
        with scene.group(bar.id, bar.text):
            if known > start:
                scene.line(start, y, known, y, colour, max(axis.pitch * 0.16, 2))
            if end > known:
                scene.line(known, y, end, y, colour, 1.2, "1.5 2.5")
            _end(scene, bar, axis, end, y, colour)


def _end(scene: Scene, bar: Bar, axis: _Axis, x: float, y: float, colour: str) -> None:
    """An end is a stroke; none, or one beyond the edge, an arrow."""
    reach = axis.pitch * 0.16
    if bar.open or not axis.holds(bar.end):
        scene.path(
            f"M{x - reach:.1f} {y - reach:.1f}l{reach:.1f} {reach:.1f}l{-reach:.1f} {reach:.1f}",
            stroke=colour,
            weight=1.2,
        )
    else:
        scene.line(x, y - reach, x, y + reach, colour, 1.2)


def _marks(scene: Scene, view: TimelineView, axis: _Axis, row_of: dict) -> None:
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
        with scene.group(mark.id, mark.text, role=_class(mark)):
            for lane in mark.also:
                if lane in row_of:
                    scene.line(x, y, x, axis.y(row_of[lane]), "dots", 0.8)
                    scene.line(x - 3, axis.y(row_of[lane]), x + 3, axis.y(row_of[lane]), "dots", 1.2)
            if mark.earliest < mark.day:
                scene.line(max(axis.x(mark.earliest), axis.box.x), y, x, y, "dots", 0.6)
            scene.symbol(name, x, y, radius, _colour(scene, mark))


def _class(mark: Mark) -> str:
    """Class of the legend; what companies and others did is of none."""
    if mark.id.startswith("event-"):
        return "context"
    return f"rung-{mark.rung}" if mark.rung else "other" if mark.counts else "uncounted"


def _colour(scene: Scene, mark: Mark) -> str:
    return scene.colour(f"k-rung-{mark.rung}", LADDER[mark.rung]) if mark.rung else "ink" if mark.number else "mute"


def _entries(view: TimelineView) -> list[legend.Entry]:
    prose = texts()["pictures"]["timeline"]
    entries = [legend.Entry(klass.label, _key(klass.id), klass.count, klass.id) for klass in view.classes]
    return [*entries, legend.Entry(prose["lasted"], _lasted), legend.Entry(prose["no_end"], _no_end)]


def _key(identity: str) -> Callable[[Scene, Box], None]:
    def draw_key(scene: Scene, box: Box) -> None:
        rung = int(identity.removeprefix("rung-")) if identity.startswith("rung-") else 0
        name = SHAPES[rung] if rung else OTHER if identity == "other" else UNCOUNTED
        colour = scene.colour(f"k-{identity}", LADDER[rung]) if rung else "mute"
        side = min(box.width, box.height)
        scene.symbol(
            name, box.x + box.width / 2, box.y + box.height / 2, side * 0.45 * SIZES.get(name, SIZE) / SIZE, colour
        )

    return draw_key


def _lasted(scene: Scene, box: Box) -> None:
    middle = box.y + box.height / 2
    scene.line(box.x, middle, box.right, middle, scene.colour("line-4", LADDER_LINES[4]), 3)


def _no_end(scene: Scene, box: Box) -> None:
    middle = box.y + box.height / 2
    scene.line(box.x, middle, box.right, middle, scene.colour("line-4", LADDER_LINES[4]), 1.4, "1.5 2.5")
