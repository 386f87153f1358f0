"""Pickers that pages share; each keeps its key in the address."""

import datetime as dt

import pandas as pd
import streamlit as st

from atlas.response.ladder import acts, change_days
from atlas.templating import render
from atlas.ui.keys import DATE, FIND, FIRST_DAY, LAST_DAY, LONGEST_TEXT, ONLY, PLACE
from atlas.ui.page import Page

STRIP_FROM, STRIP_TO = "2025-12-15", "2026-12-31"


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _step(days: list[str], forward: bool) -> None:
    """Moves the date to the next or previous day on which something changed."""
    now = st.session_state[DATE.name].isoformat()
    later = [day for day in days if (day > now if forward else day < now)]
    if later:
        st.session_state[DATE.name] = _day(later[0] if forward else later[-1])


def date_picker(here: Page) -> str:
    """The as-of date: a field, steps to days on which something changed, and a strip that shows them.

    Returns:
        The chosen day, ISO.
    """
    changes = change_days(here.atlas, acts(here.atlas))
    days = list(changes.index)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="date_track"):
        value = st.date_input("As-of date", value=None, min_value=_day(FIRST_DAY), max_value=_day(LAST_DAY), key=DATE.name, format="YYYY-MM-DD", width=150)
        st.button("Earlier", on_click=_step, args=(days, False), help="The previous day on which something changed", key="step_back")
        st.button("Later", on_click=_step, args=(days, True), help="The next day on which something changed", key="step_on")
        day = here.address.give(DATE, value)
        st.html(render("strip.html", marks=_marks(changes), at=_position(day), evidence_to=here.atlas.package.evidence_to), width="stretch")
    return day


def _position(day: str) -> float:
    """Place of a day on the strip, per cent, kept inside it."""
    span = (_day(STRIP_TO) - _day(STRIP_FROM)).days
    return min(100.0, max(0.0, round(100 * (_day(day) - _day(STRIP_FROM)).days / span, 2)))


def _marks(changes: pd.Series) -> list[tuple[float, float]]:
    """Position and height (both per cent) of a mark for each day with a change."""
    inside = changes[(changes.index >= STRIP_FROM) & (changes.index <= STRIP_TO)]
    top = max(inside.max(), 1) if len(inside) else 1
    return [(_position(day), round(20 + 80 * count / top, 1)) for day, count in inside.items()]


def place_picker(here: Page, label: str = "Jurisdiction") -> str:
    """A searchable list of all jurisdictions; returns an id."""
    names = here.atlas.jurisdictions["name"]
    value = st.selectbox(label, _by_name(names), format_func=names.__getitem__, key=PLACE.name)
    return here.address.give(PLACE, value)


def place_filter(here: Page) -> str:
    """One jurisdiction, or all of them: an id or an empty string."""
    names = here.atlas.jurisdictions["name"]
    value = st.selectbox("Jurisdiction", _by_name(names), index=None, format_func=names.__getitem__, key=ONLY.name, placeholder="All jurisdictions")
    return here.address.give(ONLY, value)


def _by_name(names: pd.Series) -> list[str]:
    return sorted(names.index, key=names.__getitem__)


def find_field(here: Page) -> str:
    """Free text to look for in a table."""
    value = st.text_input("Search", key=FIND.name, max_chars=LONGEST_TEXT, placeholder="Words that a row must contain")
    return here.address.give(FIND, value)


def pick_from_map() -> None:
    """A click on the map picks the place, as the list does. Places without a record are left alone."""
    points = st.session_state["map"]["selection"]["points"]
    picked = points[0].get("customdata") if points else None
    picked = picked[0] if isinstance(picked, list) else picked
    if isinstance(picked, str):
        st.session_state[PLACE.name] = picked
