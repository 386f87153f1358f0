"""Reads one table as text, and turns text columns into the types that the schema names."""

import csv
from pathlib import Path

import pandas as pd

from atlas.tables.schema import Table

# What becomes of a column of text, by the type that the schema names; other types stay text.
KINDS = {
    "number": lambda column: pd.to_numeric(column.where(column != ""), errors="raise").astype(float),
    "integer": lambda column: pd.to_numeric(column.where(column != ""), errors="raise").astype("Int64"),
    "boolean": lambda column: column.map({"true": True, "false": False}).astype("boolean"),
}


def read_text(folder: Path, table: Table) -> pd.DataFrame:
    """A table as text, empty cells as empty strings; the index is the line number in the file."""
    frame = pd.read_csv(
        folder / table.file,
        dtype=str,
        keep_default_na=False,
        na_filter=False,
        encoding="utf-8-sig",
        quoting=csv.QUOTE_MINIMAL,
    )
    frame.index = pd.RangeIndex(2, len(frame) + 2, name="line")
    return frame


def typed(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Numbers become floats, booleans nullable booleans, integers nullable integers.

    Days stay ISO text: it sorts in date order and has no time zone.
    """
    frame = frame.reset_index(drop=True)
    for name in frame.columns:
        kind = table.fields[name]["type"]
        if kind in KINDS:
            frame[name] = KINDS[kind](frame[name])
    return frame
