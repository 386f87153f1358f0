"""Views as pictures: SVG, PNG and PDF that carry title, dates, caveat, source and licence within them."""

from atlas.publish.caption import Caption, caption
from atlas.publish.pictures.fonts import font_faces
from atlas.publish.pictures.frame import Drawing, Picture, drawing, picture
from atlas.publish.pictures.raster import pdf, png
from atlas.publish.sizes import INLINE, SIZES, Size, Type

__all__ = [
    "INLINE",
    "SIZES",
    "Caption",
    "Drawing",
    "Picture",
    "Size",
    "Type",
    "caption",
    "drawing",
    "font_faces",
    "pdf",
    "picture",
    "png",
]
