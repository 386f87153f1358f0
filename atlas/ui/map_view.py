"""Buttons of the map, and the view that a reader chose: `view.js` keeps it through every change of the page.

A Streamlit component of our own, of cacheable files. Nothing of a view reaches the server.
"""

import streamlit as st

from atlas.ui.script_loader import script_loader
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


def map_view() -> None:
    """Zoom in, zoom out, and back to the whole world."""
    mount = st.components.v2.component(NAME, js=script_loader("map_view", "view"))
    mount(key="map_view", data=texts()["map"]["view"])
