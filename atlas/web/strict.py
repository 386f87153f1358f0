"""Addresses of files: what is not understood is refused with a reason, since a file has no place for a notice."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas.charts.options import Option, read, refusal
from atlas.publish.asked import Asked
from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store
from atlas.web.answers import Body, Site, body, reply
from atlas.web.charts import LIVE, OPEN, asked_by, kept, same

Make = Callable[[Asked, Site, str, dict[str, str]], Body]


class Refused(Exception):
    """A request that gets no file; carries the answer."""

    def __init__(self, status: int, *reasons: str):
        super().__init__(*reasons)
        self.body = body("\n".join(reasons), "text/plain; charset=utf-8", OPEN, status)


async def file_of_chart(request: Request, kinds: tuple[str, ...], make: Make, own: tuple[Option, ...] = ()) -> Response:
    """One file of the chart that a path names, as `kind` of the path, kept by what was asked.

    Args:
        kinds: file types that are there.
        make: makes the file; may raise `Refused`.
        own: options beside those of the chart.
    """
    atlas = get_store().state.atlas
    if atlas is None:
        return PlainTextResponse("No valid data are loaded.", status_code=503, headers={"Retry-After": "60"})

    def made(atlas: Atlas, where: Site, request: Request) -> Body:
        try:
            asked, values = _understood(atlas, request, kinds, own)
            kind = request.path_params["kind"]
            return same(atlas, where, asked, f"{request.url.path} {values}", lambda: make(asked, where, kind, values))
        except Refused as refused:
            return refused.body

    return reply(request, await kept(request, atlas, made), LIVE)


def _understood(
    atlas: Atlas, request: Request, kinds: tuple[str, ...], own: tuple[Option, ...]
) -> tuple[Asked, dict[str, str]]:
    if request.path_params["kind"] not in kinds:
        raise Refused(404, f"There are these: {', '.join(kinds)}.")
    try:
        asked = asked_by(atlas, request)
    except KeyError as error:
        raise Refused(404, "No such chart.") from error
    values, wrong = read(atlas, own, request.query_params)
    # That a release is pinned is no reason against it.
    reasons = [] if asked.release else list(asked.notices)
    reasons += [refusal(atlas, option, request.query_params[option.name]) for option in wrong]
    if reasons:
        raise Refused(400, *(reason.partition(" Showing ")[0] for reason in reasons))
    return asked, values


def named(asked: Asked, day: str, kind: str, what: str = "") -> dict[str, str]:
    """Headers that give a file its name where it is saved."""
    return OPEN | {"Content-Disposition": f'inline; filename="regime-atlas-{asked.chart.slug}-{day}{what}.{kind}"'}
