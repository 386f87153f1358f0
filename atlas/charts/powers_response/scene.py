"""Powers held against powers used as SVG: a band a rung, its places by name in lanes, who is not drawn in words."""

from dataclasses import dataclass

from atlas.charts.powers_response.layout import Spot, lanes_of, spots
from atlas.charts.powers_response.view import DRAWN_BANDS as BANDS
from atlas.charts.powers_response.view import ScatterView, band_words, left_out, left_out_counts, reading
from atlas.draw import legend
from atlas.draw.marks import Box
from atlas.draw.scene import Scene
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method
from atlas.words import texts

TICKS = (0, 25, 50, 75, 100)
CORNERS = (("beyond", "held_used"), ("neither", "held_unused"))  # from the top, west and east
# In sizes of small text: a lane and the least that keeps names apart, the strip of the corners' names, white within a
# band, room for names at the right, a dot's radius with the white around it.
LANE, LEAST_LANE, STRIP, PAD, MARGIN, REACH = 1.35, 1.05, 1.5, 0.14, 5.0, 0.6


@dataclass(frozen=True)
class _Plot:
    """Points of strength to pixels; the top of each band; the height of a lane."""

    box: Box
    tops: dict[int, float]
    pitch: float
    pad: float

    def x(self, points: float) -> float:
        return self.box.x + self.box.width * points / 100

    def y(self, spot: Spot) -> float:
        return self.tops[spot.rung] + self.pad + self.pitch * (spot.lane + 0.5)


def draw(scene: Scene, atlas: Atlas, view: ScatterView, box: Box, keys: bool = True) -> float:
    """Bands, names, how to read them and who is not drawn, in a box; returns the bottom of what was drawn."""
    small = scene.type.small
    entries = [entry for entry in _entries(view) if keys and any(dot.review for dot in view.drawn)]
    top = legend.flow(scene, entries, box.x, box.y, box.width, 3, 1.6)
    for line in scene.wrap(reading(atlas, view), 3, box.width):
        top += 1.4 * small
        scene.text(box.x, top - 0.3 * small, line, 3, "mute")
    top += 0.3 * small
    labels = {rung: band_words(atlas, rung) for rung in BANDS}
    gutter = min(max(scene.width(label, 3) for label in labels.values()) + small, 0.3 * box.width)
    names = {rung: scene.wrap(label, 3, gutter - 0.6 * small) for rung, label in labels.items()}
    right = min(MARGIN * small, 0.1 * box.width)
    room = box.width - gutter - right
    strip = STRIP * small * _strip_lines(scene, room)
    axis = scene.wrap(texts()["strength"]["scatter"]["axis"], 3, gutter - 0.8 * small)
    free = box.height == float("inf")
    said = [line for one in _said(atlas, view, free) for line in scene.wrap(one, 3, box.width)]
    foot = (1.0 + 1.4 * len(axis) + 1.4 * len(said)) * small
    pad, least = PAD * small, {rung: len(lines) * 1.3 * small for rung, lines in names.items()}
    for together in (False, True):
        found = spots(view.drawn, room, lambda name: scene.width(name, 3), REACH * small, right, together)
        lanes = {rung: lanes_of(found, rung) for rung in BANDS}
        pitch = LANE * small if free else _pitch(box.bottom - top - 2 * strip - foot, lanes, least, pad, small)
        if pitch >= LEAST_LANE * small:
            break
    line = get_method()["corners"]["rung"]
    tops, y, strips = {}, top, []
    for rung in BANDS:
        if rung in (BANDS[0], line - 1):
            strips.append(y)
            y += strip
        tops[rung] = y
        y += max(pitch * lanes[rung] + 2 * pad, least[rung])
    plot = _Plot(Box(box.x + gutter, top, room, y - top), tops, pitch, pad)
    _ground(scene, plot, box.x, names, strips, line)
    _names(scene, found, plot)
    scene.lines(box.x, y + 0.32 * small, axis, 3, "mute")
    y += (1.0 + 1.4 * len(axis)) * small
    for row, words in enumerate(said):
        scene.text(box.x, y + (0.8 + 1.4 * row) * small, words, 3, "mute")
    return y + 1.4 * len(said) * small


def _said(atlas: Atlas, view: ScatterView, free: bool) -> list[str]:
    """Who is not drawn: by name where the drawing may be as high as it needs, in numbers else."""
    prose = texts()["pictures"]["strength"]
    unread = prose["unread_one" if view.unread == 1 else "unread"].format(count=view.unread)
    beside = left_out(atlas, view) if free else left_out_counts(view)
    return [*beside, *([unread] if view.unread else [])] if free else [" ".join([*beside, unread * bool(view.unread)])]


def _strip_lines(scene: Scene, wide: float) -> int:
    """Lines of the corners' names: one, or two where both do not fit beside each other."""
    prose = texts()["strength"]["scatter"]["corners"]
    return 1 + any(
        sum(scene.width(prose[name], 3, strong=True) for name in pair) + scene.type.small > wide for pair in CORNERS
    )


def _pitch(room: float, lanes: dict[int, int], least: dict[int, float], pad: float, small: float) -> float:
    """The highest lane with which all bands fit, as each is also as high as its own name."""
    low, high = 0.0, LANE * small
    while high - low > 0.05:
        middle = (low + high) / 2
        fits = sum(max(middle * lanes[rung] + 2 * pad, least[rung]) for rung in lanes) <= room
        low, high = (middle, high) if fits else (low, middle)
    return low


def _ground(
    scene: Scene, plot: _Plot, left: float, names: dict[int, list[str]], strips: list[float], line: int
) -> None:
    """Bands with their names, the two lines that part the corners, and the corners' names."""
    small, box, prose = scene.type.small, plot.box, texts()["strength"]["scatter"]["corners"]
    half = get_method()["corners"]["strength"]
    bands = list(plot.tops)
    for index, rung in enumerate(bands):
        bottom = plot.tops[bands[index + 1]] if index + 1 < len(bands) else box.bottom
        if rung == line:
            bottom = strips[1]
        if rung not in (bands[0], line - 1):
            scene.line(left, plot.tops[rung], box.right, plot.tops[rung], weight=0.6)
        middle = (plot.tops[rung] + bottom) / 2 - 0.65 * small * (len(names[rung]) - 1)
        for row, name in enumerate(names[rung]):
            scene.text(left, middle + (0.34 + 1.3 * row) * small, name, 3, "mute")
    scene.line(left, strips[1], box.right, strips[1], "dots", 1)
    for points in TICKS:
        scene.line(plot.x(points), box.y, plot.x(points), box.bottom, "dots" if points == half else "rule", 0.6)
    scene.line(left, box.bottom, box.right, box.bottom, "coast")
    lines = _strip_lines(scene, box.width)
    for y, (west, east) in zip(strips, CORNERS, strict=True):
        wide = scene.width(prose[west], 3, strong=True)
        if box.x + wide > plot.x(half):
            # Paper below a name that reaches over the line, which else runs through its letters.
            scene.rect(plot.x(half) - 2, y + 0.5 * small, box.x + wide - plot.x(half) + 4, 1.1 * small, fill="paper")
        scene.text(box.x, y + 1.35 * small, prose[west], 3, "mute", strong=True)
        scene.text(
            box.right, y + (1.35 + STRIP * (lines - 1)) * small, prose[east], 3, "mute", strong=True, anchor="end"
        )
    for points in TICKS:
        scene.text(plot.x(points), box.bottom + 1.3 * small, str(points), 3, "mute", anchor="middle")


def _names(scene: Scene, found: tuple[Spot, ...], plot: _Plot) -> None:
    """Each dot with its name, on paper so that no line runs through it. Where lanes are narrower than letters, as on a
    day when all stand in one band, a name that would touch another is left to the table.
    """
    small = scene.type.small
    radius = min(plot.pitch * 0.4, small * 0.34)
    written: list[Box] = []
    names: list[tuple[float, float, str]] = []
    for spot in found:
        x, y, wide = plot.x(spot.x), plot.y(spot), scene.width(spot.name, 3)
        left = x - REACH * small - wide if spot.west else x + REACH * small
        area = Box(left, y - 0.5 * small, wide, small)
        if not any(_meet(area, other) for other in written):
            written.append(area)
            scene.rect(left - 2, y - 0.62 * small, wide + 4, 1.2 * small, fill="paper")
            names.append((left, y + 0.34 * small, spot.name))
    # After all grounds: that of the next lane would cut the feet of its letters.
    for left, foot, name in names:
        scene.text(left, foot, name, 3)
    for spot in found:
        x, y = plot.x(spot.x), plot.y(spot)
        for dot in spot.dots:
            with scene.group(dot.place, dot.label, role=dot.corner or "none"):
                if dot.review:
                    _diamond(scene, x, y, radius * 1.25)
                elif all(one.ended for one in spot.dots):
                    scene.circle(x, y, radius, fill="paper", stroke="accent", weight=1.5)
                else:
                    scene.circle(x, y, radius, fill="accent")


def _diamond(scene: Scene, x: float, y: float, reach: float) -> None:
    scene.path(
        f"M{x:.1f} {y - reach:.1f}l{reach:.1f} {reach:.1f}l{-reach:.1f} {reach:.1f}l{-reach:.1f} {-reach:.1f}z",
        fill="paper",
        stroke="accent",
        weight=1.5,
    )


def _meet(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _entries(view: ScatterView) -> list[legend.Entry]:
    """What its marks mean; on a picture only where there are two of them."""

    def dot(scene: Scene, box: Box) -> None:
        scene.circle(box.x + box.width / 2, box.y + box.height / 2, box.height * 0.42, fill="accent")

    def review(scene: Scene, box: Box) -> None:
        _diamond(scene, box.x + box.width / 2, box.y + box.height / 2, box.height * 0.5)

    beyond = sum(one.review for one in view.drawn)
    found = [
        legend.Entry(texts()["strength"]["scatter"]["legend"]["dot"], dot, len(view.drawn) - beyond),
        legend.Entry(texts()["pictures"]["scatter"]["review"], review, beyond),
    ]
    return [entry for entry in found if entry.count]
