"""Rules about codes: levels and their qualifiers, provisions, money, starts, the vocabulary."""

from collections.abc import Iterator

from atlas.tables.fault import Fault
from atlas.tables.rules.frames import Frames, fault_in, rows
from atlas.tables.schema import SAME_VOCABULARY, Package

# Fields whose terms are plain names.
PLAIN_NAMES = ("region",)


def qualifiers_fit_levels(frames: Frames, package: Package) -> Iterator[Fault]:
    """Route, scope and basis qualify a power that exists, and only that."""
    for line, row in rows(frames["powers"]):
        for column in ("route", "scope", "basis"):
            absent = row[column] == "not_applicable"
            if absent != (row["level"] == "0"):
                wanted = (
                    "not_applicable, as the level is 0"
                    if row["level"] == "0"
                    else f"a value, as the level is {row['level']}"
                )
                yield fault_in(package, "powers", line, column, row[column], wanted)


def provisions_are_marked(frames: Frames, package: Package) -> Iterator[Fault]:
    """A provision is there exactly where its status says so, and only an absent power has none to cite."""
    for line, row in rows(frames["powers"]):
        status = row["provision_status"]
        if (status == "found") != bool(row["provision"]):
            yield fault_in(
                package,
                "powers",
                line,
                "provision",
                row["provision"],
                "a provision exactly where provision_status is found",
            )
        elif status == "none_to_cite" and row["level"] != "0":
            yield fault_in(
                package,
                "powers",
                line,
                "provision_status",
                status,
                f"found or not_found, as the level is {row['level']}",
            )


def money_has_a_currency(frames: Frames, package: Package) -> Iterator[Fault]:
    for line, row in rows(frames["instruments"]):
        if bool(row["max_fine_amount"]) != bool(row["max_fine_currency"]):
            yield fault_in(
                package,
                "instruments",
                line,
                "max_fine_currency",
                row["max_fine_currency"],
                "amount and currency both filled or both empty",
            )


def vocabulary_is_complete(frames: Frames, package: Package) -> Iterator[Fault]:
    """Every term of every vocabulary has a label and a definition."""
    described = set(map(tuple, frames["vocabulary"][["vocabulary", "term"]].to_numpy()))
    for name, table in package.tables.items():
        for field in table.fields:
            for term in table.vocabulary(field):
                if (SAME_VOCABULARY.get(field, field), str(term)) not in described and field not in PLAIN_NAMES:
                    yield fault_in(
                        package, "vocabulary", 0, "term", f"{field}/{term}", f"a row for this term of {name}.{field}"
                    )
