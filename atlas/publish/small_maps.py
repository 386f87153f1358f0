"""Small maps on a page: pictures by address, so that a run of the page carries none, and the days as links."""

from itertools import product

from atlas.charts.catalogue import CHARTS
from atlas.charts.small_maps.view import SmallMapsView, small_maps
from atlas.publish.chart_addresses import links
from atlas.publish.chart_request import Asked
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.templating import render
from atlas.words import texts

SLUG = "small-maps"
# Frames of the picture by the width of the page, the narrowest first; the last is for all that is wider.
WIDTHS = (("slim", "(max-width:40em)"), ("mid", "(max-width:74.99em)"), ("wide", ""))
DARK = "(prefers-color-scheme:dark)"


def small_maps_html(atlas: Atlas, day: str, dark: bool | None, release: str = "") -> tuple[SmallMapsView, str]:
    """The view of a day, and its pictures with the links to its days.

    Args:
        atlas: the data.
        day: as-of date, ISO.
        dark: mode of the page; None as the reader's device asks.
        release: version to which the page is pinned; empty for the newest.
    """
    view = small_maps(atlas, day)
    where = links(Asked(atlas, CHARTS[SLUG], {"date": day}, release), ".")
    modes = [("", "dark" if dark else "")] if dark is not None else [(DARK, "dark"), ("", "")]
    found = [
        (" and ".join(part for part in (wide, mode) if part), where.picture("svg", theme=theme, frame=frame))
        for (frame, wide), (mode, theme) in product(WIDTHS, modes)
    ]
    html = render(
        "small_maps.html",
        view=view,
        sources=found[:-1],
        image=found[-1][1],
        days=[(panel.day, in_words(panel.day)) for panel in view.panels],
        prose=texts()["map"]["small"],
    )
    return view, html
