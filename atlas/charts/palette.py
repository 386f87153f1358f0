"""Colours, and only for data. Two modes; each class also has an order, a texture or a word of its own.

The ladder falls in lightness step by step (light mode) and rises (dark mode), so that it reads in greyscale
and under the three common colour-vision deficiencies; tests/test_palette.py checks the steps.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Colour:
    """A fill for light and for dark pages, as hex."""

    light: str
    dark: str

    def on(self, dark: bool) -> str:
        return self.dark if dark else self.light


PAPER = Colour("#FFFFFF", "#16181B")
INK = Colour("#1D1C1A", "#ECE9E2")
MUTED = Colour("#6B675F", "#A9A59B")
RULE = Colour("#E3DFD6", "#383B40")
COAST = Colour("#CFCBC2", "#4A4E55")
DOTS = Colour("#857F72", "#8D8A83")
HATCH = Colour("rgba(29,28,26,0.28)", "rgba(255,255,255,0.30)")
ACCENT = Colour("#1F4E79", "#9CC4EA")
UNION = Colour("#1F4E79", "#9CC4EA")

LADDER = {
    1: Colour("#DCE6EE", "#2C3B47"),
    2: Colour("#B3CDE0", "#35597A"),
    3: Colour("#7FAFD4", "#3F7CB0"),
    4: Colour("#4A86B8", "#5A9DD6"),
    5: Colour("#5E4FA2", "#CBBBF4"),
    6: Colour("#9E0142", "#FFDF94"),
}
# As lines: rung 1 is nearly paper, and a line needs more weight than a fill.
LADDER_LINES = {
    1: Colour("#8AA9C4", "#35597A"), 2: Colour("#6C9CC6", "#35597A"),
    **{rung: colour for rung, colour in LADDER.items() if rung > 2},
}
# Acted before, with nothing in force or open on the day.
PAST = Colour("#EFEBE3", "#2B2E33")

REGIME = {
    "none_found": Colour("#EFEBE3", "#2B2E33"),
    "guidance_only": Colour("#E9C46A", "#E9C46A"),
    "duties_without_penalty": Colour("#8AB17D", "#9CC48F"),
    "penalties_by_interpretation": Colour("#4A86B8", "#5FA3DC"),
    "penalties_explicit": Colour("#264478", "#C3D6F5"),
}

KNOWN = {
    "found": Colour("#4A86B8", "#5FA3DC"),
    "stale": Colour("#B3CDE0", "#35597A"),
    "nothing_found": Colour("#F4F1EB", "#24272B"),
    "not_searched": PAPER,
}

# Enforcement strength, low to high, in steps of 20 points: one hue, evenly darker (lighter on dark pages).
STRENGTH = (
    Colour("#E4EFE6", "#26332C"), Colour("#B4D6BE", "#35564A"), Colour("#7BB598", "#4A8370"), Colour("#3F8A73", "#74B79F"),
    Colour("#155A50", "#B9E5D0"),
)
