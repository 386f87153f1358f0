"""Makes the two fonts that the rasteriser draws with. Run by hand: `python -m atlas.draw.build_fonts`.

The pages' font is one variable WOFF2 file for each range of characters. PNG and PDF need plain TTF files, one a
weight, so the ranges are merged and the weight is fixed. The licence (OFL.txt) reserves the name of the original
for unchanged fonts, hence the name of our own; copyright and licence entries stay as they were.
"""

import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from atlas.draw.fonts import FAMILY, FONTS, FOR_RASTER, WEIGHTS

STYLES = {400: "Regular", 600: "SemiBold"}
RANGES = ("latin", "latin-ext")


def build(folder: Path = FOR_RASTER) -> None:
    """Writes one TTF a weight into a folder."""
    folder.mkdir(exist_ok=True)
    for weight in WEIGHTS:
        with tempfile.TemporaryDirectory() as scratch:
            parts = [_plain(name, weight, Path(scratch) / f"{name}.ttf") for name in RANGES]
            merged = Merger().merge([str(part) for part in parts])
        _rename(merged, weight)
        # A fixed time, so that building again gives the same bytes.
        merged["head"].created = merged["head"].modified = 0
        merged.recalcTimestamp = False
        merged.save(folder / f"{weight}.ttf")


def _plain(name: str, weight: int, target: Path) -> Path:
    font = instantiateVariableFont(TTFont(FONTS / f"source-sans-3-{name}-wght-normal.woff2"), {"wght": weight})
    font.flavor = None
    font.save(target)
    return target


def _rename(font: TTFont, weight: int) -> None:
    style = STYLES[weight]
    ours = {
        1: f"{FAMILY} {style}",
        2: "Regular",
        3: f"{FAMILY} {style}",
        4: f"{FAMILY} {style}",
        6: f"{FAMILY.replace(' ', '')}-{style}",
        16: FAMILY,
        17: style,
    }
    for record in [record for record in font["name"].names if record.nameID not in (0, 5, 13, 14)]:
        font["name"].removeNames(record.nameID)
    for identity, text in ours.items():
        font["name"].setName(text, identity, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


if __name__ == "__main__":
    build()
