"""Rows of the tables that the data interface offers, with the few fields that a reader of one row needs beside it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from atlas.charts.compare.cells import codings, instrument_cell
from atlas.law.powers import effective_level
from atlas.law.regime import Regime, instrument_types, regimes
from atlas.law.spans import instrument_state
from atlas.publish.record_addresses import home, record_id, record_path, supported_by
from atlas.response.evidence import knowledge
from atlas.response.ladder import acts
from atlas.tables.atlas import Atlas
from atlas.web.api.fields import values

Asked = Mapping[str, Any]
# States of a coding in which it says what the law of the day gives.
APPLYING = ("full", "partial", "absent")


def _matching(frame: pd.DataFrame, asked: Asked, **columns: str) -> pd.DataFrame:
    """Rows whose column has one of the asked terms; an empty answer to a parameter asks for nothing."""
    for parameter, column in columns.items():
        wanted = asked[parameter]
        if wanted:
            frame = frame[frame[column].astype(str).isin(wanted)]
    return frame


def _rows(atlas: Atlas, table: str, frame: pd.DataFrame) -> list[dict]:
    """Rows as JSON has them, each with the path of its page."""
    return [
        row | {"record": record_path(table, record_id(atlas, table, row))} for row in values(frame.to_dict("records"))
    ]


def jurisdictions(atlas: Atlas, asked: Asked) -> list[dict]:
    """Jurisdictions with what was looked at on the day: their law, their response."""
    known = knowledge(atlas, asked["date"])
    kinds = {"ai_law": regimes(atlas, asked["date"], ai_law_only=True), "regime": regimes(atlas, asked["date"])}
    read = set(atlas["instruments"]["jurisdiction_id"])
    frame = _matching(atlas["jurisdictions"], asked, jurisdiction="jurisdiction_id", kind="kind", region="region")
    return [
        row
        | {
            "law_read": row["jurisdiction_id"] in read,
            "evidence": known[row["jurisdiction_id"]].state,
            "reaches_to": known[row["jurisdiction_id"]].evidence_to or None,
            "stale": known[row["jurisdiction_id"]].stale,
            **_types(kinds, row["jurisdiction_id"], row["jurisdiction_id"] in read),
            "page": f"jurisdiction?place={row['jurisdiction_id']}",
        }
        for row in values(frame.to_dict("records"))
    ]


def _types(kinds: Mapping[str, Mapping[str, Regime]], place: str, read: bool) -> dict[str, str | None]:
    """Types of a place's law; a place whose law nobody has read, and which inherits none, has none to tell."""
    found: dict[str, str | None] = {}
    for kind, types in kinds.items():
        one = types[place]
        found |= {
            f"{kind}_type": one.type if read or one.instrument_id else None,
            f"{kind}_instrument_id": one.instrument_id or None,
            f"{kind}_inherited_from": one.inherited_from or None,
        }
    return found


@lru_cache(maxsize=4)
def _spans(atlas: Atlas) -> pd.DataFrame:
    """What the ladder makes of each act, by id; a joint act once, as of its own jurisdiction."""
    frame = acts(atlas)
    own = atlas.responses.loc[frame["response_id"], "jurisdiction_id"].to_numpy() == frame["jurisdiction_id"].to_numpy()
    return frame[own].set_index("response_id")


def responses(atlas: Atlas, asked: Asked) -> list[dict]:
    """Acts that had happened by the day; one of several parties is listed under each of them, and once."""
    frame = _matching(atlas["responses"], asked, action="action", relation="relation", status="status")
    frame = frame[frame["date_latest"] <= asked["date"]]
    if asked["from"]:
        frame = frame[frame["date_latest"] >= asked["from"]]
    links = atlas["response_instruments"].groupby("response_id")["instrument_id"].agg(list)
    spans, found = _spans(atlas), []
    for row in _rows(atlas, "responses", frame):
        identity = row["response_id"]
        places = home(atlas, "responses", identity)
        if asked["jurisdiction"] and not set(asked["jurisdiction"]) & set(places):
            continue
        span = spans.loc[identity]
        found.append(
            row
            | {
                "jurisdictions": list(places),
                "instruments": links.get(identity, []),
                "counts": bool(span["counts"]),
                "rung": int(span["rung"]) or None,
                "in_force": bool(span["from_day"] <= asked["date"] < span["until_day"]) if span["lasting"] else None,
                "sources": atlas.sources_of("response_sources", identity),
            }
        )
    return found


def instruments(atlas: Atlas, asked: Asked) -> list[dict]:
    """Laws, rules, codes and bills by the jurisdiction that made them, with their state on the day."""
    frame = _matching(
        atlas["instruments"], asked, jurisdiction="jurisdiction_id", domain="domain", legal_force="legal_force"
    )
    types, found = instrument_types(atlas, asked["date"]), []
    for row in _rows(atlas, "instruments", frame):
        state = instrument_state(atlas, row["instrument_id"], asked["date"])
        if not asked["state"] or state in asked["state"]:
            found.append(
                row
                | {
                    "state": state,
                    "regime_type": types.get(row["instrument_id"]),
                    "sources": atlas.sources_of("instrument_sources", row["instrument_id"]),
                }
            )
    return found


def powers(atlas: Atlas, asked: Asked) -> list[dict]:
    """Codings of powers with what each gives on the day. A power without a row was not assessed."""
    frame = _matching(atlas["powers"], asked, power="power", level="level", instrument="instrument_id")
    found = []
    for row in _rows(atlas, "powers", frame):
        maker = atlas.instruments.at[row["instrument_id"], "jurisdiction_id"]
        if asked["jurisdiction"] and maker not in asked["jurisdiction"]:
            continue
        state = instrument_cell(atlas, row["instrument_id"], row["power"], asked["date"]).state
        if asked["state"] and state not in asked["state"]:
            continue
        coding = codings(atlas)[row["instrument_id"], row["power"]]
        effective = effective_level(
            int(coding["level"]), coding["route"], coding["scope"], coding["basis"], coding["commencement"]
        )
        found.append(
            row
            | {
                "jurisdiction_id": maker,
                "state": state,
                "effective_level": effective if state in APPLYING else None,
                "sources": atlas.sources_of("power_sources", row["instrument_id"], row["power"]),
            }
        )
    return found


def sources(atlas: Atlas, asked: Asked) -> list[dict]:
    """Pages and documents, with the records that each stands behind, whatever their case."""
    atlas = atlas.whole
    frame = _matching(atlas["sources"], asked, kind="kind", language="language")
    behind = supported_by(atlas)
    found = []
    for row in _rows(atlas, "sources", frame):
        records = behind.get(row["source_id"], [])
        places = {place for table, identity in records for place in home(atlas, table, identity)}
        if not asked["jurisdiction"] or places & set(asked["jurisdiction"]):
            found.append(row | {"supports": [f"{table}/{identity}" for table, identity in records]})
    return found


def context_events(atlas: Atlas, asked: Asked) -> list[dict]:
    """What companies, claimants and researchers did by the day; never an authority's act."""
    frame = _matching(atlas["context_events"], asked, kind="kind")
    frame = frame[frame["date_latest"] <= asked["date"]]
    if asked["from"]:
        frame = frame[frame["date_latest"] >= asked["from"]]
    return [
        row | {"sources": atlas.sources_of("context_event_sources", row["event_id"])}
        for row in _rows(atlas, "context_events", frame)
    ]


def search_log(atlas: Atlas, asked: Asked) -> list[dict]:
    """What was looked for, and whether it was found."""
    frame = _matching(atlas["search_log"], asked, jurisdiction="jurisdiction_id", subject="subject", result="result")
    return values(frame.to_dict("records"))
