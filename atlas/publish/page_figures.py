"""Charts of pages that are HTML built from their View: a point of Plotly cannot take the keyboard's focus."""

from base64 import b64encode
from functools import lru_cache
from math import sqrt

from atlas.charts.powers_response.layout import lanes_of, spots
from atlas.charts.powers_response.view import DRAWN_BANDS, Dot, ScatterView, band_words, reading
from atlas.charts.priorities import scene as triangle
from atlas.charts.priorities.view import PrioritiesView
from atlas.charts.strength.view import RangesView
from atlas.draw import fonts, svg
from atlas.draw.drawing import Drawing
from atlas.draw.marks import Box
from atlas.draw.scene import Scene
from atlas.draw.sizes import INLINE
from atlas.law.priorities import settings as priorities_settings
from atlas.law.strength import groups
from atlas.publish.coverage import fields as law_fields
from atlas.publish.coverage import rows as coverage_rows
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method
from atlas.templating import render
from atlas.words import small, texts

TRIANGLE_WIDTH = 480.0
TRIANGLE_HEIGHT = TRIANGLE_WIDTH * sqrt(3) / 2


@lru_cache(maxsize=32)
def strength_figure(
    atlas: Atlas, view: RangesView, dark: bool, marked: tuple[str, ...] = (), unsure: frozenset[str] = frozenset()
) -> str:
    """The figure as HTML: every row is text, reachable by keyboard, and carries its numbers.

    Args:
        atlas: the data behind the view.
        view: the ranges.
        dark: page mode.
        marked: places to set off, as those of a chosen pair.
        unsure: places that cannot be told apart from the first of those.
    """
    prose = texts()["strength"]
    scored = [row for row in view.rows if row.strength.whole.point is not None]
    lit = [row.place for row in scored if row.place in unsure]
    others = [row for row in scored if row.place not in marked[:1]]
    return render(
        "ranges.html",
        unsure=set(lit),
        unsure_words={
            name: words.format(name=atlas.name(marked[0], in_sentence=True), count=len(lit), of=len(others))
            for name, words in prose["unsure"].items()
        }
        if lit
        else {},
        view=view,
        dark=dark,
        marked=marked,
        groups=groups(),
        fields=_fields_read(atlas),
        fields_legend=prose["fields"]["legend"].format(
            fields=", ".join(_within(atlas.label("field", field)) for field in law_fields(atlas))
        ),
        legend=prose["legend"],
        columns=prose["columns"],
        scored=scored,
        others=[row for row in view.rows if row.strength.whole.point is None],
        unscored=prose["unscored"],
        empty=prose["empty"],
    )


def _within(label: str) -> str:
    """A label as it stands within a sentence: an abbreviation keeps its capitals."""
    return label if label.isupper() else label[0].lower() + label[1:]


@lru_cache(maxsize=4)
def _fields_read(atlas: Atlas) -> dict[str, dict]:
    """By place, the state of each field of its own law, how many are not left unread, and both in words."""
    prose, found = texts()["strength"]["fields"], {}
    for row in coverage_rows(atlas):
        said = "; ".join(prose["one"].format(field=_within(cell.label), state=cell.words) for cell in row.cells)
        found[row.place] = {
            "states": [cell.state for cell in row.cells],
            "row": prose["row"].format(read=len(row.cells) - row.unread, of=len(row.cells)),
            "title": prose["title"].format(name=row.name, fields=said),
        }
    return found


@lru_cache(maxsize=64)
def triangle_figure(view: PrioritiesView, dark: bool, mine: tuple[float, ...] = ()) -> str:
    """The triangle of priorities as HTML: its areas as a picture, every word of it as text of the page.

    The app takes drawings out of markup, and leaves pictures. The page says the switch in words beside it.

    Args:
        view: the triangle.
        dark: page mode.
        mine: the reader's weights of the groups; drawn where they lie in the triangle.
    """
    scene = Scene(INLINE, free=False, inline=True, prefix="triangle-")
    triangle.areas(scene, view, Box(0.0, 0.0, TRIANGLE_WIDTH, TRIANGLE_HEIGHT))
    svg_text = Drawing(TRIANGLE_WIDTH, TRIANGLE_HEIGHT, dark, svg.write(scene)).svg(view.alt)
    prose = texts()["strength"]["triangle"]
    points = [("equal", prose["equal"], point_at((1 / 3, 1 / 3, 1 / 3)))]
    if mine and point_at(mine):
        points.append(("mine", prose["mine"], point_at(mine)))
    return render(
        "triangle.html",
        view=view,
        picture=f"data:image/svg+xml;base64,{b64encode(svg_text.encode()).decode()}",
        classes=[(klass.label, klass.colour.on(dark)) for klass in view.classes],
        points=points,
    )


def point_at(weights: tuple[float, ...]) -> tuple[float, float] | None:
    """Where weights of the groups lie in the triangle, in per cent from its left and its top; None where outside."""
    floor = priorities_settings()["floor"]
    shares = [(weight - floor) / (1 - floor * len(weights)) for weight in weights]
    if min(shares) < -1e-9:
        return None
    _, punish, prevent = shares
    return round(100 * (punish + prevent / 2), 2), round(100 * (1 - prevent), 2)


# The least width of a row in pixels on a wide page and on a phone, and of a name: as letters may be spaced.
SCATTER_ROOMS, NAME_SIZE, SPACED, SCATTER_REACH = (640.0, 250.0), 13, 1.1, 9.0


@lru_cache(maxsize=32)
def scatter_figure(atlas: Atlas, view: ScatterView, named: tuple[str, ...] = ()) -> str:
    """The figure as HTML: each name at its dot is a link with its line of text, shown on hover and on focus.

    Args:
        view: the scatter.
        named: places whose names stand out.
    """
    prose = texts()["strength"]["scatter"]
    lines = get_method()["corners"]
    wide, narrow = (
        spots(view.drawn, room, lambda name: fonts.width(name, NAME_SIZE) * SPACED, SCATTER_REACH)
        for room in SCATTER_ROOMS
    )
    slim = {spot.dots[0].place: spot for spot in narrow}
    lists = [
        (name, prose["corners"][name], sorted((dot for dot in view.drawn if dot.corner == name), key=_by_name))
        for name in prose["corners"]
    ]
    lists += [(why, prose["lists"][why], dots) for why, dots in view.beside().items()]
    return render(
        "scatter.html",
        view=view,
        reading=reading(atlas, view),
        bands=[(rung, band_words(atlas, rung), lanes_of(wide, rung), lanes_of(narrow, rung)) for rung in DRAWN_BANDS],
        by_band={
            rung: [(spot, slim[spot.dots[0].place], spot.dots[0]) for spot in wide if spot.rung == rung]
            for rung in DRAWN_BANDS
        },
        reviewed=any(dot.review for dot in view.drawn),
        lists=[(name, label, dots) for name, label, dots in lists if dots],
        steps={dot.place: small(dot.step) for dot in view.dots},
        prose=prose,
        line=lines["strength"],
        rung_line=lines["rung"],
        named=named,
    )


def _by_name(dot: Dot) -> str:
    return dot.name
