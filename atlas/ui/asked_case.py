"""The incident that a page shows: `case=` in the address, kept across pages like the day."""

import streamlit as st

from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store
from atlas.ui.url_keys import CASE, went_back


def of_asked_case(newest: Atlas, page: str) -> Atlas:
    """The data of the case that the address asks for; of the first where it asks for none or for one that is unknown,
    which is told with the other unknown keys of the address.
    """
    chosen = st.session_state.get(CASE.name)
    raw, seen = st.query_params.get(CASE.name), st.session_state.get("_seen", {}).get(CASE.name)
    moved = st.session_state.get("_page") not in (None, page)
    if raw is not None and raw != seen:
        asked = raw
    elif chosen is not None and not moved:
        # The picker's choice, before it is written into the address.
        asked = chosen
    else:
        asked = raw or ("" if went_back() else st.session_state.get("_kept", {}).get(CASE.name, ""))
    return newest.of_case(asked) if asked and CASE.accept(newest, asked) else newest


def case_in_address() -> str:
    """The case as links of ours name it; empty for the first."""
    atlas, chosen = get_store().state.atlas, st.session_state.get(CASE.name) or ""
    return "" if atlas is None or chosen == CASE.default(atlas) else chosen
