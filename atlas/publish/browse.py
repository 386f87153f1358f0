"""Rows of a table for reading: filtered, page by page, each with its sources."""

from dataclasses import dataclass
from functools import lru_cache

from atlas.publish import receipts
from atlas.publish.record_addresses import RECORDS, record_path
from atlas.tables.atlas import Atlas
from atlas.tables.cells import is_empty
from atlas.tables.dates import in_words

# Tables a reader browses, and the link table that holds their sources.
LINKS = {
    "responses": "response_sources",
    "instruments": "instrument_sources",
    "powers": "power_sources",
    "context_events": "context_event_sources",
    "labels_elsewhere": "label_sources",
}
TABLES = (
    "responses",
    "instruments",
    "powers",
    "sources",
    "search_log",
    "context_events",
    "labels_elsewhere",
    "curation",
)
# What a table says of a row before it is opened.
HEADLINES = {
    "responses": ("title", "action", "date"),
    "instruments": ("title", "status", "citation"),
    "powers": ("instrument_id", "power", "provision"),
    "sources": ("title", "publisher", "published"),
    "search_log": ("question", "result", "searched_on"),
    "context_events": ("title", "kind", "date"),
    "labels_elsewhere": ("label", "tracker", "accessed"),
    "curation": ("evidence_id", "decision", "data_id"),
}
SHOWN = 50


@dataclass(frozen=True)
class Found:
    """Rows of one page for the template, how many rows there are in all, which page it is, and of how many."""

    rows: list[dict]
    total: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        """Number of the first row shown, from 1."""
        return (self.page - 1) * SHOWN + 1


def browse(atlas: Atlas, table: str, text: str = "", place: str = "", page: int = 1) -> Found:
    """Rows in which every word of `text` occurs, of one place if given: one page of them, the last if there are not so
    many.
    """
    positions = _of_place(atlas, table, place) if place else range(len(atlas[table]))
    for word in text.lower().split():
        hay = _haystack(atlas, table)
        positions = [position for position in positions if word in hay[position]]
    pages = max(1, -(-len(positions) // SHOWN))
    page = min(max(page, 1), pages)
    shown = positions[(page - 1) * SHOWN : page * SHOWN]
    return Found([_row(atlas, table, row) for row in atlas.rows_at(table, shown)], len(positions), page, pages)


@lru_cache(maxsize=32)
def _haystack(atlas: Atlas, table: str) -> list[str]:
    """All cells of each row as one lower-case text, names of places included; kept for the release."""
    columns = [values for values in atlas.columns(table).values()]
    home = _home(atlas, table)
    if home:
        names = atlas.jurisdictions["name"].to_dict()
        columns.append([names.get(place, "") for place in home])
    return [" ".join("" if is_empty(cell) else str(cell) for cell in row).lower() for row in zip(*columns)]


@lru_cache(maxsize=32)
def _home(atlas: Atlas, table: str) -> list[str]:
    """The jurisdiction of each row; empty where a table has none."""
    columns = atlas.columns(table)
    if "jurisdiction_id" in columns:
        return columns["jurisdiction_id"]
    if table == "powers":
        home = dict(zip(atlas["instruments"]["instrument_id"], atlas["instruments"]["jurisdiction_id"]))
        return [home[law] for law in columns["instrument_id"]]
    return []


def _of_place(atlas: Atlas, table: str, place: str) -> list[int]:
    """Positions of the rows of a place; every row of a table that knows no places."""
    if table == "responses":
        mine = {party["response_id"] for party in atlas.rows_of("response_parties", "jurisdiction_id", place)}
        return [position for position, act in enumerate(atlas.columns(table)["response_id"]) if act in mine]
    home = _home(atlas, table)
    return (
        [position for position, where in enumerate(home) if where == place] if home else list(range(len(atlas[table])))
    )


def _row(atlas: Atlas, table: str, row: dict) -> dict:
    fields = atlas.package.tables[table].fields
    head, tag, date = HEADLINES[table]
    vocabulary = atlas.package.tables[table].vocabulary(tag)
    key = [str(row[column]) for column in atlas.package.tables[table].key]
    link = row["url"] if table == "sources" else ""
    home = row.get("jurisdiction_id") or (
        atlas.instruments.at[row["instrument_id"], "jurisdiction_id"] if table == "powers" else ""
    )
    title = atlas.instruments.at[row[head], "short_name"] if head == "instrument_id" else row[head]
    return {
        "title": title,
        "tag": atlas.label(tag, row[tag]) if vocabulary else row[tag],
        "when": (
            in_words(row[date])
            if fields[date]["name"] in ("date", "published", "searched_on", "accessed")
            else row[date]
        ),
        "place": atlas.name(home) if home else "",
        "id": "/".join(key),
        "link": link,
        "record": record_path(table, "/".join(key)) if table in RECORDS else "",
        "cells": [
            (fields[name].get("title", name), _shown(atlas, table, name, value))
            for name, value in row.items()
            if not is_empty(value)
        ],
        "sources": receipts.sources(atlas, LINKS[table], *key) if table in LINKS else [],
    }


def _shown(atlas: Atlas, table: str, name: str, value: object) -> str:
    if atlas.package.tables[table].vocabulary(name):
        return f"{atlas.label(name, str(value))} ({value})"
    if isinstance(value, float):
        return f"{value:,.10g}"
    return str(value)
