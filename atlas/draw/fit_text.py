"""Text that must fit: how many lines it takes, and where it is cut.

Widths are those of the pictures' font, a little wider than Calibri's.
"""

from atlas.draw import fonts

# No letter but a few signs is narrower, in sizes of text: more characters than this allows cannot fit.
_NARROWEST = 0.2


def _enough(text: str, size: float, most: float) -> str:
    """As much of a text as could fit, and a little more: endless text must not be measured to its end."""
    return text[: int(most / (_NARROWEST * size)) + 20]


def cut(text: str, size: float, most: float, weight: int = fonts.PLAIN) -> str:
    """The text in one line, with an ellipsis where it does not fit."""
    return fonts.cut(_enough(text, size, most), size, most, weight)


def fitted(text: str, size: float, most: float, lines: int, weight: int = fonts.PLAIN) -> list[str]:
    """The text in at most so many lines; the last ends with an ellipsis where it does not fit."""
    found = wrapped(text, size, most, lines, weight)
    return (
        found if len(found) <= lines else [*found[: lines - 1], cut(" ".join(found[lines - 1 :]), size, most, weight)]
    )


def wrapped(text: str, size: float, most: float, lines: int, weight: int = fonts.PLAIN) -> list[str]:
    """The text in as many lines as it takes; beyond `lines` they are not counted to the end."""
    return fonts.wrap(_enough(text, size, most * (lines + 1)), size, most, weight)
