"""How high the comparison becomes in a frame: its sentences, its key, and a row a power."""

from atlas.charts.compare.cells import MatrixCell
from atlas.charts.compare.view import Comparison
from atlas.draw import fonts
from atlas.publish.comparison import receipts as comparing
from atlas.publish.comparison.page import grouped
from atlas.publish.embeds.flow import LINE, SMALL, lines, list_height, text_width

BRIEF = 560
_COLUMN = {2: 56, 3: 48, 4: 42}


def compare_height(view: Comparison, width: int, room: float, body: float) -> float:
    """Pixels of the comparison under its title: `width` of the frame, `room` between its margins, `body` of its
    text.
    """
    brief = width <= BRIEF
    high = _places(view, room, body, brief) + _pairs(view, room, body, brief)
    key = (20 + text_width(f"{label} {about}", SMALL) for _, label, about in comparing.states(view))
    high += list_height(key, room, (3, 20), SMALL * LINE) + 8
    return high + (_brief(view, room, body) if brief else _table(view, room, body))


def _places(view: Comparison, room: float, body: float, brief: bool) -> float:
    across = min(max(1, int((room + 28) // 288)), len(view.columns))
    column = (room - 28 * (across - 1)) / across
    code = "WWWW " if brief else ""
    found = [lines(code + one.sentence, body, column) * body * LINE for one in view.columns]
    rows = [max(found[start : start + across]) for start in range(0, len(found), across)]
    return sum(rows) + 8 * (len(rows) - 1) + 10


def _pairs(view: Comparison, room: float, body: float, brief: bool) -> float:
    if brief and len(view.pairs) > 1:
        return body * LINE + 12
    most = min(room, 64 * body) - 15
    return sum(lines(pair.sentence, body, most) * body * LINE + 4 for pair in view.pairs) + 16


def _brief(view: Comparison, room: float, body: float) -> float:
    label = room - len(view.columns) * _COLUMN[len(view.columns)]
    high = SMALL * LINE + 4
    for _, rows in grouped(view.rows):
        high += 16 + SMALL * LINE
        high += sum(lines(f"W {row.label}", body, label) * body * LINE + 17 for row in rows)
    return high


def _table(view: Comparison, room: float, body: float) -> float:
    label, column = room * 0.19 - 16, room * 0.81 / len(view.columns) - 16
    high = max(lines(one.name, 17, column, fonts.STRONG) for one in view.columns) * 17 * LINE + 11
    mixed = {
        one.id for position, one in enumerate(view.columns) if any(row.cells[position].inherited for row in view.rows)
    }
    for group, rows in grouped(view.rows):
        high += lines(group, SMALL, room) * SMALL * LINE + 18
        for row in rows:
            cells = [
                _cell(cell, column, body, view.columns[position].id in mixed) for position, cell in enumerate(row.cells)
            ]
            high += max(lines(row.label, body, label) * body * LINE, *cells) + 15
    return high


def _cell(cell: MatrixCell, column: float, body: float, mixed: bool) -> float:
    """One cell: the state with its glyph, the law and its provision, what comes later."""
    words = lines(f"WW {cell.words}", body, column) * body * LINE
    if not cell.short_name:
        return words
    law = ", ".join(part for part in (cell.short_name, cell.provision) if part)
    by = lines(f"{law} {cell.origin}" if mixed else law, 13.5, column - 20) * 13.5 * LINE
    return words + by + (lines(cell.later, SMALL, column - 20) * 13.5 * LINE if cell.later else 0)
