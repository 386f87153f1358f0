"""Rows for a new act, law or power: ids, dates and links filled, the rest left to who adds it.

Nothing is written here but by `append`; what is wrong is found by the check itself, on a copy of the tables.
"""

import csv
import io
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from atlas.tables.check import schema_faults
from atlas.tables.dates import earliest_day, is_real_partial, latest_day
from atlas.tables.fault import Fault
from atlas.tables.read import read_text
from atlas.tables.rules import rule_faults
from atlas.tables.rules.dates import PRECISION
from atlas.tables.schema import DESCRIPTOR, Package, read_package

Rows = dict[str, list[dict[str, str]]]
ACT = ("PLACE", "DATE", "SLUG", "AUTHORITY", "URL")
LAW = ("PLACE", "SLUG", "FIELD", "URL")
POWER = ("LAW", "POWER", "URL")
NEEDED = {"act": ACT, "law": LAW, "power": POWER}
# Further names that may be given, and the columns that they fill.
LAW_DATES = {
    "PROPOSED": "proposed_date",
    "ADOPTED": "adopted_date",
    "IN_FORCE": "in_force_date",
    "APPLICABLE": "applicable_date",
}
OPTIONAL = {
    "act": ("AUTHORITY_NAME", "ACCESSED", "CASE"),
    "law": (*LAW_DATES, "ACCESSED"),
    "power": ("LEVEL", "ACCESSED"),
}
MEANING = {
    "PLACE": "id of the jurisdiction, as jurisdictions.csv has it",
    "DATE": "day, month or year of the act: 2026-01-16, 2026-01 or 2026",
    "SLUG": "two to four words for the id, in lower case, joined by hyphens",
    "AUTHORITY": "id of who acted, as authorities.csv has it",
    "FIELD": "the field of law, as instrument_fields.csv names it; several with a space between",
    "URL": "address of each page that says so, several with a space between",
    "LAW": "id of the law, as instruments.csv has it",
    "POWER": "the power, as powers.csv names it",
}


@dataclass(frozen=True)
class Draft:
    """A new record that nothing speaks against.

    Attributes:
        rows: the new rows by table, with the columns that are filled.
        lines: line of each new row in its file, by table.
        left: what the check asks for and nobody has given yet.
    """

    rows: Rows
    lines: Mapping[str, Sequence[int]]
    left: tuple[Fault, ...]


class Refused(ValueError):
    """A record that is not written; `faults` say why, in the check's own words."""

    def __init__(self, faults: Sequence[Fault]):
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


def source_id(url: str) -> str:
    """The id of a source: of its address alone, so that two who add it choose the same."""
    return "s-" + sha256(url.encode("utf-8")).hexdigest()[:10]


def new_rows(kind: str, given: Mapping[str, str], folder: Path, today: str) -> Rows:
    """The rows of a new record by table, its own row first.

    Args:
        kind: `act`, `law` or `power`.
        given: values by the names in `NEEDED` and `OPTIONAL`, and by columns of the record's own table.
        folder: the data folder; it is read and not changed.
        today: the day on which pages are read, unless `ACCESSED` is given.

    Raises:
        Refused: a name that is needed is missing, or one is unknown.
    """
    package = read_package(folder)
    table = {"act": "responses", "law": "instruments", "power": "powers"}[kind]
    known = {*NEEDED[kind], *OPTIONAL[kind], *package.tables[table].fields}
    file = package.tables[table].file
    wrong = [Fault(file, 0, name, "", MEANING[name]) for name in NEEDED[kind] if not given.get(name, "").strip()]
    wrong += [Fault(file, 0, name, given[name], f"one of {', '.join(sorted(known))}") for name in given.keys() - known]
    if wrong:
        raise Refused(sorted(wrong))
    own, linked = {"act": _act, "law": _law, "power": _power}[kind](given, folder, package)
    own |= {name: value for name, value in given.items() if name in package.tables[table].fields}
    key = {name: own[name] for name in package.tables[table].key}
    links, pages = _sources(given["URL"].split(), given.get("ACCESSED") or today, folder, package)
    rows = {table: [own], **linked, f"{table.removesuffix('s')}_sources": [key | link for link in links]}
    return rows | ({"sources": pages} if pages else {})


def _act(given: Mapping[str, str], folder: Path, package: Package) -> tuple[dict[str, str], Rows]:
    place, date = given["PLACE"], given["DATE"]
    identity = f"{place.lower()}-{date}-{given['SLUG']}"
    own = {
        "response_id": identity,
        "case_id": given.get("CASE") or read_text(folder, package.tables["cases"])["case_id"].iloc[0],
        "jurisdiction_id": place,
        "date": date,
        "date_precision": PRECISION.get(len(date), ""),
    }
    if is_real_partial(date):
        first, last = earliest_day(date), latest_day(date)
        # What was read had happened by the day up to which the evidence was read.
        own |= {"date_earliest": first, "date_latest": max(first, min(last, package.evidence_to))}
    authority = given["AUTHORITY"]
    linked: Rows = {
        "response_parties": [
            {"response_id": identity, "jurisdiction_id": place, "authority_id": authority, "role": "lead"}
        ]
    }
    if given.get("AUTHORITY_NAME"):
        name = given["AUTHORITY_NAME"]
        linked["authorities"] = [{"authority_id": authority, "jurisdiction_id": place, "name": name}]
    return own, linked


def _law(given: Mapping[str, str], folder: Path, package: Package) -> tuple[dict[str, str], Rows]:
    place = given["PLACE"]
    identity = f"{place.lower()}-{given['SLUG']}"
    own = {"instrument_id": identity, "jurisdiction_id": place}
    linked: Rows = {"instrument_fields": [{"instrument_id": identity, "field": one} for one in given["FIELD"].split()]}
    if place not in set(read_text(folder, package.tables["fields_read"])["jurisdiction_id"]):
        # With its first law a place takes its part in the list of what is still to be read.
        known = package.tables["fields_read"].vocabulary("field")
        linked["fields_read"] = [{"jurisdiction_id": place, "field": one, "reading": "not_read"} for one in known]
    return own | {column: given[name] for name, column in LAW_DATES.items() if given.get(name)}, linked


def _power(given: Mapping[str, str], folder: Path, package: Package) -> tuple[dict[str, str], Rows]:
    own = {"instrument_id": given["LAW"], "power": given["POWER"], "coder": "first reading"}
    if given.get("LEVEL"):
        own["level"] = given["LEVEL"]
    if given.get("LEVEL") == "0":
        own |= dict.fromkeys(("route", "scope", "basis"), "not_applicable")
        own |= {"commencement": "with_instrument", "provision_status": "none_to_cite"}
    return own, {}


def _sources(
    urls: Sequence[str], accessed: str, folder: Path, package: Package
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Links to the pages, and rows for those that are not in sources.csv yet."""
    kept = read_text(folder, package.tables["sources"])
    known = dict(zip(kept["url"], kept["source_id"]))
    urls = list(dict.fromkeys(urls))
    new = [{"source_id": source_id(url), "url": url, "accessed": accessed} for url in urls if url not in known]
    return [{"source_id": known.get(url, source_id(url))} for url in urls], new


def append(folder: Path, rows: Rows) -> dict[str, bytes]:
    """Files with new rows at their end, by name; what stood there is unchanged, to the byte."""
    package, files = read_package(folder), {}
    for name, added in rows.items():
        table = package.tables[name]
        old = (folder / table.file).read_bytes()
        end = "\r\n" if old.split(b"\n", 1)[0].endswith(b"\r") else "\n"
        text = io.StringIO()
        csv.DictWriter(text, list(table.fields), restval="", lineterminator=end).writerows(added)
        joint = b"" if old.endswith(b"\n") else end.encode()
        files[table.file] = old + joint + text.getvalue().encode("utf-8")
    return files


def draft(kind: str, given: Mapping[str, str], folder: Path, today: str) -> Draft:
    """A new record, checked on a copy of the tables.

    Args: as for `new_rows`.

    Raises:
        Refused: something that was given is wrong.
    """
    rows = new_rows(kind, given, folder, today)
    package = read_package(folder)
    lines = {
        name: range(count, count + len(added))
        for name, added in rows.items()
        for count in [len(read_text(folder, package.tables[name])) + 2]
    }
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary)
        for file in (DESCRIPTOR, *(table.file for table in package.tables.values())):
            shutil.copyfile(folder / file, copy / file)
        for file, content in append(folder, rows).items():
            (copy / file).write_bytes(content)
        wrong, left = _parted(schema_faults(copy, package, rows.keys()), rows, lines, package)
        if not wrong:
            # Rules between columns need a row that is a row; what they say of cells still empty is not known yet.
            wrong, _ = _parted(rule_faults(copy, package), rows, lines, package)
    if wrong:
        raise Refused(sorted(wrong))
    return Draft(rows, lines, tuple(sorted(left)))


def _parted(
    faults: Sequence[Fault], rows: Rows, lines: Mapping[str, Sequence[int]], package: Package
) -> tuple[list[Fault], list[Fault]]:
    """Faults of new rows: of cells that were filled, and of cells still empty. Other rows are left aside."""
    added = {(package.tables[name].file, line): row for name in rows for line, row in zip(lines[name], rows[name])}
    wrong: list[Fault] = []
    left: list[Fault] = []
    for fault in faults:
        row = added.get((fault.file, fault.line))
        if row is not None:
            (wrong if any(row.get(column) for column in fault.column.split(",")) else left).append(fault)
    return wrong, left
