"""What is done once, before the first visitor. Called by the server only, so it may touch Streamlit."""

import gc

from atlas.tables.store import get_store


def prepare() -> None:
    """Loads the data and the heavy libraries, then freezes them out of garbage collection.

    Importing pandas and Plotly before serving also keeps two sessions from importing them at the same time.
    """
    import plotly.graph_objects as go
    from streamlit.runtime.pages_manager import PagesManager

    # Until the first run calls st.navigation, Streamlit takes `pages/` for its older kind of multipage app, and a
    # first visitor who opens /jurisdiction would get that script without its navigation.
    PagesManager.uses_pages_directory = False
    go.Figure(go.Choropleth())
    get_store()
    gc.collect()
    gc.freeze()


def routes() -> list:
    """Our HTTP routes."""
    from atlas.web.routes import ROUTES

    return list(ROUTES)
