"""`/slides/<chart>.pptx?size=`: the same addresses as a page's, as slides with objects that can be edited."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas.charts.options import Option, one_of, read, refusal
from atlas.publish import slides
from atlas.publish.asked import Asked
from atlas.publish.permalinks import links
from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store
from atlas.web.answers import Body, Site, body, reply
from atlas.web.charts import LIVE, OPEN, asked_by, kept, same
from atlas.words import texts

TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SIZE = one_of("size", lambda atlas: slides.SIZES, "wide", texts()["slides"]["size"])


async def deck(request: Request) -> Response:
    """The slides of one view. What was not understood falls back, as on the page, and the notes say so."""
    atlas = get_store().state.atlas
    if atlas is None:
        return PlainTextResponse("No valid data are loaded.", status_code=503, headers={"Retry-After": "60"})
    return reply(request, await kept(request, atlas, _made), LIVE)


def _made(atlas: Atlas, where: Site, request: Request) -> Body:
    try:
        asked = asked_by(atlas, request)
    except KeyError:
        return body("No such chart.", "text/plain; charset=utf-8", OPEN, 404)
    values, refused = read(atlas, (SIZE,), request.query_params)
    notices = tuple(refusal(atlas, option, request.query_params[option.name]) for option in refused)
    size = values[SIZE.name]
    return same(atlas, where, asked, f"slides {size} {notices}", lambda: _drawn(asked, where, size, notices))


def _drawn(asked: Asked, where: Site, size: str, notices: tuple[str, ...]) -> Body:
    view = asked.view()
    content = slides.deck(asked.atlas, view, links(asked, where.base).page, size, (*asked.notices, *notices))
    name = f"regime-atlas-{asked.chart.slug}-{view.as_of}{'' if size == SIZE.default(asked.atlas) else '-' + size}.pptx"
    # The file is compressed in itself.
    return replace(body(content, TYPE, OPEN | {"Content-Disposition": f'attachment; filename="{name}"'}), packed=b"")


def options() -> tuple[Option, ...]:
    """The options of slides, beside those of their chart."""
    return (SIZE,)
