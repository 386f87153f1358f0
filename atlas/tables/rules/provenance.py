"""Rules about where a row comes from: its sources, who acted, its readings, and what confidence they earn."""

from collections.abc import Iterator

import pandas as pd

from atlas.tables.fault import Fault
from atlas.tables.rules.frames import Frames, fault_in, rows
from atlas.tables.schema import Package

OFFICIAL, REPUTABLE = ("official", "statute"), ("press", "law_firm", "civil_society", "academic")


def every_row_has_a_source(frames: Frames, package: Package) -> Iterator[Fault]:
    """No source, no row."""
    for table, links in (
        ("responses", "response_sources"),
        ("instruments", "instrument_sources"),
        ("powers", "power_sources"),
        ("context_events", "context_event_sources"),
        ("labels_elsewhere", "label_sources"),
        ("case_starts", "case_start_sources"),
        ("exchange_rates", "exchange_rate_sources"),
    ):
        key = list(package.tables[table].key)
        supported = _keys(frames[links], key)
        for line, row in rows(frames[table][key]):
            if tuple(row.values()) not in supported:
                yield fault_in(
                    package,
                    table,
                    line,
                    ",".join(key),
                    "/".join(row.values()),
                    f"at least one row in {package.tables[links].file}",
                )
    used = set().union(*(frames[name]["source_id"] for name in frames if name.endswith("_sources")))
    for line, source in frames["sources"]["source_id"].items():
        if source not in used:
            yield fault_in(package, "sources", line, "source_id", source, "a source that supports some row")


def every_act_has_parties(frames: Frames, package: Package) -> Iterator[Fault]:
    """Each act has a party in its own jurisdiction; each party's authority belongs to its jurisdiction."""
    parties = frames["response_parties"]
    home = dict(zip(frames["authorities"]["authority_id"], frames["authorities"]["jurisdiction_id"]))
    for line, row in rows(parties):
        if home.get(row["authority_id"]) != row["jurisdiction_id"]:
            yield fault_in(
                package,
                "response_parties",
                line,
                "jurisdiction_id",
                row["jurisdiction_id"],
                f"{home.get(row['authority_id'])}, where {row['authority_id']} belongs",
            )
    acted = set(map(tuple, parties[["response_id", "jurisdiction_id"]].to_numpy()))
    for line, row in rows(frames["responses"]):
        if (row["response_id"], row["jurisdiction_id"]) not in acted:
            yield fault_in(
                package,
                "responses",
                line,
                "response_id",
                row["response_id"],
                "a party of its own jurisdiction in response_parties.csv",
            )
    acting = set(parties["authority_id"])
    for line, authority in frames["authorities"]["authority_id"].items():
        if authority not in acting:
            yield fault_in(
                package, "authorities", line, "authority_id", authority, "an authority that takes part in some act"
            )


def readings_lead_to_records(frames: Frames, package: Package) -> Iterator[Fault]:
    """A second reading names a record, its settled value is the one in the data, and its outcome fits its values."""
    powers = frames["powers"]
    held = {
        "power": dict(
            zip(powers["instrument_id"] + "/" + powers["power"], zip(powers["level"], powers["second_coder_level"]))
        ),
        "act": {row["response_id"]: (row["action"], None) for _, row in rows(frames["responses"])},
    }
    for line, row in rows(frames["second_readings"]):
        known = held[row["record_kind"]].get(row["record_id"])
        if known is None:
            yield fault_in(
                package, "second_readings", line, "record_id", row["record_id"], f"a {row['record_kind']} in the data"
            )
            continue
        if row["settled_value"] != known[0]:
            yield fault_in(
                package, "second_readings", line, "settled_value", row["settled_value"], f"{known[0]}, as the data hold"
            )
        if known[1] is not None and row["second_value"] != known[1]:
            yield fault_in(
                package,
                "second_readings",
                line,
                "second_value",
                row["second_value"],
                f"{known[1] or 'nothing'}, as in powers.csv",
            )
        wanted = _outcome(row)
        if row["settled_how"] != wanted:
            yield fault_in(
                package, "second_readings", line, "settled_how", row["settled_how"], f"{wanted}, by the three values"
            )
        if wanted not in ("agreed", "not_decided") and not row["reason"]:
            yield fault_in(package, "second_readings", line, "reason", "", "why the difference was settled so")


def second_levels_were_read(frames: Frames, package: Package) -> Iterator[Fault]:
    """A second level stands only where `second_readings` says how the two became one; without either, it was
    read once.
    """
    second = frames["second_readings"]
    read = set(second.loc[second["record_kind"] == "power", "record_id"])
    for line, row in rows(frames["powers"]):
        if row["second_coder_level"] and f"{row['instrument_id']}/{row['power']}" not in read:
            expected = "empty, as second_readings.csv has no row for this power"
            yield fault_in(package, "powers", line, "second_coder_level", row["second_coder_level"], expected)


def _outcome(row: dict[str, str]) -> str:
    first, second, settled = row["first_value"], row["second_value"], row["settled_value"]
    if not second:
        return "not_decided" if settled == first else "third_value"
    if first == second == settled:
        return "agreed"
    return "first_kept" if settled == first else "second_taken" if settled == second else "third_value"


def _keys(frame: pd.DataFrame, keys: list[str]) -> set[tuple]:
    return set(map(tuple, frame[keys].to_numpy()))


def high_confidence_is_earned(frames: Frames, package: Package) -> Iterator[Fault]:
    """High confidence needs an official page or a statute text, or two reputable sources of different publishers."""
    sources = frames["sources"].set_index("source_id")
    for table, links, keys in (
        ("responses", "response_sources", ["response_id"]),
        ("instruments", "instrument_sources", ["instrument_id"]),
        ("powers", "power_sources", ["instrument_id", "power"]),
    ):
        linked = frames[links].join(sources[["kind", "publisher"]], on="source_id")
        publishers = linked[linked["kind"].isin(REPUTABLE)].groupby(keys)["publisher"].nunique().reset_index()
        earned = _keys(linked[linked["kind"].isin(OFFICIAL)], keys) | _keys(
            publishers[publishers["publisher"] > 1], keys
        )
        for line, row in rows(frames[table][frames[table]["confidence"] == "high"]):
            if tuple(row[key] for key in keys) not in earned:
                yield fault_in(
                    package,
                    table,
                    line,
                    "confidence",
                    "high",
                    "medium or low: high needs an official source or two independent reputable ones",
                )
