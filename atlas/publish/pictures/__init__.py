"""Views as pictures: SVG, PNG and PDF that carry title, dates, caveat, source and licence within them."""

from atlas.publish.pictures.frame import Drawing, Picture, drawing, picture
from atlas.publish.pictures.raster import pdf, png
from atlas.publish.pictures.sizes import INLINE, SIZES, Size, Type

__all__ = ["INLINE", "SIZES", "Drawing", "Picture", "Size", "Type", "drawing", "pdf", "picture", "png"]
