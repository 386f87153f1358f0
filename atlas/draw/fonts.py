"""How wide text is, how it breaks into lines, and the font that travels inside an SVG."""

import base64
import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

from atlas import templating

FAMILY = "Regime Atlas Sans"
# Behind it what a program that ignores embedded fonts may have.
STACK = f"'{FAMILY}','Source Sans 3','Source Sans Pro','Segoe UI',Helvetica,Arial,sans-serif"
FONTS = Path(templating.__file__).parent / "assets" / "fonts"
FOR_RASTER = FONTS / "pictures"
WEIGHTS = (400, 600)
PLAIN, STRONG = WEIGHTS
_UNITS = 1000
# Characters of the first of the two files; what else a text holds needs the second.
_LATIN = frozenset(
    map(
        chr,
        [
            *range(0x20, 0x100),
            0x131,
            0x152,
            0x153,
            0x2BB,
            0x2BC,
            *range(0x2013, 0x203B),
            0x20AC,
            0x2122,
            0x2191,
            0x2193,
            0x2212,
        ],
    )
)
# Where an address or a compound may go on in the next line without a mark.
_BREAKS = re.compile(r"(?<=[/?&=,;-])(?=\S)")
_SPACES = re.compile(r"[ \t\r\n]+")
_PAUSE = re.compile(r"(?<=[;:]) ")
ELLIPSIS = "…"


@cache
def _font(weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FOR_RASTER / f"{weight}.ttf"), _UNITS, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8192)
def _advance(text: str, weight: int) -> float:
    return _font(weight).getlength(text) / _UNITS


def width(text: str, size: float, weight: int = PLAIN) -> float:
    """Width of one line in pixels: the sum of the advances. Kerning, which draws letters together, is left out."""
    return _advance(text, weight) * size


def words(text: str) -> list[str]:
    """Words of a text, parted at spaces and line ends; a no-break space keeps two together."""
    return [word for word in _SPACES.split(text) if word]


def wrap(text: str, size: float, most: float, weight: int = PLAIN) -> list[str]:
    """Lines of at most `most` pixels, as few as it takes. A word that is wider alone is broken."""
    lines, line = [], ""
    for word in words(text):
        trial = f"{line} {word}" if line else word
        if width(trial, size, weight) <= most:
            line = trial
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, size, most, weight)
        lines += full
    return [*lines, line] if line else lines


def balanced(text: str, size: float, most: float, weight: int = PLAIN) -> list[str]:
    """As `wrap`, for titles: two lines part at a semicolon or colon where there is one, others are nearly equal in
    length.
    """
    lines = wrap(text, size, most, weight)
    if (
        len(lines) == 2
        and (parted := _PAUSE.split(text, maxsplit=1))[1:]
        and all(width(line, size, weight) <= most for line in parted)
    ):
        return parted
    return _evened(text, size, most, weight, lines)


def set_prose(text: str, size: float, most: float, weight: int = PLAIN) -> list[str]:
    """As `wrap`, without a last line of a word or two."""
    lines = wrap(text, size, most, weight)
    return (
        _evened(text, size, most, weight, lines)
        if len(lines) > 1 and width(lines[-1], size, weight) < most / 4
        else lines
    )


def _evened(text: str, size: float, most: float, weight: int, lines: list[str]) -> list[str]:
    """As many lines, all as narrow as that allows."""
    low, high = most / 2, most
    while len(lines) > 1 and high - low > size / 4:
        middle = (low + high) / 2
        if len(wrap(text, size, middle, weight)) > len(lines):
            low = middle
        else:
            high = middle
    return wrap(text, size, high, weight)


def cut(text: str, size: float, most: float, weight: int = PLAIN) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if width(text, size, weight) <= most:
        return text
    # Halving, not letter by letter: a name of thousands of letters took minutes, and widths only grow with the letters.
    longer = bisect_right(range(len(text)), most, key=lambda keep: width(text[:keep].rstrip() + ELLIPSIS, size, weight))
    return text[: max(longer - 1, 0)].rstrip() + ELLIPSIS


def _broken(word: str, size: float, most: float, weight: int) -> list[str]:
    """A word in pieces that fit: first at marks within it, then anywhere."""
    if width(word, size, weight) <= most:
        return [word]
    pieces = [""]
    for part in _BREAKS.split(word):
        if width(pieces[-1] + part, size, weight) <= most:
            pieces[-1] += part
            continue
        pieces.append("")
        for letter in part:
            if pieces[-1] and width(pieces[-1] + letter, size, weight) > most:
                pieces.append("")
            pieces[-1] += letter
    return [piece for piece in pieces if piece]


def font_faces(text: str, address: Callable[[str], str] | None = None) -> str:
    """CSS that declares the pages' font under the name that pictures use; its second file only where the text needs it.

    Args:
        text: what is to be set.
        address: from the name of a file of `FONTS` to where a page finds it; without it the files travel within
            the CSS.
    """
    wanted = ["latin"] + ["latin-ext"] * (not _LATIN.issuperset(text))
    return "".join(_face(name, (address or _within)(f"source-sans-3-{name}-wght-normal.woff2")) for name in wanted)


@cache
def _within(name: str) -> str:
    return f"data:font/woff2;base64,{base64.b64encode((FONTS / name).read_bytes()).decode()}"


def _face(name: str, address: str) -> str:
    ranges = (
        ";unicode-range:U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212"
        if name == "latin"
        else ""
    )
    return f"@font-face{{font-family:'{FAMILY}';font-weight:200 900;src:url({address}) format('woff2'){ranges}}}"
