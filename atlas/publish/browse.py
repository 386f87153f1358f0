"""Rows of a table for reading: filtered, page by page, each with its sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from atlas.publish import receipts
from atlas.publish.browse_lines import COLUMNS, FILTERED, USUAL, Line, lines
from atlas.publish.record_addresses import RECORDS, record_path
from atlas.tables.atlas import Atlas
from atlas.tables.cells import is_empty
from atlas.words import texts

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
FILTERS = ("kind", "state", "counted", "year")
SHOWN = 50


@dataclass(frozen=True)
class Found:
    """Rows of one page for the template, how many rows there are in all, which page it is, of how many, and the column
    by which they are sorted, with `-` before it from last to first.
    """

    rows: list[dict]
    total: int
    page: int
    pages: int
    sort: str

    @property
    def first(self) -> int:
        """Number of the first row shown, from 1."""
        return (self.page - 1) * SHOWN + 1


def in_order(
    atlas: Atlas, table: str, text: str, place: str, sort: str, filters: Mapping[str, str]
) -> tuple[list[int], str]:
    """Positions of the rows that pass, in the order asked, and that order; see `browse`."""
    found, asked = lines(atlas, table), {name: term for name, term in filters.items() if term}
    positions = _of_place(atlas, table, place) if place else range(len(found))
    for word in text.lower().split():
        hay = _haystack(atlas, table)
        positions = [position for position in positions if word in hay[position]]
    positions = [
        position
        for position in positions
        if all(found[position].terms.get(name) == term for name, term in asked.items())
    ]
    by = sort if sort.removeprefix("-") in COLUMNS[table] else USUAL[table]
    column = COLUMNS[table].index(by.removeprefix("-"))
    # What has no date or no name comes last, whichever way the rest runs.
    empty = [position for position in positions if found[position].keys[column] == ""]
    given = [position for position in positions if found[position].keys[column] != ""]
    ordered = sorted(given, key=lambda position: found[position].keys[column], reverse=by.startswith("-")) + empty
    return ordered, by


def browse(
    atlas: Atlas,
    table: str,
    text: str = "",
    place: str = "",
    page: int = 1,
    sort: str = "",
    filters: Mapping[str, str] = MappingProxyType({}),
) -> Found:
    """Rows in which every word of `text` occurs, of one place if given: one page of them, the last if there are not so
    many.

    Args:
        sort: a column of the table, with `-` before it from last to first; the table's usual order for another.
        filters: the term that a row must have, by filter (`kind`, `state`, `counted`, `year`); empty for any.
    """
    ordered, by = in_order(atlas, table, text, place, sort, filters)
    pages = max(1, -(-len(ordered) // SHOWN))
    page = min(max(page, 1), pages)
    shown = ordered[(page - 1) * SHOWN : page * SHOWN]
    line_of = lines(atlas, table)
    rows = [_row(atlas, table, row, line_of[position]) for position, row in zip(shown, atlas.rows_at(table, shown))]
    return Found(rows, len(ordered), page, pages, by)


@lru_cache(maxsize=16)
def terms_of(atlas: Atlas, table: str) -> dict[str, dict[str, str]]:
    """By filter of a table, its terms that occur and their words, in the order of the vocabulary; the newest year
    first. A filter that would leave every row is not among them.
    """
    prose, found = texts()["evidence"]["filters"], {}
    for name in FILTERS:
        terms = {line.terms[name] for line in lines(atlas, table) if line.terms.get(name)}
        if len(terms) < 2:
            continue
        column = FILTERED.get(table, {}).get(name)
        if column:
            order = atlas.package.tables[table].vocabulary(column) or sorted(terms, reverse=True)
            found[name] = {str(term): atlas.label(column, str(term)) for term in order if str(term) in terms}
        else:
            words = prose[name].get("terms", {})
            found[name] = {term: words.get(term, term) for term in sorted(terms, reverse=True)}
    return found


@lru_cache(maxsize=16)
def every_term(atlas: Atlas, name: str) -> frozenset[str]:
    """The terms that a filter takes in any of the tables."""
    return frozenset(term for table in TABLES for term in terms_of(atlas, table).get(name, ()))


def every_order(atlas: Atlas) -> tuple[str, ...]:
    """What a table can be sorted by, in any of them: its columns, with `-` before them from last to first."""
    columns = dict.fromkeys(column for table in TABLES for column in COLUMNS[table])
    return tuple(sign + column for column in columns for sign in ("", "-"))


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


def _row(atlas: Atlas, table: str, row: dict, line: Line) -> dict:
    fields = atlas.package.tables[table].fields
    key = [str(row[column]) for column in atlas.package.tables[table].key]
    return {
        "cells": list(zip(COLUMNS[table], line.cells)),
        "style": line.style,
        "id": "/".join(key),
        "link": row["url"] if table == "sources" else "",
        "record": record_path(table, "/".join(key)) if table in RECORDS else "",
        "whole": [
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
