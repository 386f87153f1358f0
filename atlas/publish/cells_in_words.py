"""Cells in words: labels of the vocabulary with what they mean, days, names of what an id stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from atlas.publish.record_addresses import record_path
from atlas.tables.atlas import Atlas
from atlas.tables.cells import is_empty
from atlas.tables.dates import in_words, is_real_partial
from atlas.tables.schema import SEVERAL, Table
from atlas.words import texts
from atlas.words.laws import prison_term

# Fields whose terms stand in another vocabulary, or whose vocabulary the schema does not list.
VOCABULARY = {"level": "level", "second_coder_level": "level"}
PARTIAL_DATE = r"^\d{4}(-"


@dataclass(frozen=True)
class Fact:
    """One field of a record.

    Attributes:
        name, label: of the field.
        words: its value in words; what an empty cell means if it is empty.
        meaning: definition of the term, if it is one of a vocabulary.
        link: address from the site's root, or an http(s) address; empty if it leads nowhere.
        empty: whether the cell is empty.
        value: the cell as JSON has it.
    """

    name: str
    label: str
    words: str
    meaning: str = ""
    link: str = ""
    empty: bool = False
    value: object = None


def term(atlas: Atlas, vocabulary: str, value: str) -> tuple[str, str]:
    """Label and definition of a term; the term itself where this release does not describe it."""
    try:
        return atlas.label(vocabulary, value), atlas.definition(vocabulary, value)
    except KeyError:
        return value.replace("_", " "), ""


def field_label(table: Table, name: str) -> str:
    return texts()["records"]["fields"].get(name) or table.fields[name].get("title", name)


def fact(atlas: Atlas, table: Table, name: str, cell: object) -> Fact:
    """One cell as a fact."""
    label = field_label(table, name)
    if is_empty(cell):
        prose = texts()["records"]["empty"]
        return Fact(name, label, prose.get(name, prose[""]), empty=True)
    words, meaning, link = _said(atlas, table, name, cell)
    return Fact(name, label, words, meaning, link, value=cell.item() if hasattr(cell, "item") else cell)


def said(atlas: Atlas, table: Table, name: str, text: str) -> str:
    """A cell that is known as text, as in a history, in words; empty if it is."""
    kind = table.fields[name]["type"]
    cell = float(text) if text and kind == "number" else int(text) if text and kind == "integer" else text
    if kind == "boolean" and text:
        cell = text.lower() == "true"
    return "" if is_empty(cell) else _said(atlas, table, name, cell)[0]


def _said(atlas: Atlas, table: Table, name: str, cell: object) -> tuple[str, str, str]:
    """Words, meaning and link of a cell that is not empty."""
    vocabulary = VOCABULARY.get(name) or (name if table.vocabulary(name) else "")
    if vocabulary:
        return *term(atlas, vocabulary, str(cell)), ""
    named = _named(atlas, name, str(cell))
    if named:
        return named[0], "", named[1]
    return _plain(table, name, cell), "", str(cell) if name == "url" else ""


def _plain(table: Table, name: str, cell: Any) -> str:
    kind, limits = table.fields[name]["type"], table.fields[name].get("constraints", {})
    if kind == "boolean":
        return texts()["records"]["yes" if cell else "no"]
    if name == "max_prison_months":
        return prison_term(float(cell))
    if kind in ("number", "integer"):
        return f"{cell:,.10g}"
    text = str(cell)
    if (kind == "date" or str(limits.get("pattern", "")).startswith(PARTIAL_DATE)) and is_real_partial(text):
        return in_words(text)
    return (
        ", ".join(part.replace("_", " ") for part in text.split(SEVERAL))
        if SEVERAL.strip() in str(limits.get("pattern", ""))
        else text
    )


def _named(atlas: Atlas, name: str, value: str) -> tuple[str, str] | None:
    """The name of what an id stands for, and where it leads; None if the field is no such id."""
    known: Mapping[str, tuple[pd.DataFrame, str, str]] = {
        "jurisdiction_id": (atlas.jurisdictions, "name", f"jurisdiction?place={value}"),
        "instrument_id": (atlas.instruments, "short_name", record_path("instruments", value)),
        "ended_by": (atlas.responses, "title", record_path("responses", value)),
    }
    if name in known:
        frame, column, link = known[name]
        return (frame.at[value, column], link) if value in frame.index else (value, "")
    if name == "proceeding_id":
        titles = dict(zip(atlas["proceedings"]["proceeding_id"], atlas["proceedings"]["title"]))
        return titles.get(value, value), ""
    if name in ("target_entity", "target_product"):
        names = dict(zip(atlas["case_targets"]["target_id"], atlas["case_targets"]["name_in_sentence"]))
        return ", ".join(names.get(part, part) for part in value.split(SEVERAL)), ""
    if name == "case_id":
        names = dict(zip(atlas["cases"]["case_id"], atlas["cases"]["name"]))
        return names.get(value, value), ""
    return None
