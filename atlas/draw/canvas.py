"""SVG marks, without colours: each mark names a colour, and a style sheet says what it is in light and in dark.

So one markup serves a light page, a dark page and both, and repeated attributes cost no bytes.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from atlas.draw import fonts
from atlas.draw.palette import ACCENT, COAST, DOTS, EDGE, INK, MUTED, PAPER, RULE, UNION, Colour
from atlas.draw.sizes import Type

BASIC = {
    "ink": INK,
    "mute": MUTED,
    "paper": PAPER,
    "rule": RULE,
    "coast": COAST,
    "edge": EDGE,
    "dots": DOTS,
    "accent": ACCENT,
    "union": UNION,
}
# What XML 1.0 cannot hold, whatever the escaping.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ANCHORS = {"start": "", "middle": " m", "end": " e"}


def escape(text: str) -> str:
    """Text for an element or a quoted attribute; a character that XML forbids becomes U+FFFD."""
    text = _FORBIDDEN.sub("\ufffd", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def number(value: float) -> str:
    """A coordinate, to a tenth of a pixel, without idle zeros."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, y downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


class Run(NamedTuple):
    """Words of one colour within a line."""

    words: str
    colour: str = "ink"
    strong: bool = False


@dataclass
class Canvas:
    """Marks in the order in which they are drawn, and the colours they name.

    `free` says that the height follows what is drawn; else the room given is there to be filled. `inline` says that
    the marks go into a page, whose bytes count. `prefix` begins every id, so that two drawings may share a page.
    """

    type: Type
    free: bool = False
    inline: bool = False
    prefix: str = "ra-"
    parts: list[str] = field(default_factory=list)
    colours: dict[str, Colour] = field(default_factory=dict)

    def colour(self, name: str, colour: Colour | None = None) -> str:
        """Registers a colour under a name; the basic ones need no value."""
        self.colours[name] = colour or BASIC[name]
        return name

    def _paint(self, fill: str = "", stroke: str = "", weight: float = 1, dash: str = "") -> str:
        classes = " ".join(
            part
            for part in (f"f-{self._known(fill)}" if fill else "n", f"s-{self._known(stroke)}" if stroke else "")
            if part
        )
        line = f' stroke-width="{number(weight)}"' if stroke and weight != 1 else ""
        return f' class="{classes}"{line}' + (f' stroke-dasharray="{dash}"' if dash else "")

    def _known(self, name: str) -> str:
        return name if name in self.colours else self.colour(name)

    def text(
        self,
        x: float,
        y: float,
        content: str,
        step: int = 2,
        colour: str = "ink",
        strong: bool = False,
        anchor: str = "start",
    ) -> None:
        """One line of text with its baseline at `y`."""
        classes = f"t{step}{' b' if strong else ''} f-{self._known(colour)}{_ANCHORS[anchor]}"
        self.parts.append(f'<text class="{classes}" x="{number(x)}" y="{number(y)}">{escape(content)}</text>')

    def runs(self, x: float, y: float, parts: Iterable[Run], step: int = 2) -> None:
        """One line of text in several colours, each run a space after the one before, in whatever font it is set."""
        inner = " ".join(
            f'<tspan class="{"b " if run.strong else ""}f-{self._known(run.colour)}">{escape(run.words)}</tspan>'
            for run in parts
        )
        self.parts.append(f'<text class="t{step}" x="{number(x)}" y="{number(y)}">{inner}</text>')

    def lines(
        self,
        x: float,
        y: float,
        content: list[str],
        step: int = 2,
        colour: str = "ink",
        strong: bool = False,
        leading: float = 1.38,
    ) -> float:
        """Lines of text from the top `y`; returns the bottom."""
        pitch = self.type.of(step) * leading
        for index, line in enumerate(content):
            self.text(x, y + pitch * index + self.type.of(step) * 0.98, line, step, colour, strong)
        return y + pitch * len(content)

    def rect(self, x: float, y: float, width: float, height: float, **paint) -> None:
        self.parts.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"{self._paint(**paint)}/>'
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str = "rule", weight: float = 1, dash: str = ""
    ) -> None:
        d = f"M{number(x1)} {number(y1)}" + (
            f"H{number(x2)}" if y1 == y2 else f"V{number(y2)}" if x1 == x2 else f"L{number(x2)} {number(y2)}"
        )
        self.path(d, stroke=stroke, weight=weight, dash=dash)

    def circle(self, x: float, y: float, radius: float, **paint) -> None:
        self.parts.append(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"{self._paint(**paint)}/>')

    def path(self, d: str, **paint) -> None:
        self.parts.append(f'<path d="{d}"{self._paint(**paint)}/>')

    @contextmanager
    def group(self, identity: str = "", title: str = "", attributes: str = "") -> Iterator[None]:
        """Marks that belong together: `identity` is the id of a place or an act, `title` its line of text."""
        name = f' data-id="{escape(identity)}"' if identity else ""
        self.parts.append(f"<g{name}{attributes}>" + (f"<title>{escape(title)}</title>" if title else ""))
        yield
        self.parts.append("</g>")

    def body(self) -> str:
        return "".join(self.parts)

    def width(self, text: str, step: int, strong: bool = False) -> float:
        return fonts.width(text, self.type.of(step), fonts.STRONG if strong or step == 1 else fonts.PLAIN)

    def wrap(self, text: str, step: int, most: float, strong: bool = False) -> list[str]:
        return fonts.wrap(text, self.type.of(step), most, fonts.STRONG if strong or step == 1 else fonts.PLAIN)

    def cut(self, text: str, step: int, most: float, strong: bool = False) -> str:
        return fonts.cut(text, self.type.of(step), most, fonts.STRONG if strong or step == 1 else fonts.PLAIN)


def style(canvas: Canvas, dark: bool | None, scope: str = "") -> str:
    """The style sheet of a canvas.

    Args:
        canvas: as drawn.
        dark: mode; None gives both: light, and dark where the reader's device asks for it.
        scope: class of the element that it holds for, where a page has more than this drawing.
    """
    rules = _type(canvas) + _colours(canvas, bool(dark))
    both = f"@media (prefers-color-scheme:dark){{{_scoped(_colours(canvas, True), scope)}}}" if dark is None else ""
    return _scoped(rules, scope) + both


def _scoped(rules: str, scope: str) -> str:
    # Weighs nothing: rules of the page, as for the mark that has the focus, still win over a colour.
    return re.sub(r"([^{}]+)(\{[^}]*\})", rf":where(.{scope}) \1\2", rules) if scope else rules


def sizes(kinds: Type, within: str = "") -> str:
    """Rules for text in the sizes of `kinds`, for what a selector holds."""
    return "".join(
        f"{within}.t{step}{{font-size:{number(size)}px}}"
        for step, size in enumerate((kinds.title, kinds.body, kinds.small), start=1)
    )


def _type(canvas: Canvas) -> str:
    return (
        f"text{{font-family:{fonts.STACK};font-weight:400}}{sizes(canvas.type)}"
        ".t1{font-weight:600}.b{font-weight:600}.m{text-anchor:middle}.e{text-anchor:end}.n{fill:none}"
    )


def _colours(canvas: Canvas, dark: bool) -> str:
    return "".join(
        f".f-{name}{{fill:{colour.on(dark)}}}.s-{name}{{stroke:{colour.on(dark)}}}"
        for name, colour in sorted(canvas.colours.items())
    )
