"""A picture complete in itself: the finding, what is shown, the chart, its dates, caveat, source and licence."""

from atlas.charts.catalogue import CHARTS
from atlas.charts.view import View
from atlas.draw import fonts, svg
from atlas.draw.drawing import Drawing
from atlas.draw.marks import Box
from atlas.draw.markup import escape
from atlas.draw.pdf_tags import Told
from atlas.draw.raster import Picture
from atlas.draw.scene import Scene
from atlas.draw.sizes import INLINE, SIZES, Type
from atlas.publish import citation
from atlas.publish.caption import notices
from atlas.tables.atlas import Atlas
from atlas.templating import safe_link
from atlas.words import texts

# The chart alone for a page that has its words as text: by the width of the page, the drawing's width and its sizes.
FRAMES = {"wide": (1240, Type(22, 15, 13)), "mid": (760, Type(22, 15, 13)), "slim": (350, Type(19, 14, 12.5))}
# Longer lines are hard to read, however wide the picture: in sizes of their own text.
MEASURE, MOST_LINES = 62, 4


def drawing(
    atlas: Atlas,
    view: View,
    width: float,
    height: float | None = None,
    dark: bool | None = None,
    kinds: Type = INLINE,
    keys: bool = True,
    prefix: str = "ra-",
) -> Drawing:
    """The chart alone.

    Args:
        atlas: the data behind the view.
        view: any view of the catalogue.
        width: of the view box; text has the sizes of `kinds` in the same units.
        height: room for it; None for as much as it needs, so that nothing is cut.
        dark: mode; None for both, as the reader's device asks.
        kinds: sizes of text.
        keys: whether the legend is part of it.
        prefix: of the ids within, to be different for each drawing of a page.
    """
    scene = Scene(kinds, free=height is None, inline=True, prefix=prefix)
    room = Box(1, 1, width - 2, float("inf") if height is None else height - 2)
    bottom = CHARTS[view.slug].draw(scene, atlas, view, room, keys)
    return Drawing(width, bottom + 1 if height is None else height, dark, svg.write(scene))


def picture(atlas: Atlas, view: View, size: str = "wide", dark: bool = False, link: str = "") -> Picture:
    """A view as a standalone SVG document.

    Args:
        atlas: the data behind the view.
        view: any view of the catalogue.
        size: one of `SIZES`.
        dark: mode.
        link: address of the view, for the source line.

    Raises:
        KeyError: the size is unknown.
    """
    chosen = SIZES[size]
    scene = Scene(chosen.type, free=chosen.free)
    margin = chosen.margin
    wide = chosen.width - 2 * margin
    top = _head(scene, view, margin, wide)
    foot = _foot_lines(scene, atlas, view, wide, link)
    foot_height = scene.type.small * (1.38 * len(foot) + 0.9)
    gap = scene.type.body
    box = Box(margin, top + gap, wide, chosen.height - margin - foot_height - gap - top - gap)
    bottom = CHARTS[view.slug].draw(scene, atlas, view, box, True)
    height = round(bottom + gap + foot_height + margin) if chosen.free else chosen.height
    _foot(scene, foot, margin, height - margin - foot_height, wide)
    told = Told(view.title, view.alt, safe_link(link), _box_of_link(scene, foot, link, margin, height - margin))
    return Picture(_document(scene, view, chosen.width, height, dark), chosen.width, height, chosen, told)


def _box_of_link(
    scene: Scene, foot: list[tuple[str, str]], link: str, left: float, bottom: float
) -> tuple[float, float, float, float]:
    """Where the link stands in the footer, in pixels: its last lines, as far as the widest of them reaches."""
    count = next((n for n in range(1, len(foot) + 1) if link in _joined(foot[-n:])), len(foot))
    small, lines = scene.type.small, foot[len(foot) - count :]
    # The last baseline lies half a line above the bottom; letters reach a line's height above the first.
    last = bottom - small * (1.38 + 0.9) + small * 1.75
    return (
        left,
        last - small * (1.38 * (count - 1) + 1),
        left + max(scene.width(line, 3) for line, _ in lines),
        (last + 0.35 * small),
    )


def _joined(lines: list[tuple[str, str]]) -> str:
    """Lines as they were before they were broken; an address is broken without a space."""
    return "".join(line for line, _ in lines)


def _head(scene: Scene, view: View, margin: float, wide: float) -> float:
    """Title and deck; returns their bottom."""
    title, body = scene.type.title, scene.type.body
    lines = fonts.balanced(view.title, title, min(wide, MEASURE * title), fonts.STRONG)
    bottom = scene.lines(margin, margin - 0.25 * title, _at_most(lines), 1, leading=1.2)
    deck = fonts.set_prose(view.deck, body, min(wide, MEASURE * body))
    return scene.lines(margin, bottom + 0.45 * body, _at_most(deck), 2, "mute")


def _at_most(lines: list[str]) -> list[str]:
    """The lines, or as many as leave room for a chart; the document's own title and description are never cut."""
    return (
        lines
        if len(lines) <= MOST_LINES
        else [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1].rsplit(" ", 1)[0] + fonts.ELLIPSIS]
    )


def _foot_lines(scene: Scene, atlas: Atlas, view: View, wide: float, link: str) -> list[tuple[str, str]]:
    """Lines of the footer, each with its colour: dates and caveat, boundaries, source and licence, link."""
    said = [(text, "mute" if index else "ink") for index, text in enumerate(notices(view))]
    source = texts()["pictures"]["source"].format(citation=citation.short(atlas.package))
    together = f"{source} {link}".strip()
    said += [(together, "mute")] if scene.width(together, 3) <= wide else [(source, "mute"), (link, "mute")]
    return [(line, colour) for text, colour in said for line in fonts.set_prose(text, scene.type.small, wide)]


def _foot(scene: Scene, lines: list[tuple[str, str]], x: float, y: float, wide: float) -> None:
    small = scene.type.small
    scene.line(x, y, x + wide, y)
    for index, (line, colour) in enumerate(lines):
        scene.text(x, y + small * (1.75 + 1.38 * index), line, 3, colour)


def _document(scene: Scene, view: View, width: int, height: int, dark: bool) -> str:
    written = svg.write(scene)
    body = written.body
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img" aria-labelledby="ra-title ra-desc"><title id="ra-title">{escape(view.title)}</title><desc'
        f' id="ra-desc">{escape(view.alt)}</desc><style>{fonts.font_faces(body)}{written.style(dark)}</style><rect'
        f' class="f-paper" width="{width}" height="{height}"/>{body}</svg>'
    )
