"""The fields of an answer as JSON Schema: those of a table from `datapackage.json`, derived ones declared here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from atlas.tables.cells import is_empty, plain
from atlas.tables.schema import Package
from atlas.words import texts

LIMITS = {"pattern": "pattern", "minimum": "minimum", "maximum": "maximum", "maxLength": "maxLength"}


@dataclass(frozen=True)
class Field:
    """One field: its name and the JSON Schema of its value, description included."""

    name: str
    schema: dict


def own(name: str, kind: str, empty: bool = False, about: str = "", **more: Any) -> Field:
    """A field that no table has.

    Args:
        kind: JSON type; `array` is one of texts.
        about: its key in `fields` of data/texts/api.json, if that is not its name.
        empty: whether the value may be null.
        more: further keywords, such as `enum` or `format`.
    """
    if kind == "array":
        more = {"items": {"type": "string"}} | more
    return Field(
        name, _nullable({"type": kind, **more}, empty) | {"description": texts()["api"]["fields"][about or name]}
    )


def _nullable(schema: dict, empty: bool) -> dict:
    if not empty:
        return schema
    schema = schema | {"type": [schema["type"], "null"]}
    return schema | {"enum": [*schema["enum"], None]} if "enum" in schema else schema


def of_table(package: Package, table: str) -> tuple[Field, ...]:
    """Every column of a table, typed and limited as the package describes it. A cell that may be empty may be null."""
    found = []
    for name, field in package.tables[table].fields.items():
        limits = field.get("constraints", {})
        schema: dict = {"type": "string", "format": "date"} if field["type"] == "date" else {"type": field["type"]}
        schema |= {word: limits[key] for key, word in LIMITS.items() if key in limits}
        if "enum" in limits:
            schema["enum"] = list(limits["enum"])
        about = {"title": field.get("title", name), "description": field["description"]}
        found.append(Field(name, _nullable(schema, not limits.get("required")) | about))
    return tuple(found)


def value(cell: object) -> object:
    """A cell as JSON has it: empty text and missing numbers are null, numbers and booleans are Python's own."""
    return None if is_empty(cell) else plain(cell)


def values(rows: Iterable[dict]) -> list[dict]:
    """Rows of a table with each cell as JSON has it."""
    return [{name: value(cell) for name, cell in row.items()} for row in rows]
