"""A scene as SVG, without colours: each mark names a colour, and a style sheet says what it is in light and in dark.

So one markup serves a light page, a dark page and both, and repeated attributes cost no bytes.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from atlas.draw import fonts
from atlas.draw.legend_class import LegendClass
from atlas.draw.marks import Circle, Fit, Group, Land, Line, Mark, Paint, Path, Rect, Symbol, Text
from atlas.draw.markup import escape, number
from atlas.draw.palette import Colour
from atlas.draw.scene import BASIC, Scene
from atlas.draw.sizes import HALO, Type
from atlas.draw.symbols import outline

_ANCHORS = {"start": "", "middle": " m", "end": " e"}
# Hatch over old evidence as an SVG pattern: its path and the side of its tile.
HATCH, HATCH_PATH, HATCH_SIDE = "hatch", "M-1 7L7-1M-1 1L1-1M5 7L7 5", 6
_TILE_TEXT = 13  # size of small text at which a tile has its own size


@dataclass(frozen=True)
class Svg:
    """A drawing as markup.

    Attributes:
        body: the marks.
        colours: what the names in it mean.
        type: the sizes of its text.
    """

    body: str
    colours: dict[str, Colour]
    type: Type

    def style(self, dark: bool | None, scope: str = "") -> str:
        """The style sheet.

        Args:
            dark: mode; None gives both: light, and dark where the reader's device asks for it.
            scope: class of the element that it holds for, where a page has more than this drawing.
        """
        rules = _type(self.type) + self._fills(bool(dark))
        if dark is None:
            more = f"@media screen and (prefers-color-scheme:dark){{{_scoped(self._fills(True), scope)}}}"
        else:
            # A dark drawing within a page is light on paper; a dark picture is what was asked for.
            more = f"@media print{{{_scoped(self._fills(False), scope)}}}" if dark and scope else ""
        return _scoped(rules, scope) + more

    def _fills(self, dark: bool) -> str:
        return "".join(
            f".f-{name}{{fill:{colour.on(dark)}}}.s-{name}{{stroke:{colour.on(dark)}}}"
            for name, colour in sorted(self.colours.items())
        )


def write(scene: Scene, ground: str = "paper") -> Svg:
    """The scene as SVG; `ground` is the colour on which it stands."""
    writer = _Writer(scene)
    writer.known(ground)
    body = "".join(writer.mark(mark) for mark in scene.marks)
    return Svg(writer.key_patterns() + body, writer.colours, scene.type)


def _scoped(rules: str, scope: str) -> str:
    # Weighs nothing: rules of the page, as for the mark that has the focus, still win over a colour.
    return re.sub(r"([^{}]+)(\{[^}]*\})", rf":where(.{scope}) \1\2", rules) if scope else rules


def sizes(kinds: Type, within: str = "") -> str:
    """Rules for text in the sizes of `kinds`, for what a selector holds."""
    return "".join(
        f"{within}.t{step}{{font-size:{number(size)}px}}"
        for step, size in enumerate((kinds.title, kinds.body, kinds.small), start=1)
    )


def _type(kinds: Type) -> str:
    return (
        f"text{{font-family:{fonts.STACK};font-weight:400}}{sizes(kinds)}"
        ".t1{font-weight:600}.b{font-weight:600}.m{text-anchor:middle}.e{text-anchor:end}.n{fill:none}"
        # A halo, behind its letters.
        f".h{{paint-order:stroke;stroke-width:{number(2 * HALO * kinds.small)}px;stroke-linejoin:round}}"
    )


@dataclass
class _Writer:
    """Marks to markup; collects the colours and the keys' textures that they use."""

    scene: Scene
    colours: dict[str, Colour] = field(default_factory=dict)
    keys: dict[str, LegendClass] = field(default_factory=dict)

    def known(self, name: str) -> str:
        self.colours[name] = self.scene.colours.get(name) or BASIC[name]
        return name

    def paint(self, paint: Paint) -> str:
        fill, stroke, weight, dash = paint
        names = " ".join(
            part
            for part in (f"f-{self.known(fill)}" if fill else "n", f"s-{self.known(stroke)}" if stroke else "")
            if part
        )
        line = f' stroke-width="{number(weight)}"' if stroke and weight != 1 else ""
        return f' class="{names}"{line}' + (f' stroke-dasharray="{dash}"' if dash else "")

    def mark(self, mark: Mark) -> str:
        return _WRITE[type(mark)](self, mark)

    def marks(self, marks: Iterable[Mark]) -> str:
        return "".join(map(self.mark, marks))

    def text(self, text: Text) -> str:
        where = f'x="{number(text.x)}" y="{number(text.y)}"'
        if text.anchor != "apart":
            (run,) = text.runs
            names = f"t{text.step}{' b' if run.strong else ''} f-{self.known(run.colour)}{_ANCHORS[text.anchor]}"
            if text.halo:
                names += f" h s-{self.known('paper')}"
            return f'<text class="{names}" {where}>{escape(run.words)}</text>'
        inner = " ".join(
            f'<tspan class="{"b " if run.strong else ""}f-{self.known(run.colour)}">{escape(run.words)}</tspan>'
            for run in text.runs
        )
        return f'<text class="t{text.step}" {where}>{inner}</text>'

    def rect(self, rect: Rect) -> str:
        box = rect.box
        where = f'x="{number(box.x)}" y="{number(box.y)}" width="{number(box.width)}" height="{number(box.height)}"'
        over = ""
        if rect.textured and rect.textured.texture == HATCH:
            self.keys[_pattern(rect.textured)] = rect.textured
            over = f'<rect {where} fill="url(#{self.scene.prefix}key-{_pattern(rect.textured)})"/>'
        return f"<rect {where}{self.paint(rect.paint)}/>{over}"

    def line(self, line: Line) -> str:
        start = f"M{number(line.x1)} {number(line.y1)}"
        if line.y1 == line.y2:
            end = f"H{number(line.x2)}"
        elif line.x1 == line.x2:
            end = f"V{number(line.y2)}"
        else:
            end = f"L{number(line.x2)} {number(line.y2)}"
        return f'<path d="{start}{end}"{self.paint(line.paint)}/>'

    def circle(self, circle: Circle) -> str:
        x, y, radius, paint, klass, old = circle
        drawn = f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"{self.paint(paint)}/>'
        if klass and old:
            reach = radius * 0.7
            d = f"M{number(x - reach)} {number(y + reach)}L{number(x + reach)} {number(y - reach)}"
            drawn += self.path(Path(d, Paint("", self.scene.over_class(klass))))
        return drawn

    def path(self, path: Path) -> str:
        return f'<path d="{path.d}"{self.paint(path.paint)}/>'

    def symbol(self, symbol: Symbol) -> str:
        name, x, y, radius, colour = symbol
        if name == "circle-open":
            return self.circle(Circle(x, y, radius, Paint("paper", colour, 1.2)))
        if name == "circle":
            return self.circle(Circle(x, y, radius, Paint(colour, "mute", 0.5)))
        if name == "line-ns-open":
            return self.line(Line(x, y - radius, x, y + radius, Paint("", colour, 1.2)))
        corners = (f"{number(x + right)} {number(y + down)}" for right, down in outline(name, radius))
        return self.path(Path(f"M{'L'.join(corners)}z", Paint(colour, "mute", 0.5)))

    def group(self, group: Group) -> str:
        names = (("data-id", group.identity), ("data-class", group.role), ("data-key", group.key))
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in names if value)
        title = f"<title>{escape(group.title)}</title>" if group.title else ""
        return f"<g{attributes}>{title}{self.marks(group.marks)}</g>"

    def key_patterns(self) -> str:
        """Hatch of the legend's keys."""
        if not self.keys:
            return ""
        return f"<defs>{self.patterns(self.keys.values(), f'{self.scene.prefix}key-', 1)}</defs>"

    def patterns(self, classes: Iterable[LegendClass], prefix: str, scale: float) -> str:
        """For each class hatch that shows on its fill.

        Args:
            classes: those over whose fill it lies.
            prefix: of their ids.
            scale: of the coordinates in which they are used; the texture keeps its size on the screen.
        """
        size = self.scene.type.small / _TILE_TEXT
        turned = f'patternTransform="scale({size / scale:.4g})"'
        tile = 'patternUnits="userSpaceOnUse"'
        found = []
        for klass in classes:
            colour = self.known(self.scene.over_class(klass))
            found.append(
                f'<pattern id="{prefix}{_pattern(klass)}" width="{HATCH_SIDE}" height="{HATCH_SIDE}" {tile} {turned}>'
                f'<path class="s-{colour}" d="{HATCH_PATH}"/></pattern>'
            )
        return "".join(found)

    def land(self, land: Land) -> str:
        """Shapes by class, each once, so that a whole world stays small; hatch over them, the outline on top."""
        for name in ("coast", "edge", "paper", "union"):
            self.known(name)
        scale, prefix = land.fit.scale * land.unit, land.prefix
        class_of = {place.id: klass for klass, places in land.classes for place in places}
        hatched = set(land.hatched)
        over = {klass.id: klass for klass in (class_of[place] for place in land.hatched)}
        patterns = self.patterns((over[name] for name in sorted(over)), prefix, scale)
        parts = [
            f"<defs>{patterns}</defs>" if patterns else "",
            f'<g transform="{_transform(land.fit, land.unit)}" stroke-width="{land.coast / scale:.3g}">',
            '<g class="s-coast"><g class="f-paper" data-class="rest">',
            *(f'<path d="{d}"><title>{escape(words)}</title></path>' for d, words in land.rest),
            '</g></g><g class="s-edge">',
        ]
        for klass, places in land.classes:
            if not places:
                continue
            self.known(self.scene.class_colour(klass))
            ended = ""
            if klass.texture == "ended":
                outline = self.known(self.scene.over_class(klass))
                ended = f' s-{outline}" stroke-width="{land.ended / scale:.3g}'
            parts.append(f'<g class="f-k-{klass.id}{ended}" data-class="{klass.id}">')
            for place in places:
                identity = f' id="{prefix}{place.id}"' if place.id in hatched else ""
                title = f"<title>{escape(place.words)}</title>"
                parts.append(f'<path{identity} data-id="{place.id}" d="{place.path}">{title}</path>')
            parts.append("</g>")
        parts.append("</g>")
        by_pattern: dict[str, list[str]] = {}
        for identity in land.hatched:
            by_pattern.setdefault(_pattern(class_of[identity]), []).append(f'<use href="#{prefix}{identity}"/>')
        parts += [
            f'<g fill="url(#{prefix}{name})" stroke="none" pointer-events="none">{"".join(uses)}</g>'
            for name, uses in by_pattern.items()
        ]
        if land.outline:
            weight = f'stroke-width="{land.outline_weight / scale:.3g}"'
            parts.append(f'<path class="n s-union" {weight} pointer-events="none" d="{land.outline}"/>')
        return "".join([*parts, "</g>"])


def _pattern(klass: LegendClass) -> str:
    """Id of the hatch over a class, behind its prefix."""
    return f"{HATCH}-{klass.id}"


def _transform(fit: Fit, unit: int) -> str:
    """As an attribute, for coordinates in so many units of the grid."""
    x, y = fit.x - fit.window.x * fit.scale, fit.y - fit.window.y * fit.scale
    return f"translate({number(x)} {number(y)})scale({fit.scale * unit:.5g})"


_WRITE: dict[type, Callable[[_Writer, Any], str]] = {
    Text: _Writer.text,
    Rect: _Writer.rect,
    Line: _Writer.line,
    Circle: _Writer.circle,
    Path: _Writer.path,
    Symbol: _Writer.symbol,
    Group: _Writer.group,
    Land: _Writer.land,
}
