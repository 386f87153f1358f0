"""What all rules share: the tables as text, and a fault in one of their cells."""

import pandas as pd

from atlas.tables.fault import Fault
from atlas.tables.schema import Package

# Each table by its name, every cell as text, rows indexed by their line in the file (the header is line 1).
Frames = dict[str, pd.DataFrame]


def fault_in(package: Package, table: str, line: int, column: str, value: object, expected: str) -> Fault:
    """A fault in one cell of a table; line 0 means the whole file."""
    return Fault(package.tables[table].file, int(line), column, str(value), expected)
