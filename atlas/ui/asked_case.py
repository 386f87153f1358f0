"""The incident that a page shows: `case=` in the address, kept across pages like the day."""

import streamlit as st

from atlas.charts.catalogue import CHARTS
from atlas.publish.pick_case import pick_case
from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store
from atlas.ui.url_keys import CASE, went_back
from atlas.words import texts

PICKER = "case_picker"
# Pages of which every chart is computed from law.
ABOUT_LAW = {chart.page for chart in CHARTS.values()} - {chart.page for chart in CHARTS.values() if not chart.about_law}
# Pages that are the same in each case.
SAME = {*ABOUT_LAW, "method"}


def of_asked_case(newest: Atlas, page: str) -> tuple[Atlas, list[str]]:
    """The data of the case that the address asks for, and what a reader must be told if they are not shown.

    Args:
        newest: the data served.
        page: its path, or `map`.
    """
    asked = _asked(page)
    picked = pick_case(newest, {CASE.name: asked} if asked else {}, page in ABOUT_LAW)
    return picked.atlas, list(picked.refused)


def _asked(page: str) -> str:
    """The case that the address asks for; the menu drops the address, so a reader keeps the case across pages."""
    raw, moved = st.query_params.get(CASE.name), st.session_state.get("_page") not in (None, page)
    if raw is not None:
        return raw
    return st.session_state.get("_kept", {}).get(CASE.name, "") if moved and not went_back() else ""


def case_picker(atlas: Atlas, page: str) -> None:
    """The choice of the incident, where there is one."""
    cases = {case.id: case.name for case in atlas.whole.cases}
    if len(cases) < 2 or page in SAME:
        return
    st.session_state[PICKER] = atlas.case.id
    st.selectbox(
        texts()["cases"]["label"], list(cases), format_func=cases.__getitem__, key=PICKER, width=360, on_change=_take
    )


def _take() -> None:
    """Writes the choice into the address, from which the run that follows reads it."""
    st.query_params[CASE.name] = st.session_state[PICKER]


def case_in_address() -> str:
    """The case as links of ours name it; empty for the first."""
    atlas, chosen = get_store().state.atlas, st.session_state.get(CASE.name) or ""
    return "" if atlas is None or chosen == CASE.default(atlas) else chosen
