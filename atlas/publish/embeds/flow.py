"""How high text and lists become in a page for frames, as its style sheets lay them out, before any browser has drawn
them.

An embed asks for no font. Devices that have ours take less room; these widths are those of the widest usual fallback
(DejaVu Sans, Verdana), so that a frame is rather a little too high than too low.
"""

from collections.abc import Iterable
from functools import lru_cache

from atlas.draw import fonts

# How much wider the fallback is than ours, by weight.
WIDER = {fonts.PLAIN: 1.23, fonts.STRONG: 1.33}
LINE = 1.45
SMALL, SMALLER = 13.0, 12.5


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: int = fonts.PLAIN) -> float:
    """Pixels of one line."""
    return fonts.width(text, size * WIDER[weight], weight)


@lru_cache(maxsize=4096)
def lines(text: str, size: float, room: float, weight: int = fonts.PLAIN) -> int:
    """Lines of a text in so many pixels; none for no text."""
    return len(fonts.wrap(text, size * WIDER[weight], max(room, size), weight))


def paragraphs(texts: Iterable[str], size: float, room: float, gap: float) -> float:
    """Height of paragraphs, each with a gap after it."""
    return sum(lines(text, size, room) * size * LINE + gap for text in texts)


def rows(widths: Iterable[float], room: float, gap: float) -> int:
    """Rows of things that stand side by side and go on in the next row where there is no room; what is wider than
    the room takes the rows that its text would."""
    found, left = 0, 0.0
    for width in widths:
        if found and width + gap <= left:
            left -= width + gap
            continue
        whole = max(1, -(-round(width) // max(round(room), 1)))
        found, left = found + whole, room - min(width, room)
    return found


def list_height(widths: Iterable[float], room: float, gaps: tuple[float, float], line: float) -> float:
    """Height of such rows, with (gap between rows, gap within a row)."""
    count = rows(widths, room, gaps[1])
    return count * line + max(count - 1, 0) * gaps[0]
