"""The feed of changes and the calendar of dates ahead, generated from what is served."""

from collections.abc import Callable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from atlas.publish.feeds import atom, calendar
from atlas.tables.atlas import Atlas
from atlas.tables.releases import releases
from atlas.tables.store import get_store
from atlas.web.answers import Body, Shelf, body, no_data, reply
from atlas.web.public import public_site

AN_HOUR = "public, max-age=3600"

shelf = Shelf()


async def _answer(request: Request, make: Callable[[Atlas, str], bytes], media_type: str, name: str) -> Response:
    atlas, where = get_store().state.atlas, public_site(request)
    if atlas is None:
        return reply(request, no_data())
    headers = {"Access-Control-Allow-Origin": "*", "Content-Disposition": f'inline; filename="{name}"'}

    def made() -> Body:
        return body(make(atlas, f"{where.base}/"), media_type, headers)

    key = (atlas.digest, releases(get_store().folder), where, name)
    return reply(request, shelf.get(key) or await to_thread.run_sync(shelf.make, key, made), AN_HOUR)


async def changes_feed(request: Request) -> Response:
    """What changed, newest first (Atom)."""
    return await _answer(request, atom, "application/atom+xml; charset=utf-8", "regime-atlas-changes.atom")


async def ahead_calendar(request: Request) -> Response:
    """Dates ahead (iCalendar)."""
    return await _answer(request, calendar, "text/calendar; charset=utf-8", "regime-atlas-dates.ics")
