"""What all rules share: the tables as text, and a fault in one of their cells."""

from collections.abc import Iterator

import pandas as pd

from atlas.tables.fault import Fault
from atlas.tables.schema import Package

# Each table by its name, every cell as text, rows indexed by their line in the file (the header is line 1).
Frames = dict[str, pd.DataFrame]


def rows(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, str]]]:
    """Line and cells of each row; `iterrows` would make a Series of each, which takes ten times as long."""
    columns = [frame[name].tolist() for name in frame.columns]
    for line, *cells in zip(frame.index.tolist(), *columns):
        yield line, dict(zip(frame.columns, cells))


def fault_in(package: Package, table: str, line: int, column: str, value: object, expected: str) -> Fault:
    """A fault in one cell of a table; line 0 means the whole file."""
    return Fault(package.tables[table].file, int(line), column, str(value), expected)
