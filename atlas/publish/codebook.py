"""The codebook's list of vocabularies, made from `vocabulary.csv` so that no term is undocumented."""

import sys
from itertools import groupby
from pathlib import Path

from atlas.atomic import write_file
from atlas.tables.atlas import Atlas, load
from atlas.tables.schema import DATA

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


def main(folder: Path = DATA) -> int:
    """Rewrites the codebook in place, whole or not at all."""
    path = folder / "CODEBOOK.md"
    write_file(path, complete(path.read_text(encoding="utf-8"), load(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
