"""`/picture/<chart>.svg|.png|.pdf?size=&theme=&scale=`: the same addresses as a page's, as a picture."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas.charts.options import Option, one_of, read, refusal
from atlas.publish import pictures
from atlas.publish.asked import Asked
from atlas.publish.permalinks import links
from atlas.publish.pictures import SIZES
from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store
from atlas.web.answers import Body, Site, body, reply
from atlas.web.charts import LIVE, OPEN, asked_by, kept, same
from atlas.words import texts

TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
THEME = one_of("theme", lambda atlas: ("light", "dark"), "light", "the light picture")
SIZE = one_of("size", lambda atlas: SIZES, "wide", texts()["embed"]["size"])
# Pixels of a PNG for each pixel of the SVG; empty for what its size is made for.
SCALES = ("0.25", "0.5", "1", "2")
SCALE = one_of("scale", lambda atlas: SCALES, "", texts()["embed"]["scale"])


async def picture(request: Request) -> Response:
    """One picture. What it cannot understand it refuses with a reason, since a picture has no place for a notice."""
    atlas = get_store().state.atlas
    if atlas is None:
        return PlainTextResponse("No valid data are loaded.", status_code=503, headers={"Retry-After": "60"})
    return reply(request, await kept(request, atlas, _made), LIVE)


def _refused(status: int, *reasons: str) -> Body:
    return body("\n".join(reasons), "text/plain; charset=utf-8", OPEN, status)


def _made(atlas: Atlas, where: Site, request: Request) -> Body:
    kind = request.path_params["kind"]
    if kind not in TYPES:
        return _refused(404, "Pictures are there as " + ", ".join(TYPES) + ".")
    try:
        asked = asked_by(atlas, request)
    except KeyError:
        return _refused(404, "No such chart.")
    values, wrong = read(atlas, (THEME, SIZE, SCALE), request.query_params)
    reasons = [*_unaccepted(asked, request), *(refusal(atlas, option, request.query_params[option.name]) for option in wrong)]
    if reasons:
        return _refused(400, *(reason.partition(" Showing ")[0] for reason in reasons))
    return same(atlas, where, asked, f"{kind} {values}", lambda: _drawn(asked, where, kind, values))


def _unaccepted(asked: Asked, request: Request) -> list[str]:
    """Reasons against the chart's own options; that a release is pinned is none."""
    return [] if asked.release else list(asked.notices)


def _drawn(asked: Asked, where: Site, kind: str, values: dict[str, str]) -> Body:
    view = asked.view()
    drawn = pictures.picture(asked.atlas, view, values[SIZE.name], values[THEME.name] == "dark", links(asked, where.base).page)
    content = drawn.svg if kind == "svg" else pictures.pdf(drawn) if kind == "pdf" else pictures.png(drawn, _scale(values[SCALE.name]))
    name = f"regime-atlas-{asked.chart.slug}-{view.as_of}.{kind}"
    return body(content, TYPES[kind], OPEN | {"Content-Disposition": f'inline; filename="{name}"'})


def _scale(text: str) -> float | None:
    return float(text) if text else None


def options() -> tuple[Option, ...]:
    """The options of a picture, beside those of its chart."""
    return (SIZE, THEME, SCALE)
