"""`/slides/<chart>.pptx?size=`: the same addresses as a page's, as slides with objects that can be edited."""

from starlette.requests import Request
from starlette.responses import Response

from atlas.charts.options import Option, one_of
from atlas.publish import slides
from atlas.publish.chart_addresses import links
from atlas.publish.chart_request import Asked
from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store
from atlas.web.charts import LIVE, OPEN, asked_by, kept, same
from atlas.web.public_address import Site
from atlas.web.response_cache import Body, body, no_data, reply
from atlas.words import texts

TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SIZE = one_of("size", lambda atlas: slides.SIZES, "wide", texts()["slides"]["size"])


async def deck(request: Request) -> Response:
    """The slides of one view. What was not understood falls back, as on the page, and the notes say so."""
    atlas = get_store().state.atlas
    if atlas is None:
        return reply(request, no_data())
    return reply(request, await kept(request, atlas, _made), LIVE)


def _made(atlas: Atlas, where: Site, request: Request) -> Body:
    try:
        asked = asked_by(atlas, request, options())
    except KeyError:
        return body("No such chart.", "text/plain; charset=utf-8", OPEN, 404)
    return same(atlas, where, asked, "slides", lambda: _drawn(asked, where))


def _drawn(asked: Asked, where: Site) -> Body:
    view, size = asked.view(), asked.own[SIZE.name]
    content = slides.deck(asked.atlas, view, links(asked, where.base).page, size, asked.notices)
    name = f"regime-atlas-{asked.chart.slug}-{view.as_of}{'' if size == SIZE.default(asked.atlas) else '-' + size}.pptx"
    return body(content, TYPE, OPEN | {"Content-Disposition": f'attachment; filename="{name}"'})


def options() -> tuple[Option, ...]:
    """The options of slides, beside those of their chart."""
    return (SIZE,)
