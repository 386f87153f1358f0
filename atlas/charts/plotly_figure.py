"""A Plotly figure of plain values.

Plotly's own classes check each property as it is set, which takes ten times as long as all the rest of drawing a
figure. Ours are checked once and for all: a test puts each through them (`Drawn.checked`).
"""

import plotly.graph_objects as go
from _plotly_utils.utils import convert_to_base64
from plotly.basedatatypes import BaseFigure

HIDDEN = "rgba(0,0,0,0)"


class Drawn(BaseFigure):
    """Traces and layout as dicts; numpy arrays travel as typed arrays. Never changed once made, so it may be kept."""

    def __init__(self, data: list[dict], layout: dict):
        self._drawn = {"data": data, "layout": layout}
        convert_to_base64(self._drawn)

    def to_dict(self) -> dict:
        """The figure as Streamlit and Plotly's JSON writer take it; not to be changed."""
        return self._drawn

    def checked(self) -> go.Figure:
        """The same as a figure of Plotly's classes.

        Raises:
            ValueError: a property is unknown or has a value that it cannot have.
        """
        return go.Figure(self._drawn)
