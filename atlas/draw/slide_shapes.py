"""A scene as shapes on a slide, each named by what it stands for, so that it can be found, recoloured and moved.

The same marks as in the picture. Lengths are points. Text takes the theme's colours, data keep their own, in light
mode; hatch is one of DrawingML's patterns, and a symbol one of its preset shapes.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from atlas.draw.drawingml import INK, MUTE, PAPER, Run, Stage, line, outline, paragraph, pattern, solid
from atlas.draw.legend_class import LegendClass
from atlas.draw.marks import Box, Circle, Group, Land, Line, Mark, Paint, Path, Place, Rect, Symbol, Text
from atlas.draw.scene import BASIC, Scene
from atlas.draw.sizes import HALO

THEME = {"ink": INK, "mute": MUTE, "paper": PAPER}
# LibreOffice too draws it as rising strokes.
HATCH = "dashUpDiag"
# Plotly's names of shapes -> presets, turned upside down where needed, and width and height for a radius of 1.
PRESETS = {
    "circle": ("ellipse", "", 2, 2),
    "circle-open": ("ellipse", "", 2, 2),
    "triangle-up": ("triangle", "", 2, 1.84),
    "triangle-down": ("triangle", ' flipV="1"', 2, 1.84),
    "square": ("rect", "", 1.8, 1.8),
    "diamond": ("diamond", "", 2, 2),
    "diamond-tall": ("diamond", "", 1.4, 2.4),
    "star": ("star5", "", 2, 2),
    "line-ns-open": ("rect", "", 0.4, 2),
}
_ANCHORS = {"start": "l", "apart": "l", "middle": "ctr", "end": "r"}
# A line of text: its height, and its baseline from the top, in sizes; what a font wider than the measured one takes.
_LEADING, _BASELINE, _WIDER = 1.22, 0.95, 1.06
_STEP = re.compile(r"([MLHVlz])([^MLHVlz]*)")
_NUMBER = re.compile(r"-?\d*\.?\d+")


@dataclass(frozen=True)
class Names:
    """Names of what has no words of its own, for the selection pane.

    Attributes:
        rest, places, union: of a map's groups and its outline.
        old: words of a place whose evidence is old, with `{text}` for its own.
        ground: of marks that carry the chart, as axes and rules.
        key: of a key of the legend, with `{label}` for its words.
    """

    rest: str
    places: str
    union: str
    old: str
    ground: str
    key: str


def write(scene: Scene, stage: Stage, names: Names, title: str, alt: str) -> None:
    """Puts a scene on a slide as one group.

    Args:
        scene: what was drawn, in points.
        stage: the slide.
        names: of what has no words of its own.
        title, alt: name and text alternative of the group.
    """
    with stage.group(title, alt):
        _Writer(scene, stage, names).marks(scene.marks, names.ground)


@dataclass
class _Writer:
    scene: Scene
    stage: Stage
    names: Names

    def marks(self, marks: Iterable[Mark], name: str, alt: str = "") -> None:
        """Marks under one name; what is spoken of them is said by the first that is a shape."""
        for mark in marks:
            spoken = alt if isinstance(mark, Symbol | Circle) else ""
            _WRITE[type(mark)](self, mark, name, spoken)
            alt = "" if spoken else alt

    def colour(self, name: str) -> str:
        if not name:
            return ""
        return THEME.get(name) or (self.scene.colours.get(name) or BASIC[name]).light

    def stroke(self, paint: Paint, tip: str = "") -> str:
        dash = "" if not paint.dash else "sysDot" if float(paint.dash.split()[0]) < 3 else "dash"
        return line(self.colour(paint.stroke), paint.weight * 0.9, dash, tip)

    def fill(self, paint: Paint, klass: LegendClass | None, old: bool = False) -> str:
        """A class's colour, hatched where its evidence is old."""
        if klass is None:
            return solid(self.colour(paint.fill))
        if not old and klass.texture != "hatch":
            return solid(klass.colour.light)
        return pattern(HATCH, klass.strokes.light, klass.colour.light)

    def group(self, group: Group, name: str, alt: str) -> None:
        """One mark alone needs no group: it takes the group's name and words."""
        words = group.title or (self.names.key.format(label=_words(group.marks)) if group.key else group.identity)
        if len(group.marks) == 1:
            self.marks(group.marks, words or name, group.title)
            return
        with self.stage.group(words or name):
            self.marks(group.marks, words or name, group.title)

    def text(self, text: Text, name: str, alt: str) -> None:
        size = self.scene.type.of(text.step)
        halo = HALO * size if text.halo else 0
        runs = [
            Run(
                f" {run.words}" if index else run.words,
                size,
                THEME.get(run.colour, INK),
                run.strong or text.step == 1,
                halo=halo,
            )
            for index, run in enumerate(text.runs)
        ]
        words = "".join(run.text for run in runs)
        wide = max(self.scene.width(words, text.step, any(run.bold for run in runs)) * _WIDER, size)
        left = text.x - (wide / 2 if text.anchor == "middle" else wide if text.anchor == "end" else 0)
        box = Box(left, text.y - _BASELINE * size, wide, _LEADING * size)
        self.stage.text(words or name, box, [paragraph(runs, _ANCHORS[text.anchor])], wrap=False)

    def rect(self, rect: Rect, name: str, alt: str) -> None:
        self.stage.shape(name, rect.box, "rect", self.fill(rect.paint, rect.textured), self.stroke(rect.paint), alt)

    def line(self, mark: Line, name: str, alt: str) -> None:
        start, end = sorted([(mark.x1, mark.y1), (mark.x2, mark.y2)])
        self.stage.stroke(name, start, end, self.stroke(mark.paint), alt)

    def circle(self, circle: Circle, name: str, alt: str) -> None:
        radius = circle.radius
        name = self.names.old.format(text=name) if circle.old else name
        box = Box(circle.x - radius, circle.y - radius, 2 * radius, 2 * radius)
        fill = self.fill(circle.paint, circle.textured, circle.old)
        self.stage.shape(name, box, "ellipse", fill, self.stroke(circle.paint), name if alt else "")

    def path(self, path: Path, name: str, alt: str) -> None:
        points, closed = _points(path.d)
        geometry, box = _custom(points, closed)
        self.stage.shape(name, box, geometry, self.fill(path.paint, None), self.stroke(path.paint), alt)

    def symbol(self, symbol: Symbol, name: str, alt: str) -> None:
        preset, turn, wide, high = (*PRESETS[symbol.name],)
        wide, high = wide * symbol.radius, high * symbol.radius
        box = Box(symbol.x - wide / 2, symbol.y - high / 2, wide, high)
        if symbol.name == "line-ns-open":
            fill, edge = solid(self.colour(symbol.colour)), line("")
        elif symbol.name == "circle-open":
            fill, edge = solid(PAPER), line(self.colour(symbol.colour), 1)
        else:
            fill, edge = solid(self.colour(symbol.colour)), line(MUTE, 0.5)
        self.stage.shape(name, box, preset, fill, edge, alt, turn)

    def land(self, land: Land, name: str, alt: str) -> None:
        coast, edge = (line(BASIC[one].light, land.coast) for one in ("coast", "edge"))
        with self.stage.group(self.names.rest):
            for path, words in land.rest:
                self._shape(land, path, words, solid(BASIC["paper"].light), coast)
        with self.stage.group(self.names.places):
            for klass, places in land.classes:
                around = line(klass.strokes.light, land.ended) if klass.texture == "ended" else edge
                for place in places:
                    words = _said(place, self.names)
                    self._shape(land, place.path, words, self.fill(Paint(), klass, place.old), around, words)
        if land.outline:
            union = line(BASIC["union"].light, land.outline_weight)
            self._shape(land, land.outline, self.names.union, solid(""), union)

    def _shape(self, land: Land, path: str, name: str, fill: str, edge: str, alt: str = "") -> None:
        geometry, (left, top, width, height) = outline(path)
        x, y = land.fit.point((left * land.unit, top * land.unit))
        scale = land.fit.scale * land.unit
        self.stage.shape(name, Box(x, y, width * scale, height * scale), geometry, fill, edge, alt)


def _said(place: Place, names: Names) -> str:
    return names.old.format(text=place.words) if place.old else place.words


def _words(marks: Iterable[Mark]) -> str:
    return " ".join(run.words for mark in marks if isinstance(mark, Text) for run in mark.runs)


def _points(d: str) -> tuple[list[tuple[float, float]], bool]:
    """Corners of path data of straight lines, and whether it is closed.

    Raises:
        ValueError: the path has curves, which no scene that goes on a slide draws.
    """
    if re.sub(r"[MLHVlz\d.\s,-]", "", d):
        raise ValueError(f"no straight lines: {d}")
    points: list[tuple[float, float]] = []
    for kind, rest in _STEP.findall(d):
        numbers = [float(value) for value in _NUMBER.findall(rest)]
        if kind == "H":
            points.append((numbers[0], points[-1][1]))
        elif kind == "V":
            points.append((points[-1][0], numbers[0]))
        elif kind == "l":
            for right, down in zip(numbers[::2], numbers[1::2], strict=True):
                points.append((points[-1][0] + right, points[-1][1] + down))
        else:
            points += zip(numbers[::2], numbers[1::2], strict=True)
    return points, d.endswith("z")


def _custom(points: list[tuple[float, float]], closed: bool) -> tuple[str, Box]:
    """Corners as a custom geometry, in hundredths of a point, and the box it fills."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    steps = [f'<a:pt x="{round((x - box.x) * 100)}" y="{round((y - box.y) * 100)}"/>' for x, y in points]
    drawn = f"<a:moveTo>{steps[0]}</a:moveTo>" + "".join(f"<a:lnTo>{step}</a:lnTo>" for step in steps[1:])
    size = f'w="{max(round(box.width * 100), 1)}" h="{max(round(box.height * 100), 1)}"'
    open_path = "" if closed else ' fill="none"'
    return (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        "<a:pathLst><a:path"
        f" {size}{open_path}>{drawn}{'<a:close/>' if closed else ''}</a:path></a:pathLst></a:custGeom>",
        box,
    )


_WRITE: Mapping[type, Callable[[_Writer, Any, str, str], None]] = {
    Text: _Writer.text,
    Rect: _Writer.rect,
    Line: _Writer.line,
    Circle: _Writer.circle,
    Path: _Writer.path,
    Symbol: _Writer.symbol,
    Group: _Writer.group,
    Land: _Writer.land,
}
