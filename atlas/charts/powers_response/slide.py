"""Powers held against powers used as a native scatter chart: each place by name in its band, the corners named."""

from collections.abc import Callable

from atlas.charts.powers_response.layout import Spot, lanes_of, spots
from atlas.charts.powers_response.view import DRAWN_BANDS as BANDS
from atlas.charts.powers_response.view import UNSEARCHED, ScatterView, band_words, left_out_counts, reading
from atlas.draw import fonts
from atlas.draw import slide_legend as keys
from atlas.draw.deck import Deck
from atlas.draw.drawingml import MUTE, Stage, line, solid
from atlas.draw.marks import Box
from atlas.draw.native_chart import TEXT, Axis, Series, Sheet, scatter
from atlas.draw.palette import ACCENT, DOTS, LADDER, PAPER, RULE
from atlas.tables.method import get_method
from atlas.words import texts
from atlas.words.strength import unread_words

RUNG_ROOM, EDGE_ROOM, AXIS_ROOM = 128.0, 46.0, 34.0
# In lanes: the strip that holds the names of two corners, and the room around the lanes of a band.
STRIP, PAD = 1.5, 0.3
DOT, LEAST_DOT, NAME, LEAST_LANE = 7, 5, 10.0, 11.0


def draw(deck: Deck) -> None:
    """One slide."""
    atlas, view, box = deck.atlas, deck.view, deck.body()
    assert isinstance(view, ScatterView)
    stage = deck.slide(more=(reading(atlas, view), *left_out_counts(view), *unread_words(view.unread)))
    top = box.y
    if any(dot.review for dot in view.drawn):
        top = keys.flow(stage, _keys(), texts()["slides"]["map"]["legend"], box.x, box.y, box.width) + 6
    words = {rung: band_words(atlas, rung) for rung in BANDS}
    _chart(stage, view, words, Box(box.x, top, box.width, box.bottom - top))


class _Bands:
    """Where the bands of the rungs lie, in lanes from the bottom; under each upper edge of a corner a strip holds its
    name.
    """

    def __init__(self, found: tuple[Spot, ...]):
        self.lanes = {rung: lanes_of(found, rung) for rung in BANDS}
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

    def height(self, spot: Spot) -> float:
        """Spots of one band stand in lanes around its middle, so that no name covers another."""
        return self.middle(spot.rung) + (self.lanes[spot.rung] - 1) / 2 - spot.lane


def _width(name: str) -> float:
    return fonts.width(name, NAME) + 6


def _placed(view: ScatterView, plot: Box) -> tuple[tuple[Spot, ...], _Bands]:
    """One spot a place; where lanes would be narrower than letters, one for all with the same score in a band."""
    for together in (False, True):
        found = spots(view.drawn, plot.width, _width, DOT, EDGE_ROOM, together, get_method()["corners"]["strength"])
        bands = _Bands(found)
        if plot.height / bands.top >= LEAST_LANE:
            break
    return found, bands


def _chart(stage: Stage, view: ScatterView, words: dict[int, str], box: Box) -> None:
    # White marks with an edge would vanish in LibreOffice, which draws no edges: each mark has a fill of its own.
    prose, corners, lines = (
        texts()["slides"]["corners"],
        texts()["strength"]["scatter"]["corners"],
        get_method()["corners"],
    )
    plot = Box(box.x + RUNG_ROOM, box.y, box.width - RUNG_ROOM - EDGE_ROOM, box.height - AXIS_ROOM)
    found, bands = _placed(view, plot)
    sheet, size = Sheet(), max(LEAST_DOT, min(DOT, round(plot.height / bands.top * 0.7)))
    heights = {dot.place: bands.height(spot) for spot in found for dot in spot.dots}
    names = {spot.dots[0].place: spot for spot in found}
    _table(sheet, view, heights)
    series = [
        _path(sheet, prose["bands"], _edges(bands.edges(), len(view.drawn)), line(RULE.light, 0.75)),
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
    kinds = (
        (prose["scored"], lambda dot: not dot.review, "circle", solid(ACCENT.light), line(PAPER.light, 0.75)),
        (
            texts()["pictures"]["scatter"]["review"],
            lambda dot: dot.review,
            "diamond",
            solid(LADDER[2].light),
            line(ACCENT.light, 1.25),
        ),
    )
    for head, holds, marker, fill, edge in kinds:
        dots = [dot for dot in view.drawn if holds(dot)]
        x = sheet.add(head, [dot.x for dot in dots])
        labels = {at: names[dot.place].name for at, dot in enumerate(dots) if dot.place in names}
        sides = {at: "l" if names[dot.place].west else "r" for at, dot in enumerate(dots) if dot.place in names}
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


def _table(sheet: Sheet, view: ScatterView, heights: dict[str, float]) -> None:
    """The view's numbers for people, who is not drawn among them, and the height at which each dot is drawn."""
    prose = texts()["slides"]["corners"]
    sheet.add(texts()["slides"]["ranges"]["names"], [dot.name for dot in view.dots])
    sheet.add(prose["strength"], [dot.x if dot.low is None else None for dot in view.dots])
    sheet.add(texts()["slides"]["ranges"]["lowest"], [dot.low for dot in view.dots])
    sheet.add(texts()["slides"]["ranges"]["highest"], [dot.high for dot in view.dots])
    sheet.add(prose["rung"], [None if dot.rung == UNSEARCHED else dot.rung for dot in view.dots])
    sheet.add(prose["step"], [dot.step for dot in view.dots])
    sheet.add(prose["height"], [heights.get(dot.place) for dot in view.dots])


def _edges(heights: list[float], least: int) -> list[tuple[float, float | None]]:
    """Lines across, with gaps: at least so many points, as LibreOffice draws no lines where the first series has fewer
    points than another.
    """
    points: list[tuple[float, float | None]] = [
        point for y in heights for point in ((0.0, y), (100.0, y), (100.0, None))
    ]
    return points + [(100.0, None)] * (least - len(points))


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


def _keys() -> list[keys.Key]:
    """What the two kinds of marks mean."""

    def mark(shape: str, fill: str, edge: str, width: float) -> Callable[[Stage, Box], None]:
        return lambda stage, box: stage.shape(
            texts()["slides"]["key"], Box(box.x + 2, box.y + 2, DOT, DOT), shape, solid(fill), line(edge, width)
        )

    return [
        keys.Key(texts()["strength"]["scatter"]["legend"]["dot"], mark("ellipse", ACCENT.light, "", 1)),
        keys.Key(texts()["pictures"]["scatter"]["review"], mark("diamond", LADDER[2].light, ACCENT.light, 1.25)),
    ]
