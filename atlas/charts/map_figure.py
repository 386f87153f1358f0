"""View -> Plotly map. Geometry is named by URL, so that a rerun sends ids and colours only.

Trace order matters: the last trace wins a click, so circles of small places come last.
"""

import plotly.graph_objects as go

from atlas.charts.inert import plotly_text
from atlas.charts.palette import COAST, DOTS, EDGE, INK, PAPER, UNION, over
from atlas.charts.placing import placing
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
    where = placing(atlas, view)
    figure = go.Figure()
    listed = {places.at[place, "map_id"] for place in where.world}
    rest = [identity for identity in geometry.names if identity not in listed]
    figure.add_trace(_rest(geometry, rest, dark))
    for name, members in (("world", where.world), ("subnational", where.parts)):
        if members:
            figure.add_trace(_shapes(view, geometry, name, members, places, classes, dark))
    if where.dotted:
        figure.add_trace(_flat(geometry.url("dots"), [places.at[place, "map_id"] for place in where.dotted], DOTS.on(dark), HIDDEN, 0))
    if where.hatched:
        figure.add_trace(_hatch(view, geometry.url("hatch"), where.hatched, places, classes, dark))
    union = geometry.union_outline(view.as_of)
    if union and "EU" in view.class_of:
        figure.add_trace(_flat(geometry.url(union), ["EU"], HIDDEN, UNION.on(dark), 1.1))
    if picked in where.shapes:
        name = "world" if picked in where.world else "subnational"
        figure.add_trace(_flat(geometry.url(name), [places.at[picked, "map_id"]], HIDDEN, INK.on(dark), PICKED_WIDTH))
    if where.circles:
        figure.add_trace(_circles(view, where.circles, places, dark, picked))
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


def _rest(geometry: Geometry, ids: list[str], dark: bool) -> go.Choropleth:
    """Countries without a record: paper with a hairline, named on hover."""
    return go.Choropleth(
        geojson=geometry.url("world"), locations=ids, z=[0] * len(ids), showscale=False,
        colorscale=[[0, PAPER.on(dark)], [1, PAPER.on(dark)]], marker_line_color=COAST.on(dark), marker_line_width=BASE_WIDTH,
        text=[geometry.names[identity] for identity in ids], hovertemplate="%{text}: not searched<extra></extra>",
        unselected_marker_opacity=1, meta="rest",
    )


def _shapes(view, geometry, name, members, places, classes, dark) -> go.Choropleth:
    return go.Choropleth(
        **_classed(view, geometry.url(name), members, places, classes, [klass.colour.on(dark) for klass in view.classes]),
        marker_line_color=EDGE.on(dark), marker_line_width=BASE_WIDTH, customdata=members,
        text=[plotly_text(view.hover[place]) for place in members], hovertemplate="%{text}<extra></extra>",
    )


def _hatch(view, url, members, places, classes, dark) -> go.Choropleth:
    """Old evidence: lines in a colour that each class's fill lets through, deaf to the pointer."""
    inks = [over(klass.colour.on(dark)) for klass in view.classes]
    return go.Choropleth(**_classed(view, url, members, places, classes, inks), marker_line_width=0, hoverinfo="skip")


def _classed(view, url, members, places, classes, colours) -> dict:
    """Shapes of some places, each in the colour of its class."""
    steps = len(colours)
    return {
        "geojson": url, "locations": [places.at[place, "map_id"] for place in members],
        "z": [classes[view.class_of[place]] for place in members], "zmin": -0.5, "zmax": steps - 0.5,
        "colorscale": [[(index + edge) / steps, colour] for index, colour in enumerate(colours) for edge in (0, 1)],
        "showscale": False, "unselected_marker_opacity": 1,
    }


def _flat(url: str, ids: list[str], fill: str, line: str, width: float) -> go.Choropleth:
    """One colour for all, deaf to the pointer: textures and outlines."""
    return go.Choropleth(
        geojson=url, locations=ids, z=[0] * len(ids), colorscale=[[0, fill], [1, fill]], showscale=False,
        marker_line_color=line, marker_line_width=width, hoverinfo="skip", unselected_marker_opacity=1,
    )


def _circles(view, members, places, dark, picked) -> go.Scattergeo:
    textures = [view.klass(view.class_of[place]) for place in members]
    return go.Scattergeo(
        lon=[places.at[place, "longitude"] for place in members], lat=[places.at[place, "latitude"] for place in members],
        mode="markers", customdata=members, text=[plotly_text(view.hover[place]) for place in members],
        hovertemplate="%{text}<extra></extra>", unselected_marker_opacity=1,
        marker={
            "size": [CIRCLE + (4 if place == picked else 0) for place in members],
            "color": [klass.colour.on(dark) for klass in textures],
            # A place searched without result is a ring with a dot, so that it differs by shape too.
            "symbol": ["circle-dot" if klass.texture == "dots" else "circle" for klass in textures],
            "line": {"color": [INK.on(dark) if place == picked else DOTS.on(dark) for place in members], "width": 1},
        },
    )
