"""What is looked at, and what came of it."""

from dataclasses import dataclass, field
from pathlib import Path

WIDTHS = (1440, 1024, 390)
# A screen is so high for its width. A part of a sheet shows at most so many of them; in light a page goes on in
# further parts.
SCREEN = {1440: 900, 1024: 768, 390: 844}
SCREENS, MOST_PARTS = 2.5, 4
LIGHT, DARK, FORCED, LARGE = "light", "dark", "forced colours", "text 200 %"
PRINT, PRINT_DARK = "print", "print from dark"
LOOKS = (LIGHT, DARK, FORCED, LARGE)
PRINTS = (PRINT, PRINT_DARK)


@dataclass(frozen=True)
class Subject:
    """A page, or a picture, at an address.

    Attributes:
        name: on the sheets and in file names.
        address: absolute.
        app: whether Streamlit draws it, so that its run must be waited for.
        whole: whether it is looked at in every look and width and on paper; otherwise in light, wide and narrow.
        fixed: whether its own colours hold in every look, as those of a picture or a page asked for in dark.
        status: the answer that it should have; 0 for any.
        group: what stands on the same sheets; empty for sheets of its own.
    """

    name: str
    address: str
    app: bool = False
    whole: bool = False
    fixed: bool = False
    status: int = 200
    group: str = ""


@dataclass
class Shot:
    """One picture of a subject.

    Attributes:
        group: what stands on one sheet together.
        name: of the subject.
        label: browser, width and look.
        path: of the PNG.
        light: whether its ground is light, so that much black is a fault.
        drawings: boxes of its charts in pixels: left, top, right, bottom.
        shares: share of pixels that are near black, coloured, and of the commonest colour.
        notes: what is likely wrong.
        faults: what is surely wrong.
    """

    group: str
    name: str
    label: str
    path: Path
    light: bool = True
    drawings: list[tuple[int, int, int, int]] = field(default_factory=list)
    shares: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def file_name(text: str) -> str:
    """A text as a part of a file name."""
    return "-".join("".join(char if char.isalnum() else " " for char in text.lower()).split())


def most_screens(look: str) -> float:
    """How far down a page is looked at."""
    return SCREENS * (MOST_PARTS if look == LIGHT else 1)
