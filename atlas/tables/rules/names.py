"""Rules about other names of jurisdictions."""

from collections.abc import Iterator

from atlas.tables.fault import Fault
from atlas.tables.fold import fold
from atlas.tables.rules.frames import Frames, fault_in, rows
from atlas.tables.schema import Package


def names_lead_to_one_place(frames: Frames, package: Package) -> Iterator[Fault]:
    """No other name is a second jurisdiction's name, however it is written."""
    owner: dict[str, str] = {}
    for _, place in rows(frames["jurisdictions"]):
        for name in (place["name"], place["name_in_sentence"]):
            owner[fold(name)] = place["jurisdiction_id"]
    for line, row in rows(frames["names"]):
        known = owner.setdefault(fold(row["name"]), row["jurisdiction_id"])
        if known != row["jurisdiction_id"]:
            wanted = f"a name of one jurisdiction only; it already leads to {known}"
            yield fault_in(package, "names", line, "name", row["name"], wanted)


def codes_are_codes(frames: Frames, package: Package) -> Iterator[Fault]:
    """A code is two capitals without a language; every other name has one."""
    for line, row in rows(frames["names"]):
        code = row["name_kind"] == "code"
        if code and not (len(row["name"]) == 2 and row["name"].isascii() and row["name"].isupper()):
            yield fault_in(package, "names", line, "name", row["name"], "two capital letters, as it is a code")
        if code == bool(row["language"]):
            wanted = "no language, as it is a code" if code else "a language"
            yield fault_in(package, "names", line, "language", row["language"], wanted)
