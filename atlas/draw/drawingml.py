"""Shapes as DrawingML, written out directly: python-pptx's own builder takes twenty seconds for a world map.

Lengths are points (1/72 inch), as sizes of text are; the file holds EMU, 12,700 to a point.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import unescape

from atlas.draw.marks import Box
from atlas.draw.markup import escape
from atlas.draw.palette import RULE

if TYPE_CHECKING:
    from pptx.slide import Slide

EMU = 12700
LANGUAGE = "en-GB"
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
    "</a:extLst>"
)
LONGEST_NAME, LONGEST_ALT = 250, 2000
# Text takes the theme's colours, so that it stays legible on a deck of another colour; data keep their own.
INK, MUTE, PAPER = "tx1", "tx2", "bg1"
_NUMBER = re.compile(r"-?\d+")
_RING = re.compile(r"M(-?\d+),(-?\d+)l([^zM]*)z")
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def emu(points: float) -> int:
    return round(points * EMU)


def clean(text: str, most: int) -> str:
    """The text cut to a length, without what XML forbids; not escaped, for python-pptx does that itself."""
    return unescape(short(text, most), {"&quot;": '"'})


def short(text: str, most: int) -> str:
    """The text as an attribute can hold it, cut to a length."""
    return escape(text if len(text) <= most else text[: most - 1] + "…")


def colour(value: str) -> str:
    """A colour of the theme (`tx1`) or a fixed one (`#1F4E79`)."""
    return f'<a:srgbClr val="{value[1:].upper()}"/>' if value.startswith("#") else f'<a:schemeClr val="{value}"/>'


def solid(value: str) -> str:
    return f"<a:solidFill>{colour(value)}</a:solidFill>" if value else "<a:noFill/>"


def pattern(preset: str, front: str, back: str) -> str:
    return (
        f'<a:pattFill prst="{preset}"><a:fgClr>{colour(front)}</a:fgClr><a:bgClr>{colour(back)}</a:bgClr></a:pattFill>'
    )


def line(value: str, width: float = 0.75, dash: str = "", tip: str = "") -> str:
    """An outline; without a colour, none. `dash` is a preset (`sysDot`), `tip` an arrow's (`triangle`)."""
    if not value:
        return "<a:ln><a:noFill/></a:ln>"
    ends = f'<a:tailEnd type="{tip}" w="sm" len="sm"/>' if tip else ""
    return (
        f'<a:ln w="{emu(width)}">{solid(value)}'
        + (f'<a:prstDash val="{dash}"/>' if dash else "")
        + f"<a:round/>{ends}</a:ln>"
    )


@dataclass(frozen=True)
class Run:
    """A stretch of text: size in points, colour, weight, the relationship of a link, and the radius of a halo."""

    text: str
    size: float
    colour: str = INK
    bold: bool = False
    link: str = ""
    halo: float = 0

    def xml(self) -> str:
        link = f'<a:hlinkClick r:id="{self.link}"/>' if self.link else ""
        weight = ' b="1"' if self.bold else ""
        # PowerPoint draws a glow behind the letters, an outline over them.
        glow = (
            f'<a:effectLst><a:glow rad="{emu(self.halo)}">{colour(PAPER)}</a:glow></a:effectLst>' if self.halo else ""
        )
        return (
            f'<a:r><a:rPr lang="{LANGUAGE}" sz="{round(self.size * 100)}"{weight} dirty="0">{solid(self.colour)}'
            f"{glow}{link}"
            f"</a:rPr><a:t>{escape(self.text)}</a:t></a:r>"
        )


def paragraph(runs: Iterable[Run], align: str = "l", after: float = 0) -> str:
    spacing = f'<a:spcAft><a:spcPts val="{round(after * 100)}"/></a:spcAft>' if after else ""
    return f'<a:p><a:pPr algn="{align}">{spacing}</a:pPr>{"".join(run.xml() for run in runs)}</a:p>'


@dataclass
class Stage:
    """What stands on one slide: gives out ids that no other shape of the slide has, and groups shapes."""

    slide: "Slide"
    next_id: int = 10
    open: list[list[str]] = field(default_factory=list)
    bounds: list[list[tuple[float, float, float, float]]] = field(default_factory=list)

    def identity(self) -> int:
        self.next_id += 1
        return self.next_id

    def _put(self, xml: str, box: Box) -> None:
        if self.open:
            self.open[-1].append(xml)
            self.bounds[-1].append((box.x, box.y, box.right, box.bottom))
            return
        self.slide.shapes._spTree.append(parsed(xml))

    def _properties(self, name: str, alt: str) -> str:
        spoken = f' descr="{short(alt, LONGEST_ALT)}"' if alt else ""
        return f'<p:cNvPr id="{self.identity()}" name="{short(name, LONGEST_NAME)}"{spoken}/>'

    def shape(self, name: str, box: Box, geometry: str, fill: str, outline: str, alt: str = "", turn: str = "") -> None:
        """A shape without text.

        Args:
            name: as the selection pane lists it.
            box: where it stands.
            geometry: a preset's name, or the XML of a custom geometry.
            fill, outline: XML, see `solid`, `pattern`, `line`.
            alt: text alternative.
            turn: attributes of the transform, as ` flipV="1"`.
        """
        form = geometry if geometry.startswith("<") else f'<a:prstGeom prst="{geometry}"><a:avLst/></a:prstGeom>'
        self._put(
            f"<p:sp><p:nvSpPr>{self._properties(name, alt)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f"<p:spPr>{_transform(box, turn)}{form}{fill}{outline}</p:spPr></p:sp>",
            box,
        )

    def stroke(
        self, name: str, start: tuple[float, float], end: tuple[float, float], outline: str, alt: str = ""
    ) -> None:
        """A straight line from the left or upper to the right or lower point."""
        turn = ' flipV="1"' if end[1] < start[1] else ""
        box = Box(start[0], min(start[1], end[1]), end[0] - start[0], abs(end[1] - start[1]))
        self._put(
            f"<p:cxnSp><p:nvCxnSpPr>{self._properties(name, alt)}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
            f'<p:spPr>{_transform(box, turn)}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>{outline}</p:spPr>'
            "</p:cxnSp>",
            box,
        )

    def rule(self, name: str, start: tuple[float, float], end: tuple[float, float]) -> None:
        """A hairline that says nothing: a screen reader passes it over."""
        self.stroke(name, start, end, line(RULE.light))
        self.slide.shapes._spTree[-1].find(".//{*}cNvPr").append(parsed(DECORATIVE))

    def text(self, name: str, box: Box, paragraphs: Iterable[str], anchor: str = "t", wrap: bool = True) -> None:
        """A text box without inner margins; `paragraphs` are XML, see `paragraph`."""
        self._put(
            f'<p:sp><p:nvSpPr>{self._properties(name, "")}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr>{_transform(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
            "<p:txBody>"
            f'<a:bodyPr wrap="{"square" if wrap else "none"}" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0"'
            f' anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
            f"{''.join(paragraphs)}</p:txBody></p:sp>",
            box,
        )

    @contextmanager
    def group(self, name: str, alt: str = "") -> Iterator[None]:
        """What follows goes into a group; an empty one leaves nothing."""
        self.open.append([])
        self.bounds.append([])
        try:
            yield
        finally:
            parts, bounds = self.open.pop(), self.bounds.pop()
        if parts:
            self._put_group(name, alt, parts, bounds)

    def _put_group(
        self, name: str, alt: str, parts: list[str], bounds: list[tuple[float, float, float, float]]
    ) -> None:
        left, top, right, bottom = (choose(values) for choose, values in zip((min, min, max, max), zip(*bounds)))
        box = Box(left, top, right - left, bottom - top)
        offset, extent = (f'x="{emu(left)}" y="{emu(top)}"', f'cx="{emu(box.width)}" cy="{emu(box.height)}"')
        self._put(
            f"<p:grpSp><p:nvGrpSpPr>{self._properties(name, alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>"
            "<a:xfrm>"
            f"<a:off {offset}/><a:ext {extent}/><a:chOff {offset}/><a:chExt {extent}/></a:xfrm></p:grpSpPr>"
            f"{''.join(parts)}</p:grpSp>",
            box,
        )


def _transform(box: Box, turn: str = "") -> str:
    return (
        f'<a:xfrm{turn}><a:off x="{emu(box.x)}" y="{emu(box.y)}"/>'
        f'<a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/></a:xfrm>'
    )


def rings(path: str) -> Iterator[list[tuple[int, int]]]:
    """The closed rings of path data as `atlas.maps.svg_paths` writes them, as points."""
    for x, y, steps in _RING.findall(path):
        at = (int(x), int(y))
        points = [at]
        numbers = [int(number) for number in _NUMBER.findall(steps)]
        for right, down in zip(numbers[::2], numbers[1::2]):
            at = (at[0] + right, at[1] + down)
            points.append(at)
        yield points


def outline(path: str) -> tuple[str, tuple[int, int, int, int]]:
    """Path data -> one custom geometry with a contour for each ring, and its bounds on the grid (x, y, width, height).

    All rings stand in one path: a fill leaves out what lies within two of them, as a lake or an enclave does.
    """
    found = list(rings(path))
    xs, ys = [x for ring in found for x, _ in ring], [y for ring in found for _, y in ring]
    left, top = min(xs), min(ys)
    width, height = max(max(xs) - left, 1), max(max(ys) - top, 1)
    drawn = []
    for first, *rest in found:
        drawn.append(f'<a:moveTo><a:pt x="{first[0] - left}" y="{first[1] - top}"/></a:moveTo>')
        drawn += [f'<a:lnTo><a:pt x="{x - left}" y="{y - top}"/></a:lnTo>' for x, y in rest]
        drawn.append("<a:close/>")
    geometry = (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{width}" h="{height}">{"".join(drawn)}</a:path></a:pathLst></a:custGeom>'
    )
    return geometry, (left, top, width, height)


def parsed(xml: str) -> Any:
    """An element of our XML, whose names are bound here."""
    from pptx.oxml import parse_xml

    tag = re.split(r"[\s/>]", xml, maxsplit=1)[0]
    return parse_xml(f"{tag} {NAMESPACES}{xml[len(tag) :]}")


def filled(body: Any, paragraphs: Iterable[str]) -> None:
    """Puts paragraphs in place of those of a text body."""
    for old in list(body.p_lst):
        body.remove(old)
    for one in paragraphs:
        body.append(parsed(one))
