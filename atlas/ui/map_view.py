"""Buttons of the map, and the view that a reader chose: `view.js` keeps it through every change of the page.

A Streamlit component of our own, of cacheable files. Nothing of a view reaches the server.
"""

from functools import cache
from hashlib import sha256

import streamlit as st

from atlas.web.files import ASSETS
from atlas.words import texts

PARTS = ASSETS / "map_view"
NAME = "regime_atlas_map_view"
LOADER = """
const address = new URL("assets/map_view/view.js?v=%s", document.baseURI).href;
export default async function (component) {
  return (await import(address)).default(component);
}
"""
# What the chart must have so that the buttons can drive it: Plotly's bar, which a style hides.
DRIVEN = {"displayModeBar": True, "modeBarButtons": [["zoomInGeo", "zoomOutGeo", "resetGeo"]]}


@cache
def _loader() -> str:
    """The few lines that load the script, at the address of what it and its markup and styles hold."""
    held = b"".join((PARTS / f"view.{kind}").read_bytes() for kind in ("js", "html", "css"))
    return LOADER % sha256(held).hexdigest()[:12]


def map_view() -> None:
    """Zoom in, zoom out, and back to the whole world."""
    mount = st.components.v2.component(NAME, js=_loader())
    mount(key="map_view", data=texts()["map"]["view"])
