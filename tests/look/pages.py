"""Pages of a PDF as pictures, by poppler's pdftoppm."""

import shutil
import subprocess
from pathlib import Path

PAPER_WIDTH = 640
PROGRAM = "pdftoppm"


def first_pages(paper: Path, most: int, width: int) -> list[Path]:
    """The first pages as PNG beside the PDF, in order; none where the program is missing."""
    if not shutil.which(PROGRAM):
        return []
    stem = paper.with_suffix("")
    command = [PROGRAM, "-png", "-l", str(most), "-scale-to-x", str(width), "-scale-to-y", "-1", str(paper), str(stem)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return sorted(stem.parent.glob(f"{stem.name}-*.png"))
