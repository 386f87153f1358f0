"""Cells of the tables: which are empty, and what they are in Python's own types."""

import pandas as pd


def is_empty(cell: object) -> bool:
    """Whether a cell holds nothing: no text, or a number, a truth or a day that is missing."""
    return cell is None or cell is pd.NA or cell is pd.NaT or cell == "" or (isinstance(cell, float) and cell != cell)


def plain(cell: object) -> object:
    """A cell as plain Python value, as JSON takes it: None for what is missing, empty text as it is."""
    value = cell.item() if hasattr(cell, "item") else cell
    return value if isinstance(value, str) or not is_empty(value) else None
