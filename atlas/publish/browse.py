"""Rows of a table for reading: filtered, capped, each with its sources."""

from dataclasses import dataclass

import pandas as pd

from atlas.publish import receipts
from atlas.publish.links import RECORDS, record_path
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words

# Tables a reader browses, and the link table that holds their sources.
LINKS = {
    "responses": "response_sources", "instruments": "instrument_sources", "powers": "power_sources",
    "context_events": "context_event_sources", "labels_elsewhere": "label_sources",
}
TABLES = ("responses", "instruments", "powers", "sources", "search_log", "context_events", "labels_elsewhere", "curation")
# What a table says of a row before it is opened.
HEADLINES = {
    "responses": ("title", "action", "date"), "instruments": ("title", "status", "citation"), "powers": ("instrument_id", "power", "provision"),
    "sources": ("title", "publisher", "published"), "search_log": ("question", "result", "searched_on"),
    "context_events": ("title", "kind", "date"), "labels_elsewhere": ("label", "tracker", "accessed"),
    "curation": ("evidence_id", "decision", "data_id"),
}
SHOWN = 50


@dataclass(frozen=True)
class Found:
    """Rows for the template, and how many there are in all."""

    rows: list[dict]
    total: int
    shown: int


def browse(atlas: Atlas, table: str, text: str = "", place: str = "") -> Found:
    """Rows in which every word of `text` occurs, of one place if given; the first `SHOWN` of them."""
    frame = atlas[table]
    if place:
        frame = _of_place(atlas, table, frame, place)
    for word in text.lower().split():
        frame = frame[_haystack(atlas, table).loc[frame.index].str.contains(word, regex=False)]
    return Found([_row(atlas, table, row) for row in frame.head(SHOWN).to_dict("records")], len(frame), min(SHOWN, len(frame)))


_haystacks: dict[tuple[str, str], pd.Series] = {}


def _haystack(atlas: Atlas, table: str) -> pd.Series:
    """All cells of each row as one lower-case text, names of places included; kept for the release."""
    key = (atlas.digest, table)
    if key not in _haystacks:
        frame = atlas[table]
        text = frame.astype("string").fillna("").agg(" ".join, axis=1)
        home = _home(atlas, table)
        if home is not None:
            text = text + " " + home.map(atlas.jurisdictions["name"]).fillna("")
        for old in [old for old in _haystacks if old[0] != atlas.digest]:
            _haystacks.pop(old, None)
        _haystacks[key] = text.str.lower()
    return _haystacks[key]


def _home(atlas: Atlas, table: str) -> pd.Series | None:
    """The jurisdiction of each row, where a table has one."""
    frame = atlas[table]
    if "jurisdiction_id" in frame:
        return frame["jurisdiction_id"]
    if table == "powers":
        return frame["instrument_id"].map(atlas.instruments["jurisdiction_id"])
    return None


def _of_place(atlas: Atlas, table: str, frame: pd.DataFrame, place: str) -> pd.DataFrame:
    if table == "responses":
        parties = atlas["response_parties"]
        return frame[frame["response_id"].isin(parties.loc[parties["jurisdiction_id"] == place, "response_id"])]
    home = _home(atlas, table)
    return frame if home is None else frame[home.loc[frame.index] == place]


def _row(atlas: Atlas, table: str, row: dict) -> dict:
    fields = atlas.package.tables[table].fields
    head, tag, date = HEADLINES[table]
    vocabulary = atlas.package.tables[table].vocabulary(tag)
    key = [str(row[column]) for column in atlas.package.tables[table].key]
    link = row["url"] if table == "sources" else ""
    home = row.get("jurisdiction_id") or (atlas.instruments.at[row["instrument_id"], "jurisdiction_id"] if table == "powers" else "")
    title = atlas.instruments.at[row[head], "short_name"] if head == "instrument_id" else row[head]
    return {
        "title": title, "tag": atlas.label(tag, row[tag]) if vocabulary else row[tag],
        "when": in_words(row[date]) if fields[date]["name"] in ("date", "published", "searched_on", "accessed") else row[date],
        "place": atlas.name(home) if home else "", "id": "/".join(key), "link": link, "record": record_path(table, "/".join(key)) if table in RECORDS else "",
        "cells": [(fields[name].get("title", name), _shown(atlas, table, name, value)) for name, value in row.items() if not _empty(value)],
        "sources": receipts.sources(atlas, LINKS[table], *key) if table in LINKS else [],
    }


def _empty(value: object) -> bool:
    return value == "" or value is pd.NA or (isinstance(value, float) and pd.isna(value))


def _shown(atlas: Atlas, table: str, name: str, value: object) -> str:
    if atlas.package.tables[table].vocabulary(name):
        return f"{atlas.label(name, str(value))} ({value})"
    if isinstance(value, float):
        return f"{value:,.10g}"
    return str(value)
