"""The chart itself, as markup for an embed: drawn as SVG, or as a table whose cells carry small drawings.

No text is scaled: what must be read stands as HTML, or in one of several drawings, each for a range of widths.
Coordinates in tables are shares of the cell's width, so that one markup serves every width without inline styles.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from markupsafe import Markup

from atlas.charts.comparison import Comparison
from atlas.charts.palette import Colour
from atlas.charts.powers_vs_response import BANDS, UNSEARCHED, ScatterView
from atlas.charts.strength_chart import RangesView
from atlas.charts.view import View
from atlas.law.strength import compulsory, groups
from atlas.publish import comparing
from atlas.publish.compare_page import grouped
from atlas.publish.permalinks import Links
from atlas.publish.pictures import Type, drawing
from atlas.publish.pictures.canvas import escape, number
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method
from atlas.templating import render
from atlas.words import texts

MAP_WIDTH = 960
# Width of each drawing of a chart with text in it, and its class in embed.css, which shows one of them at a time.
DRAWN = ((330, "slim"), (600, "mid"), (1040, "wide"))
SLIM = Type(19, 13, 12)
INLINE = Type(22, 14, 13)


@dataclass(frozen=True)
class Figure:
    """A chart as markup.

    Attributes:
        html: the markup.
        css: the style sheet of its drawings.
        sheets: names of further style sheets in atlas/assets.
        colours: colours that the sheets name.
        is_table: whether it is its own table twin.
        notes: sentences under it.
    """

    html: Markup
    css: str = ""
    sheets: tuple[str, ...] = ()
    colours: dict[str, Colour] = field(default_factory=dict)
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
    return _FIGURES[view.slug](atlas, view, where, dark)


def _svg(body: str, width: float, height: float, label: str, kind: str = "") -> str:
    return (
        f'<svg class="ra-drawing {kind}" viewBox="0 0 {number(width)} {number(height)}" role="img" aria-label="{escape(label)}">{body}</svg>'
    )


def _map(atlas: Atlas, view: View, where: Links, dark: bool | None) -> Figure:
    drawn = drawing(atlas, view, MAP_WIDTH, dark=dark, keys=False)
    prose = texts()["pictures"]["map"]
    union = view.class_of.get("EU")
    html = render(
        "embed_map.html", drawing=Markup(_svg(drawn.body, drawn.width, drawn.height, view.alt, "map")), classes=view.classes,
        union=prose["union"].format(label=view.klass(union).label.lower()) if union and 'id="ra-union"' in drawn.body else "",
        circle=prose["circle"] if "<circle" in drawn.body else "",
    )
    return Figure(Markup(html), drawn.style, colours={f"k-{klass.id}": klass.colour for klass in view.classes}, sheets=("embed_map",))


def _drawn(atlas: Atlas, view: View, where: Links, dark: bool | None) -> Figure:
    """A chart with text in it: one drawing for each range of widths."""
    parts, styles = [], []
    for width, kind in DRAWN:
        drawn = drawing(atlas, view, width, dark=dark, kinds=SLIM if kind == "slim" else INLINE)
        parts.append(_svg(drawn.body, drawn.width, drawn.height, view.alt, kind))
        styles.append(drawn.style)
    # The sizes of text differ between the drawings, everything else is the same in each.
    return Figure(Markup("".join(parts)), _sized(styles))


def _sized(styles: list[str]) -> str:
    """One style sheet out of one a drawing: what they share once, sizes of text within their drawing."""
    kinds = dict(zip((kind for _, kind in DRAWN), (SLIM, INLINE, INLINE), strict=True))
    sizes = "".join(f".{kind} .t2{{font-size:{number(of.body)}px}}.{kind} .t3{{font-size:{number(of.small)}px}}" for kind, of in kinds.items())
    return styles[-1] + sizes


def _compare(atlas: Atlas, view: Comparison, where: Links, dark: bool | None) -> Figure:
    html = render(
        "embed_compare.html", view=view, groups=grouped(view.rows), states=comparing.states(view),
        mixed={column.id for position, column in enumerate(view.columns) if any(row.cells[position].inherited for row in view.rows)},
    )
    return Figure(Markup(html), sheets=("embed_compare",), is_table=True)


def _ranges(atlas: Atlas, view: RangesView, where: Links, dark: bool | None) -> Figure:
    prose, site = texts()["strength"], texts()["embed"]
    html = render(
        "embed_ranges.html", view=view, groups=groups(), powers=len(compulsory()), legend=prose["legend"], columns=prose["columns"],
        not_enough=prose["not_enough"], empty=prose["empty"], folded=site["folded"],
    )
    colours = {f"t-{row.type}": row.colour for row in view.rows}
    return Figure(Markup(html), sheets=("embed_rows",), colours=colours, notes=(*view.notes, *_unread(view.unread)))


def _unread(count: int) -> tuple[str, ...]:
    prose = texts()["embed"]
    return (prose["unread_one"] if count == 1 else prose["unread"].format(count=count),) if count else ()


def _scatter(atlas: Atlas, view: ScatterView, where: Links, dark: bool | None) -> Figure:
    prose, lines = texts()["strength"]["scatter"], get_method()["corners"]
    bands = [
        (rung, "Acts not searched" if rung == UNSEARCHED else atlas.label("rung", str(rung)), [dot for dot in view.dots if dot.rung == rung]) for rung in BANDS
    ]
    html = render(
        "embed_scatter.html", view=view, bands=bands, corners=prose["corners"], legend=prose["legend"], axis=prose["axis"], line=lines["strength"],
        rung_line=lines["rung"],
    )
    return Figure(Markup(html), sheets=("embed_rows",), notes=_unread(view.unread))


_FIGURES: dict[str, Callable[[Atlas, View, Links, bool | None], Figure]] = {
    "map": _map, "timeline": _drawn, "clock": _drawn, "compare": _compare, "strength": _ranges, "powers-response": _scatter,
}
