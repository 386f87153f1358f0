"""The height that a frame is told before its page is drawn: from the chart's own rows and words, and the frame's width.

The numbers are those of `embed.css` and the sheets of the charts; `tests/test_embed_heights.py` holds them to what
Chromium draws, for every chart, in many widths.
"""

from collections.abc import Callable
from math import ceil
from typing import Any

from atlas.charts.clock.view import ClockView
from atlas.charts.compare.view import Comparison
from atlas.charts.strength.view import RangesView
from atlas.charts.view import View
from atlas.draw import fonts
from atlas.law.strength import groups
from atlas.publish.caption import notices
from atlas.publish.chart_request import Asked
from atlas.publish.citation import HOLDER
from atlas.publish.embeds.figures import DRAWN, MAP_WIDTH, map_legend, roomy
from atlas.publish.embeds.flow import LINE, SMALL, SMALLER, lines, list_height, paragraphs, text_width
from atlas.publish.embeds.table_heights import compare_height
from atlas.publish.picture import drawing
from atlas.words import texts
from atlas.words.strength import unread_words

NARROW, MIDDLE, WITH_COLUMN, WIDEST = 480, 860, 1000, 1600
_MOST = {"slim": 480, "mid": 860, "wide": 1240}
# What a browser may round up, and a word that breaks where ours does not.
SHARE, MORE = 1.02, 24
USUAL_WIDTH = 800


def frame_height(asked: Asked, width: int = USUAL_WIDTH, frozen: bool = False) -> int:
    """Pixels that the page of a chart needs in a frame.

    Args:
        asked: the chart and its options.
        width: of the frame, in pixels.
        frozen: whether its foot says that it is a frozen copy.
    """
    view = asked.view()
    narrow = width < NARROW
    body, side = (14.5, 12) if narrow else (15.0, 16)
    room = min(width, WIDEST) - 2 * side
    title = 20.0 if narrow else 23.0
    high = (22 if narrow else 26) + lines(view.title, title, min(room, 38 * title), fonts.STRONG) * title * 1.2 + 4
    high += lines(view.deck, body, min(room, 60 * body)) * body * LINE + 12
    if asked.notices:
        high += paragraphs(asked.notices, body, min(room, 60 * body) - 15, 2) + 18
    high += _CHARTS.get(view.slug, _drawn)(asked, view, width, room, body)
    return ceil((high + _foot(asked, view, room, frozen)) * SHARE + MORE)


def _foot(asked: Asked, view: View, room: float, frozen: bool) -> float:
    prose, package = texts()["embed"], asked.atlas.package
    notes = (*view.notes, *unread_words(view.unread)) if isinstance(view, RangesView) else ()
    said = [*notes, *notices(view)]
    high = 20 + paragraphs(said, SMALL, room, 3)
    if not isinstance(view, Comparison):
        high += SMALL * LINE
    if view.hover and not (isinstance(view, RangesView) and not view.rows) and not isinstance(view, Comparison):
        high += SMALL * LINE + 6
    licence = package.descriptor["licenses"][0]["name"]
    source = f"{prose['source']} {HOLDER} ({package.released[:4]}), data {package.version}. {licence}"
    parts = [source, *([f"{prose['frozen']} {prose['home']}"] if frozen else []), prose["open"]]
    return high + list_height((text_width(part, SMALL) for part in parts), room, (8, 18), SMALL * LINE) + 3


def _map(asked: Asked, view: View, width: int, room: float, body: float) -> float:
    drawn = drawing(asked.atlas, view, MAP_WIDTH, keys=False)
    share, labels = drawn.height / drawn.width, map_legend(view, drawn)
    line = 14 * LINE
    if width >= WITH_COLUMN:
        return max((room - 262) * share, sum(lines(label, 14, 230 - 21) * line + 4 for label in labels))
    gaps = (3, 16) if width < NARROW else (4, 18)
    widths = (text_width(label, 14) + 21 for label in labels)
    return room * share + 10 + list_height(widths, room, gaps, line)


def _drawn(asked: Asked, view: View, width: int, room: float, body: float) -> float:
    kind = "slim" if width < NARROW else "mid" if width < MIDDLE else "wide"
    _, across, sizes = next(one for one in DRAWN if one[0] == kind)
    keys = not (kind == "slim" and isinstance(view, ClockView))
    drawn = drawing(asked.atlas, view, across, kinds=roomy(sizes), keys=keys)
    return drawn.height / drawn.width * min(room, _MOST[kind])


def _clock(asked: Asked, view: ClockView, width: int, room: float, body: float) -> float:
    high = _drawn(asked, view, width, room, body)
    if width >= NARROW:
        return high
    columns = max(1, int((room + SMALL) // (170 + SMALL)))
    column = (room - SMALL * (columns - 1)) / columns
    count = sum(max(1, lines(curve.label, SMALL, column - 34)) for curve in view.curves)
    return high + 6 + ceil(count / columns) * SMALL * LINE


def _ranges(asked: Asked, view: RangesView, width: int, room: float, body: float) -> float:
    prose = texts()["strength"]
    wide, middle = width > 1200, width > 980
    legend = [("point", 10), *([("range", 22), ("median", 3)] if view.built else []), ("outline", 10), ("bounds", 22)]
    legend += [("hatch", 22)] if middle else []
    marks = (icon + 8 + text_width(prose["legend"][name], SMALL) for name, icon in legend)
    high = list_height(marks, room, (3, 20), SMALL * LINE) + 10
    if not view.rows:
        return high + lines(prose["empty"], body, room) * body * LINE + 2 * body
    name = room * (0.16 if wide else 0.2 if middle else 0.3 if width > 560 else 0.36) - 14
    group, line, small = room * 0.07 - 14, 14 * 1.35, SMALL * 1.35
    kind = room * (1 - 0.16 - 0.3 - 0.28) - 66 - 64 - 14 - 16
    axis = room * (0.3 if wide else 0.4 if middle else 0.34) - 14
    heads = [lines(prose["columns"]["range"], SMALL, axis) * small + 15]
    heads += [_unbroken(view.labels[one], SMALL, group) * small for one in (*groups(), "soft")] if middle else []
    heads += [lines(prose["columns"]["type"], SMALL, kind) * small] if wide else []
    high += max(heads) + 4
    parted = any(row.strength.whole.point is None for row in view.rows)
    high += lines(prose["not_enough"], SMALL, name + axis + 80) * small + 19 if parted else 0
    folded = texts()["embed"]["folded"]
    for row in view.rows:
        said = f"{row.name} {folded.format(count=len(row.folded))}" if row.folded else row.name
        cells = [lines(said, 14 if not row.folded else SMALLER + 0.6, name)]
        if middle and any(part.coverage == 0 for part in (*row.strength.groups.values(), row.strength.soft)):
            cells.append(_unbroken(prose["states"]["unread"], 12, group))
        cells += [lines(row.type_label, SMALL, kind)] if wide else []
        high += max(20, max(cells) * line) + 5
    return high


def _unbroken(text: str, size: float, room: float) -> int:
    """Lines of a text whose words are never broken."""
    return min(lines(text, size, room), len(fonts.words(text)))


def _compare(asked: Asked, view: Comparison, width: int, room: float, body: float) -> float:
    return compare_height(view, width, room, body)


# Charts whose embed is more than their drawing, as in `figures`.
_CHARTS: dict[str, Callable[[Asked, Any, int, float, float], float]] = {
    "map": _map,
    "clock": _clock,
    "compare": _compare,
    "strength": _ranges,
}
