"""`make check-data`: validates `data/` and names each fault by file, line, column, value and expectation.

The schema's part (types, vocabularies, keys) is done by the `frictionless` library, which outsiders can run
as well; keys that lead from table to table are compared in `references`; what a table schema cannot say (an end
before its start, an act without a source) is in `rules`.
"""

import csv
import json
import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from atlas.tables.fault import Fault
from atlas.tables.references import References
from atlas.tables.rules import rule_faults
from atlas.tables.schema import DATA, DESCRIPTOR, Package, Table, read_package

if TYPE_CHECKING:
    from frictionless import Error, Resource, Row

# A table with more faults than this is another table; the first tell enough.
MOST_FAULTS = 1000


def check(folder: Path = DATA) -> list[Fault]:
    """All faults of a data folder, in file and line order; an empty list means that it may be loaded."""
    try:
        package = read_package(folder)
    except (OSError, ValueError) as error:
        return [Fault(DESCRIPTOR, 0, "", str(error), "a readable Data Package descriptor")]
    faults = [fault for table in package.tables.values() for fault in _unreadable(folder, table)]
    if faults:
        return sorted(faults)
    faults = schema_faults(folder, package)
    if not faults:
        # Rules read columns by name, so they wait until the schema holds.
        faults = rule_faults(folder, package)
    return sorted(faults)


def _unreadable(folder: Path, table: Table) -> list[Fault]:
    """Faults that make a file no CSV at all, in words better than a parser's."""
    path = folder / table.file
    try:
        raw = path.read_bytes()
    except OSError as error:
        return [Fault(table.file, 0, "", error.strerror or str(error), "a readable file")]
    if not raw.strip():
        return [Fault(table.file, 0, "", "empty file", "a header line with the columns of the schema")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return [
            Fault(
                table.file,
                line,
                _column(table, line, raw[: error.start].rpartition(b"\n")[2]),
                f"byte 0x{raw[error.start]:02x}",
                "UTF-8 text",
            )
        ]
    for number, content in enumerate(text.split("\n"), 1):
        bad = next((c for c in content if ord(c) < 32 and c not in "\r\t"), None)
        if bad is not None:
            return [
                Fault(
                    table.file,
                    number,
                    _column(table, number, content.partition(bad)[0].encode()),
                    repr(bad),
                    "text without control characters",
                )
            ]
    header = text.lstrip("\ufeff").split("\n", 1)[0].strip().split(",")
    missing = [name for name in table.fields if name not in header]
    extra = [name for name in header if name not in table.fields]
    if missing or extra or header != list(table.fields):
        wanted = ",".join(table.fields)
        named = (
            f"missing {', '.join(missing)}" if missing else f"unknown {', '.join(extra)}" if extra else "another order"
        )
        return [Fault(table.file, 1, ",".join(missing or extra), named, f"the header {wanted}")]
    return []


def _column(table: Table, number: int, before: bytes) -> str:
    """The column that a line has come to, by what stands before in it; empty in the header and past the last column."""
    names, cells = list(table.fields), next(csv.reader([before.decode("utf-8", "replace")])) or [""]
    return names[len(cells) - 1] if number > 1 and len(cells) <= len(names) else ""


def schema_faults(folder: Path, package: Package, only: Collection[str] = ()) -> list[Fault]:
    """What frictionless finds against the Table Schemas.

    Args:
        folder: the data folder.
        package: its descriptor.
        only: names of tables to which the check is limited; all if empty.
    """
    from frictionless import FrictionlessException
    from frictionless import Package as FrictionlessPackage

    try:
        descriptor = _limited(package, only) if only else package.descriptor
        described = FrictionlessPackage.from_descriptor(descriptor, basepath=str(folder))
    except FrictionlessException as error:
        return [Fault(DESCRIPTOR, 0, "", reason.note, "a valid Data Package descriptor") for reason in error.reasons]
    try:
        described.to_descriptor(validate=True)
    except FrictionlessException as error:
        return [Fault(DESCRIPTOR, 0, "", reason.note, "a valid descriptor") for reason in error.to_errors()]
    references = References(described)
    found = {resource.name: _row_faults(resource, package, references) for resource in described.resources}
    for table, fault in references.faults(package):
        found[table].append(fault)
    return [fault for faults in found.values() for fault in sorted(faults, key=lambda one: one.line)[:MOST_FAULTS]]


def _row_faults(resource: "Resource", package: Package, references: References) -> list[Fault]:
    """What frictionless finds in the rows of a table. The keys of all its rows are noted for the references."""
    table, note, read = package.tables[resource.name], references.note(resource.name), 0

    def on_row(row: "Row") -> None:
        nonlocal read
        read = row.row_number
        note(row)

    (task,) = resource.validate(on_row=on_row, limit_errors=MOST_FAULTS).tasks
    if task.errors and not read:
        references.could_not_read(table.name)
    elif len(task.errors) >= MOST_FAULTS:
        # It stopped there, but rows of other tables may refer to those behind.
        with resource.to_copy() as again:
            for row in again.row_stream:
                if row.row_number > read:
                    note(row)
    return [_as_fault(table, error) for error in task.errors]


def _limited(package: Package, only: Collection[str]) -> dict:
    """The descriptor with some tables and those that they refer to, whose own references are not followed."""
    keys = {name: package.tables[name].descriptor["schema"].get("foreignKeys", []) for name in only}
    referred = {key["reference"]["resource"] for found in keys.values() for key in found} - {"", *only}
    resources = [package.tables[name].descriptor for name in package.tables if name in only]
    for name in sorted(referred):
        own = package.tables[name].descriptor
        resources.append(
            own | {"schema": {part: own["schema"][part] for part in own["schema"] if part != "foreignKeys"}}
        )
    return package.descriptor | {"resources": resources}


def _as_fault(table: Table, error: "Error") -> Fault:
    descriptor = error.to_dict()
    line = descriptor.get("rowNumber", 0)
    names = descriptor.get("fieldNames") or [descriptor.get("fieldName") or ""]
    if descriptor["type"] == "primary-key":
        names = list(table.key)
    cells = descriptor.get("cells", [])
    if "cell" in descriptor:
        value = descriptor["cell"] or ""
    else:
        by_name = dict(zip(table.fields, cells))
        value = ", ".join(str(by_name.get(name, "")) for name in names if name)
    kind = descriptor["type"]
    if kind in ("primary-key", "unique-error"):
        expected = f"a value not used before ({descriptor['note']})"
    else:
        expected = _expected(table, names[0], descriptor["note"])
    return Fault(table.file, line, ",".join(name for name in names if name), str(value), expected)


def _expected(table: Table, field: str, note: str) -> str:
    """What the schema asks of a field, in words a contributor can act on."""
    descriptor = table.fields.get(field)
    if descriptor is None:
        return f"a row with one cell for each column ({note})"
    limits = descriptor.get("constraints", {})
    parts = []
    if limits.get("required"):
        parts.append("not empty")
    if "enum" in limits:
        parts.append("one of " + ", ".join(map(str, limits["enum"])))
    elif descriptor["type"] == "date":
        parts.append("a day as YYYY-MM-DD")
    elif descriptor["type"] == "boolean":
        parts.append("true or false")
    elif descriptor["type"] != "string":
        parts.append(f"of type {descriptor['type']}")
    for limit, word in (("minimum", "at least"), ("maximum", "at most"), ("maxLength", "characters at most")):
        if limit in limits:
            parts.append(f"{word} {limits[limit]}")
    if "pattern" in limits:
        parts.append(f"like {limits['pattern']}")
    return f"{'; '.join(parts) or note} — {descriptor['description']}"


def main(arguments: list[str]) -> int:
    """Prints the faults of a folder (default: the repository's data); 0 if there is none."""
    as_json = "--json" in arguments
    names = [argument for argument in arguments if argument != "--json"]
    folder = Path(names[0]) if names else DATA
    faults = check(folder)
    if as_json:
        print(json.dumps([vars(fault) for fault in faults]))
        return bool(faults)
    for fault in faults:
        print(fault)
    if faults:
        print(f"{len(faults)} fault{'s' if len(faults) > 1 else ''} in {folder}")
        return 1
    package = read_package(folder)
    print(f"data {package.version}: {len(package.tables)} tables, no faults")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
