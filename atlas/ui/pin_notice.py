"""A page pinned to a data release: `release=` in the address shows what that release knew."""

import streamlit as st

from atlas.publish import pin_release as releases
from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store
from atlas.ui.url_keys import DATE, RELEASE, went_back


def asked_for(page: str) -> str:
    """The version that the address asks for; the menu drops the address, so a pinned reader stays pinned across
    pages.
    """
    raw = st.query_params.get(RELEASE.name)
    if raw is None and st.session_state.get("_page") not in (None, page) and not went_back():
        raw = st.session_state.get("_kept", {}).get(RELEASE.name)
    return raw or ""


def pinned(newest: Atlas, page: str) -> tuple[Atlas, list[str]]:
    """The data to show, and what a reader must be told if the release asked for cannot be shown.

    A version that is not kept is named with the other unknown keys of the address.
    """
    atlas, unshown = releases.pinned(newest, asked_for(page), get_store().folder)
    return atlas, releases.with_newest(newest, unshown)


def pin_notice(atlas: Atlas, newest: Atlas) -> list[str]:
    """What a reader of a pinned release is told; nothing where no release is asked for."""
    if not st.session_state.get(RELEASE.name):
        return []
    chosen = st.session_state.get(DATE.name)
    return releases.pin_notice(atlas, newest, chosen.isoformat() if chosen else newest.package.evidence_to)
