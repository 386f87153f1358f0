"""References between tables are compared by us, in one pass; frictionless, which outsiders run, finds the same."""

import csv
import json
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
from frictionless import Package as FrictionlessPackage

from atlas.tables.check import MOST_FAULTS, _as_fault, check, schema_faults
from atlas.tables.fault import Fault
from atlas.tables.read import read_text
from atlas.tables.schema import Package, read_package


def by_frictionless(folder: Path, package: Package) -> list[Fault]:
    """All that frictionless finds by the descriptor as it is, foreign keys included."""
    found = []
    for task in FrictionlessPackage.from_descriptor(package.descriptor, basepath=str(folder)).validate().tasks:
        table = package.tables[task.name]
        for error in task.errors:
            said = error.to_dict()
            if said["type"] == "foreign-key":
                cells = dict(zip(table.fields, said["cells"]))
                named, columns = said["referenceName"] or table.name, ", ".join(said["referenceFieldNames"])
                found.append(
                    Fault(
                        table.file,
                        said["rowNumber"],
                        ",".join(said["fieldNames"]),
                        ", ".join(cells.get(name, "") for name in said["fieldNames"]),
                        f"a value that stands in {named} ({columns})",
                    )
                )
            else:
                found.append(_as_fault(table, error))
    return sorted(found)


@contextmanager
def rows_of(folder, name):
    """The rows of a table as lists of cells, to be changed; row 0 is the header. They may be of any length."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    yield rows
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(rows)


def test_we_and_frictionless_find_the_same_in_a_broken_copy(broken):
    """Seen to fail where a kind of reference was left out: to another table, to its own, of two columns, of a day."""
    with rows_of(broken, "memberships") as rows:
        rows[1][0], rows[2][1], rows[4][1] = "ZZZ", "", "AUT "
    with rows_of(broken, "jurisdictions") as rows:
        next(row for row in rows if row[4] == "USA")[4] = "USB"
    with rows_of(broken, "response_parties") as rows:
        rows[1].insert(1, "one cell too much")
        del rows[3][1]
        del rows[5][2:]
        rows.insert(7, [""] * len(rows[0]))
        rows.append([])
    with rows_of(broken, "power_sources") as rows:
        rows[1][1], rows[4][0], rows[8][:2] = "no_such_power", "no-such-instrument", ["", ""]
    with rows_of(broken, "exchange_rate_sources") as rows:
        rows[1][1], rows[2][1], rows[3][1] = "1999-01-01", "01/11/2026", "2026-11-1"
    with rows_of(broken, "cases") as rows:
        del rows[1:]
    # A table wrong from end to end: frictionless stops after the first faults, but the rows behind can be referred to.
    with rows_of(broken, "sources") as rows:
        for row in rows[1:]:
            row[6] = "no such kind"
        rows[-1][0] += "0"
    package = read_package(broken)
    ours = sorted(schema_faults(broken, package))
    assert ours == by_frictionless(broken, package)
    counted = Counter((fault.file, fault.column) for fault in ours if "a value that stands in" in fault.expected)
    assert counted["jurisdictions.csv", "parent_id"] == 1
    assert counted["power_sources.csv", "instrument_id,power"] == 2
    assert counted["exchange_rate_sources.csv", "currency,date"] == 2
    assert counted["responses.csv", "case_id"] == len(read_text(broken, package.tables["responses"]))
    assert sum(number for (_, column), number in counted.items() if column == "source_id") >= 1
    assert sum(fault.file == "sources.csv" for fault in ours) == MOST_FAULTS


@pytest.mark.parametrize("part, value", [("resource", "nothing"), ("fields", ["no_such_column"])])
def test_a_key_that_names_nothing_is_refused_alike(broken, part, value):
    described = json.loads((broken / "datapackage.json").read_text(encoding="utf-8"))
    described["resources"] = [one for one in described["resources"] if one["name"] in ("jurisdictions", "memberships")]
    described["resources"][1]["schema"]["foreignKeys"][0]["reference"][part] = value
    package = Package(described)
    ours = sorted(schema_faults(broken, package))
    assert ours == by_frictionless(broken, package) and ours


def test_the_keys_stay_in_the_descriptor_for_others(broken):
    before = (broken / "datapackage.json").read_bytes()
    package = read_package(broken)
    assert check(broken) == [] and (broken / "datapackage.json").read_bytes() == before
    count = sum(len(one["schema"].get("foreignKeys", [])) for one in package.descriptor["resources"])
    schema_faults(broken, package)
    assert count == sum(len(one["schema"].get("foreignKeys", [])) for one in package.descriptor["resources"]) > 30
