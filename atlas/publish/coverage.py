"""The matrix of coverage: places by fields of law, with the laws and sources behind each cell. The list of work."""

from dataclasses import dataclass
from functools import lru_cache

from atlas.law.fields import NOT_READ, READ, fields_of, readings_of_fields
from atlas.law.strength import strengths
from atlas.publish import receipts
from atlas.publish.csv_text import for_spreadsheets
from atlas.publish.record_addresses import record_path
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words import texts

WHOLE, PART = "whole", "part"
NO_LAW = ("bill", "withdrawn")


@dataclass(frozen=True)
class Cell:
    """One field of law of one place.

    Attributes:
        field, label: id and name of the field.
        state: `read`, `none_exists`, `not_its_to_make` or `not_read`.
        words: the state as the table says it; for what was read, how many laws.
        meaning: the state's definition.
        laws: name and address of the place's instruments of this field, and what they are if they are no binding law.
        sources: of a state other than `read`; the sources of what was read stand at its laws.
        when: the day in words, or empty.
        note: what exists, who makes such law, or where else something was found.
    """

    field: str
    label: str
    state: str
    words: str
    meaning: str
    laws: tuple[tuple[str, str, str], ...]
    sources: tuple[dict, ...]
    when: str
    note: str


@dataclass(frozen=True)
class Row:
    """One place: `unread` of its fields are the work to do; `scored` says whether it has a score at the end of the
    evidence.
    """

    place: str
    name: str
    group: str
    scored: bool
    cells: tuple[Cell, ...]

    @property
    def unread(self) -> int:
        return sum(cell.state == NOT_READ for cell in self.cells)


def fields(atlas: Atlas) -> tuple[str, ...]:
    """The fields of law, in the order of the schema; none in a release that knew none."""
    return _known(atlas, "field")


def _known(atlas: Atlas, column: str) -> tuple[str, ...]:
    table = atlas.package.tables.get("fields_read")
    return table.vocabulary(column) if table else ()


@lru_cache(maxsize=4)
def rows(atlas: Atlas) -> tuple[Row, ...]:
    """Every place with an instrument, countries and unions first, then by name."""
    scored = strengths(atlas, atlas.package.evidence_to)
    places = dict.fromkeys(atlas.columns("fields_read")["jurisdiction_id"])
    found = []
    for place in places:
        row = atlas.jurisdictions.loc[place]
        group = PART if row["kind"] in ("subnational", "city") else WHOLE
        cells = tuple(_cell(atlas, place, field) for field in fields(atlas))
        found.append(Row(place, row["name"], group, scored[place].whole.point is not None, cells))
    return tuple(sorted(found, key=lambda row: (row.group == PART, row.name)))


def chosen(atlas: Atlas, text: str = "", place: str = "") -> tuple[Row, ...]:
    """The rows of one place, and in which every word of a text occurs: in names, states, laws and notes."""
    kept = [row for row in rows(atlas) if not place or row.place == place]
    return tuple(row for row in kept if all(word in _hay(row) for word in text.lower().split()))


def _hay(row: Row) -> str:
    cells = (
        f"{cell.label} {cell.words} {cell.note} {' '.join(name for name, _, _ in cell.laws)}" for cell in row.cells
    )
    return f"{row.name} {row.place} {' '.join(cells)}".lower()


def counts(atlas: Atlas) -> dict[str, int]:
    """How many places, fields and cells there are, and how many cells are in each state."""
    states = [cell.state for row in rows(atlas) for cell in row.cells]
    known = _known(atlas, "reading")
    numbers = {"places": len(rows(atlas)), "fields": len(fields(atlas)), "cells": len(states)}
    return numbers | {state: states.count(state) for state in known}


def page(atlas: Atlas, text: str = "", place: str = "") -> dict:
    """Values of the matrix's template."""
    prose = texts()["coverage"]
    return {
        "prose": prose,
        "line": prose["line"].format(**counts(atlas)),
        "fields": [(field, atlas.label("field", field)) for field in fields(atlas)],
        "states": [
            (state, atlas.label("reading", state), atlas.definition("reading", state))
            for state in _known(atlas, "reading")
        ],
        "groups": [
            (prose["groups"][group], [row for row in chosen(atlas, text, place) if row.group == group])
            for group in (WHOLE, PART)
        ],
        "opened": bool(place),
    }


def as_csv(atlas: Atlas) -> bytes:
    """The matrix as a person saves it: a row a place; for each field its state, its laws and its note."""
    names, labels = texts()["coverage"]["columns"], [atlas.label("field", field) for field in fields(atlas)]
    head = [names["id"], names["name"], names["scored"], names["not_read"], *labels]
    head += [names[kind].format(field=label) for kind in ("laws", "note") for label in labels]
    lines = [
        [
            row.place,
            row.name,
            "yes" if row.scored else "no",
            row.unread,
            *(cell.state for cell in row.cells),
            *("; ".join(name for name, _, _ in cell.laws) for cell in row.cells),
            *(cell.note for cell in row.cells),
        ]
        for row in rows(atlas)
    ]
    return for_spreadsheets(head, lines).encode("utf-8")


def _cell(atlas: Atlas, place: str, field: str) -> Cell:
    prose, state = texts()["coverage"], readings_of_fields(atlas).get((place, field), NOT_READ)
    held = next(row for row in atlas.rows_of("fields_read", "jurisdiction_id", place) if row["field"] == field)
    laws = tuple(
        (law["short_name"], record_path("instruments", law["instrument_id"]), _aside(atlas, law))
        for law in atlas.rows_of("instruments", "jurisdiction_id", place)
        if field in fields_of(atlas).get(law["instrument_id"], ())
    )
    words = prose["short"][state]
    if state == READ:
        count = sum(not aside for _, _, aside in laws)
        words = prose["laws"]["one" if count == 1 else "other"].format(count=count)
    said = prose["behind"]["read_on" if state == READ else "looked"]
    return Cell(
        field,
        atlas.label("field", field),
        state,
        words,
        atlas.definition("reading", state),
        laws,
        tuple(receipts.sources(atlas, "field_sources", place, field)),
        said.format(day=in_words(held["read_on"])) if held["read_on"] else "",
        held["note"],
    )


def _aside(atlas: Atlas, law: dict) -> str:
    """What an instrument is, if it is no binding law: a bill, lapsed, or soft law."""
    if law["status"] in NO_LAW:
        return atlas.label("status", law["status"]).lower()
    return atlas.label("legal_force", "soft_law").lower() if law["legal_force"] == "soft_law" else ""
