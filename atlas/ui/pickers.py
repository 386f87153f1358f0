"""Pickers that pages share; each keeps its key in the address."""

import pandas as pd
import streamlit as st

from atlas.charts.options import LONGEST_TEXT
from atlas.ui.date_track import date_track
from atlas.ui.keys import FIND, ONLY, PAGE, PLACE
from atlas.ui.page import Page


def date_picker(here: Page) -> str:
    """The as-of date, kept in the address; see `atlas.ui.date_track`.

    Returns:
        The chosen day, ISO.
    """
    return date_track(here)


def place_picker(here: Page, label: str = "Jurisdiction") -> str:
    """A searchable list of all jurisdictions; returns an id."""
    names = here.atlas.jurisdictions["name"]
    value = st.selectbox(label, _by_name(names), format_func=names.__getitem__, key=PLACE.name)
    return here.address.give(PLACE, value)


def place_filter(here: Page) -> str:
    """One jurisdiction, or all of them: an id or an empty string."""
    names = here.atlas.jurisdictions["name"]
    value = st.selectbox(
        "Jurisdiction",
        _by_name(names),
        index=None,
        format_func=names.__getitem__,
        key=ONLY.name,
        placeholder="All jurisdictions",
    )
    return here.address.give(ONLY, value)


def _by_name(names: pd.Series) -> list[str]:
    return sorted(names.index, key=names.__getitem__)


def find_field(here: Page) -> str:
    """Free text to look for in a table."""
    value = st.text_input("Search", key=FIND.name, max_chars=LONGEST_TEXT, placeholder="Words that a row must contain")
    return here.address.give(FIND, value)


def page_asked(*filters: str) -> int:
    """The page of a list that the reader wants: the first again when the list has become another one."""
    if st.session_state.setdefault("_listed", filters) != filters:
        st.session_state["_listed"], st.session_state[PAGE.name] = filters, 1
    return st.session_state[PAGE.name]


def page_picker(here: Page, page: int, pages: int) -> None:
    """Leafs through a list that does not fit on one page."""
    st.session_state[PAGE.name] = page
    if pages > 1:
        page = st.pagination(pages, key=PAGE.name)
    here.address.give(PAGE, page)


def pick_from_map() -> None:
    """A click on the map picks the place, as the list does. Places without a record are left alone."""
    points = st.session_state["map"]["selection"]["points"]
    picked = points[0].get("customdata") if points else None
    picked = picked[0] if isinstance(picked, list) else picked
    if isinstance(picked, str):
        st.session_state[PLACE.name] = picked
