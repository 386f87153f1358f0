"""View -> Plotly map. Geometry is named by URL, so that a rerun sends ids and colours only.

Trace order matters: the last trace wins a click, so circles of small places come last.
"""

import numpy as np
import plotly.graph_objects as go

from atlas.charts.palette import COAST, DOTS, HATCH, INK, PAPER, UNION
from atlas.charts.view import View
from atlas.maps.geometry import Geometry
from atlas.tables.atlas import Atlas

BASE_WIDTH = 0.5
PICKED_WIDTH = 1.8
CIRCLE = 8
# Pixels; with the default of 20 a click on central France picks Jersey.
HOVER = 6
HIDDEN = "rgba(0,0,0,0)"


def map_figure(atlas: Atlas, view: View, geometry: Geometry, dark: bool, picked: str = "") -> go.Figure:
    """The map of a view in the page's mode, with the picked place outlined."""
    places = atlas.jurisdictions
    classes = {klass.id: index for index, klass in enumerate(view.classes)}
    layer = places["map_layer"]
    shown = [place for place, identity in view.class_of.items() if identity in classes and _stands_alone(view, layer, place)]
    small = {place for place in shown if places.at[place, "small"] or layer[place] in ("point", "overlay")}
    fills = [klass.colour.on(dark) for klass in view.classes]
    steps = len(fills)
    # Ends of the steps in four decimals: the values are whole numbers and lie in their middle.
    scale = [[round((index + edge) / steps, 4), fill] for index, fill in enumerate(fills) for edge in (0, 1)]
    figure = go.Figure(layout={"coloraxis": {"cmin": -0.5, "cmax": steps - 0.5, "colorscale": scale, "showscale": False}})
    listed = {places.at[place, "map_id"] for place in shown if layer[place] == "world"}
    rest = [identity for identity in geometry.names if identity not in listed]
    figure.add_trace(_rest(geometry, rest, dark))
    for name, members in (
        ("world", [place for place in shown if layer[place] == "world"]),
        ("subnational", [place for place in shown if layer[place] not in ("world", "point", "overlay")]),
    ):
        if members:
            figure.add_trace(_shapes(view, geometry, name, members, places, classes, dark))
    shapes = [place for place in shown if layer[place] not in ("point", "overlay")]
    textures = {"dots": [place for place in shapes if view.klass(view.class_of[place]).texture == "dots"],
                "hatch": [place for place in shapes if place in view.stale and view.klass(view.class_of[place]).texture != "dots"]}
    for name, colour in (("dots", DOTS), ("hatch", HATCH)):
        ids = [places.at[place, "map_id"] for place in textures[name]]
        if ids:
            figure.add_trace(_flat(geometry.url(name), ids, colour.on(dark), HIDDEN, 0))
    union = geometry.union_outline(view.as_of)
    if union and "EU" in view.class_of:
        figure.add_trace(_flat(geometry.url(union), ["EU"], HIDDEN, UNION.on(dark), 1.1))
    if picked in shapes:
        name = "world" if layer[picked] == "world" else "subnational"
        figure.add_trace(_flat(geometry.url(name), [places.at[picked, "map_id"]], HIDDEN, INK.on(dark), PICKED_WIDTH))
    if small:
        figure.add_trace(_circles(view, sorted(small), places, dark, picked))
    figure.update_geos(
        visible=False, projection_type="equal earth", bgcolor=HIDDEN, projection_rotation_lon=10, projection_scale=1.13,
        center={"lon": 10, "lat": 12},
    )
    figure.update_layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 0}, paper_bgcolor=HIDDEN, showlegend=False, dragmode="pan",
        clickmode="event+select", uirevision="map", hoverdistance=HOVER, template=None,
        font={"family": "'Source Sans 3', 'Source Sans', sans-serif", "color": INK.on(dark)},
        hoverlabel={"bgcolor": PAPER.on(dark), "bordercolor": INK.on(dark), "font": {"color": INK.on(dark), "size": 14}},
    )
    return figure


def _stands_alone(view: View, layer, place: str) -> bool:
    """A part of a country of which nothing is known does not cover what is known of the whole."""
    return layer[place] == "world" or view.klass(view.class_of[place]).texture != "open"


def _rest(geometry: Geometry, ids: list[str], dark: bool) -> go.Choropleth:
    """Countries without a record: paper with a hairline, named on hover."""
    return go.Choropleth(
        geojson=geometry.url("world"), locations=ids, z=_zeros(ids), showscale=False,
        colorscale=[[0, PAPER.on(dark)], [1, PAPER.on(dark)]], marker_line_color=COAST.on(dark), marker_line_width=BASE_WIDTH,
        text=[geometry.names[identity] for identity in ids], hovertemplate="%{text}: not searched<extra></extra>",
        unselected_marker_opacity=1, meta="rest",
    )


def _shapes(view, geometry, name, members, places, classes, dark) -> go.Choropleth:
    return go.Choropleth(
        geojson=geometry.url(name), locations=[places.at[place, "map_id"] for place in members],
        z=np.array([classes[view.class_of[place]] for place in members], dtype=np.int8), coloraxis="coloraxis", marker_line_color=COAST.on(dark), marker_line_width=BASE_WIDTH, customdata=members,
        text=[_clean(view.hover[place]) for place in members], hovertemplate="%{text}<extra></extra>", unselected_marker_opacity=1,
    )


def _flat(url: str, ids: list[str], fill: str, line: str, width: float) -> go.Choropleth:
    """One colour for all, deaf to the pointer: textures and outlines."""
    return go.Choropleth(
        geojson=url, locations=ids, z=_zeros(ids), colorscale=[[0, fill], [1, fill]], showscale=False,
        marker_line_color=line, marker_line_width=width, hoverinfo="skip", unselected_marker_opacity=1,
    )


def _zeros(ids: list[str]) -> np.ndarray:
    """One class for all; a typed array travels as a byte each."""
    return np.zeros(len(ids), dtype=np.int8)


def _circles(view, members, places, dark, picked) -> go.Scattergeo:
    textures = [view.klass(view.class_of[place]) for place in members]
    return go.Scattergeo(
        lon=[places.at[place, "longitude"] for place in members], lat=[places.at[place, "latitude"] for place in members],
        mode="markers", customdata=members, text=[_clean(view.hover[place]) for place in members],
        hovertemplate="%{text}<extra></extra>", unselected_marker_opacity=1,
        marker={
            "size": [CIRCLE + (4 if place == picked else 0) for place in members],
            "color": [klass.colour.on(dark) for klass in textures],
            # A place searched without result is a ring with a dot, so that it differs by shape too.
            "symbol": ["circle-dot" if klass.texture == "dots" else "circle" for klass in textures],
            "line": {"color": [INK.on(dark) if place == picked else DOTS.on(dark) for place in members], "width": 1},
        },
    )


def _clean(text: str) -> str:
    """Plotly reads a little HTML in hover text; data are text, so the opening bracket is made inert."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
