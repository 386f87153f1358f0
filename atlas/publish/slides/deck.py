"""`deck`: a view -> the bytes of a PowerPoint file."""

import io

from atlas.charts.catalogue import CHARTS
from atlas.charts.chart import Chart
from atlas.charts.shape_names import shape_names
from atlas.charts.view import View
from atlas.draw import slide_shapes
from atlas.draw.scene import Scene
from atlas.draw.sizes import SLIDE
from atlas.draw.slide_template import WIDTHS
from atlas.fixed_time import settled
from atlas.publish.slides.frame import Deck
from atlas.tables.atlas import Atlas
from atlas.words import texts

SIZES = tuple(WIDTHS)


def deck(atlas: Atlas, view: View, link: str, size: str = "wide", notices: tuple[str, ...] = ()) -> bytes:
    """The view as one slide, or several where it is long.

    Args:
        atlas: the data behind the view.
        view: any view of the catalogue.
        link: address of the view; anything but http and https is left out.
        size: `wide` (16:9) or `standard` (4:3).
        notices: what an address asked for in vain, for the notes.

    Raises:
        KeyError: chart or size are unknown.
    """
    made = Deck(atlas, view, link, size, tuple(notices))
    chart = CHARTS[view.slug]
    if chart.native_slide:
        chart.native_slide(made)
    else:
        _drawn(made, chart)
    buffer = io.BytesIO()
    made.presentation.save(buffer)
    return settled(buffer.getvalue())


def _drawn(made: Deck, chart: Chart) -> None:
    """The chart's own marks as shapes, on one slide."""
    scene, stage = Scene(SLIDE), made.slide(more=(texts()["slides"]["shapes"],))
    chart.draw(scene, made.atlas, made.view, made.body(), True)
    slide_shapes.write(scene, stage, shape_names(), made.view.title, made.view.alt)
