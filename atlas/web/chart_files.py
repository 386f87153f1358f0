"""Addresses of files: what is not understood is refused with a reason, since a file has no place for a notice."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from atlas.charts.options import Option
from atlas.publish.chart_request import Asked
from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store
from atlas.web.charts import LIVE, OPEN, asked_by, kept, same
from atlas.web.public_address import Site
from atlas.web.response_cache import Body, body, no_data, reply

Make = Callable[[Asked, Site, str], Body]


class Refused(Exception):
    """A request that gets no file; carries the answer."""

    def __init__(self, status: int, *reasons: str):
        super().__init__(*reasons)
        self.body = body("\n".join(reasons), "text/plain; charset=utf-8", OPEN, status)


async def file_of_chart(
    request: Request, kinds: tuple[str, ...], make: Make, own: tuple[Option, ...] = (), slug: str = ""
) -> Response:
    """One file of a chart, as `kind` of the path, kept by what was asked.

    Args:
        kinds: file types that are there.
        make: makes the file; may raise `Refused`.
        own: options beside those of the chart.
        slug: of the chart, where the path does not name it.
    """
    atlas = get_store().state.atlas
    if atlas is None:
        return reply(request, no_data())

    def made(atlas: Atlas, where: Site, request: Request) -> Body:
        try:
            kind = request.path_params["kind"]
            if kind not in kinds:
                raise Refused(404, f"There are these: {', '.join(kinds)}.")
            asked = _understood(atlas, request, own, slug)
            return same(atlas, where, asked, request.url.path, lambda: make(asked, where, kind))
        except Refused as refused:
            return refused.body

    return reply(request, await kept(request, atlas, made), LIVE)


def _understood(atlas: Atlas, request: Request, own: tuple[Option, ...], slug: str) -> Asked:
    try:
        asked = asked_by(atlas, request, own, slug)
    except KeyError as error:
        raise Refused(404, "No such chart.") from error
    if asked.reasons:
        raise Refused(400, *asked.reasons)
    return asked


def named(asked: Asked, day: str, kind: str, what: str = "") -> dict[str, str]:
    """Headers that give a file its name where it is saved."""
    return OPEN | {"Content-Disposition": f'inline; filename="regime-atlas-{asked.chart.slug}-{day}{what}.{kind}"'}
