"""The codebook: what is written by hand, the list of vocabularies made from the tables, and its tables for a page."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from markupsafe import Markup, escape

from atlas.tables.atlas import Atlas
from atlas.tables.schema import DATA

CAPTION = "Table: "
WRITTEN, VOCABULARIES = "CODEBOOK.md", "built/VOCABULARIES.md"
HEAD = "<!-- made by `make build` from vocabulary.csv -->\n"


def vocabularies(atlas: Atlas) -> str:
    """A Markdown table for each vocabulary, in the order of the file."""
    parts = [HEAD]
    for name, rows in groupby(atlas["vocabulary"].itertuples(), key=lambda row: row.vocabulary):
        parts.append(f"\n### {name}\n\n| term | label | meaning |\n|---|---|---|\n")
        parts += [f"| `{row.term}` | {row.label} | {row.definition} |\n" for row in rows]
    return "".join(parts)


def whole(folder: Path = DATA) -> str:
    """The codebook with its vocabularies, as it is handed out; without them in a copy where nothing is built."""
    made = folder / VOCABULARIES
    written = (folder / WRITTEN).read_text(encoding="utf-8")
    return written + ("\n" + made.read_text(encoding="utf-8") if made.exists() else "")


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
