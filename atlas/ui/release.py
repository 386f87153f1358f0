"""A page pinned to a data release: `release=` in the address shows what that release knew."""

import streamlit as st

from atlas.response.differences import differences
from atlas.tables.atlas import Atlas
from atlas.tables.releases import Unreadable, bridged, fits, load_release, releases
from atlas.tables.store import get_store
from atlas.ui.keys import DATE, RELEASE
from atlas.words import time as time_words


def asked_for(page: str) -> str:
    """The version that the address asks for; the menu drops the address, so a pinned reader stays pinned across pages."""
    raw = st.query_params.get(RELEASE.name)
    if raw is None and st.session_state.get("_page") not in (None, page):
        raw = st.session_state.get("_kept", {}).get(RELEASE.name)
    return raw or ""


def pinned(newest: Atlas, page: str) -> tuple[Atlas, list[str]]:
    """The data to show: those of the release asked for if it is kept and can be read, else the newest.

    Returns:
        The atlas, and what a reader must be told if the release cannot be shown.
    """
    version = asked_for(page)
    kept = {release.version: release for release in releases(get_store().folder)}
    # A version that is not kept is named with the other unknown keys of the address.
    if version not in kept:
        return newest, []
    if kept[version].digest == newest.digest:
        return newest, []
    try:
        atlas = load_release(kept[version], get_store().folder)
    except Unreadable as error:
        return newest, [f"Data release {version} cannot be shown: {error}. You are looking at the newest data, {newest.package.version}."]
    if not fits(atlas.package, newest.package):
        return newest, [
            f"Data release {version} has another structure than these pages read, so it cannot be shown here; it can be downloaded whole. "
            f"You are looking at the newest data, {newest.package.version}.",
        ]
    return bridged(atlas, newest), []


def pin_notice(atlas: Atlas, newest: Atlas) -> list[str]:
    """What a reader of a pinned release is told: which it is, and whether the newest data show something else."""
    if not st.session_state.get(RELEASE.name):
        return []
    chosen = st.session_state.get(DATE.name)
    day = chosen.isoformat() if chosen else newest.package.evidence_to
    acts, law = differences(atlas, newest, day)
    return time_words.release_notice(newest, atlas.package, newest.package, acts, law, day)
