"""Powers held against powers used as a native scatter chart, with its corners named."""

from collections.abc import Callable

from atlas.charts.powers_response.view import BANDS, UNSEARCHED, Dot, ScatterView, band_words
from atlas.draw import fonts
from atlas.draw import slide_legend as keys
from atlas.draw.deck import Deck
from atlas.draw.drawingml import MUTE, Stage, line, solid
from atlas.draw.marks import Box
from atlas.draw.native_chart import TEXT, Axis, Series, Sheet, scatter
from atlas.draw.palette import ACCENT, COAST, DOTS, LADDER, PAPER, RULE
from atlas.tables.method import get_method
from atlas.words import texts
from atlas.words.strength import unread_words

RUNG_ROOM, EDGE_ROOM, AXIS_ROOM = 128.0, 46.0, 34.0
# In lanes: the strip that holds the names of two corners, and the room around the lanes of a band.
STRIP, PAD = 2.6, 1.4
DOT, LEAST_DOT, NAME, NAME_HEIGHT = 8, 5, 10.0, 11.0


def draw(deck: Deck) -> None:
    """One slide."""
    atlas, view, box = deck.atlas, deck.view, deck.body()
    assert isinstance(view, ScatterView)
    prose = texts()["slides"]["corners"]
    stage = deck.slide(more=(prose["named"], *unread_words(view.unread)))
    top = keys.flow(stage, _keys(view), texts()["slides"]["map"]["legend"], box.x, box.y, box.width) + 6
    words = {rung: band_words(atlas, rung) for rung in BANDS}
    _chart(stage, view, words, Box(box.x, top, box.width, box.bottom - top))


class _Bands:
    """Where the bands of the rungs lie, in lanes from the bottom; under each upper edge of a corner a strip holds its
    name.
    """

    def __init__(self, view: ScatterView):
        self.lanes = {rung: 1 + max((dot.lane for dot in view.dots if dot.rung == rung), default=0) for rung in BANDS}
        cut = get_method()["corners"]["rung"]
        self.floor, y = {}, 0.0
        for rung in reversed(BANDS):
            if rung == cut:
                y += STRIP
                self.cut = y
            self.floor[rung] = y
            y += self.lanes[rung] + PAD
        self.top = y + STRIP

    def middle(self, rung: int) -> float:
        return self.floor[rung] + (self.lanes[rung] + PAD) / 2

    def edges(self) -> list[float]:
        """Lower edge of each band, and the upper edges under a strip."""
        return sorted({*self.floor.values(), self.cut - STRIP, self.top - STRIP})

    def height(self, dot: Dot) -> float:
        """Dots of one band stand in lanes around its middle, so that none covers another."""
        return self.middle(dot.rung) + (self.lanes[dot.rung] - 1) / 2 - dot.lane


def _chart(stage: Stage, view: ScatterView, words: dict[int, str], box: Box) -> None:
    # White marks with an edge would vanish in LibreOffice, which draws no edges: each mark has a fill of its own.
    prose, corners, lines = (
        texts()["slides"]["corners"],
        texts()["strength"]["scatter"]["corners"],
        get_method()["corners"],
    )
    plot = Box(box.x + RUNG_ROOM, box.y, box.width - RUNG_ROOM - EDGE_ROOM, box.height - AXIS_ROOM)
    bands = _Bands(view)
    sheet, size = Sheet(), max(LEAST_DOT, min(DOT, round(plot.height / bands.top * 1.2)))
    heights = _table(sheet, view, words, bands)
    series = [
        _path(
            sheet,
            prose["bands"],
            [point for y in bands.edges() for point in ((0.0, y), (100.0, y), (100.0, None))],
            line(RULE.light, 0.75),
        ),
        _path(
            sheet,
            prose["bounds"],
            [
                point
                for dot in view.dots
                if dot.low is not None and dot.high is not None
                for point in ((dot.low, heights[dot.place]), (dot.high, heights[dot.place]), (dot.high, None))
            ],
            line(DOTS.light, 1, "sysDot"),
        ),
        _path(
            sheet,
            prose["cut"],
            [
                (0.0, bands.cut),
                (100.0, bands.cut),
                (100.0, None),
                (lines["strength"], 0.0),
                (lines["strength"], bands.top),
            ],
            line(DOTS.light, 1.25),
        ),
    ]
    names = _names(view, heights, plot, bands.top, size)
    kinds = (
        (
            prose["bounds_dot"],
            lambda dot: dot.low is not None and not dot.review,
            "circle",
            solid(COAST.light),
            line(DOTS.light, 1),
        ),
        (
            prose["scored"],
            lambda dot: dot.low is None and not dot.review,
            "circle",
            solid(ACCENT.light),
            line(PAPER.light, 0.75),
        ),
        (
            texts()["pictures"]["scatter"]["review"],
            lambda dot: dot.review,
            "diamond",
            solid(LADDER[2].light),
            line(ACCENT.light, 1.25),
        ),
    )
    for head, holds, marker, fill, edge in kinds:
        dots = [dot for dot in view.dots if holds(dot)]
        x = sheet.add(head, [dot.x for dot in dots])
        labels = {at: dot.name for at, dot in enumerate(dots) if dot.place in names}
        sides = {at: names[dot.place] for at, dot in enumerate(dots) if dot.place in names}
        series.append(
            Series(
                x,
                sheet.add(f"{head}, {prose['height'].lower()}", [heights[dot.place] for dot in dots]),
                marker,
                size + (marker == "diamond"),
                fill,
                edge,
                labels=labels,
                sides=sides,
                text=NAME,
            )
        )
    series += [
        _words(
            sheet,
            prose["step"],
            [(0.0, bands.middle(rung)) for rung in BANDS],
            [words[rung] for rung in BANDS],
            "l",
            False,
        ),
        _words(
            sheet,
            prose["left"],
            [(0.0, bands.top - STRIP / 2), (0.0, bands.cut - STRIP / 2)],
            [corners["beyond"], corners["neither"]],
            "r",
            True,
        ),
        _words(
            sheet,
            prose["right"],
            [(100.0, bands.top - STRIP / 2), (100.0, bands.cut - STRIP / 2)],
            [corners["held_used"], corners["held_unused"]],
            "l",
            True,
        ),
    ]
    series.sort(key=lambda one: (not one.path, -len(sheet.columns[one.x]) if one.path else 0))
    scatter(
        stage,
        prose["name"],
        view.alt,
        box,
        plot,
        sheet,
        series,
        Axis(0, 100, 25, prose["strength"]),
        Axis(0.0, bands.top, 1, shown=False),
    )


def _table(sheet: Sheet, view: ScatterView, words: dict[int, str], bands: _Bands) -> dict[str, float]:
    """The view's numbers for people, and the height at which each dot is drawn."""
    prose = texts()["slides"]["corners"]
    heights = {dot.place: bands.height(dot) for dot in view.dots}
    sheet.add(texts()["slides"]["ranges"]["names"], [dot.name for dot in view.dots])
    sheet.add(prose["strength"], [dot.x if dot.low is None else None for dot in view.dots])
    sheet.add(texts()["slides"]["ranges"]["lowest"], [dot.low for dot in view.dots])
    sheet.add(texts()["slides"]["ranges"]["highest"], [dot.high for dot in view.dots])
    sheet.add(prose["rung"], [None if dot.rung == UNSEARCHED else dot.rung for dot in view.dots])
    sheet.add(prose["step"], [dot.step for dot in view.dots])
    sheet.add(prose["height"], [heights[dot.place] for dot in view.dots])
    return heights


def _path(sheet: Sheet, name: str, points: list[tuple[float, float | None]], path: str) -> Series:
    prose = texts()["slides"]["ranges"]
    x = sheet.add(prose["drawn"].format(name=name), [float(x) for x, _ in points])
    return Series(x, sheet.add(prose["drawn_height"].format(name=name), [y for _, y in points]), path=path)


def _words(
    sheet: Sheet, name: str, points: list[tuple[float, float]], labels: list[str], side: str, bold: bool
) -> Series:
    x = sheet.add(texts()["slides"]["ranges"]["drawn"].format(name=name), [x for x, _ in points])
    y = sheet.add(texts()["slides"]["ranges"]["drawn_height"].format(name=name), [y for _, y in points])
    return Series(x, y, labels=dict(enumerate(labels)), side=side, ink=MUTE, bold=bold, text=TEXT)


def _names(view: ScatterView, heights: dict[str, float], plot: Box, top: float, size: float) -> dict[str, str]:
    """Side of each name that fits: highest rungs first, then from the ends of the scale inwards; no name covers a dot
    or a name.
    """
    spots = {
        dot.place: (plot.x + dot.x / 100 * plot.width, plot.bottom - heights[dot.place] / top * plot.height)
        for dot in view.dots
    }
    taken = [(x - size / 2, y - size / 2, x + size / 2, y + size / 2) for x, y in spots.values()]
    middle = plot.x + get_method()["corners"]["strength"] / 100 * plot.width
    found = {}
    for dot in sorted(view.dots, key=lambda dot: (-dot.rung, -abs(dot.x - 50), dot.place)):
        x, y = spots[dot.place]
        wide = fonts.width(dot.name, NAME) + 4
        for side, left in (("r", x + size / 2 + 1), ("l", x - size / 2 - 1 - wide)):
            area = (left, y - NAME_HEIGHT / 2, left + wide, y + NAME_HEIGHT / 2)
            if (
                area[0] < plot.x + 2
                or area[2] > plot.right + EDGE_ROOM - 2
                or area[0] < middle < area[2]
                or any(_meet(area, other) for other in taken)
            ):
                continue
            found[dot.place] = side
            taken.append(area)
            break
    return found


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _keys(view: ScatterView) -> list[keys.Key]:
    prose = texts()["strength"]["scatter"]["legend"]

    def mark(shape: str, fill: str, edge: str, width: float) -> Callable[[Stage, Box], None]:
        return lambda stage, box: stage.shape(
            texts()["slides"]["key"], Box(box.x + 2, box.y + 2, DOT, DOT), shape, solid(fill), line(edge, width)
        )

    def bounds(stage: Stage, box: Box) -> None:
        middle = box.y + box.height / 2
        stage.stroke(texts()["slides"]["key"], (box.x, middle), (box.right, middle), line(DOTS.light, 1, "sysDot"))
        stage.shape(
            texts()["slides"]["key"],
            Box(box.x + (box.width - DOT) / 2, middle - DOT / 2, DOT, DOT),
            "ellipse",
            solid(COAST.light),
            line(DOTS.light, 1),
        )

    found = [keys.Key(prose["dot"], mark("ellipse", ACCENT.light, "", 1))]
    if any(dot.low is not None for dot in view.dots):
        found.append(keys.Key(prose["line"], bounds, width=26))
    if any(dot.review for dot in view.dots):
        found.append(
            keys.Key(texts()["pictures"]["scatter"]["review"], mark("diamond", LADDER[2].light, ACCENT.light, 1.25))
        )
    return found
