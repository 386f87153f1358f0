"""Parts of a page of which one is seen at a time, each with its address; paper holds them all."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas.ui.page import Page
from atlas.ui.url_keys import Key


def part_picker(here: Page, key: Key, label: str, names: dict[str, str]) -> str:
    """The choice of a part; a part that the view does not have gives way to the first.

    Args:
        key: of the choice.
        label: what is chosen, for those who hear the page.
        names: parts by id, as they are read.
    """
    if st.session_state.get(key.name) not in names:
        st.session_state[key.name] = next(iter(names))
    value = st.segmented_control(
        label, list(names), format_func=names.__getitem__, key=key.name, required=True, label_visibility="collapsed"
    )
    return here.address.give(key, value)


def part_boxes(names: dict[str, str], chosen: str) -> dict[str, DeltaGenerator]:
    """A container for each part; on a screen only the chosen one is seen."""
    hidden = "".join(
        f"[data-testid=stLayoutWrapper]:has(>.st-key-part_{name}),.st-key-part_{name}{{display:none!important}}"
        for name in names
        if name != chosen
    )
    st.html(f"<style>@media screen{{{hidden}}}</style>")
    return {name: st.container(key=f"part_{name}") for name in names}
