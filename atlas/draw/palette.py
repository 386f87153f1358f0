"""Colours, and only for data. Two modes; each class also has an order, a texture or a word of its own.

The ladder falls in lightness step by step (light mode) and rises (dark mode), so that it reads in greyscale
and under the three common colour-vision deficiencies; tests/test_palette.py checks the steps, and that each mark or
its outline stands out from the page by 3 to 1 (WCAG 2.2, 1.4.11).
"""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Colour:
    """A fill for light and for dark pages, as hex."""

    light: str
    dark: str

    def on(self, dark: bool | None) -> str:
        """The fill in a mode; None leaves the choice to the page's `color-scheme`, as markup for both modes has it."""
        if dark is None:
            return f"light-dark({self.light},{self.dark})"
        return self.dark if dark else self.light


PAPER = Colour("#FFFFFF", "#16181B")
INK = Colour("#1D1C1A", "#ECE9E2")
MUTED = Colour("#6B675F", "#A9A59B")
RULE = Colour("#E3DFD6", "#383B40")
# Around what has no record, a hairline; around what has a class, an outline that carries a pale fill.
COAST = Colour("#CFCBC2", "#4A4E55")
EDGE = Colour("#938F85", "#6A6E75")
DOTS = Colour("#857F72", "#8D8A83")
ACCENT = Colour("#1F4E79", "#9CC4EA")
UNION = Colour("#1F4E79", "#9CC4EA")
# The span of a number, as a line.
SPAN = Colour("#6B8AA6", "#5B7690")

LADDER = {
    1: Colour("#D3E2ED", "#344651"),
    2: Colour("#A7C9E1", "#3A5D7B"),
    3: Colour("#7AAFD9", "#3B709D"),
    4: Colour("#3B7CB8", "#5593C9"),
    5: Colour("#5E4FA2", "#AD9CF5"),
    6: Colour("#8C003A", "#FFA8BD"),
}
# The same ladder by role: areas and marks with an outline have LADDER, whatever is a line or a bar has LADDER_LINES,
# which no outline can carry and which must itself be seen on the page; dashes tell neighbours apart as well.
LADDER_LINES = LADDER | {
    1: Colour("#8093A3", "#5A6A78"),
    2: Colour("#6A97BF", "#4F7299"),
    3: Colour("#5F93C2", "#3F7CB0"),
}
# Acted before, with nothing in force or open on the day.
PAST = Colour("#D4D0CB", "#2E3136")
# A step that has ended: paper, within an outline in the colour of its rung.
ENDED = {rung: LADDER_LINES[rung] for rung in (4, 5, 6)}
# Acts, and none of them on the ladder: of no rung's hue, between two of them in lightness.
OFF_LADDER = Colour("#A08A5C", "#8C7950")

REGIME = {
    "none_found": Colour("#EFEBE3", "#2B2E33"),
    "guidance_only": Colour("#E9C46A", "#8A7438"),
    "duties_without_penalty": Colour("#8AB17D", "#74A868"),
    "penalties_by_interpretation": Colour("#4A86B8", "#82BCEC"),
    "penalties_explicit": Colour("#264478", "#DCE8FB"),
}

KNOWN = {
    "found": Colour("#3B7CB8", "#5FA3DC"),
    "stale": Colour("#A7C9E1", "#3A5D7B"),
    "nothing_found": Colour("#F5EDD6", "#332B1C"),
    "not_searched": PAPER,
}

# Enforcement strength, low to high, in steps of 20 points: one hue, evenly darker (lighter on dark pages).
STRENGTH = (
    Colour("#E4EFE6", "#26332C"),
    Colour("#B4D6BE", "#35564A"),
    Colour("#7BB598", "#4A8370"),
    Colour("#3F8A73", "#74B79F"),
    Colour("#155A50", "#B9E5D0"),
)

# Two regimes over the triangle of priorities: the first is ahead, the second, or the codes cannot say.
FIRST_AHEAD = Colour("#1F4E79", "#9CC4EA")
SECOND_AHEAD = Colour("#B4611C", "#C77B35")
UNDECIDED = Colour("#DDD9D0", "#3A3E44")


def ladder_steps(dark: bool | None) -> list[tuple[int, str, str, str]]:
    """For each rung its number, its fill, the fill of a step that has ended and the colour of its outline."""
    return [(rung, LADDER[rung].on(dark), PAPER.on(dark), LADDER_LINES[rung].on(dark)) for rung in LADDER]


# Least contrast of what must be seen to understand a picture (WCAG 2.2, 1.4.11).
SEEN = 3.0


def contrast(one: str, other: str) -> float:
    """Contrast of two hex colours, 1 to 21, as WCAG defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@cache
def over(fill: str) -> str:
    """A colour for a texture over a fill: as much ink, or paper on a dark fill, as makes it seen and no more."""
    towards = max((INK.light, PAPER.light), key=lambda end: contrast(fill, end))
    return next(
        shade for share in range(0, 101, 5) if contrast(shade := _mixed(fill, towards, share / 100), fill) >= SEEN
    )


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(one: str, other: str, share: float) -> str:
    return "#" + "".join(
        f"{round(a + (b - a) * share):02X}" for a, b in zip(_channels(one), _channels(other), strict=True)
    )


def _luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
