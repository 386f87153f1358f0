"""The chart itself, as markup for an embed: drawn as SVG, or as a table whose cells carry small drawings.

No text is scaled: what must be read stands as HTML, or in one of several drawings, each for a range of widths.
Coordinates in tables are shares of the cell's width, so that one markup serves every width without inline styles.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from atlas.charts.clock.scene import DASH
from atlas.charts.clock.view import DASHES, ClockView
from atlas.charts.compare.view import PLACES, Comparison
from atlas.charts.strength.view import RangesView
from atlas.charts.view import View
from atlas.draw.drawing import Drawing, inline
from atlas.draw.palette import Colour
from atlas.draw.sizes import Type
from atlas.law.strength import compulsory, groups
from atlas.maps.geometry import get_geometry
from atlas.publish.chart_addresses import Links
from atlas.publish.comparison import receipts as comparing
from atlas.publish.comparison.page import grouped
from atlas.publish.picture import drawing
from atlas.tables.atlas import Atlas
from atlas.templating import render
from atlas.words import texts
from atlas.words.strength import unread_words

# A map has no text. Its textures grow with it: about halfway between a phone and a wide page they have their own size.
MAP_WIDTH = 640
SLIM, INLINE = Type(19, 13, 12), Type(22, 14, 13)
# An embed asks for no font, and what a device has instead of ours is wider: drawings leave that much more room for
# text.
WIDER = 1.2
# Drawings of a chart with text in it, widest first: class in embed.css, which shows one of them at a time, width,
# sizes of text.
DRAWN = (("wide", 1040, INLINE), ("mid", 600, INLINE), ("slim", 310, SLIM))


@dataclass(frozen=True)
class Figure:
    """A chart as markup.

    Attributes:
        html: the markup.
        css: the style sheet of its drawings.
        sheets: names of further style sheets in atlas/assets.
        colours: colours that the sheets name.
        strokes: colours of lines and hatch over some of those, by the same names.
        is_table: whether it is its own table twin.
        notes: sentences under it.
    """

    html: Markup
    css: str = ""
    sheets: tuple[str, ...] = ()
    colours: dict[str, Colour] = field(default_factory=dict)
    strokes: dict[str, Colour] = field(default_factory=dict)
    is_table: bool = False
    notes: tuple[str, ...] = ()


def figure(atlas: Atlas, view: View, where: Links, dark: bool | None) -> Figure:
    """The chart of a view.

    Args:
        atlas: the data behind the view.
        view: any view of the catalogue.
        where: its addresses.
        dark: mode; None for both.
    """
    return _FIGURES.get(view.slug, _drawn)(atlas, view, where, dark)


def _map(atlas: Atlas, view: View, where: Links, dark: bool | None) -> Figure:
    drawn = drawing(atlas, view, MAP_WIDTH, dark=dark, keys=False)
    shown = inline(view.alt, {"map": drawn})
    union, circle = _map_keys(view, drawn)
    html = render("embed_map.html", drawing=Markup(shown.html), classes=view.classes, union=union, circle=circle)
    return Figure(
        Markup(html),
        shown.css,
        colours={f"k-{klass.id}": klass.colour for klass in view.classes},
        strokes={f"k-{klass.id}": klass.strokes for klass in view.classes if klass.texture in ("ended", "hatch")},
        sheets=("embed_map",),
    )


def _map_keys(view: View, drawn: Drawing) -> tuple[str, str]:
    """What the legend says of the Union's outline and of small circles; empty for what the drawing does not have."""
    prose = texts()["pictures"]["map"]
    place = view.class_of.get("EU", "")
    outlined = place and get_geometry().union_outline(view.as_of)
    union = prose["union"].format(label=view.klass(place).label.lower()) if outlined else ""
    return union, prose["circle"] if drawn.has("circle") else ""


def map_legend(view: View, drawn: Drawing) -> list[str]:
    """The entries of the map's legend as they read, with their counts."""
    counted = [f"{one.label} {one.count}" if one.texture != "open" else one.label for one in view.classes]
    return [*counted, *(key for key in _map_keys(view, drawn) if key)]


def _drawn(atlas: Atlas, view: View, where: Links, dark: bool | None) -> Figure:
    """A chart with text in it: one drawing for each range of widths, each with the same marks and colours."""
    return _in_widths(atlas, view, dark)


def _in_widths(atlas: Atlas, view: View, dark: bool | None, nameless: tuple[str, ...] = (), keys: str = "") -> Figure:
    drawings = {
        kind: drawing(atlas, view, width, dark=dark, kinds=roomy(sizes), keys=kind not in nameless, prefix=f"{kind}-")
        for kind, width, sizes in DRAWN
    }
    shown = inline(view.alt, drawings, {kind: sizes for kind, _, sizes in DRAWN}, keys)
    return Figure(Markup(shown.html), shown.css)


def _clock(atlas: Atlas, view: ClockView, where: Links, dark: bool | None) -> Figure:
    """The clock; a narrow drawing leaves the names of its curves to a list under it."""
    curves = [(curve, DASH[DASHES[curve.rung]]) for curve in reversed(view.curves)]
    return _in_widths(atlas, view, dark, nameless=("slim",), keys=render("embed_lines.html", curves=curves))


def roomy(sizes: Type) -> Type:
    """Sizes of text for drawings whose font is the device's."""
    return Type(*(size * WIDER for size in (sizes.title, sizes.body, sizes.small)))


def _compare(atlas: Atlas, view: Comparison, where: Links, dark: bool | None) -> Figure:
    html = render(
        "embed_compare.html",
        view=view,
        groups=grouped(view.rows),
        states=comparing.states(view),
        codes=codes(view),
        prose=texts()["embed"],
        mixed={
            column.id
            for position, column in enumerate(view.columns)
            if any(row.cells[position].inherited for row in view.rows)
        },
    )
    return Figure(Markup(html), sheets=("embed_compare",), is_table=True)


def codes(view: Comparison) -> list[str]:
    """What heads the columns where there is no room for names: ids of places, letters for instruments."""
    return [
        column.id if view.mode == PLACES else chr(ord("A") + position) for position, column in enumerate(view.columns)
    ]


def _ranges(atlas: Atlas, view: RangesView, where: Links, dark: bool | None) -> Figure:
    prose, site = texts()["strength"], texts()["embed"]
    html = render(
        "embed_ranges.html",
        view=view,
        groups=groups(),
        powers=len(compulsory()),
        legend=prose["legend"],
        columns=prose["columns"],
        not_enough=prose["not_enough"],
        empty=prose["empty"],
        folded=site["folded"],
    )
    colours = {f"t-{row.type}": row.colour for row in view.rows}
    return Figure(
        Markup(html), sheets=("embed_rows",), colours=colours, notes=(*view.notes, *unread_words(view.unread))
    )


# Charts whose embed is more than their drawing: a legend in words beside it, or a table that needs no drawing.
_FIGURES: dict[str, Callable[[Atlas, Any, Links, bool | None], Figure]] = {
    "map": _map,
    "clock": _clock,
    "compare": _compare,
    "strength": _ranges,
}
