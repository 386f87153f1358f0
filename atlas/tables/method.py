"""The numbers and lists of the method, read from `data/method.json`."""

import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from atlas.tables.schema import DATA


@dataclass(frozen=True)
class Method:
    """Choices that CODEBOOK.md explains. Values are those of the file; properties are views of them."""

    choices: dict

    @cached_property
    def rung_of(self) -> dict[str, int]:
        """Rung of each action on the ladder of response; actions of other tracks are not in it."""
        return {action: int(rung) for rung, actions in self.choices["rungs"].items() for action in actions}

    @cached_property
    def group_of(self) -> dict[str, str]:
        """Group of each power."""
        return {power: group for group, powers in self.choices["power_groups"].items() for power in powers}

    def powers(self, group: str) -> tuple[str, ...]:
        """Powers of a group, in the order in which they are shown."""
        return tuple(self.choices["power_groups"][group])

    def __getitem__(self, choice: str) -> Any:
        return self.choices[choice]


@cache
def get_method(folder: Path = DATA) -> Method:
    """The method of the repository (or of another folder, in tests)."""
    return Method(json.loads((folder / "method.json").read_text(encoding="utf-8")))
