"""`make new-act`, `make new-law`, `make new-power`: writes the rows of a new record and says what is left to fill.

    python -m atlas.new act PLACE=JPN DATE=2026-01-16 SLUG=ministry-warning AUTHORITY=jpn-… URL=https://…

Names in capitals are those of `atlas.tables.new_records`; any column of the record's own table may be given as well
(`title="…"`). A name that is needed is asked for where someone sits at the terminal. Nothing is written if anything
that was given is wrong.
"""

import datetime as dt
import sys
from pathlib import Path

from atlas.atomic import write_files
from atlas.tables.new_records import MEANING, NEEDED, Draft, Refused, append, draft
from atlas.tables.schema import DATA, read_package


def told(made: Draft, folder: Path) -> str:
    """What was written and what is left to fill, for a terminal."""
    package, said = read_package(folder), ["Written:"]
    for name, rows in made.rows.items():
        table = package.tables[name]
        for line, row in zip(made.lines[name], rows):
            said.append(f"  data/{table.file}:{line}: {', '.join(row[column] for column in table.key)}")
    if made.left:
        said += ["Left to fill (`make check-data` names them too):", *(f"  {fault}" for fault in made.left)]
    table = package.tables[next(iter(made.rows))]
    row = made.rows[table.name][0]
    empty = [name for name in table.fields if name not in row and name not in {fault.column for fault in made.left}]
    said.append(f"Where the source says more, {table.file} also takes: {', '.join(empty)}")
    return "\n".join(said)


def asked(kind: str, given: dict[str, str]) -> dict[str, str]:
    """What was given, with what is needed asked for at the terminal, if there is one."""
    if not sys.stdin.isatty():
        return given
    return given | {name: input(f"{name} ({MEANING[name]}): ").strip() for name in NEEDED[kind] if not given.get(name)}


def main(arguments: list[str], folder: Path = DATA) -> int:
    """0 if the rows were written, 1 if nothing was, 2 if the command was not understood."""
    kind, *pairs = arguments or [""]
    if kind not in NEEDED or not all("=" in pair for pair in pairs):
        print(__doc__, file=sys.stderr)
        return 2
    given = {name.strip(): value.strip() for name, _, value in (pair.partition("=") for pair in pairs)}
    try:
        made = draft(kind, asked(kind, given), folder, dt.date.today().isoformat())
    except Refused as refused:
        print(f"{refused}\nNothing was written.", file=sys.stderr)
        return 1
    write_files(folder, append(folder, made.rows))
    print(told(made, folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
