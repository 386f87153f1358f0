"""The feed of changes and the calendar of dates ahead, generated from what is served."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas.publish.feeds import atom, calendar
from atlas.tables.store import get_store

AN_HOUR = "public, max-age=3600"


def _answer(request: Request, make, media_type: str, name: str) -> Response:
    atlas = get_store().state.atlas
    if atlas is None:
        return PlainTextResponse("No valid data are loaded.", status_code=503)
    tag = f'"{atlas.digest[:16]}"'
    headers = {
        "Cache-Control": AN_HOUR,
        "ETag": tag,
        "Vary": "Host",
        "Access-Control-Allow-Origin": "*",
        "X-Content-Type-Options": "nosniff",
    }
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = f'inline; filename="{name}"'
    return Response(make(atlas, str(request.base_url)), media_type=media_type, headers=headers)


def changes_feed(request: Request) -> Response:
    """What changed, newest first (Atom)."""
    return _answer(request, atom, "application/atom+xml; charset=utf-8", "regime-atlas-changes.atom")


def ahead_calendar(request: Request) -> Response:
    """Dates ahead (iCalendar)."""
    return _answer(request, calendar, "text/calendar; charset=utf-8", "regime-atlas-dates.ics")
