"""The small maps below the large one."""

import streamlit as st

from atlas.publish.small_maps import SLUG, small_maps_html
from atlas.ui import page as ui
from atlas.ui.page import Page
from atlas.ui.present_link import present_link
from atlas.ui.url_keys import RELEASE
from atlas.words import texts


def small_maps_below(here: Page, day: str) -> None:
    """The finding, the maps, what must be known with them, and their table."""
    view, pictures = small_maps_html(here.atlas, day, here.dark, st.session_state.get(RELEASE.name) or "")
    ui.block("section_head.html", id=SLUG, title=view.title, deck=view.deck)
    ui.show(pictures)
    ui.map_footer(view)
    present_link(here, SLUG, texts()["present"]["link_maps"])
    ui.twin(texts()["map"]["small"]["label"], "small_maps_table", view.title, view.table, day)
