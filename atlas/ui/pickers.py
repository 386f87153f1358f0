"""Pickers that pages share; each is bound to its key in the address."""

import datetime as dt

import pandas as pd
import streamlit as st

from atlas.response.ladder import acts, change_days
from atlas.tables.atlas import Atlas
from atlas.templating import render
from atlas.ui.keys import DATE, FIND, FIRST_DAY, LAST_DAY, PLACE


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _step(days: list[str], forward: bool) -> None:
    """Moves the date to the next or previous day on which something changed."""
    now = st.session_state[DATE].isoformat()
    later = [day for day in days if (day > now if forward else day < now)]
    if later:
        st.session_state[DATE] = _day(later[0] if forward else later[-1])


def date_picker(atlas: Atlas) -> str:
    """The as-of date: a field, steps to days on which something changed, and a strip that shows them.

    Returns:
        The chosen day, ISO.
    """
    changes = change_days(atlas, acts(atlas))
    days = list(changes.index)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="date_track"):
        value = st.date_input(
            "As-of date", value=_day(atlas.package.evidence_to), min_value=_day(FIRST_DAY), max_value=_day(LAST_DAY),
            key=DATE, bind="query-params", format="YYYY-MM-DD", width=150, required=True,
        )
        st.button("Earlier", on_click=_step, args=(days, False), help="The previous day on which something changed", key="step_back")
        st.button("Later", on_click=_step, args=(days, True), help="The next day on which something changed", key="step_on")
        day = (value or _day(atlas.package.evidence_to)).isoformat()
        st.html(render("strip.html", marks=_marks(changes), at=_position(day), day=day, evidence_to=atlas.package.evidence_to), width="stretch")
    return day


STRIP_FROM, STRIP_TO = "2025-12-15", "2026-12-31"


def _position(day: str) -> float:
    """Place of a day on the strip, per cent, kept inside it."""
    span = (_day(STRIP_TO) - _day(STRIP_FROM)).days
    return min(100.0, max(0.0, round(100 * (_day(day) - _day(STRIP_FROM)).days / span, 2)))


def _marks(changes: pd.Series) -> list[tuple[float, float]]:
    """Position and height (both per cent) of a mark for each day with a change."""
    inside = changes[(changes.index >= STRIP_FROM) & (changes.index <= STRIP_TO)]
    top = max(inside.max(), 1) if len(inside) else 1
    return [(_position(day), round(20 + 80 * count / top, 1)) for day, count in inside.items()]


def place_picker(atlas: Atlas, default: str = "JPN", label: str = "Jurisdiction") -> str:
    """A searchable list of all jurisdictions.

    Returns:
        A jurisdiction id.
    """
    names = atlas.jurisdictions["name"]
    options = sorted(names.index, key=lambda place: names[place])
    return st.selectbox(
        label, options, index=options.index(default), format_func=lambda place: names[place], key=PLACE, bind="query-params",
    )


def pick_from_map() -> None:
    """A click on the map picks the place, as the list does. Places without a record are left alone."""
    points = st.session_state["map"]["selection"]["points"]
    picked = points[0].get("customdata") if points else None
    picked = picked[0] if isinstance(picked, list) else picked
    if isinstance(picked, str):
        st.session_state[PLACE] = picked


def find_field() -> str:
    """Free text to look for in a table."""
    return st.text_input("Search", key=FIND, bind="query-params", max_chars=200, placeholder="Words that a row must contain") or ""


def place_filter(atlas: Atlas) -> str:
    """One jurisdiction, or all of them.

    Returns:
        A jurisdiction id, or an empty string for all.
    """
    names = atlas.jurisdictions["name"]
    options = sorted(names.index, key=lambda place: names[place])
    return st.selectbox(
        "Jurisdiction", options, index=None, format_func=lambda place: names[place], key=PLACE, bind="query-params",
        placeholder="All jurisdictions",
    ) or ""
