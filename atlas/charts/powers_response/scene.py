"""Powers held against powers used as SVG: a band a rung, its dots in lanes, named where a name has room."""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas.charts.powers_response.view import BANDS, Dot, ScatterView, band_words
from atlas.draw import legend
from atlas.draw.marks import Box
from atlas.draw.scene import Scene
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method
from atlas.words import texts

TICKS = (0, 25, 50, 75, 100)
# In sizes of small text: a lane, the strip of the corners' names, white within a band, room for names at the right.
CORNERS = (("beyond", "held_used"), ("neither", "held_unused"))  # from the top, west and east
LANE, STRIP, PAD, MARGIN = 1.35, 1.7, 0.28, 6.5


@dataclass(frozen=True)
class _Plot:
    """Points of strength to pixels; the top of each band; the height of a lane."""

    box: Box
    tops: dict[int, float]
    pitch: float
    pad: float

    def x(self, points: float) -> float:
        return self.box.x + self.box.width * points / 100

    def y(self, dot: Dot) -> float:
        return self.tops[dot.rung] + self.pad + self.pitch * (dot.lane + 0.5)


def draw(scene: Scene, atlas: Atlas, view: ScatterView, box: Box, keys: bool = True) -> float:
    """Bands, dots and legend in a box; returns the bottom of what was drawn."""
    small = scene.type.small
    entries = _entries(view) if keys else []
    top = legend.flow(scene, entries, box.x, box.y, box.width, 3, 1.6) + (0.3 * small if keys else 0)
    labels = {rung: band_words(atlas, rung) for rung in BANDS}
    gutter = min(max(scene.width(label, 3) for label in labels.values()) + small, 0.3 * box.width)
    names = {rung: scene.wrap(label, 3, gutter - 0.6 * small) for rung, label in labels.items()}
    lanes = {rung: 1 + max((dot.lane for dot in view.dots if dot.rung == rung), default=0) for rung in BANDS}
    right = min(MARGIN * small, 0.12 * box.width)
    strip = STRIP * small * _strip_lines(scene, box.width - gutter - right)
    axis = scene.wrap(texts()["strength"]["scatter"]["axis"], 3, gutter - 0.8 * small)
    foot = (0.6 + 1.4 * (len(axis) + bool(view.unread))) * small
    fixed = 2 * strip + foot
    free = box.height == float("inf")
    pad = PAD * small
    least = {rung: len(lines) * 1.3 * small for rung, lines in names.items()}
    pitch = LANE * small if free else _pitch(box.bottom - top - fixed, lanes, least, pad, small)
    line = get_method()["corners"]["rung"]
    tops, y, strips = {}, top, []
    for rung in BANDS:
        if rung in (BANDS[0], line - 1):
            strips.append(y)
            y += strip
        tops[rung] = y
        y += max(pitch * lanes[rung] + 2 * pad, least[rung])
    plot = _Plot(Box(box.x + gutter, top, box.width - gutter - right, y - top), tops, pitch, pad)
    _ground(scene, plot, box.x, names, strips, line)
    _dots(scene, atlas, view, plot)
    scene.lines(box.x, y + 0.52 * small, axis, 3, "mute")
    if view.unread:
        prose = texts()["pictures"]["strength"]
        said = prose["unread_one" if view.unread == 1 else "unread"].format(count=view.unread)
        scene.text(box.x, y + (1.6 + 1.4 * len(axis)) * small, scene.cut(said, 3, box.width), 3, "mute")
    return y + foot


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
    scene.line(left, strips[1], box.right, strips[1], "dots", 1.4)
    scene.line(plot.x(half), box.y, plot.x(half), box.bottom, "dots", 1.4)
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
        scene.line(plot.x(points), box.bottom, plot.x(points), box.bottom + 0.3 * small, "coast")
        scene.text(plot.x(points), box.bottom + 1.5 * small, str(points), 3, "mute", anchor="middle")


def _dots(scene: Scene, atlas: Atlas, view: ScatterView, plot: _Plot) -> None:
    small = scene.type.small
    radius = max(min(plot.pitch * 0.44, small * 0.36), small * 0.16)
    for dot in view.dots:
        if dot.low is not None and dot.high is not None:
            scene.line(plot.x(dot.low), plot.y(dot), plot.x(dot.high), plot.y(dot), "dots", 1, "1.5 3")
    for dot in view.dots:
        x, y = plot.x(dot.x), plot.y(dot)
        with scene.group(dot.place, dot.label, role=dot.corner or "none"):
            if dot.review:
                scene.path(
                    f"M{x:.1f} {y - radius * 1.25:.1f}l{radius * 1.25:.1f} {radius * 1.25:.1f}l{-radius * 1.25:.1f}"
                    f" {radius * 1.25:.1f}l{-radius * 1.25:.1f} {-radius * 1.25:.1f}z",
                    fill="paper",
                    stroke="accent",
                    weight=1.5,
                )
            elif dot.low is not None:
                scene.circle(x, y, radius, fill="paper", stroke="dots", weight=1.3)
            else:
                scene.circle(x, y, radius, fill="accent")
    for x, y, name in _named(scene, atlas, view, plot, radius):
        # Paper below a name, so that no dotted line runs through it.
        scene.rect(x - 1, y - 0.8 * small, scene.width(name, 3) + 2, 0.95 * small, fill="paper")
        scene.text(x, y, name, 3)


def _named(
    scene: Scene, atlas: Atlas, view: ScatterView, plot: _Plot, radius: float
) -> Iterator[tuple[float, float, str]]:
    """Names beside their dots, each only where it touches no dot and no name: highest rungs first, then scored dots,
    then countries.
    """
    small, kinds, right = (
        scene.type.small,
        atlas.jurisdictions["kind"],
        plot.box.right + min(MARGIN * scene.type.small, 0.12 * plot.box.width),
    )
    taken = [
        Box(plot.x(dot.x) - radius * 1.2, plot.y(dot) - radius * 1.2, radius * 2.4, radius * 2.4) for dot in view.dots
    ]
    half = plot.x(get_method()["corners"]["strength"])
    for dot in sorted(
        view.dots,
        key=lambda dot: (
            -dot.rung,
            dot.low is not None,
            kinds[dot.place] not in ("country", "supranational"),
            -dot.x,
            dot.place,
        ),
    ):
        wide, x, y = scene.width(dot.name, 3), plot.x(dot.x), plot.y(dot)
        for left in (x + radius * 1.7, x - radius * 1.7 - wide):
            box = Box(left, y - 0.52 * small, wide, 1.04 * small)
            inside = plot.box.x <= box.x and box.right <= right
            if inside and not box.x <= half <= box.right and not any(_meet(box, other) for other in taken):
                taken.append(box)
                yield left, y + 0.34 * small, dot.name
                break


def _meet(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _entries(view: ScatterView) -> list[legend.Entry]:
    prose = texts()["strength"]["scatter"]["legend"]
    words = texts()["pictures"]["scatter"]

    def dot(scene: Scene, box: Box) -> None:
        scene.circle(box.x + box.width / 2, box.y + box.height / 2, box.height * 0.42, fill="accent")

    def bounds(scene: Scene, box: Box) -> None:
        middle = box.y + box.height / 2
        scene.line(box.x, middle, box.right, middle, "dots", 1, "1.5 3")
        scene.circle(box.x + box.width / 2, middle, box.height * 0.4, fill="paper", stroke="dots", weight=1.3)

    def review(scene: Scene, box: Box) -> None:
        x, y, reach = box.x + box.width / 2, box.y + box.height / 2, box.height * 0.5
        scene.path(
            f"M{x:.1f} {y - reach:.1f}l{reach:.1f} {reach:.1f}l{-reach:.1f} {reach:.1f}l{-reach:.1f} {-reach:.1f}z",
            fill="paper",
            stroke="accent",
            weight=1.5,
        )

    scored = sum(one.low is None and not one.review for one in view.dots)
    open_dots = sum(one.low is not None and not one.review for one in view.dots)
    found = [
        legend.Entry(prose["dot"], dot, scored),
        legend.Entry(prose["line"], bounds, open_dots),
        legend.Entry(words["review"], review, sum(one.review for one in view.dots)),
    ]
    return [entry for entry in found if entry.count]
