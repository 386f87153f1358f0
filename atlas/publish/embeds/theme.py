"""Light, dark, or as the reader's device asks: colours as CSS, from the palette."""

from collections.abc import Mapping

from atlas.draw.palette import ACCENT, COAST, DOTS, INK, MUTED, PAPER, PAST, RULE, SPAN, Colour

# A theme as `drawing` takes it: dark or not, None for both.
THEMES: dict[str, bool | None] = {"auto": None, "light": False, "dark": True}
_BASIC = {
    "ink": INK,
    "mute": MUTED,
    "paper": PAPER,
    "rule": RULE,
    "coast": COAST,
    "dot": DOTS,
    "accent": ACCENT,
    "blank": PAST,
    "mark": SPAN,
}


def colours(
    dark: bool | None, more: Mapping[str, Colour] | None = None, strokes: Mapping[str, Colour] | None = None
) -> str:
    """A style sheet that sets each colour as a property of its name, and those of this page as the ground of what
    has it as its class.

    Args:
        dark: mode; None for light, and dark where the device asks for it.
        more: colours of this page, beside those that every page has.
        strokes: colours of textures over some of those, by the same names; set as the property `--over`.
    """
    more, strokes = more or {}, strokes or {}
    named = _BASIC | dict(more) | {f"over-{name}": colour for name, colour in strokes.items()}
    grounds = "".join(
        f".{name}{{background-color:var(--{name}){f';--over:var(--over-{name})' if name in strokes else ''}}}"
        for name in more
    )
    if dark is not None:
        paper = f"@media print{{:root{{color-scheme:light;{_set(named, False)}}}}}" if dark else ""
        return f":root{{color-scheme:{'dark' if dark else 'light'};{_set(named, dark)}}}{paper}{grounds}"
    # Paper is light, also when the device is dark.
    both = (
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_set(named, True)}}}}}@media"
        " print{:root{color-scheme:light}}"
    )
    return f":root{{color-scheme:light dark;{_set(named, False)}}}{both}{grounds}"


def _set(named: Mapping[str, Colour], dark: bool) -> str:
    return ";".join(f"--{name}:{colour.on(dark)}" for name, colour in named.items())
