"""URL keys: the whole state of a view lives in its address. Every key and what it accepts is named here."""

from dataclasses import dataclass

import streamlit as st

from atlas.charts.world_map import READINGS
from atlas.tables.atlas import Atlas
from atlas.tables.dates import is_real_day

DATE, PLACE, COLOUR, TABLE, FIND = "date", "place", "colour", "table", "find"
FIRST_DAY, LAST_DAY = "2025-12-01", "2027-12-31"
LONGEST_SHOWN = 40


@dataclass(frozen=True)
class Notice:
    """One line to the reader about an address that could not be followed."""

    text: str


def notices(atlas: Atlas, defaults: dict[str, str]) -> list[Notice]:
    """What in the address is unknown. Widgets fall back to their defaults by themselves; this says so.

    Args:
        defaults: in words, what each key falls back to.
    """
    found = []
    for key in st.query_params:
        values = st.query_params.get_all(key)
        if key not in defaults:
            continue
        value = values[-1] if values else ""
        if not accepted(atlas, key, value):
            shown = value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "…"
            found.append(Notice(f"The address asked for {key} “{shown}”, which is not known here. Showing {defaults[key]} instead."))
    return found


def accepted(atlas: Atlas, key: str, value: str) -> bool:
    """Whether a value may stand in the address under a key."""
    if key == DATE:
        return is_real_day(value) and FIRST_DAY <= value <= LAST_DAY
    if key == PLACE:
        return value in atlas.jurisdictions.index
    if key == COLOUR:
        return value in READINGS
    if key == TABLE:
        return value in atlas.tables
    return True
