"""`deck`: a view -> the bytes of a PowerPoint file."""

import io
from collections.abc import Callable

from atlas.charts.clock import slide as clock_slide
from atlas.charts.compare import slide as table_slide
from atlas.charts.map import slide as map_slide
from atlas.charts.powers_response import slide as corners_slide
from atlas.charts.strength import slide as ranges_slide
from atlas.charts.timeline import slide as timeline_slide
from atlas.charts.view import View
from atlas.draw.slide_template import WIDTHS
from atlas.fixed_time import settled
from atlas.publish.slides.frame import Deck
from atlas.tables.atlas import Atlas

SIZES = tuple(WIDTHS)
DRAWINGS: dict[str, Callable[[Deck], None]] = {
    "map": map_slide.draw,
    "timeline": timeline_slide.draw,
    "clock": clock_slide.draw,
    "powers-response": corners_slide.draw,
    "compare": table_slide.draw,
    "strength": ranges_slide.draw,
}


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
    DRAWINGS[view.slug](made)
    buffer = io.BytesIO()
    made.presentation.save(buffer)
    return settled(buffer.getvalue())
