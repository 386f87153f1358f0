"""Ranges of enforcement strength as SVG: one row a regime, in one column or two.

Where not every row fits, those with the least assessed are left to the table, and their number is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from atlas.charts.strength.view import Range, RangesView
from atlas.draw import legend
from atlas.draw.marks import Box
from atlas.draw.scene import Scene
from atlas.tables.atlas import Atlas
from atlas.words import texts

ROW, LEAST_ROW = 1.9, 1.36  # of small text
TWO_FROM = 56  # sizes of small text: so wide a chart may have two columns
TICKS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class _Track:
    """Points of strength to pixels, and the row's height."""

    x: float
    width: float
    pitch: float

    def at(self, points: float) -> float:
        return self.x + self.width * points / 100


def draw(scene: Scene, atlas: Atlas, view: RangesView, box: Box, keys: bool = True) -> float:
    """Ranges, bounds and legend in a box; returns the bottom of what was drawn."""
    small = scene.type.small
    entries = _entries(view) if keys else []
    y = legend.flow(scene, entries, box.x, box.y, box.width, 3, 1.6) + (0.4 * small if keys else 0)
    head, foot = 2.2 * small, 1.6 * small
    room = box.bottom - y - head - foot
    items = _items(view.rows)
    free = box.height == float("inf")
    columns = 2 if not free and box.width >= TWO_FROM * small and len(items) * ROW * small > room else 1
    fits = len(items) if free else int(room // (LEAST_ROW * small)) * columns
    left_out = 0
    if len(items) > fits:
        kept = _kept(view.rows, max(fits - 1, 1))
        left_out, items = len(view.rows) - len(kept), _items(kept)
    per_column = -(-len(items) // columns)
    pitch = ROW * small if free else min(max(room / max(per_column, 1), LEAST_ROW * small), ROW * small)
    gap = 2.6 * small
    wide = (box.width - gap * (columns - 1)) / columns
    for column in range(columns):
        part = items[column * per_column : (column + 1) * per_column]
        if part:
            _column(
                scene, view, part, Box(box.x + (wide + gap) * column, y, wide, head + pitch * per_column), head, pitch
            )
    bottom = y + head + pitch * per_column
    said = _note(view, left_out)
    for line in scene.wrap(said, 3, box.width):
        bottom += 1.4 * small
        scene.text(box.x, bottom, line, 3, "mute")
    return bottom + 0.3 * small


def _items(rows: Iterable[Range]) -> list[Range | None]:
    """The rows, with None where those begin that have bounds alone."""
    scored: list[Range | None] = [row for row in rows if row.strength.whole.point is not None]
    others = [row for row in rows if row.strength.whole.point is None]
    return [*scored, None, *others] if others else scored


def _kept(rows: tuple[Range, ...], most: int) -> tuple[Range, ...]:
    """At most so many rows: those with a score, then those with most assessed, in the order of the view."""
    order = sorted(rows, key=lambda row: (row.strength.whole.point is None, -row.strength.whole.coverage, row.name))
    chosen = {row.place for row in order[:most]}
    return tuple(row for row in rows if row.place in chosen)


def _note(view: RangesView, left_out: int) -> str:
    prose = texts()["pictures"]["strength"]
    parts = [] if view.rows else [texts()["strength"]["empty"]]
    if left_out:
        parts.append(prose["row" if left_out == 1 else "rows"].format(count=left_out))
    if view.unread:
        parts.append(prose["unread_one" if view.unread == 1 else "unread"].format(count=view.unread))
    return " ".join(parts)


def _column(scene: Scene, view: RangesView, items: list[Range | None], box: Box, head: float, pitch: float) -> None:
    small = scene.type.small
    names = [row.name for row in items if row]
    gutter = min(max((scene.width(name, 3) for name in names), default=0) + small, 0.45 * box.width)
    numbers = scene.width("100 to 100", 3) + small
    track = _Track(box.x + gutter, box.width - gutter - numbers, pitch)
    top = box.y + head
    for index, points in enumerate(TICKS):
        x = track.at(points)
        scene.text(x, box.y + 1.3 * small, str(points), 3, "mute", anchor="middle")
        scene.line(x, box.y + 1.7 * small, x, top + pitch * len(items), "coast" if index in (0, 2, 4) else "rule", 0.6)
    for index, row in enumerate(items):
        middle = top + pitch * (index + 0.5)
        if row is None:
            _divide(scene, box, middle)
            continue
        scene.text(box.x, middle + 0.34 * small, scene.cut(row.name, 3, gutter - 0.5 * small), 3)
        with scene.group(
            row.place, view.hover[row.place], "scored" if row.strength.whole.point is not None else "bounds"
        ):
            _range(scene, row, track, middle)
        scene.text(box.right, middle + 0.34 * small, _number(row), 3, "mute", anchor="end")


def _divide(scene: Scene, box: Box, middle: float) -> None:
    """The line between what has an order and what has none, in words, on paper so that no rule runs through it."""
    small = scene.type.small
    said = scene.cut(texts()["pictures"]["strength"]["bounds"], 3, box.width)
    scene.rect(box.x, middle - 0.65 * small, scene.width(said, 3) + 0.5 * small, 1.3 * small, fill="paper")
    scene.text(box.x, middle + 0.34 * small, said, 3, "mute")


def _number(row: Range) -> str:
    whole = row.strength.whole
    return f"{whole.low:.0f} to {whole.high:.0f}" if whole.point is None else f"{whole.point:.0f}"


def _range(scene: Scene, row: Range, track: _Track, y: float) -> None:
    whole, radius = row.strength.whole, min(track.pitch * 0.24, scene.type.small * 0.36)
    if whole.point is None:
        scene.line(track.at(whole.low), y, track.at(whole.high), y, "dots", 1.8, "1.8 2.6")
        return
    if row.median is not None and row.low is not None and row.high is not None:
        scene.line(track.at(row.low), y, track.at(row.high), y, "span", 2)
        scene.line(track.at(row.median), y - radius * 1.5, track.at(row.median), y + radius * 1.5, "accent", 1.6)
    if row.strength.outlined is not None:
        scene.circle(track.at(row.strength.outlined), y, radius, stroke="accent", weight=1.4)
    scene.circle(track.at(whole.point), y, radius, fill="accent")


def _entries(view: RangesView) -> list[legend.Entry]:
    prose = texts()["strength"]["legend"]

    def point(scene: Scene, box: Box) -> None:
        scene.circle(box.x + box.width / 2, box.y + box.height / 2, box.height * 0.42, fill="accent")

    def line(scene: Scene, box: Box) -> None:
        scene.line(box.x, box.y + box.height / 2, box.right, box.y + box.height / 2, "span", 2)

    def median(scene: Scene, box: Box) -> None:
        scene.line(box.x + box.width / 2, box.y, box.x + box.width / 2, box.bottom, "accent", 1.6)

    def outline(scene: Scene, box: Box) -> None:
        scene.circle(box.x + box.width / 2, box.y + box.height / 2, box.height * 0.42, stroke="accent", weight=1.4)

    def bounds(scene: Scene, box: Box) -> None:
        scene.line(box.x, box.y + box.height / 2, box.right, box.y + box.height / 2, "dots", 1.8, "1.8 2.6")

    scored = [row for row in view.rows if row.strength.whole.point is not None]
    wanted = {
        "point": (point, bool(scored)),
        "range": (line, any(row.low is not None for row in scored)),
        "median": (median, any(row.low is not None for row in scored)),
        "outline": (outline, any(row.strength.outlined is not None for row in scored)),
        "bounds": (bounds, len(scored) < len(view.rows)),
    }
    return [legend.Entry(prose[name], draw_key) for name, (draw_key, used) in wanted.items() if used]
