"""A table of the Evidence page: what its rows must be, what it is sorted by, and its rows, kept in the address."""

from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas.publish.browse import Found, browse, terms_of
from atlas.publish.browse_lines import COLUMNS, FILTERED, MAIN
from atlas.ui import page as ui
from atlas.ui.page import Page
from atlas.ui.pickers import page_asked, page_picker
from atlas.ui.url_keys import DATE, FIND, KEPT_ROWS, ONLY, PLACE, SORT, TABLE, Key
from atlas.words import texts

WIDTHS = {"kind": 180, "state": 150, "counted": 200, "year": 110}
SORT_WIDTH = 180


def table_of_rows(here: Page, filters: DeltaGenerator, table: str, text: str, place: str) -> None:
    """The rows of a table that pass every filter, sorted as asked.

    Args:
        filters: where the filters of this table stand, beside those of every table.
        table: one of `atlas.publish.browse.TABLES`.
        text: words that a row must contain.
        place: id of a place, or empty.
    """
    offered = terms_of(here.atlas, table)
    with filters:
        asked = {name: _filter(here, table, name, offered[name]) for name in KEPT_ROWS if name in offered}
        sort = _sort(here, table)
    for name, key in KEPT_ROWS.items():
        if name not in offered:
            here.address.leave(key)
    page = page_asked(table, text, place, sort, *(f"{name}={term}" for name, term in asked.items()))
    found = browse(here.atlas, table, text, place, page, sort, asked)
    described = here.atlas.package.tables[table]
    ui.block(
        "rows.html",
        table=described.title,
        description=described.description,
        found=found,
        main=MAIN[table],
        heads=_heads(table, found),
        labels=texts()["evidence"]["columns"],
        nothing=texts()["site"]["empty"]["rows"],
    )
    page_picker(here, found.page, found.pages)


def _filter(here: Page, table: str, name: str, terms: dict[str, str]) -> str:
    key, prose = KEPT_ROWS[name], texts()["evidence"]
    value = st.selectbox(
        prose["columns"].get(FILTERED.get(table, {}).get(name), prose["filters"][name]["label"]),
        list(terms),
        index=None,
        key=_own(key, list(terms)),
        format_func=terms.__getitem__,
        placeholder=prose["filters"]["all"],
        width=WIDTHS[name],
    )
    return here.address.give(key, value)


def _sort(here: Page, table: str) -> str:
    prose, columns = texts()["evidence"]["sort"], texts()["evidence"]["columns"]
    words = {
        sign + column: prose["down" if sign else "up"].format(column=columns[column])
        for column in COLUMNS[table]
        for sign in ("", "-")
    }
    value = st.selectbox(
        prose["label"],
        list(words),
        index=None,
        key=_own(SORT, list(words)),
        format_func=words.__getitem__,
        placeholder=prose["usual"],
        width=SORT_WIDTH,
    )
    return here.address.give(SORT, value)


def _own(key: Key, terms: list[str]) -> str:
    """The key's name; a value that this table does not have is let go."""
    if st.session_state.get(key.name) not in terms:
        st.session_state[key.name] = None
    return key.name


def _heads(table: str, found: Found) -> list[dict]:
    """A head a column, which leads to the same rows sorted by it; once more, from its other end."""
    columns, by = texts()["evidence"]["columns"], found.sort
    kept = {
        key.name: st.query_params[key.name]
        for key in (TABLE, FIND, ONLY, DATE, PLACE, *KEPT_ROWS.values())
        if key.name in st.query_params
    }
    return [
        {
            "id": column,
            "label": columns[column],
            "sorted": {column: "ascending", f"-{column}": "descending"}.get(by, ""),
            "link": "evidence?" + urlencode(kept | {SORT.name: f"-{column}" if by == column else column}),
            "hint": texts()["evidence"]["sort"]["by_head"].format(column=columns[column]),
        }
        for column in COLUMNS[table]
    ]
