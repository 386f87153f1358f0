"""Ranges of enforcement strength as a native chart: a dot is the score, a line holds 90% of the draws of codes, a
stroke is their median.

Who has too little assessed for a score has its bounds as a dotted line and no dot: bounds are no score, and no zero.
"""

from collections.abc import Callable, Sequence
from typing import Any

from atlas.charts.strength.view import Range, RangesView
from atlas.draw import fonts
from atlas.draw import slide_legend as keys
from atlas.draw.deck import Deck
from atlas.draw.drawingml import MUTE, Run, Stage, line, paragraph, solid
from atlas.draw.fit_text import cut
from atlas.draw.marks import Box
from atlas.draw.native_chart import Axis, Series, Sheet, Worked, scatter
from atlas.draw.palette import ACCENT, DOTS, LADDER, SPAN
from atlas.words import texts
from atlas.words.strength import unread_words

# The page's line (`--ra-mark` in atlas/assets/app.css).
MARK = SPAN.light
LEAST_PITCH, MOST_PITCH, NAME = 16.0, 24.0, 11.0
AXIS_ROOM, NUMBER_ROOM, LONGEST_NAMES = 20.0, 66.0, 190.0
# Diameter of a dot in points; half the height of a median's stroke in rows.
DOT, TICK = 8, 0.3


def draw(deck: Deck) -> None:
    """As many slides as its rows need to be legible: none is left out, and all have one scale."""
    view, box = deck.view, deck.body()
    assert isinstance(view, RangesView)
    entries = _keys(view)
    room = box.height - keys.flow_height(entries, box.width) - 6 - AXIS_ROOM
    # None stands for the line that parts who has no score from the rest.
    scored = tuple(row for row in view.rows if row.strength.whole.point is not None)
    items = (*scored, *((None,) if len(scored) < len(view.rows) else ()), *view.rows[len(scored) :])
    parts = deck.chunk(items, int(room // LEAST_PITCH))
    pitch = min(MOST_PITCH, room / max(1, *map(len, parts)))
    more = (*view.notes, *unread_words(view.unread), texts()["slides"]["ranges"]["edit"])
    for number, part in enumerate(parts, start=1):
        stage = deck.slide(number, len(parts), more=more)
        if not part:
            stage.text(texts()["slides"]["nothing"], box, [paragraph([Run(texts()["strength"]["empty"], 14)])])
            continue
        top = keys.flow(stage, entries, texts()["slides"]["map"]["legend"], box.x, box.y, box.width) + 6
        _chart(stage, view, part, Box(box.x, top, box.width, AXIS_ROOM + pitch * len(part)))


def _chart(stage: Stage, view: RangesView, rows: tuple[Range | None, ...], box: Box) -> None:
    prose = texts()["slides"]["ranges"]
    longest = max((fonts.width(row.name, NAME) for row in rows if row), default=0)
    names = min(longest + 14, LONGEST_NAMES)
    plot = Box(box.x + names, box.y + AXIS_ROOM, box.width - names - NUMBER_ROOM, box.height - AXIS_ROOM)
    sheet = Sheet()
    table = _table(sheet, rows)
    who = {at: cut(row.name, NAME, names - 12) for at, row in enumerate(rows) if row}
    parted = {at: texts()["strength"]["not_enough"] for at, row in enumerate(rows) if row is None}
    everyone = sheet.add(prose["row"], range(1, len(rows) + 1))
    left, right = (sheet.add(prose[edge], [value] * len(rows)) for edge, value in (("left", 0.0), ("right", 100.0)))
    lines = [
        _spans(sheet, table, "bounds", rows, ("lowest", "highest"), line(DOTS.light, 2, "sysDot")),
        _spans(sheet, table, "range", rows, ("low", "high"), line(MARK, 2.25)),
    ]
    # LibreOffice forgets what it has read once a longer series follows: the longest comes first.
    lines.sort(key=lambda one: -len(sheet.columns[one.x]))
    series = [
        *lines,
        _ticks(sheet, table, rows),
        _dots(sheet, table, "later", rows, solid(LADDER[2].light), line(ACCENT.light, 1.25)),
        _dots(sheet, table, "score", rows, solid(ACCENT.light), line("")),
        Series(left, everyone, labels=who, side="l", text=NAME),
        Series(left, everyone, labels=parted, ink=MUTE),
        # An en space keeps the number off a dot that stands at 100.
        Series(right, everyone, labels={at: f"\u2002{_number(row)}" for at, row in enumerate(rows) if row}, ink=MUTE),
    ]
    scatter(
        stage,
        prose["name"],
        view.alt,
        box,
        plot,
        sheet,
        series,
        Axis(0, 100, 25, grid=True),
        Axis(0.5, len(rows) + 0.5, 1, shown=False, down=True),
    )


def _table(sheet: Sheet, rows: tuple[Range | None, ...]) -> dict[str, int]:
    """The view's numbers, one row a regime, for people; the series below are worked out from it."""
    wholes = [row.strength.whole if row else None for row in rows]
    scored = [row if row and row.strength.whole.point is not None else None for row in rows]
    bounded = [whole if whole and whole.point is None else None for whole in wholes]
    found: dict[str, list] = {
        "names": [row.name if row else None for row in rows],
        "low": [row.low if row else None for row in rows],
        "median": [row.median if row else None for row in rows],
        "high": [row.high if row else None for row in rows],
        "score": [whole.point if whole else None for whole in wholes],
        "later": [row.strength.outlined if row else None for row in scored],
        "lowest": [whole.low if whole else None for whole in bounded],
        "highest": [whole.high if whole else None for whole in bounded],
    }
    prose = texts()["slides"]["ranges"]
    return {name: sheet.add(prose[name], cells) for name, cells in found.items()}


def _filled(sheet: Sheet, column: int, rows: tuple) -> list[int]:
    return [at for at in range(len(rows)) if sheet.value(column, at) is not None]


def _series(sheet: Sheet, name: str, points: Sequence[tuple[Worked, float | None]], **drawn: Any) -> Series:
    prose = texts()["slides"]["ranges"]
    x = sheet.add(prose["drawn"].format(name=prose[name]), [x for x, _ in points])
    return Series(x, sheet.add(prose["drawn_row"].format(name=prose[name]), [y for _, y in points]), **drawn)


def _spans(sheet: Sheet, table: dict[str, int], name: str, rows: tuple, ends: tuple[str, str], path: str) -> Series:
    """A line from one column to another in each row, with a gap after it."""
    low, high = (table[end] for end in ends)
    points = [
        point
        for at in _filled(sheet, low, rows)
        for point in ((sheet.same(low, at), at + 1.0), (sheet.same(high, at), at + 1.0), (sheet.same(high, at), None))
    ]
    return _series(sheet, name, points, path=path)


def _ticks(sheet: Sheet, table: dict[str, int], rows: tuple) -> Series:
    median = table["median"]
    points = [
        (sheet.same(median, at), y) for at in _filled(sheet, median, rows) for y in (at + 1 - TICK, at + 1 + TICK, None)
    ]
    return _series(sheet, "median", points, path=line(ACCENT.light, 1.75))


def _dots(sheet: Sheet, table: dict[str, int], name: str, rows: tuple, fill: str, edge: str) -> Series:
    points = [(sheet.same(table[name], at), at + 1.0) for at in _filled(sheet, table[name], rows)]
    return _series(sheet, name, points, marker="circle", size=DOT, fill=fill, edge=edge)


def _number(row: Range) -> str:
    whole = row.strength.whole
    if whole.point is not None:
        return f"{whole.point:.0f}"
    return texts()["slides"]["ranges"]["bounds_words"].format(low=f"{whole.low:.0f}", high=f"{whole.high:.0f}")


def _keys(view: RangesView) -> list[keys.Key]:
    prose = texts()["strength"]["legend"]
    found = [keys.Key(prose["point"], _dot(ACCENT.light, ""))]
    if view.built:
        found += [keys.Key(prose["range"], _stroke(line(MARK, 2.25)), width=22), keys.Key(prose["median"], _median)]
    if any(row.strength.outlined is not None for row in view.rows):
        found.append(keys.Key(prose["outline"], _dot(LADDER[2].light, ACCENT.light)))
    if any(row.strength.whole.point is None for row in view.rows):
        found.append(keys.Key(prose["bounds"], _stroke(line(DOTS.light, 2, "sysDot")), width=22))
    return found


def _dot(fill: str, edge: str) -> Callable[[Stage, Box], None]:
    def put(stage: Stage, box: Box) -> None:
        stage.shape(
            texts()["slides"]["key"], Box(box.x + 2, box.y + 2, DOT, DOT), "ellipse", solid(fill), line(edge, 1.25)
        )

    return put


def _stroke(drawn: str) -> Callable[[Stage, Box], None]:
    def put(stage: Stage, box: Box) -> None:
        middle = box.y + box.height / 2
        stage.stroke(texts()["slides"]["key"], (box.x, middle), (box.right, middle), drawn)

    return put


def _median(stage: Stage, box: Box) -> None:
    stage.stroke(
        texts()["slides"]["key"],
        (box.x + box.width / 2, box.y + 1),
        (box.x + box.width / 2, box.bottom - 1),
        line(ACCENT.light, 1.75),
    )
