"""Charts of pages that are HTML built from their View: a point of Plotly cannot take the keyboard's focus."""

from dataclasses import replace
from functools import lru_cache

from atlas.charts.powers_response.view import BANDS, NEAR_NARROW, NEAR_WIDE, ScatterView, band_words, lanes_at
from atlas.charts.priorities.view import PrioritiesView
from atlas.charts.strength.view import RangesView
from atlas.law.strength import compulsory, groups
from atlas.publish.picture import drawing
from atlas.tables.atlas import Atlas
from atlas.tables.method import get_method
from atlas.templating import render
from atlas.words import texts

TRIANGLE_WIDTH = 520


@lru_cache(maxsize=32)
def strength_figure(view: RangesView, dark: bool, marked: tuple[str, ...] = ()) -> str:
    """The figure as HTML: every row is text, reachable by keyboard, and carries its numbers.

    Args:
        view: the ranges.
        dark: page mode.
        marked: places to set off, as those of a chosen pair.
    """
    prose = texts()["strength"]
    return render(
        "ranges.html",
        view=view,
        dark=dark,
        marked=marked,
        groups=groups(),
        powers=len(compulsory()),
        legend=prose["legend"],
        columns=prose["columns"],
        not_enough=prose["not_enough"],
        empty=prose["empty"],
    )


@lru_cache(maxsize=32)
def triangle_figure(atlas: Atlas, view: PrioritiesView, dark: bool) -> str:
    """The triangle of priorities as SVG that carries its style. The page says the switch in words beside it."""
    return drawing(atlas, replace(view, lines=()), TRIANGLE_WIDTH, dark=dark).svg(view.alt)


@lru_cache(maxsize=32)
def scatter_figure(atlas: Atlas, view: ScatterView, named: tuple[str, ...] = ()) -> str:
    """The figure as HTML: each dot is a link with its line of text, shown on hover and on focus.

    Args:
        view: the scatter.
        named: places whose name stands beside their dot.
    """
    prose = texts()["strength"]["scatter"]
    bands = [(rung, band_words(atlas, rung)) for rung in BANDS]
    lines = get_method()["corners"]
    # Named dots come first, so that no name covers another dot.
    dots = sorted(view.dots, key=lambda dot: dot.place not in named)
    by_band = {rung: [dot for dot in dots if dot.rung == rung] for rung in BANDS}
    wide, narrow = (
        {dot.place: dot.lane for dot in lanes_at(list(view.dots), near)} for near in (NEAR_WIDE, NEAR_NARROW)
    )
    lanes = {
        rung: [1 + max((lane[dot.place] for dot in members), default=0) for lane in (wide, narrow)]
        for rung, members in by_band.items()
    }
    return render(
        "scatter.html",
        view=view,
        bands=bands,
        by_band=by_band,
        lanes=lanes,
        wide=wide,
        narrow=narrow,
        corners=prose["corners"],
        legend=prose["legend"],
        axis=prose["axis"],
        line=lines["strength"],
        rung_line=lines["rung"],
        named=named,
    )
