"""The feed of changes and the calendar of dates ahead, generated from what is served."""

import re
from collections.abc import Callable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from atlas.publish.feeds import atom, calendar, pages
from atlas.tables.atlas import Atlas
from atlas.tables.kept_releases import releases
from atlas.tables.store import get_store
from atlas.web.public_address import public_site
from atlas.web.response_cache import Body, Shelf, body, no_data, reply
from atlas.words import texts

AN_HOUR = "public, max-age=3600"
PAGE = re.compile(r"[1-9][0-9]{0,5}")

shelf = Shelf()


async def _answer(
    request: Request, make: Callable[[Atlas, str], bytes], media_type: str, name: str, part: int = 1
) -> Response:
    atlas, where = get_store().state.atlas, public_site(request)
    if atlas is None:
        return reply(request, no_data())
    headers = {"Access-Control-Allow-Origin": "*", "Content-Disposition": f'inline; filename="{name}"'}

    def made() -> Body:
        return body(make(atlas, f"{where.base}/"), media_type, headers)

    key = (atlas.digest, releases(get_store().folder), where, name, part)
    found = shelf.get(key)
    return reply(request, await to_thread.run_sync(shelf.make, key, made) if found is None else found, AN_HOUR)


async def changes_feed(request: Request) -> Response:
    """One page of what changed, newest first (Atom); a reason for a page that is not there."""
    atlas, folder, asked = get_store().state.atlas, get_store().folder, request.query_params.get("page", "1")
    page = int(asked) if PAGE.fullmatch(asked) else 0
    if atlas is not None:
        last = await to_thread.run_sync(pages, atlas, folder)
        if not 1 <= page <= last:
            reason = texts()["time"]["feeds"]["no_page"].format(pages=last)
            headers = {"Access-Control-Allow-Origin": "*"}
            return reply(request, body(reason, "text/plain; charset=utf-8", headers, 404 if page else 400))
    return await _answer(
        request,
        lambda atlas, base: atom(atlas, folder, base, page),
        "application/atom+xml; charset=utf-8",
        "regime-atlas-changes.atom",
        page,
    )


async def ahead_calendar(request: Request) -> Response:
    """Dates ahead (iCalendar)."""
    return await _answer(request, calendar, "text/calendar; charset=utf-8", "regime-atlas-dates.ics")
