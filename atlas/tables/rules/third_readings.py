"""Rules about third readings: each was drawn as the code had been read, and its outcome fits its values."""

from collections.abc import Iterator

from atlas.tables.fault import Fault
from atlas.tables.rules.frames import Frames, fault_in, rows
from atlas.tables.schema import Package

SAME, KEPT, CHANGED, OPEN, NOT_DECIDED = "same", "kept", "changed", "open", "not_decided"


def third_readings_are_whole(frames: Frames, package: Package) -> Iterator[Fault]:
    """A third reading names what it read, its kind is that of the first two, and its outcome follows from the values.

    A code that no longer holds the level with which it was drawn was changed: its row has to say so, or the chance of
    error that is worked out from it would be too small.
    """
    table, powers, second = "third_readings", frames["powers"], frames["second_readings"]
    level = dict(zip(zip(powers["instrument_id"], powers["power"]), powers["level"]))
    decided = second[(second["record_kind"] == "power") & (second["second_value"] != "")]
    agreed = dict(zip(decided["record_id"], decided["first_effective"] == decided["second_effective"]))
    for line, row in rows(frames[table]):
        record = f"{row['instrument_id']}/{row['power']}"
        drawn = {True: "agreed", False: "settled", None: "no row: it was not read twice"}[agreed.get(record)]
        if row["drawn_as"] != drawn:
            yield fault_in(package, table, line, "drawn_as", row["drawn_as"], f"{drawn}, by second_readings.csv")
        if bool(row["third_value"]) != bool(row["third_effective"]):
            expected = "filled exactly where third_value is"
            yield fault_in(package, table, line, "third_effective", row["third_effective"], expected)
        if bool(row["address"]) == (row["text_read"] == "none"):
            expected = "empty, as nothing was read" if row["address"] else "the page that was read"
            yield fault_in(package, table, line, "address", row["address"], expected)
        wanted = _outcomes(row, level.get((row["instrument_id"], row["power"])))
        if row["outcome"] not in wanted:
            yield fault_in(package, table, line, "outcome", row["outcome"], f"{' or '.join(wanted)}, by the values")
        if row["outcome"] in (KEPT, CHANGED, OPEN) and not row["reason"]:
            yield fault_in(package, table, line, "reason", "", "why it was settled so, or what stands against the code")


def _outcomes(row: dict[str, str], level: str | None) -> tuple[str, ...]:
    """The outcomes that fit a row.

    Args:
        level: the level that the data hold now; None where there is no such power, which is a fault of its own.
    """
    if level is not None and level != row["kept_value"]:
        return (CHANGED,)
    if not row["third_effective"]:
        # Other qualifiers may have been changed while the level stands.
        return (NOT_DECIDED, CHANGED)
    if row["third_effective"] == row["kept_effective"]:
        return (SAME, CHANGED)
    return (KEPT, OPEN, CHANGED)
