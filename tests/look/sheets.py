"""Contact sheets: shots side by side with their labels, and the list of all sheets with what a machine found."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from atlas.draw.fonts import FOR_RASTER
from tests.look.shots import SCREENS, Shot, file_name

SHEET_WIDTH, GAP, LABEL, TITLE = 1960, 20, 22, 34
MOST_HEIGHT = 2000
# A narrow shot stands as it is, a wide one as wide as a third of the sheet, and a small thing is not enlarged.
COLUMN = (SHEET_WIDTH - 4 * GAP) // 3
GROUND, INK, FAULT = "#D9D9D6", "#111111", "#B00020"


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FOR_RASTER / "600.ttf"), size)


def _parts(shot: Shot) -> Iterable[tuple[str, Image.Image]]:
    """The shot in parts of a few screens each, as wide as a column."""
    with Image.open(shot.path) as image:
        image = image.convert("RGB")
    label = shot.label if shot.name in (shot.group, shot.label) else f"{shot.name}, {shot.label}"
    highest = round(image.width * SCREENS * (2.17 if image.width < 600 else 0.75))
    for number, top in enumerate(range(0, image.height, highest), 1):
        bottom = min(top + highest, image.height)
        if number > 1 and bottom - top < 40:
            continue
        part = image.crop((0, top, image.width, bottom))
        if part.width > COLUMN:
            part = part.resize((COLUMN, max(round(part.height * COLUMN / part.width), 1)), Image.Resampling.LANCZOS)
        yield (label if number == 1 else f"{label}, part {number}"), part


def sheets(group: str, shots: list[Shot], folder: Path) -> list[Path]:
    """Writes the sheets of one group.

    Args:
        group: name of the group; its first words name the files.
        shots: those with a file are drawn.
        folder: of the sheets.
    """
    cells = [(label, part, bool(shot.faults)) for shot in shots if shot.path.is_file() for label, part in _parts(shot)]
    written, rows, row, across, down = [], [], [], GAP, 0
    for cell in cells:
        width, height = cell[1].width, cell[1].height + LABEL
        if row and across + width + GAP > SHEET_WIDTH:
            rows, row, across = [*rows, row], [], GAP
        across, row = across + width + GAP, [*row, cell]
    rows += [row] if row else []
    batch: list = []
    for row in rows:
        height = max(part.height for _, part, _ in row) + LABEL + GAP
        if batch and down + height > MOST_HEIGHT:
            written.append(_draw(group, len(written) + 1, batch, folder))
            batch, down = [], 0
        batch, down = [*batch, row], down + height
    if batch:
        written.append(_draw(group, len(written) + 1, batch, folder))
    return written


def _draw(group: str, number: int, rows: list[list[tuple[str, Image.Image, bool]]], folder: Path) -> Path:
    heights = [max(part.height for _, part, _ in row) + LABEL + GAP for row in rows]
    sheet = Image.new("RGB", (SHEET_WIDTH, TITLE + GAP + sum(heights)), GROUND)
    draw = ImageDraw.Draw(sheet)
    draw.text((GAP, 6), f"{group} · sheet {number}", fill=INK, font=_font(22))
    top = TITLE + GAP // 2
    for row, height in zip(rows, heights, strict=True):
        left = GAP
        for label, part, wrong in row:
            draw.text((left, top), label, fill=FAULT if wrong else INK, font=_font(14))
            sheet.paste(part, (left, top + LABEL))
            left += part.width + GAP
        top += height
    path = folder / f"{file_name(group)}-{number}.png"
    sheet.save(path, optimize=False, compress_level=3)
    return path


def index(folder: Path, made: dict[str, list[Path]], shots: list[Shot], missing: list[str]) -> Path:
    """The list of all sheets, with what a machine found, faults first."""
    rows = []
    for shot in sorted(shots, key=lambda one: (not one.faults, not one.notes, one.group, one.label)):
        said = "".join(f'<li class="fault">{escape(line)}</li>' for line in shot.faults)
        said += "".join(f"<li>{escape(line)}</li>" for line in shot.notes)
        numbers = "".join(f"<td>{shot.shares[key]:.1%}</td>" if shot.shares else "<td></td>" for key in _SHARES)
        name = f'<a href="{shot.path.relative_to(folder)}">{escape(f"{shot.name}, {shot.label}")}</a>'
        rows.append(f"<tr><td>{name}</td>{numbers}<td><ul>{said}</ul></td></tr>")
    pictures = "".join(
        f"<h2>{escape(group)}</h2>"
        + "".join(
            f'<a href="{path.name}"><img src="{path.name}" alt="{path.name}" loading="lazy"></a>' for path in paths
        )
        for group, paths in made.items()
    )
    left_out = "".join(f"<li>{escape(line)}</li>" for line in missing)
    content = f"""<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>What we show</title>
<style>body{{font:15px/1.4 sans-serif;margin:20px}}img{{width:320px;border:1px solid #999;margin:4px;vertical-align:top}}
table{{border-collapse:collapse}}td,th{{border-top:1px solid #ccc;padding:2px 10px;text-align:left;vertical-align:top}}
ul{{margin:0;padding-left:16px}}.fault{{color:#b00020;font-weight:600}}</style>
<h1>What we show: {sum(map(len, made.values()))} sheets, {len(shots)} shots</h1>
<h2>Not looked at</h2><ul>{left_out or "<li>nothing was left out</li>"}</ul>
<p><a href="#findings">What a machine found</a></p>{pictures}
<h2 id="findings">What a machine found</h2>
<table><tr><th>Shot</th><th>Near black</th><th>Coloured</th><th>One colour</th><th>Found</th></tr>{"".join(rows)}</table></html>"""
    path = folder / "index.html"
    path.write_text(content, encoding="utf-8")
    return path


_SHARES = ("black", "coloured", "commonest")
