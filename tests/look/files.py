"""Files that no browser draws: slides, workbooks and documents by LibreOffice, PDF by poppler, text as text."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from atlas.draw.fonts import FOR_RASTER
from tests.look.pages import first_pages
from tests.look.shots import file_name

OFFICE = "soffice"
OFFICE_SECONDS = 240
# Enough to see the form of what is long.
MOST_PAGES, PAGE_WIDTH = 6, 900
LINES, LINE_LENGTH, TEXT_WIDTH, TEXT_SIZE = 46, 120, 960, 14
_WRITERS = {".xlsx": "calc_pdf_Export", ".docx": "writer_pdf_Export", ".pptx": "impress_pdf_Export"}


def office_pages(files: list[Path], folder: Path) -> dict[Path, list[Path]]:
    """PNG of the first pages of each file of an office; an empty list for what LibreOffice could not read."""
    for suffix, writer in _WRITERS.items():
        chosen = [str(path) for path in files if path.suffix == suffix]
        if not chosen:
            continue
        how = f'pdf:{writer}:{{"PageRange":{{"type":"string","value":"1-{MOST_PAGES}"}}}}'
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            command = [OFFICE, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", how]
            subprocess.run(
                [*command, "--outdir", str(folder), *chosen], check=False, capture_output=True, timeout=OFFICE_SECONDS
            )
    return {path: paper_pages(folder / f"{path.stem}.pdf") for path in files}


def paper_pages(paper: Path) -> list[Path]:
    """PNG of the first pages of a PDF; none if it is missing."""
    return first_pages(paper, MOST_PAGES, PAGE_WIDTH) if paper.is_file() else []


def has_office() -> bool:
    return bool(shutil.which(OFFICE))


def text_picture(name: str, content: str, folder: Path) -> Path:
    """The beginning of a text as a PNG."""
    font = ImageFont.truetype(str(FOR_RASTER / "400.ttf"), TEXT_SIZE)
    lines = content.splitlines()
    shown = [line[:LINE_LENGTH] + ("…" if len(line) > LINE_LENGTH else "") for line in lines[:LINES]]
    shown.append(f"({len(lines)} lines, {len(content.encode('utf-8')):,} bytes)")
    step = TEXT_SIZE + 4
    image = Image.new("RGB", (TEXT_WIDTH, step * (len(shown) + 1)), "white")
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(shown):
        draw.text((8, 6 + number * step), line.replace("\t", "    "), fill="black", font=font)
    path = folder / f"{file_name(name)}.png"
    image.save(path)
    return path
