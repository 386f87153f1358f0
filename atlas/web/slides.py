"""`/slides/<chart>.pptx?size=`: the same addresses as a page's, as slides with objects that can be edited."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas.charts import catalogue
from atlas.charts.catalogue import CHARTS
from atlas.charts.options import Option, one_of, read, refusal
from atlas.law.robustness import mark
from atlas.publish import slides
from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store
from atlas.web.answers import Body, Shelf, body, reply, site
from atlas.words import texts

TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
SIZE = one_of("size", lambda atlas: slides.SIZES, "wide", texts()["slides"]["size"])
# A file has up to a hundred kilobytes.
MOST_KEPT, MOST_BYTES = 200, 16_000_000

shelf = Shelf(MOST_KEPT, MOST_BYTES)


def deck(request: Request) -> Response:
    """The slides of one view. What was not understood falls back, as on the page, and the notes say so."""
    atlas = get_store().state.atlas
    if atlas is None:
        return PlainTextResponse("No valid data are loaded.", status_code=503, headers={"Retry-After": "60"})
    slug, query = request.path_params["slug"], request.query_params
    if slug not in CHARTS:
        return reply(request, body("No such chart.", "text/plain; charset=utf-8", OPEN, 404))
    values, notices = catalogue.read(atlas, CHARTS[slug], query)
    chosen, refused = read(atlas, (SIZE,), query)
    notices += [refusal(atlas, option, query[option.name]) for option in refused]
    chart, size, base = CHARTS[slug], chosen[SIZE.name], site(request).base
    link = f"{base}/{chart.page}?{catalogue.address(atlas, chart, values)}"
    key = (atlas.digest, mark(atlas), link, slug, size, tuple(notices))
    return reply(request, shelf.make(key, lambda: _drawn(atlas, slug, values, link, size, tuple(notices))))


def _drawn(atlas: Atlas, slug: str, values: dict[str, str], link: str, size: str, notices: tuple[str, ...]) -> Body:
    view = catalogue.view(atlas, slug, values)
    content = slides.deck(atlas, view, link, size, notices)
    name = f"regime-atlas-{slug}-{view.as_of}{'' if size == SIZE.default(atlas) else '-' + size}.pptx"
    # The file is compressed in itself.
    return replace(body(content, TYPE, OPEN | {"Content-Disposition": f'attachment; filename="{name}"'}), packed=b"")


def options() -> tuple[Option, ...]:
    """The options of slides, beside those of their chart."""
    return (SIZE,)
