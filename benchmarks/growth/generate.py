"""Data packages of any size that pass the check: the real rows over and over, under other ids and in other places.

Keys and references are those of the schema (`data/datapackage.json`), so a table or a column that is added later is
copied without a change here. Copies keep their dates, titles and sources' kinds; ids and addresses get a number;
jurisdictions take each other's place among their like, and new ones are made up to 250.
"""

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pandas as pd

from atlas.tables.read import read_text
from atlas.tables.schema import DATA, DESCRIPTOR, Package, Table, read_package

# Tables that do not grow with the evidence.
FIXED = {
    "jurisdictions",
    "memberships",
    "cases",
    "case_starts",
    "case_start_sources",
    "exchange_rates",
    "exchange_rate_sources",
    "vocabulary",
}
MOST_PLACES = 250
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def generate(folder: Path, times: int, source: Path = DATA) -> Path:
    """Writes a package `times` as large as the real one into a new folder."""
    package = read_package(source)
    frames = {name: read_text(source, table) for name, table in package.tables.items()}
    places = _places(frames["jurisdictions"], times)
    folder.mkdir(parents=True)
    shutil.copyfile(source / DESCRIPTOR, folder / DESCRIPTOR)
    for extra in ("built", "method.json"):
        if (source / extra).is_file():
            shutil.copyfile(source / extra, folder / extra)
    moved = _moves(places)
    # A source that supports nothing but rows that are not copied would support nothing.
    linked = {
        source
        for name, frame in frames.items()
        if name.endswith("_sources") and name not in FIXED
        for source in frame["source_id"]
    }
    for name, frame in frames.items():
        if name == "jurisdictions":
            grown = places
        elif name in FIXED:
            grown = frame
        else:
            model = frame[frame["source_id"].isin(linked)] if name == "sources" else frame
            grown = pd.concat([frame, *(_copy(model, package, name, copy, moved(copy)) for copy in range(1, times))])
        grown.to_csv(folder / package.tables[name].file, index=False)
    return folder


def _places(frame: pd.DataFrame, times: int) -> pd.DataFrame:
    """The real jurisdictions, and made-up countries in proportion, 250 in all at a hundred times."""
    wanted = len(frame) + round((MOST_PLACES - len(frame)) * min(times - 1, 99) / 99)
    model = frame[(frame["kind"] == "country") & (frame["map_layer"] == "world")].iloc[0]
    made = []
    for number in range(wanted - len(frame)):
        identity = f"Q{LETTERS[number // 26]}{LETTERS[number % 26]}"
        made.append(
            model.to_dict()
            | {
                "jurisdiction_id": identity,
                "name": f"Country {identity}",
                "name_in_sentence": f"Country {identity}",
                "map_id": identity,
            }
        )
    return pd.concat([frame, pd.DataFrame(made, columns=frame.columns)])


def _moves(places: pd.DataFrame) -> Callable[[int], dict[str, str]]:
    """For each copy, which jurisdiction stands for which: countries for countries, parts for parts, the Union for
    itself.
    """
    like = {kind: list(rows["jurisdiction_id"]) for kind, rows in places.groupby("kind", sort=False)}

    def moved(copy: int) -> dict[str, str]:
        return {place: ids[(position + copy) % len(ids)] for ids in like.values() for position, place in enumerate(ids)}

    return moved


def _copy(frame: pd.DataFrame, package: Package, name: str, copy: int, moved: dict[str, str]) -> pd.DataFrame:
    """One copy of a table: its own ids and those it refers to, jurisdictions and addresses."""
    return frame.assign(
        **{column: frame[column].map(change) for column, change in _changes(package, name, copy, moved).items()}
    )


def _changes(package: Package, name: str, copy: int, moved: dict[str, str]) -> dict[str, Callable[[str], str]]:
    """What happens to each column that names a row: of this table, or of one it refers to."""
    table = package.tables[name]
    changes: dict[str, Callable[[str], str]] = {}
    for column, owner in {**{column: name for column in table.key}, **_references(table)}.items():
        if owner == "jurisdictions":
            changes[column] = lambda text: moved.get(text, text)
        elif (
            owner not in FIXED
            and package.tables[owner].fields[_target(table, column)]["type"] == "string"
            and not table.vocabulary(column)
        ):
            changes[column] = _source_id(copy) if "source_id" in column else _numbered(copy)
    if name == "sources":
        changes["url"] = lambda text: f"{text}{'&' if '?' in text else '?'}copy={copy}"
    return changes


def _references(table: Table) -> dict[str, str]:
    """The table that each foreign key's column refers to."""
    found = {}
    for key in table.descriptor["schema"].get("foreignKeys", []):
        fields = key["fields"] if isinstance(key["fields"], list) else [key["fields"]]
        for column in fields:
            found[column] = key["reference"]["resource"] or table.name
    return found


def _target(table: Table, column: str) -> str:
    """The column that a column refers to; itself where it refers to none."""
    for key in table.descriptor["schema"].get("foreignKeys", []):
        fields, targets = key["fields"], key["reference"]["fields"]
        fields, targets = (fields, targets) if isinstance(fields, list) else ([fields], [targets])
        if column in fields:
            return targets[fields.index(column)]
    return column


def _numbered(copy: int) -> Callable[[str], str]:
    """Numbers an id; of one with parts, as a law and a power, the first."""

    def numbered(text: str) -> str:
        head, *rest = text.split("/")
        return "/".join([f"{head}-x{copy}", *rest]) if text else ""

    return numbered


def _source_id(copy: int) -> Callable[[str], str]:
    return lambda text: f"s-{sha256(f'{text} {copy}'.encode()).hexdigest()[:10]}" if text else ""


def sizes(folder: Path) -> dict[str, int]:
    """Rows by table."""
    return {name: len(read_text(folder, table)) for name, table in read_package(folder).tables.items()}


if __name__ == "__main__":
    import sys

    print(json.dumps(sizes(generate(Path(sys.argv[1]), int(sys.argv[2])))))
