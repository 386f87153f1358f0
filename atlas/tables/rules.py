"""What a table schema cannot say: rules between columns and between tables.

Each rule is a small function that yields `Fault`s; `RULES` lists them all.
"""

import calendar
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from atlas.tables.check import Fault
from atlas.tables.dates import earliest_day, is_real_partial, latest_day
from atlas.tables.read import read_text
from atlas.tables.schema import SAME_VOCABULARY, Package

Frames = dict[str, pd.DataFrame]
ENDINGS = {"restriction_lifted", "closure"}
MAX_SUMMARY_WORDS = 70
OFFICIAL, REPUTABLE = ("official", "statute"), ("press", "law_firm", "civil_society", "academic")
PARTIAL_DATES = {
    "responses": ("date", "end_date"),
    "response_parties": ("joined_date",),
    "instruments": ("proposed_date", "adopted_date", "in_force_date", "applicable_date", "end_date"),
    "powers": ("applies_from", "applies_until"),
    "context_events": ("date",),
    "sources": ("published",),
}
PRECISION = {0: "unknown", 4: "year", 7: "month", 10: "day"}
# Fields whose terms are plain names.
PLAIN_NAMES = ("region",)
WEEKDAY = re.compile(
    r"\b(" + "|".join(calendar.day_name) + r"),? (?:the )?(\d{1,2}) (" + "|".join(calendar.month_name[1:]) + r")(?: (\d{4}))?"
)


def rule_faults(folder: Path, package: Package) -> list[Fault]:
    """All faults that the rules find; the tables must already hold their schema."""
    frames = {name: read_text(folder, table) for name, table in package.tables.items()}
    return [fault for rule in RULES for fault in rule(frames, package)]


def _fault(package: Package, table: str, line: int, column: str, value: object, expected: str) -> Fault:
    return Fault(package.tables[table].file, int(line), column, str(value), expected)


def dates_exist(frames: Frames, package: Package) -> Iterator[Fault]:
    """A date that the pattern lets through may still be 30 February."""
    for table, columns in PARTIAL_DATES.items():
        for column in columns:
            values = frames[table][column]
            for line, value in values[values != ""].items():
                if not is_real_partial(value):
                    yield _fault(package, table, line, column, value, "a date that exists")


def spans_hold(frames: Frames, package: Package) -> Iterator[Fault]:
    """Earliest day not after the latest, and both within the date they explain."""
    for table in ("responses", "context_events"):
        frame = frames[table]
        for line, row in frame.iterrows():
            if row["date_earliest"] > row["date_latest"]:
                yield _fault(package, table, line, "date_earliest", row["date_earliest"], f"no day after date_latest {row['date_latest']}")
            if PRECISION[len(row["date"])] != row["date_precision"]:
                yield _fault(package, table, line, "date_precision", row["date_precision"], f"{PRECISION[len(row['date'])]}, as the date is {row['date'] or 'empty'}")
            if row["date"] and not (
                earliest_day(row["date"]) <= row["date_earliest"] and row["date_latest"] <= latest_day(row["date"])
            ):
                yield _fault(package, table, line, "date", row["date"], f"a date that contains {row['date_earliest']} to {row['date_latest']}")
            if row["date_latest"] > package.evidence_to:
                yield _fault(package, table, line, "date_latest", row["date_latest"], f"no day after the evidence ends, {package.evidence_to}")


def ends_follow_starts(frames: Frames, package: Package) -> Iterator[Fault]:
    """No end before its start; an end has a kind; what ended it is an ending."""
    responses = frames["responses"]
    actions = dict(zip(responses["response_id"], responses["action"]))
    for line, row in responses.iterrows():
        if row["end_date"] and latest_day(row["end_date"]) < row["date_earliest"]:
            yield _fault(package, "responses", line, "end_date", row["end_date"], f"no day before the start {row['date_earliest']}")
        if bool(row["end_date"]) != bool(row["end_kind"]):
            yield _fault(package, "responses", line, "end_kind", row["end_kind"], "end_date and end_kind both filled or both empty")
        if row["ended_by"] and not row["end_date"]:
            yield _fault(package, "responses", line, "ended_by", row["ended_by"], "an end_date beside it")
        if row["ended_by"] == row["response_id"]:
            yield _fault(package, "responses", line, "ended_by", row["ended_by"], "another act")
        if row["status"] == "lifted" and row["action"] == "restriction" and actions.get(row["ended_by"]) not in ENDINGS:
            yield _fault(package, "responses", line, "ended_by", row["ended_by"], "the act that lifted this restriction")


def dates_are_in_order(frames: Frames, package: Package) -> Iterator[Fault]:
    """A law is proposed, adopted, in force, applicable, ended; a membership or a power ends after it begins."""
    order = ("proposed_date", "adopted_date", "in_force_date", "applicable_date", "end_date")
    for line, row in frames["instruments"].iterrows():
        known = [(name, row[name]) for name in order if row[name]]
        for (first, one), (second, other) in zip(known, known[1:]):
            if latest_day(other) < earliest_day(one):
                yield _fault(package, "instruments", line, second, other, f"no day before {first} {one}")
    for table, first, second in (("memberships", "from_date", "to_date"), ("powers", "applies_from", "applies_until")):
        for line, row in frames[table].iterrows():
            if row[first] and row[second] and latest_day(row[second]) < earliest_day(row[first]):
                yield _fault(package, table, line, second, row[second], f"no day before {first} {row[first]}")


def statuses_fit_dates(frames: Frames, package: Package) -> Iterator[Fault]:
    """A bill has not entered into force; a law that is not yet in force has no past start."""
    for line, row in frames["instruments"].iterrows():
        start = row["in_force_date"] or row["applicable_date"]
        if row["status"] in ("bill", "withdrawn") and start:
            yield _fault(package, "instruments", line, "in_force_date", start, f"empty, as the status is {row['status']}")
        if row["status"] == "in_force" and start and earliest_day(row["in_force_date"] or start) > package.evidence_to:
            yield _fault(package, "instruments", line, "in_force_date", start, "a day already reached, as the status is in_force")


def every_row_has_a_source(frames: Frames, package: Package) -> Iterator[Fault]:
    """No source, no row."""
    for table, links in (
        ("responses", "response_sources"), ("instruments", "instrument_sources"), ("powers", "power_sources"),
        ("context_events", "context_event_sources"), ("labels_elsewhere", "label_sources"), ("case_starts", "case_start_sources"),
        ("exchange_rates", "exchange_rate_sources"),
    ):
        key = list(package.tables[table].key)
        supported = set(map(tuple, frames[links][key].to_numpy()))
        for line, row in frames[table][key].iterrows():
            if tuple(row) not in supported:
                yield _fault(package, table, line, ",".join(key), "/".join(row), f"at least one row in {package.tables[links].file}")
    used = set().union(*(frames[name]["source_id"] for name in frames if name.endswith("_sources")))
    for line, source in frames["sources"]["source_id"].items():
        if source not in used:
            yield _fault(package, "sources", line, "source_id", source, "a source that supports some row")


def every_act_has_parties(frames: Frames, package: Package) -> Iterator[Fault]:
    """Each act has a party in its own jurisdiction; each party's authority belongs to its jurisdiction."""
    parties = frames["response_parties"]
    home = dict(zip(frames["authorities"]["authority_id"], frames["authorities"]["jurisdiction_id"]))
    for line, row in parties.iterrows():
        if home.get(row["authority_id"]) != row["jurisdiction_id"]:
            yield _fault(package, "response_parties", line, "jurisdiction_id", row["jurisdiction_id"], f"{home.get(row['authority_id'])}, where {row['authority_id']} belongs")
    acted = set(map(tuple, parties[["response_id", "jurisdiction_id"]].to_numpy()))
    for line, row in frames["responses"].iterrows():
        if (row["response_id"], row["jurisdiction_id"]) not in acted:
            yield _fault(package, "responses", line, "response_id", row["response_id"], "a party of its own jurisdiction in response_parties.csv")
    acting = set(parties["authority_id"])
    for line, authority in frames["authorities"]["authority_id"].items():
        if authority not in acting:
            yield _fault(package, "authorities", line, "authority_id", authority, "an authority that takes part in some act")


def qualifiers_fit_levels(frames: Frames, package: Package) -> Iterator[Fault]:
    """Route, scope and basis qualify a power that exists, and only that."""
    for line, row in frames["powers"].iterrows():
        for column in ("route", "scope", "basis"):
            absent = row[column] == "not_applicable"
            if absent != (row["level"] == "0"):
                wanted = "not_applicable, as the level is 0" if row["level"] == "0" else f"a value, as the level is {row['level']}"
                yield _fault(package, "powers", line, column, row[column], wanted)


def provisions_are_marked(frames: Frames, package: Package) -> Iterator[Fault]:
    """A provision is there exactly where its status says so, and only an absent power has none to cite."""
    for line, row in frames["powers"].iterrows():
        status = row["provision_status"]
        if (status == "found") != bool(row["provision"]):
            yield _fault(package, "powers", line, "provision", row["provision"], "a provision exactly where provision_status is found")
        elif status == "none_to_cite" and row["level"] != "0":
            yield _fault(package, "powers", line, "provision_status", status, f"found or not_found, as the level is {row['level']}")


def readings_lead_to_records(frames: Frames, package: Package) -> Iterator[Fault]:
    """A second reading names a record, its settled value is the one in the data, and its outcome fits its values."""
    powers = frames["powers"]
    held = {
        "power": dict(zip(powers["instrument_id"] + "/" + powers["power"], zip(powers["level"], powers["second_coder_level"]))),
        "act": {row["response_id"]: (row["action"], None) for _, row in frames["responses"].iterrows()},
    }
    for line, row in frames["second_readings"].iterrows():
        known = held[row["record_kind"]].get(row["record_id"])
        if known is None:
            yield _fault(package, "second_readings", line, "record_id", row["record_id"], f"a {row['record_kind']} in the data")
            continue
        if row["settled_value"] != known[0]:
            yield _fault(package, "second_readings", line, "settled_value", row["settled_value"], f"{known[0]}, as the data hold")
        if known[1] is not None and row["second_value"] != known[1]:
            yield _fault(package, "second_readings", line, "second_value", row["second_value"], f"{known[1] or 'nothing'}, as in powers.csv")
        wanted = _outcome(row)
        if row["settled_how"] != wanted:
            yield _fault(package, "second_readings", line, "settled_how", row["settled_how"], f"{wanted}, by the three values")
        if wanted not in ("agreed", "not_decided") and not row["reason"]:
            yield _fault(package, "second_readings", line, "reason", "", "why the difference was settled so")


def _outcome(row: pd.Series) -> str:
    first, second, settled = row["first_value"], row["second_value"], row["settled_value"]
    if not second:
        return "not_decided" if settled == first else "third_value"
    if first == second == settled:
        return "agreed"
    return "first_kept" if settled == first else "second_taken" if settled == second else "third_value"


def high_confidence_is_earned(frames: Frames, package: Package) -> Iterator[Fault]:
    """High confidence needs an official page or a statute text, or two reputable sources of different publishers."""
    sources = frames["sources"].set_index("source_id")
    for table, links, keys in (
        ("responses", "response_sources", ["response_id"]), ("instruments", "instrument_sources", ["instrument_id"]),
        ("powers", "power_sources", ["instrument_id", "power"]),
    ):
        linked = frames[links].join(sources[["kind", "publisher"]], on="source_id")
        earned = {
            key for key, rows in linked.groupby(keys) if rows["kind"].isin(OFFICIAL).any() or rows.loc[rows["kind"].isin(REPUTABLE), "publisher"].nunique() > 1
        }
        for line, row in frames[table][frames[table]["confidence"] == "high"].iterrows():
            if tuple(row[key] for key in keys) not in earned:
                yield _fault(package, table, line, "confidence", "high", "medium or low: high needs an official source or two independent reputable ones")


def money_has_a_currency(frames: Frames, package: Package) -> Iterator[Fault]:
    for line, row in frames["instruments"].iterrows():
        if bool(row["max_fine_amount"]) != bool(row["max_fine_currency"]):
            yield _fault(package, "instruments", line, "max_fine_currency", row["max_fine_currency"], "amount and currency both filled or both empty")


def one_default_start(frames: Frames, package: Package) -> Iterator[Fault]:
    starts = frames["case_starts"]
    for case in frames["cases"]["case_id"]:
        count = int(((starts["case_id"] == case) & (starts["is_default"] == "true")).sum())
        if count != 1:
            yield _fault(package, "case_starts", 0, "is_default", f"{count} for {case}", "exactly one default start for each case")


def vocabulary_is_complete(frames: Frames, package: Package) -> Iterator[Fault]:
    """Every term of every vocabulary has a label and a definition."""
    described = set(map(tuple, frames["vocabulary"][["vocabulary", "term"]].to_numpy()))
    for name, table in package.tables.items():
        for field in table.fields:
            for term in table.vocabulary(field):
                if (SAME_VOCABULARY.get(field, field), str(term)) not in described and field not in PLAIN_NAMES:
                    yield _fault(package, "vocabulary", 0, "term", f"{field}/{term}", f"a row for this term of {name}.{field}")


def text_is_plain(frames: Frames, package: Package) -> Iterator[Fault]:
    """One line, no stray space, no invisible or direction-changing character; summaries short, weekdays right."""
    for name, frame in frames.items():
        for column in frame.columns:
            for line, text in frame[column].items():
                if not text:
                    continue
                odd = next((c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") and c != "\u200c"), None)
                if odd is not None:
                    yield _fault(package, name, line, column, text, f"text without the invisible character U+{ord(odd):04X}")
                elif text != text.strip():
                    yield _fault(package, name, line, column, text, "no space at the start or the end")
                if column == "summary" and len(text.split()) > MAX_SUMMARY_WORDS:
                    yield _fault(package, name, line, column, text, f"at most {MAX_SUMMARY_WORDS} words, found {len(text.split())}")
    for name in ("responses", "context_events"):
        for line, row in frames[name].iterrows():
            for column in ("title", "summary", "note", "conflict_note"):
                yield from _wrong_weekdays(package, name, line, column, row[column], (row["date"] or package.evidence_to)[:4])


def _wrong_weekdays(package: Package, table: str, line: int, column: str, text: str, year: str) -> Iterator[Fault]:
    """`Tuesday 14 January` must be a Tuesday in the year named, or in the row's own."""
    for weekday, day, month, named_year in WEEKDAY.findall(text):
        number = list(calendar.month_name).index(month)
        try:
            real = calendar.day_name[calendar.weekday(int(named_year or year), number, int(day))]
        except ValueError:
            real = "no such day"
        # A conflict note may quote a wrong weekday in order to say so.
        if real != weekday and column != "conflict_note":
            yield _fault(package, table, line, column, f"{weekday} {day} {month}", f"the weekday of that date ({real})")


RULES = (
    dates_exist, spans_hold, ends_follow_starts, dates_are_in_order, statuses_fit_dates, every_row_has_a_source, every_act_has_parties,
    qualifiers_fit_levels, provisions_are_marked, readings_lead_to_records, high_confidence_is_earned, money_has_a_currency, one_default_start, vocabulary_is_complete, text_is_plain,
)
