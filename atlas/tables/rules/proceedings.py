"""Rules about proceedings: that their steps, their state and the last look for them agree with the other tables."""

from collections.abc import Iterator

from atlas.tables.dates import latest_day
from atlas.tables.fault import Fault
from atlas.tables.rules.frames import Frames, fault_in, rows
from atlas.tables.schema import Package

ENDINGS = ("finding", "lifting", "closing")


def steps_belong_to_proceedings(frames: Frames, package: Package) -> Iterator[Fault]:
    """A step is in a proceeding of its own place and case; each proceeding has a step."""
    known = {row["proceeding_id"]: row for _, row in rows(frames["proceedings"])}
    for line, row in rows(frames["responses"]):
        named = known.get(row["proceeding_id"])
        if bool(row["proceeding_id"]) != bool(row["step"]):
            expected = "proceeding_id and step both filled or both empty"
            yield fault_in(package, "responses", line, "step", row["step"], expected)
        if named and (row["jurisdiction_id"], row["case_id"]) != (named["jurisdiction_id"], named["case_id"]):
            expected = f"a proceeding of {row['jurisdiction_id']} in {row['case_id']}"
            yield fault_in(package, "responses", line, "proceeding_id", row["proceeding_id"], expected)
    used = set(frames["responses"]["proceeding_id"])
    home = dict(zip(frames["authorities"]["authority_id"], frames["authorities"]["jurisdiction_id"]))
    for line, row in rows(frames["proceedings"]):
        if row["proceeding_id"] not in used:
            expected = "the proceeding_id of at least one row in responses.csv"
            yield fault_in(package, "proceedings", line, "proceeding_id", row["proceeding_id"], expected)
        if home.get(row["authority_id"]) != row["jurisdiction_id"]:
            expected = f"an authority of {row['jurisdiction_id']}"
            yield fault_in(package, "proceedings", line, "authority_id", row["authority_id"], expected)


def states_follow_steps(frames: Frames, package: Package) -> Iterator[Fault]:
    """A proceeding has ended where a step ended it, is announced where nothing else was done, and else is open."""
    steps: dict[str, list[dict[str, str]]] = {}
    for _, row in rows(frames["responses"]):
        steps.setdefault(row["proceeding_id"], []).append(row)
    for line, row in rows(frames["proceedings"]):
        own = steps.get(row["proceeding_id"], [])
        ended = any(step["step"] in ENDINGS for step in own)
        announced = bool(own) and all(step["status"] == "announced" for step in own)
        state = "ended" if ended else "announced" if announced else "open"
        if own and row["state"] != state:
            expected = f"{state}, as its steps in responses.csv say"
            yield fault_in(package, "proceedings", line, "state", row["state"], expected)


def looks_are_logged(frames: Frames, package: Package) -> Iterator[Fault]:
    """The day on which a later step was last looked for is that of a search of the place, and not before its steps."""
    log = frames["search_log"]
    searched = set(zip(log["jurisdiction_id"], log["searched_on"]))
    last: dict[str, str] = {}
    for _, row in rows(frames["responses"]):
        if row["date"]:
            own = last.get(row["proceeding_id"], "")
            last[row["proceeding_id"]] = max(own, min(latest_day(row["date"]), row["date_latest"]))
    for line, row in rows(frames["proceedings"]):
        day = row["last_looked_for"]
        if (row["jurisdiction_id"], day) not in searched or day < last.get(row["proceeding_id"], ""):
            expected = f"a day on which search_log.csv has a search of {row['jurisdiction_id']}, after its last step"
            yield fault_in(package, "proceedings", line, "last_looked_for", day, expected)
