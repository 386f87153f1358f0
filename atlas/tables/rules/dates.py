"""Rules about days: that they exist, lie in order, and fit what is said of them."""

from collections.abc import Iterator

from atlas.tables.dates import earliest_day, is_real_partial, latest_day
from atlas.tables.fault import Fault
from atlas.tables.rules.frames import Frames, fault_in, rows
from atlas.tables.schema import Package

ENDINGS = {"restriction_lifted", "closure"}
PARTIAL_DATES = {
    "responses": ("date", "end_date"),
    "response_parties": ("joined_date",),
    "instruments": ("proposed_date", "adopted_date", "in_force_date", "applicable_date", "end_date"),
    "powers": ("applies_from", "applies_until"),
    "context_events": ("date",),
    "sources": ("published",),
}
PRECISION = {0: "unknown", 4: "year", 7: "month", 10: "day"}


def dates_exist(frames: Frames, package: Package) -> Iterator[Fault]:
    """A date that the pattern lets through may still be 30 February."""
    for table, columns in PARTIAL_DATES.items():
        for column in columns:
            values = frames[table][column]
            for line, value in values[values != ""].items():
                if not is_real_partial(value):
                    yield fault_in(package, table, line, column, value, "a date that exists")


def spans_hold(frames: Frames, package: Package) -> Iterator[Fault]:
    """Earliest day not after the latest, and both within the date they explain."""
    for table in ("responses", "context_events"):
        frame = frames[table]
        for line, row in rows(frame):
            if row["date_earliest"] > row["date_latest"]:
                yield fault_in(
                    package,
                    table,
                    line,
                    "date_earliest",
                    row["date_earliest"],
                    f"no day after date_latest {row['date_latest']}",
                )
            if PRECISION[len(row["date"])] != row["date_precision"]:
                yield fault_in(
                    package,
                    table,
                    line,
                    "date_precision",
                    row["date_precision"],
                    f"{PRECISION[len(row['date'])]}, as the date is {row['date'] or 'empty'}",
                )
            if row["date"] and not (
                earliest_day(row["date"]) <= row["date_earliest"] and row["date_latest"] <= latest_day(row["date"])
            ):
                yield fault_in(
                    package,
                    table,
                    line,
                    "date",
                    row["date"],
                    f"a date that contains {row['date_earliest']} to {row['date_latest']}",
                )
            if row["date_latest"] > package.evidence_to:
                yield fault_in(
                    package,
                    table,
                    line,
                    "date_latest",
                    row["date_latest"],
                    f"no day after the evidence ends, {package.evidence_to}",
                )


def ends_follow_starts(frames: Frames, package: Package) -> Iterator[Fault]:
    """No end before its start; an end has a kind; what ended it is an ending."""
    responses = frames["responses"]
    actions = dict(zip(responses["response_id"], responses["action"]))
    for line, row in rows(responses):
        if row["end_date"] and latest_day(row["end_date"]) < row["date_earliest"]:
            yield fault_in(
                package,
                "responses",
                line,
                "end_date",
                row["end_date"],
                f"no day before the start {row['date_earliest']}",
            )
        if bool(row["end_date"]) != bool(row["end_kind"]):
            yield fault_in(
                package,
                "responses",
                line,
                "end_kind",
                row["end_kind"],
                "end_date and end_kind both filled or both empty",
            )
        if row["ended_by"] and not row["end_date"]:
            yield fault_in(package, "responses", line, "ended_by", row["ended_by"], "an end_date beside it")
        if row["ended_by"] == row["response_id"]:
            yield fault_in(package, "responses", line, "ended_by", row["ended_by"], "another act")
        if row["status"] == "lifted" and row["action"] == "restriction" and actions.get(row["ended_by"]) not in ENDINGS:
            yield fault_in(
                package, "responses", line, "ended_by", row["ended_by"], "the act that lifted this restriction"
            )


def dates_are_in_order(frames: Frames, package: Package) -> Iterator[Fault]:
    """A law is proposed, adopted, in force, applicable, ended; a membership or a power ends after it begins."""
    order = ("proposed_date", "adopted_date", "in_force_date", "applicable_date", "end_date")
    for line, row in rows(frames["instruments"]):
        known = [(name, row[name]) for name in order if row[name]]
        for (first, one), (second, other) in zip(known, known[1:]):
            if latest_day(other) < earliest_day(one):
                yield fault_in(package, "instruments", line, second, other, f"no day before {first} {one}")
    for table, first, second in (("memberships", "from_date", "to_date"), ("powers", "applies_from", "applies_until")):
        for line, row in rows(frames[table]):
            if row[first] and row[second] and latest_day(row[second]) < earliest_day(row[first]):
                yield fault_in(package, table, line, second, row[second], f"no day before {first} {row[first]}")


def statuses_fit_dates(frames: Frames, package: Package) -> Iterator[Fault]:
    """A bill has not entered into force; a law that is not yet in force has no past start."""
    for line, row in rows(frames["instruments"]):
        start = row["in_force_date"] or row["applicable_date"]
        if row["status"] in ("bill", "withdrawn") and start:
            yield fault_in(
                package, "instruments", line, "in_force_date", start, f"empty, as the status is {row['status']}"
            )
        if row["status"] == "in_force" and start and earliest_day(row["in_force_date"] or start) > package.evidence_to:
            yield fault_in(
                package, "instruments", line, "in_force_date", start, "a day already reached, as the status is in_force"
            )
