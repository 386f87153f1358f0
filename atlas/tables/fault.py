"""One thing wrong in the data, as every check names it: file, line, column, value, and what was expected."""

from dataclasses import dataclass

SHOWN_CHARACTERS = 120


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one place. `line` counts from 1, the header being line 1; 0 means the whole file."""

    file: str
    line: int
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        value = self.value if len(self.value) <= SHOWN_CHARACTERS else self.value[:SHOWN_CHARACTERS] + "…"
        shown = value.encode("unicode_escape").decode("ascii") if not value.isprintable() else value
        return f"{self.file}:{self.line}: {self.column or '-'}: {shown or '(empty)'}: expected {self.expected}"
