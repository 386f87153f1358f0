"""Pickers that pages share; each keeps its key in the address."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from atlas.charts.options import LONGEST_TEXT
from atlas.find.pick import place_labels, place_named
from atlas.tables.store import get_store
from atlas.ui.date_track import date_track
from atlas.ui.page import Page
from atlas.ui.url_keys import FIND, ONLY, PAGE, PLACE, Key

# In pixels: the filters of a table stand in one row of the widest page.
FILTER_WIDTH = 180


def date_picker(here: Page, folded: bool = False) -> str:
    """The as-of date, kept in the address; see `atlas.ui.date_track`.

    Args:
        here: the page.
        folded: whether it is a line that names the day, until a reader wants to change it.

    Returns:
        The chosen day, ISO.
    """
    return date_track(here, folded)


def place_picker(here: Page, key: Key = PLACE, label: str = "Jurisdiction", unchosen: str = "") -> str:
    """A searchable list of all jurisdictions.

    Args:
        here: the page.
        key: of the choice.
        label: its name.
        unchosen: what the list says while nobody is chosen; empty where somebody always is.

    Returns:
        An id, or nothing: where nobody is chosen, or the address asks for a country that has no record.
    """
    unrecorded = here.address.unrecorded
    empty: dict[str, Any] = {"index": None, "placeholder": unrecorded or unchosen} if unrecorded or unchosen else {}
    value = st.selectbox(label, **places_to_choose(here, key) | empty)
    return "" if value is None and unrecorded else here.address.give(key, value)


def place_filter(here: Page) -> str:
    """One jurisdiction, or all of them: an id or an empty string."""
    value = st.selectbox(
        "Jurisdiction", **places_to_choose(here, ONLY), index=None, placeholder="All jurisdictions", width=FILTER_WIDTH
    )
    return here.address.give(ONLY, value)


def places_to_choose(here: Page, key: Key, places: Iterable[str] | None = None) -> dict[str, Any]:
    """What a list of places takes: options by name, their other names beside them, and names that are typed.

    Args:
        key: of the list; its value is one id or a list of them.
        places: ids to choose from; all where left out.
    """
    labels = place_labels(here.atlas, get_store().state.atlas or here.atlas)
    names = here.atlas.jurisdictions["name"]
    return {
        "options": sorted(names.index if places is None else places, key=names.__getitem__),
        "format_func": lambda place: labels.get(place, place),
        "key": key.name,
        "accept_new_options": True,
        "on_change": _understand_names,
        "args": (here, key),
    }


def _understand_names(here: Page, key: Key) -> None:
    """A name that was typed and is none of the options becomes the place that Find understands by it, or goes."""
    given, known = st.session_state[key.name], here.atlas.jurisdictions.index
    newest = get_store().state.atlas or here.atlas
    if isinstance(given, list):
        meant = (one if one in known else place_named(here.atlas, newest, one) for one in given)
        st.session_state[key.name] = list(dict.fromkeys(place for place in meant if place))
    elif given is not None and given not in known:
        st.session_state[key.name] = place_named(here.atlas, newest, given) or key.parse(here.address.held(key))


def find_field(here: Page) -> str:
    """Free text to look for in a table."""
    value = st.text_input(
        "Search", key=FIND.name, max_chars=LONGEST_TEXT, placeholder="Words of a row", width=FILTER_WIDTH
    )
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


def nobody() -> None:
    """Gives up the place that is chosen, also one without a record, which stands in the address alone."""
    st.session_state[PLACE.name] = None
    if PLACE.name in st.query_params:
        del st.query_params[PLACE.name]


def pick_from_map() -> None:
    """A click on the map picks the place, as the list does; one without a record is shown as not searched."""
    points = st.session_state["map"]["selection"]["points"]
    picked = points[0].get("customdata") if points else None
    picked = picked[0] if isinstance(picked, list) else picked
    if isinstance(picked, str):
        st.session_state[PLACE.name] = picked
    elif points and isinstance(points[0].get("location"), str):
        # A country without a record: its address says that nobody has searched it.
        st.query_params[PLACE.name] = points[0]["location"]
