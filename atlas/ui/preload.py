"""The views that are asked for first, made before they are asked for. A thread beside the server, in short steps."""

import gc
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.routing import BaseRoute

from atlas.tables.store import get_store
from atlas.ui.start_lock import START_PAGE
from atlas.web.lazy_routes import load

PAUSE, GAP = 2.0, 0.1
# Most readers look at days of the case.
SINCE = "2025-12-15"


def _start_page() -> None:
    """What the first visitor most likely opens."""
    from atlas.charts.map.page import map_figure
    from atlas.charts.map.view import READINGS, world_map
    from atlas.maps.geometry import get_geometry
    from atlas.publish.places import card_html
    from atlas.ui import date_track
    from atlas.ui.url_keys import PLACE

    atlas = get_store().state.atlas
    if atlas is None:
        return
    day, place = atlas.package.evidence_to, PLACE.default(atlas)
    date_track.steps(atlas)
    date_track.days_that_matter(atlas)
    for dark in (False, True):
        map_figure(atlas, world_map(atlas, READINGS[0], day), get_geometry(), dark, place).to_dict()
        card_html(atlas, place, day, dark)


def _other_pages() -> None:
    """The other charts and colours, with pauses in which visitors are served."""
    from atlas.charts.catalogue import CHARTS, read, view
    from atlas.find.find import find
    from atlas.law.law_cache import law_days
    from atlas.ui import compare, strength, timeline  # noqa: F401 - read from disk once
    from atlas.ui.url_keys import PLACE

    time.sleep(PAUSE)
    atlas = get_store().state.atlas
    if atlas is None:
        return
    find(atlas, atlas.name(PLACE.default(atlas)))
    for slug, chart in CHARTS.items():
        view(atlas, slug, read(atlas, chart, {})[0])
        time.sleep(GAP)
    # What the law alone decides is worked out once for all days on which it is the same; newest first.
    for day in reversed([day for day in law_days(atlas) if SINCE <= day <= atlas.package.evidence_to]):
        for slug in ("strength", "compare"):
            view(atlas, slug, read(atlas, CHARTS[slug], {"date": day})[0])
            time.sleep(GAP)


def _warm(routes: Sequence[BaseRoute]) -> None:
    with START_PAGE:
        _start_page()
    load(routes)
    # Nothing that was loaded is ever garbage.
    gc.freeze()
    _other_pages()


def warming(routes: Sequence[BaseRoute]) -> Callable[[object], AbstractAsyncContextManager]:
    """For `st.App(lifespan=…)`: begins when the server does, and does not hold it up.

    Args:
        routes: what the server answers beside the app; their code is loaded then.
    """

    @asynccontextmanager
    async def beside(app: object) -> AsyncIterator[None]:
        threading.Thread(target=_warm, args=(routes,), daemon=True, name="warm").start()
        yield

    return beside
