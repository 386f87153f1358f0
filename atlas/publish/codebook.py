"""The codebook: its list of vocabularies, made from `vocabulary.csv` so that no term is undocumented, and its tables with captions for a page."""

import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from markupsafe import Markup, escape

from atlas.atomic import write_file
from atlas.progress import say
from atlas.tables.atlas import Atlas, load
from atlas.tables.schema import DATA

CAPTION = "Table: "
MARK = "<!-- made by `make build` from vocabulary.csv; do not edit below -->\n"


def vocabularies(atlas: Atlas) -> str:
    """A Markdown table for each vocabulary, in the order of the file."""
    parts = []
    for name, rows in groupby(atlas["vocabulary"].itertuples(), key=lambda row: row.vocabulary):
        parts.append(f"\n### {name}\n\n| term | label | meaning |\n|---|---|---|\n")
        parts += [f"| `{row.term}` | {row.label} | {row.definition} |\n" for row in rows]
    return "".join(parts)


def complete(text: str, atlas: Atlas) -> str:
    """The codebook with its last part made afresh.

    Raises:
        ValueError: the mark above that part is gone.
    """
    written, mark, _ = text.partition(MARK)
    if not mark:
        raise ValueError("CODEBOOK.md has lost the line above its vocabularies")
    return written + mark + vocabularies(atlas)


def parts(text: str) -> Iterator[str | dict]:
    """Our own Markdown in pieces: text as it stands, and each table with what Markdown has no word for.

    Yields:
        Markdown without a table, or `caption`, `columns` and `rows` of one; code in cells is markup, all else is text.

    Raises:
        ValueError: a table has no line `Table: <caption>` above it.
    """
    for piece in re.split(r"((?:^Table: .+\n\n)?(?:^\|.*\n?)+)", text, flags=re.MULTILINE):
        if not piece.lstrip().startswith(("|", CAPTION)):
            if piece.strip():
                yield piece
            continue
        caption, _, table = piece.partition("\n\n")
        if not caption.startswith(CAPTION):
            raise ValueError(f"a table has no caption: {piece.splitlines()[0]}")
        head, _, *rows = (_cells(line) for line in table.strip().splitlines())
        yield {"caption": caption.removeprefix(CAPTION), "columns": head, "rows": rows}


def _cells(line: str) -> list[Markup]:
    return [
        Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(cell.strip()))))
        for cell in line.strip().strip("|").split("|")
    ]


def main(folder: Path = DATA) -> int:
    """Rewrites the codebook in place, whole or not at all."""
    say("codebook: vocabularies")
    path = folder / "CODEBOOK.md"
    write_file(path, complete(path.read_text(encoding="utf-8"), load(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
