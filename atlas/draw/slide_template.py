"""The empty presentation: page size, one layout, fonts, colours and language. Made from python-pptx's own default."""

from typing import TYPE_CHECKING, Any

from atlas.draw.drawingml import LANGUAGE, emu
from atlas.draw.palette import ACCENT, INK, LADDER, MUTED, PAPER, PAST, STRENGTH

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import SlideLayout

# A font cannot travel inside such a file in a way that every program reads, and where a named one is missing each
# program puts another in its place, whose widths break lines anew. Calibri comes with every PowerPoint, other
# programs know its widths (Carlito), and it is near to Source Sans in build. Text refers to the theme's fonts
# alone, so that one choice under Design > Variants > Fonts sets all of it in Source Sans where that is installed.
FONT = "Calibri"
LAYOUT, NAME = "Title Only", "A finding and its chart"
COLOURS = {
    "dk1": INK,
    "lt1": PAPER,
    "dk2": MUTED,
    "lt2": PAST,
    "accent1": ACCENT,
    "accent2": LADDER[4],
    "accent3": LADDER[3],
    "accent4": LADDER[5],
    "accent5": LADDER[6],
    "accent6": STRENGTH[3],
    "hlink": ACCENT,
    "folHlink": LADDER[5],
}
WIDTHS, HEIGHT = {"wide": 960.0, "standard": 720.0}, 540.0
MARGIN, TITLE_TOP, TITLE_SIZE = 36.0, 28.0, 24.0


def blank(size: str) -> "tuple[Presentation, SlideLayout]":
    """A presentation without slides, and its one layout.

    Args:
        size: a key of `WIDTHS`.
    """
    from pptx import Presentation as new_presentation
    from pptx.util import Emu

    presentation = new_presentation()
    width = WIDTHS[size]
    presentation.slide_width, presentation.slide_height = Emu(emu(width)), Emu(emu(HEIGHT))
    element = presentation.part._element
    element.find(_a("p:sldSz")).attrib.pop("type", None)
    for layout in list(presentation.slide_layouts):
        if layout.name != LAYOUT:
            presentation.slide_layouts.remove(layout)
    _drop(presentation.part.package, "thumbnail")
    _drop(presentation.part, "printerSettings")
    master, layout = presentation.slide_master, presentation.slide_layouts[0]
    layout.name = NAME
    for part in (master, layout):
        _places(part, width)
    for root in (element, master.element, layout.element):
        for node in root.xpath(".//*[@lang] | .//a:defRPr"):
            node.set("lang", LANGUAGE)
    _title_style(master)
    _theme(master)
    return presentation, layout


def _a(tag: str) -> str:
    from pptx.oxml.ns import qn

    return qn(tag)


def _drop(part: Any, kind: str) -> None:
    """Forgets a related part that says nothing of ours: a picture of another deck, settings of a printer."""
    rels = part._rels
    for identity in [identity for identity, rel in rels.items() if rel.reltype.endswith(f"/{kind}")]:
        rels.pop(identity)


def _places(part: Any, width: float) -> None:
    """Title and number where slides have them; date and footer are text of each slide, since they belong to its
    view.
    """
    for shape in list(part.placeholders):
        kind = shape.element.find(f".//{_a('p:ph')}").get("type")
        if kind in ("dt", "ftr"):
            shape.element.getparent().remove(shape.element)
        elif kind == "title":
            _move(shape, MARGIN, TITLE_TOP, width - 2 * MARGIN, 2 * TITLE_SIZE * 1.2)
        elif kind == "body":
            _move(shape, MARGIN, 130, width - 2 * MARGIN, 320)
        elif kind == "sldNum":
            _move(shape, width - MARGIN - 60, HEIGHT - 20, 60, 14)


def _move(shape: Any, x: float, y: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = (emu(value) for value in (x, y, width, height))


def _title_style(master: Any) -> None:
    """Left, bold, at the top of its box, without inner margins."""
    style = master.element.find(f".//{_a('p:titleStyle')}/{_a('a:lvl1pPr')}")
    style.set("algn", "l")
    run = style.find(_a("a:defRPr"))
    run.set("sz", str(round(TITLE_SIZE * 100)))
    run.set("b", "1")
    for shape in master.placeholders:
        if shape.element.find(f".//{_a('p:ph')}").get("type") == "title":
            body = shape.element.find(f".//{_a('a:bodyPr')}")
            body.set("anchor", "t")
            for side in ("lIns", "tIns", "rIns", "bIns"):
                body.set(side, "0")


def _theme(master: Any) -> None:
    """Our colours and font in the theme, which python-pptx keeps as bytes."""
    from lxml import etree
    from pptx.opc.constants import RELATIONSHIP_TYPE as RT

    part = master.part.part_related_by(RT.THEME)
    root = etree.fromstring(part.blob)
    root.set("name", "Regime Atlas")
    scheme = root.find(f".//{_a('a:clrScheme')}")
    scheme.set("name", "Regime Atlas")
    for name, value in COLOURS.items():
        slot = scheme.find(_a(f"a:{name}"))
        slot.clear()
        etree.SubElement(slot, _a("a:srgbClr")).set("val", value.light[1:].upper())
    fonts = root.find(f".//{_a('a:fontScheme')}")
    fonts.set("name", "Regime Atlas")
    for latin in fonts.iter(_a("a:latin")):
        latin.set("typeface", FONT)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
