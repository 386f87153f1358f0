"""The sizes of pictures, and the three sizes of their type."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Type:
    """Three sizes of text in pixels: the title; what is read; what is looked up."""

    title: float
    body: float
    small: float

    def of(self, step: int) -> float:
        return (self.title, self.body, self.small)[step - 1]


@dataclass(frozen=True)
class Size:
    """One size. A pixel is 1/96 inch, as in CSS, so that print has its true size.

    Attributes:
        id: stable id, as in addresses and file names.
        label: key of its name in data/texts/pictures.json.
        width, height: pixels of the SVG; a picture for print is as high as it needs to be, at most `height`.
        scale: pixels of the PNG for each of these.
        type: sizes of text.
        margin: white around the picture.
        free: whether the height follows the content.
    """

    id: str
    label: str
    width: int
    height: int
    scale: float
    type: Type
    margin: int
    free: bool = False


# 180 mm is the text width of A4 and the double column of most journals; 240 mm leaves room for a caption below.
_MM, _DPI = 96 / 25.4, 300
SIZES = {
    size.id: size
    for size in (
        Size("wide", "wide", 1280, 720, 2, Type(32, 17, 14), 48),
        Size("standard", "standard", 1024, 768, 2, Type(29, 16, 13.5), 44),
        Size("square", "square", 1080, 1080, 2, Type(36, 19, 16), 52),
        Size("print", "print", round(180 * _MM), round(240 * _MM), _DPI / 96, Type(19, 12, 10), 4, free=True),
    )
}
# A slide, in points.
SLIDE = Type(24, 12, 11)
# A drawing within a page, whose own text is 16 pixels.
INLINE = Type(22, 15, 13)
HALO = 0.12  # width of the halo around letters, in sizes of them
