"""The map on its page, its buttons, and the view that a reader chose, which `view.js` keeps through every change.

A Streamlit component of our own, of cacheable files. Nothing of a view reaches the server.
"""

import streamlit as st

from atlas.charts.map.areas import AREAS
from atlas.charts.map.page import map_figure
from atlas.charts.view import View
from atlas.maps.geometry import get_geometry
from atlas.ui.page import Page
from atlas.ui.pickers import pick_from_map
from atlas.ui.script_loader import script_loader
from atlas.ui.url_keys import AREA
from atlas.words import texts

NAME = "regime_atlas_map_view"
# How the chart behaves: no file of another host, a wheel scrolls the page, and Plotly's bar is there, which a style
# hides, so that the buttons can drive it.
DRIVEN = {
    "topojsonURL": "geo/",
    "scrollZoom": False,
    "doubleClick": False,
    "displayModeBar": True,
    "modeBarButtons": [["zoomInGeo", "zoomOutGeo", "resetGeo"]],
}


def map_chart(here: Page, view: View, place: str, area: str) -> None:
    """The map in its box, with the chosen place outlined; a click chooses another."""
    with st.container(key="map_box", height=440, border=False):
        st.plotly_chart(
            map_figure(here.atlas, view, get_geometry(), here.dark, place, area),
            key="map",
            theme=None,
            alt=view.alt,
            height="stretch",
            on_select=pick_from_map,
            selection_mode="points",
            config=DRIVEN,
        )


def area_picker(here: Page) -> str:
    """Buttons for parts of the world, kept in the address; one of `AREAS`."""
    prose = texts()["map"]["areas"]
    area = st.segmented_control(
        prose["label"],
        AREAS,
        format_func=lambda key: prose["names"][key],
        key=AREA.name,
        required=True,
        label_visibility="collapsed",
    )
    return here.address.give(AREA, area)


def map_view(area: str) -> None:
    """Zoom in, zoom out, and back to the whole of the area that is shown."""
    mount = st.components.v2.component(NAME, js=script_loader("map_view", "view"))
    words = texts()["map"]["view"]
    mount(key="map_view", data=words | {"whole": texts()["map"]["areas"]["whole"][area]})
