"""Rules about cases: what belongs to an incident names one that is known, and its own targets, days and starts."""

from collections.abc import Iterator

from atlas.tables.fault import Fault
from atlas.tables.rules.frames import Frames, fault_in, rows
from atlas.tables.schema import SEVERAL, Package

# Searches about what authorities did, and so about one incident.
IN_A_CASE = ("response", "outcome")


def there_is_a_case(frames: Frames, package: Package) -> Iterator[Fault]:
    if frames["cases"].empty:
        yield fault_in(package, "cases", 0, "case_id", "", "at least one case")


def cases_have_products_and_days(frames: Frames, package: Package) -> Iterator[Fault]:
    """A case is about a target of its own, and ends after it began."""
    known = _targets(frames)
    for line, row in rows(frames["cases"]):
        if (row["case_id"], row["product"]) not in known:
            expected = f"a target_id of {row['case_id']} in {package.tables['case_targets'].file}"
            yield fault_in(package, "cases", line, "product", row["product"], expected)
        if row["last_day"] < row["first_day"]:
            yield fault_in(package, "cases", line, "last_day", row["last_day"], f"a day from {row['first_day']} on")


def one_default_start(frames: Frames, package: Package) -> Iterator[Fault]:
    starts = frames["case_starts"]
    for case in frames["cases"]["case_id"]:
        count = int(((starts["case_id"] == case) & (starts["is_default"] == "true")).sum())
        if count != 1:
            expected = "exactly one default start for each case"
            yield fault_in(package, "case_starts", 0, "is_default", f"{count} for {case}", expected)


def targets_are_of_the_case(frames: Frames, package: Package) -> Iterator[Fault]:
    """Acts are addressed to targets of their own case, and products have makers among them."""
    known = _targets(frames)
    for line, row in rows(frames["responses"]):
        for column in ("target_entity", "target_product"):
            for target in filter(None, row[column].split(SEVERAL)):
                if (row["case_id"], target) not in known:
                    mine = ", ".join(sorted(one for case, one in known if case == row["case_id"]))
                    yield fault_in(package, "responses", line, column, target, f"targets of {row['case_id']}: {mine}")
    for line, row in rows(frames["case_targets"]):
        if row["maker"] and known.get((row["case_id"], row["maker"])) != "company":
            yield fault_in(
                package, "case_targets", line, "maker", row["maker"], f"a company among the targets of {row['case_id']}"
            )


def establishments_have_sources(frames: Frames, package: Package) -> Iterator[Fault]:
    """Where a company is established is a fact, and so is what a note says."""
    supported = set(zip(frames["case_target_sources"]["case_id"], frames["case_target_sources"]["target_id"]))
    for line, row in rows(frames["case_targets"]):
        said = next((name for name in ("union_establishment", "established_from", "note") if row[name]), "")
        if said and (row["case_id"], row["target_id"]) not in supported:
            expected = f"at least one row in {package.tables['case_target_sources'].file}"
            yield fault_in(package, "case_targets", line, said, row[said], expected)


def searches_name_their_case(frames: Frames, package: Package) -> Iterator[Fault]:
    """A search for acts is about one incident: it is no silence about another. A search about law is about none."""
    of_act = dict(zip(frames["responses"]["response_id"], frames["responses"]["case_id"]))
    for line, row in rows(frames["search_log"]):
        case, act = row["case_id"], row["response_id"]
        if row["subject"] in IN_A_CASE and not case:
            yield fault_in(package, "search_log", line, "case_id", case, f"a case, as the subject is {row['subject']}")
        elif row["subject"] == "law" and case:
            yield fault_in(package, "search_log", line, "case_id", case, "empty, as the subject is law")
        elif act in of_act and case != of_act[act]:
            yield fault_in(package, "search_log", line, "case_id", case, f"{of_act[act]}, the case of {act}")


def days_lie_in_the_case(frames: Frames, package: Package) -> Iterator[Fault]:
    """An act that its case cannot show would be counted nowhere and seen by nobody."""
    last = dict(zip(frames["cases"]["case_id"], frames["cases"]["last_day"]))
    for line, row in rows(frames["responses"]):
        if row["date_earliest"] > last.get(row["case_id"], row["date_earliest"]):
            expected = f"a day up to {last[row['case_id']]}, the last of {row['case_id']}"
            yield fault_in(package, "responses", line, "date", row["date"], expected)


def _targets(frames: Frames) -> dict[tuple[str, str], str]:
    """Kinds of the targets by case and id."""
    targets = frames["case_targets"]
    return dict(zip(zip(targets["case_id"], targets["target_id"]), targets["target_kind"]))
