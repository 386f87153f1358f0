"""The one schema: `data/datapackage.json`, a Frictionless Data Package with Table Schemas.

Everything that reads a vocabulary, a key or a column list asks here, so that no second copy exists.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
# Between the terms of a cell that holds several.
SEVERAL = " | "
DESCRIPTOR = "datapackage.json"
# Fields that use another field's vocabulary.
SAME_VOCABULARY = {
    "settled_by_power": "power",
    "first_confidence": "confidence",
    "second_confidence": "confidence",
    "third_route": "route",
    "third_scope": "scope",
}


@dataclass(frozen=True)
class Table:
    """One resource of the package."""

    descriptor: dict

    @property
    def name(self) -> str:
        return self.descriptor["name"]

    @property
    def file(self) -> str:
        return self.descriptor["path"]

    @property
    def title(self) -> str:
        return self.descriptor["title"]

    @property
    def description(self) -> str:
        return self.descriptor["description"]

    @property
    def since(self) -> str:
        """Version of the data that brought this table; empty if the first did."""
        return self.descriptor.get("since", "")

    @cached_property
    def fields(self) -> dict[str, dict]:
        """Field descriptors by name, in column order."""
        return {field["name"]: field for field in self.descriptor["schema"]["fields"]}

    @property
    def key(self) -> tuple[str, ...]:
        """Columns of the primary key; empty where the table has none."""
        return tuple(self.descriptor["schema"].get("primaryKey", ()))

    def vocabulary(self, field: str) -> tuple[str, ...]:
        """Allowed terms of a field, in the order of the schema."""
        return tuple(self.fields[field].get("constraints", {}).get("enum", ()))


@dataclass(frozen=True)
class Package:
    """The parsed descriptor."""

    descriptor: dict

    @cached_property
    def tables(self) -> dict[str, Table]:
        return {resource["name"]: Table(resource) for resource in self.descriptor["resources"]}

    @property
    def version(self) -> str:
        return self.descriptor["version"]

    @property
    def evidence_to(self) -> str:
        """Last day up to which the evidence was gathered."""
        return self.descriptor["evidence_to"]

    @property
    def released(self) -> str:
        """Day of the release, ISO."""
        return self.descriptor["created"][:10]


def read_package(folder: Path = DATA) -> Package:
    """Reads the descriptor.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not JSON, or lacks what the loader needs.
    """
    text = (folder / DESCRIPTOR).read_text(encoding="utf-8")
    descriptor = json.loads(text)
    for needed in ("version", "created", "evidence_to", "resources"):
        if not isinstance(descriptor, dict) or needed not in descriptor:
            raise ValueError(f"{DESCRIPTOR} has no {needed!r}")
    return Package(descriptor)
