"""SVG -> PNG and PDF, in process, by vl-convert (resvg and svg2pdf behind one Python module); no browser.

Measured on the world map against resvg-py, the smallest binding that was found (3 MB against 84 MB installed):
vl-convert drew a PNG of 3200 by 2200 pixels in 0.18 s against 0.44 s, and a PDF in 0.05 s, which resvg-py cannot
make at all. A PDF with its text as text and its textures as vectors would otherwise need a writer of our own.
Chromium takes 0.3 s once it is warm and some hundred megabytes of memory. So: vl-convert, loaded when first used.

A PNG is packed again without its alpha channel, which is opaque everywhere: a third of the bytes, the same pixels,
for 0.15 s at twice the size.

The same SVG gives the same bytes: our own font files are registered and named first, neither file holds a time,
and the objects of the PDF are put into one order.
"""

import io
import re
from dataclasses import dataclass, replace
from functools import cache
from types import ModuleType

from atlas.draw.fonts import FOR_RASTER
from atlas.draw.pdf_order import ordered
from atlas.draw.pdf_tags import Told, tagged
from atlas.draw.sizes import Size

# CSS pixels to PDF points, so that a picture has its true size on paper.
_POINTS = 0.75
_FONT_FACES = re.compile(r"@font-face\{[^}]*\}")


@dataclass(frozen=True)
class Picture:
    """A standalone picture of a view.

    Attributes:
        svg: the document, with its font.
        width, height: pixels of the SVG (1/96 inch each).
        size: which of `SIZES` it is.
        told: what it says beside what it shows, with the place of its link in pixels; None for a picture that
            says nothing.
    """

    svg: str
    width: int
    height: int
    size: Size
    told: Told | None = None


@cache
def _convert() -> ModuleType:
    import vl_convert

    vl_convert.register_font_directory(str(FOR_RASTER))
    return vl_convert


def png(picture: Picture, scale: float | None = None) -> bytes:
    """The picture as PNG, `scale` pixels for each pixel of the SVG (that of its size if not given)."""
    pixels = scale or picture.size.scale
    density = 96 * pixels
    # vl-convert multiplies its scale by density / 72; the density itself goes into the file.
    return _packed(_convert().svg_to_png(_bare(picture.svg), scale=pixels * 72 / density, ppi=density), density)


def _packed(raw: bytes, density: float) -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    with Image.open(io.BytesIO(raw)) as drawn:
        drawn.convert("RGB").save(buffer, "PNG", compress_level=6, dpi=(density, density))
    return buffer.getvalue()


def pdf(picture: Picture) -> bytes:
    """The picture as PDF of one page, vectors and text, in its true size; what it tells can be read aloud and
    followed.
    """
    pixels = f'width="{picture.width}" height="{picture.height}"'
    points = f'width="{picture.width * _POINTS:g}" height="{picture.height * _POINTS:g}"'
    drawn = ordered(_convert().svg_to_pdf(_bare(picture.svg).replace(pixels, points, 1)))
    if picture.told is None:
        return drawn
    left, top, right, bottom = (value * _POINTS for value in picture.told.box)
    return tagged(drawn, replace(picture.told, box=(left, top, right, bottom)))


def _bare(svg: str) -> str:
    """Without the embedded font, which the rasteriser has as a file."""
    return _FONT_FACES.sub("", svg)
