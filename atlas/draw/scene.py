"""A drawing as it is being made: marks in order, the colours they name, and text measured in its three sizes.

A chart draws into a scene once; what writes the scene decides whether it becomes SVG or shapes on a slide.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from atlas.draw import fonts
from atlas.draw.legend_class import LegendClass
from atlas.draw.marks import Box, Circle, Group, Land, Line, Mark, Paint, Path, Rect, Run, Symbol, Text
from atlas.draw.palette import ACCENT, COAST, DOTS, EDGE, INK, MUTED, PAPER, RULE, SPAN, UNION, Colour
from atlas.draw.sizes import Type

BASIC = {
    "ink": INK, "mute": MUTED, "paper": PAPER, "rule": RULE, "coast": COAST, "edge": EDGE, "dots": DOTS,
    "accent": ACCENT, "union": UNION, "span": SPAN,
}  # fmt: skip


@dataclass
class Scene:
    """Marks in the order in which they are drawn, and the colours they name.

    Attributes:
        type: sizes of text, in the lengths of the drawing.
        free: the height follows what is drawn; else the room given is there to be filled.
        inline: the marks go into a page, whose bytes count.
        prefix: begins every id, so that two drawings may share a page.
        marks: what was drawn so far.
        colours: colours by the names that marks use, beside the basic ones.
    """

    type: Type
    free: bool = False
    inline: bool = False
    prefix: str = "ra-"
    marks: list[Mark] = field(default_factory=list)
    colours: dict[str, Colour] = field(default_factory=dict)
    _open: list[Group] = field(default_factory=list)

    def put(self, mark: Mark) -> None:
        """Adds a mark, into the group that is open."""
        (self._open[-1].marks if self._open else self.marks).append(mark)

    def colour(self, name: str, colour: Colour) -> str:
        """Registers a colour under a name, and returns the name.

        Raises:
            ValueError: the name already means another colour.
        """
        if self.colours.setdefault(name, colour) != colour:
            raise ValueError(f"{name} is {self.colours[name]} and {colour}")
        return name

    def class_colour(self, klass: LegendClass) -> str:
        """Name of the fill of a class."""
        return self.colour(f"k-{klass.id}", klass.colour)

    def over_class(self, klass: LegendClass) -> str:
        """Name of a colour for strokes that show on the fill of a class."""
        return self.colour(f"o-{klass.id}", klass.strokes)

    def text(
        self, x: float, y: float, content: str, step: int = 2, colour: str = "ink", strong: bool = False,
        anchor: str = "start", halo: bool = False,
    ) -> None:  # fmt: skip
        """One line of text with its baseline at `y`."""
        self.put(Text(x, y, (Run(content, colour, strong),), step, anchor, halo))

    def runs(self, x: float, y: float, parts: Iterable[Run], step: int = 2) -> None:
        """One line of text in several colours, each run a space after the one before, in whatever font it is set."""
        self.put(Text(x, y, tuple(parts), step, "apart"))

    def lines(
        self, x: float, y: float, content: list[str], step: int = 2, colour: str = "ink", strong: bool = False,
        leading: float = 1.38,
    ) -> float:  # fmt: skip
        """Lines of text from the top `y`; returns the bottom."""
        pitch = self.type.of(step) * leading
        for index, line in enumerate(content):
            self.text(x, y + pitch * index + self.type.of(step) * 0.98, line, step, colour, strong)
        return y + pitch * len(content)

    def rect(
        self, x: float, y: float, width: float, height: float, textured: LegendClass | None = None, **paint: Any
    ) -> None:
        self.put(Rect(Box(x, y, width, height), Paint(**paint), textured))

    def line(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str = "rule", weight: float = 1, dash: str = ""
    ) -> None:
        self.put(Line(x1, y1, x2, y2, Paint("", stroke, weight, dash)))

    def circle(
        self, x: float, y: float, radius: float, textured: LegendClass | None = None, old: bool = False, **paint: Any
    ) -> None:
        self.put(Circle(x, y, radius, Paint(**paint), textured, old))

    def path(self, d: str, **paint: Any) -> None:
        self.put(Path(d, Paint(**paint)))

    def symbol(self, name: str, x: float, y: float, radius: float, colour: str) -> None:
        """A mark by the name of its shape (see `atlas.draw.symbols`)."""
        self.put(Symbol(name, x, y, radius, colour))

    def land(self, land: Land) -> None:
        self.put(land)

    @contextmanager
    def group(self, identity: str = "", title: str = "", role: str = "", key: str = "") -> Iterator[None]:
        """Marks that belong together, see `marks.Group`."""
        group = Group([], identity, title, role, key)
        self.put(group)
        self._open.append(group)
        try:
            yield
        finally:
            self._open.pop()

    def width(self, text: str, step: int, strong: bool = False) -> float:
        return fonts.width(text, self.type.of(step), fonts.STRONG if strong or step == 1 else fonts.PLAIN)

    def wrap(self, text: str, step: int, most: float, strong: bool = False) -> list[str]:
        return fonts.wrap(text, self.type.of(step), most, fonts.STRONG if strong or step == 1 else fonts.PLAIN)

    def cut(self, text: str, step: int, most: float, strong: bool = False) -> str:
        return fonts.cut(text, self.type.of(step), most, fonts.STRONG if strong or step == 1 else fonts.PLAIN)
