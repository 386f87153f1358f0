"""What is done once, before the first visitor."""

import gc

from atlas.tables.store import get_store


def prepare() -> None:
    """Loads the data and the heavy libraries, then freezes them out of garbage collection.

    Importing pandas and Plotly before serving also keeps two sessions from importing them at the same time.
    """
    import plotly.graph_objects as go

    go.Figure(go.Choropleth())
    get_store()
    gc.collect()
    gc.freeze()


def routes() -> list:
    """Our HTTP routes."""
    from atlas.web.routes import ROUTES

    return list(ROUTES)
