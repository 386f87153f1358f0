"""Pickers of the comparison: places or instruments, switches, turnover; each keeps its key in the address."""

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas.charts.compare.view import FEWEST, INSTRUMENTS, MOST, PLACES
from atlas.find.pick import place_named
from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store
from atlas.ui.page import Page
from atlas.ui.pickers import places_to_choose
from atlas.ui.url_keys import BY, COMPULSORY, DIFFERENCES, LAWS, PLACE, TURNOVER, Key, went_back
from atlas.ui.url_keys import PLACES as PLACES_KEY
from atlas.words import texts
from atlas.words.laws import law

LABELS = {PLACES: "Jurisdictions", INSTRUMENTS: "Instruments"}
LARGEST_TURNOVER = 9_999_999_999_999


def with_another(place: str) -> str:
    """A place and one to set it beside, as the comparison's address takes them: the Union, or Japan for the Union."""
    return f"{place},{'JPN' if place == 'EU' else 'EU'}"


def keep_place() -> None:
    """A reader who comes from another page, where they have chosen another place since, compares that one."""
    atlas = get_store().state.atlas
    if atlas is None:
        return
    state, default = st.session_state, PLACE.default(atlas)
    kept = state.setdefault("_kept", {})
    place = kept.get(PLACE.name, default)
    came = state.get("_page") not in (None, "compare") and not went_back()
    named = {PLACES_KEY.name, LAWS.name, BY.name} & set(st.query_params)
    if came and not named and place != state.get("_compared", default):
        if place not in kept.get(PLACES_KEY.name, "").split(","):
            kept[PLACES_KEY.name] = with_another(place)
        kept[BY.name] = PLACES
    state["_compared"] = place


def mode_from_address() -> None:
    """An address that names instruments alone means instruments, without saying so twice."""
    if LAWS.name in st.query_params and BY.name not in st.query_params and PLACES_KEY.name not in st.query_params:
        st.query_params[BY.name] = INSTRUMENTS


def mode_picker(here: Page) -> str:
    """Places or instruments."""
    value = st.segmented_control(
        "Compare",
        list(LABELS),
        format_func=LABELS.__getitem__,
        key=BY.name,
        required=True,
        label_visibility="collapsed",
    )
    return here.address.give(BY, value)


def chosen_ids(here: Page, mode: str) -> tuple[str, ...]:
    """Ids in the order chosen, four at most; fewer than two while the reader is still choosing."""
    key = PLACES_KEY if mode == PLACES else LAWS
    value = st.session_state[key.name][:MOST]
    if len(value) >= FEWEST:
        here.address.give(key, value)
    return tuple(value)


def head_pickers(here: Page, mode: str, ids: tuple[str, ...]) -> list[DeltaGenerator]:
    """The heads of the columns, in which each is changed or taken away, and one more is added.

    Returns:
        A container for each column, in which what is said of it follows its picker.
    """
    key, prose = PLACES_KEY if mode == PLACES else LAWS, texts()["compare"]["heads"]
    listed = places_to_choose(here, key) if mode == PLACES else _laws_to_choose(here.atlas, key)
    shown = max(len(ids), FEWEST)
    with st.container(key="cmp_heads"):
        first, *boxes = st.columns([1] * (shown + 1), gap="small")
    for position, box in enumerate(boxes):
        label = prose["choose"].format(number=position + 1, count=shown)
        with box:
            _head(here, key, listed, position, label, prose["again"])
    if FEWEST <= len(ids) < MOST:
        with first:
            label = prose["add" if mode == PLACES else "add_law"]
            _head(here, key, listed, len(ids), label, label)
    return boxes


def _head(here: Page, key: Key, listed: dict[str, Any], position: int, label: str, empty: str) -> None:
    """One list over a column; it shows what the comparison holds there."""
    slot, ids = f"{key.name}_at_{position}", st.session_state[key.name]
    # The other names of a place help to find it; once chosen, its own is enough.
    named = here.atlas.name if key is PLACES_KEY else listed["format_func"]
    shown = {one: named(one) for one in ids}
    st.session_state[slot] = ids[position] if position < len(ids) else None
    st.selectbox(
        label,
        **listed
        | {"key": slot, "on_change": _choose, "args": (here, key, position)}
        | {"format_func": lambda one: shown.get(one) or listed["format_func"](one)},
        index=None,
        placeholder=empty,
        label_visibility="collapsed",
    )


def _choose(here: Page, key: Key, position: int) -> None:
    """Puts what was chosen over a column into the comparison: another id, none, or one that changes its place."""
    given, ids = st.session_state[f"{key.name}_at_{position}"], list(st.session_state[key.name])
    if given is None:
        st.session_state[key.name] = ids[:position] + ids[position + 1 :]
        return
    if key is PLACES_KEY and given not in here.atlas.jurisdictions.index:
        given = place_named(here.atlas, get_store().state.atlas or here.atlas, given)
    if not given:
        return
    if given in ids and position < len(ids):
        ids[ids.index(given)] = ids[position]
    elif given in ids:
        return
    ids[position : position + 1] = [given]
    st.session_state[key.name] = ids


def _laws_to_choose(atlas: Atlas, key: Key) -> dict[str, Any]:
    """What a list of instruments takes: each with its place and its whole name."""
    home = atlas["instruments"]["jurisdiction_id"]
    names = {
        law_id: f"{atlas.name(place)}: {law(atlas, law_id)}"
        for law_id, place in zip(atlas["instruments"]["instrument_id"], home)
    }
    return {"options": sorted(names, key=names.__getitem__), "format_func": names.__getitem__, "key": key.name}


def switches(here: Page) -> tuple[bool, bool]:
    """Only differences; only compulsory powers."""
    differences = st.checkbox("Only differences", key=DIFFERENCES.name)
    compulsory = st.checkbox("Only compulsory powers", key=COMPULSORY.name)
    return here.address.give(DIFFERENCES, differences) == "1", here.address.give(COMPULSORY, compulsory) == "1"


def turnover_field(here: Page) -> int:
    """A company's yearly turnover in US dollars, for the worked illustration."""
    value = st.number_input(
        "Yearly turnover for the illustration, US dollars",
        min_value=0,
        max_value=LARGEST_TURNOVER,
        step=100_000_000,
        key=TURNOVER.name,
        width=320,
        help="Set it to any company's turnover. It changes the worked figures and nothing else.",
    )
    return int(here.address.give(TURNOVER, value))
