"""`/picture/<chart>.svg|.png|.pdf?size=&theme=&scale=`: the same addresses as a page's, as a picture."""

from starlette.requests import Request
from starlette.responses import Response

from atlas.charts.options import Option, one_of
from atlas.draw import raster
from atlas.draw.sizes import SIZES
from atlas.publish import picture as picture_frame
from atlas.publish.chart_addresses import links
from atlas.publish.chart_request import Asked
from atlas.web.chart_files import Refused, file_of_chart, named
from atlas.web.public_address import Site
from atlas.web.response_cache import Body, body
from atlas.words import texts

TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
THEME = one_of("theme", lambda atlas: ("light", "dark"), "light", "the light picture")
SIZE = one_of("size", lambda atlas: SIZES, "wide", texts()["embed"]["size"])
# The chart alone, for a page so wide; empty for the whole picture with its words.
FRAME = one_of("frame", lambda atlas: picture_frame.FRAMES, "", texts()["embed"]["frame"])
# Pixels of a PNG for each pixel of the SVG; empty for what its size is made for.
SCALES = ("0.25", "0.5", "1", "2")
SCALE = one_of("scale", lambda atlas: SCALES, "", texts()["embed"]["scale"])


async def picture(request: Request) -> Response:
    """One picture. What it cannot understand it refuses with a reason, since a picture has no place for a notice."""
    return await file_of_chart(request, tuple(TYPES), _drawn, options())


def _drawn(asked: Asked, where: Site, kind: str) -> Body:
    view = asked.view()
    if frame := asked.own[FRAME.name]:
        if kind != "svg":
            raise Refused(400, texts()["embed"]["frame_kind"])
        width, kinds = picture_frame.FRAMES[frame]
        alone = picture_frame.drawing(
            asked.atlas, view, width, dark=asked.own[THEME.name] == "dark", kinds=kinds
        ).document()
        return body(alone, TYPES[kind], named(asked, view.as_of, kind))
    drawn = picture_frame.picture(
        asked.atlas, view, asked.own[SIZE.name], asked.own[THEME.name] == "dark", links(asked, where.base).page
    )
    content = (
        drawn.svg
        if kind == "svg"
        else raster.pdf(drawn)
        if kind == "pdf"
        else raster.png(drawn, _scale(asked.own[SCALE.name]))
    )
    return body(content, TYPES[kind], named(asked, view.as_of, kind))


def _scale(text: str) -> float | None:
    return float(text) if text else None


def options() -> tuple[Option, ...]:
    """The options of a picture, beside those of its chart."""
    return (SIZE, THEME, SCALE, FRAME)
