"""View -> Plotly map. Geometry is named by URL, so that a rerun sends ids and colours only.

Trace order matters: the last trace wins a click, so circles of small places come last.
"""

from functools import lru_cache

import numpy as np

from atlas.charts.map.places import placing
from atlas.charts.plotly_figure import HIDDEN, Drawn
from atlas.charts.plotly_text import plotly_text
from atlas.charts.view import View
from atlas.draw.palette import COAST, DOTS, EDGE, INK, PAPER, UNION
from atlas.maps import equal_earth
from atlas.maps.equal_earth import CENTRAL_MERIDIAN
from atlas.maps.geometry import Geometry
from atlas.tables.atlas import Atlas

BASE_WIDTH = 0.5
PICKED_WIDTH = 1.8
CIRCLE = 8
# Pixels; with the default of 20 a click on central France picks Jersey.
HOVER = 6
# From Cape Horn to the north of Greenland.
SOUTH, NORTH = -57, 84
# How far a reader may zoom, as multiples of the whole world.
SCALES = {"minscale": 1, "maxscale": 16}
RIM = CIRCLE // 2 + 3
SYMBOLS = {"dots": "circle-dot", "lines": "circle-cross"}
# After a click everything else would fade.
STEADY = {"marker": {"opacity": 1}}


@lru_cache(maxsize=64)
def map_figure(atlas: Atlas, view: View, geometry: Geometry, dark: bool, picked: str = "") -> Drawn:
    """The map of a view in the page's mode, with the picked place outlined."""
    places = _places(atlas)
    classes = {klass.id: index for index, klass in enumerate(view.classes)}
    where = placing(atlas, view)
    listed = {places[place]["map_id"] for place in where.world}
    data = [_rest(geometry, [identity for identity in geometry.names if identity not in listed], dark)]
    for name, members in (("world", where.world), ("subnational", where.parts)):
        if members:
            data.append(_shapes(view, geometry, name, members, places, classes, dark))
    if where.dotted:
        data.append(
            _flat(geometry.url("dots"), [places[place]["map_id"] for place in where.dotted], DOTS.on(dark), HIDDEN, 0)
        )
    for name, members in (("lines", where.lined), ("hatch", where.hatched)):
        if members:
            data.append(_strokes(view, geometry.url(name), members, places, classes, dark))
    union = geometry.union_outline(view.as_of)
    if union and "EU" in view.class_of:
        data.append(_flat(geometry.url(union), ["EU"], HIDDEN, UNION.on(dark), 1.1))
    if picked in where.shapes:
        name = "world" if picked in where.world else "subnational"
        data.append(_flat(geometry.url(name), [places[picked]["map_id"]], HIDDEN, INK.on(dark), PICKED_WIDTH))
    if where.circles:
        data.append(_circles(view, where.circles, places, dark, picked))
    return Drawn(data, _layout(view, dark))


@lru_cache(maxsize=4)
def _places(atlas: Atlas) -> dict[str, dict]:
    """Jurisdictions by id, as plain values."""
    return {row["jurisdiction_id"]: row for row in atlas["jurisdictions"].to_dict("records")}


def _layout(view: View, dark: bool) -> dict:
    scale = _scale([klass.colour.on(dark) for klass in view.classes])
    return {
        "coloraxis": {"cmin": scale.pop("zmin"), "cmax": scale.pop("zmax"), **scale},
        "geo": {
            "visible": False,
            # The whole width and height of what is recorded, so that nothing is cut.
            "projection": {"type": "equal earth", "rotation": {"lon": CENTRAL_MERIDIAN}, **SCALES},
            "lonaxis": {"range": [CENTRAL_MERIDIAN - 180, CENTRAL_MERIDIAN + 180]},
            "lataxis": {"range": [_flattened(SOUTH), _flattened(NORTH)]},
            "center": {"lon": CENTRAL_MERIDIAN, "lat": _middle()},
            "bgcolor": HIDDEN,
        },
        # Room for the half of a circle that stands at the rim.
        "margin": {"l": RIM, "r": RIM, "t": RIM, "b": RIM},
        "paper_bgcolor": HIDDEN,
        "showlegend": False,
        "dragmode": "pan",
        "clickmode": "event+select",
        "hoverdistance": HOVER,
        "font": {"family": "'Source Sans 3', 'Source Sans', sans-serif", "color": INK.on(dark)},
        "hoverlabel": {
            "bgcolor": PAPER.on(dark),
            "bordercolor": INK.on(dark),
            "font": {"color": INK.on(dark), "size": 14},
        },
    }


def _flattened(latitude: float) -> float:
    """The latitude to ask for so that a map reaches `latitude`.

    Plotly fits a box whose edges it draws as great circles of a quarter turn each, which reach further to their pole.
    """
    return round(float(np.degrees(np.arctan(np.tan(np.radians(latitude)) * np.cos(np.radians(45))))), 2)


def _middle() -> float:
    """The latitude halfway between the ends on the plane: Plotly puts what it takes for the centre into the middle."""
    (_, south), (_, north) = equal_earth.forward(np.array([[CENTRAL_MERIDIAN, SOUTH], [CENTRAL_MERIDIAN, NORTH]]))
    return round(float(equal_earth.inverse(np.array([[0, (south + north) / 2]]))[0, 1]), 2)


def _rest(geometry: Geometry, ids: list[str], dark: bool) -> dict:
    """Countries without a record: paper with a hairline, named on hover."""
    return _flat(geometry.url("world"), ids, PAPER.on(dark), COAST.on(dark), BASE_WIDTH) | {
        "text": [geometry.names[identity] for identity in ids],
        "hovertemplate": "%{text}: not searched<extra></extra>",
        "hoverinfo": "text",
        "meta": "rest",
    }


def _shapes(
    view: View,
    geometry: Geometry,
    name: str,
    members: tuple[str, ...],
    places: dict,
    classes: dict[str, int],
    dark: bool,
) -> dict:
    return _classed(view, geometry.url(name), members, places, classes) | {
        "coloraxis": "coloraxis",
        "marker": {"line": {"color": EDGE.on(dark), "width": BASE_WIDTH}},
        "customdata": list(members),
        "text": [plotly_text(view.hover[place]) for place in members],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _strokes(view: View, url: str, members: tuple[str, ...], places: dict, classes: dict[str, int], dark: bool) -> dict:
    """Lines over a class or over old evidence, in a colour that each class's fill lets through, deaf to the pointer."""
    return (
        _classed(view, url, members, places, classes)
        | _scale([klass.strokes.on(dark) for klass in view.classes])
        | {"marker": {"line": {"width": 0}}, "hoverinfo": "skip"}
    )


def _classed(view: View, url: str, members: tuple[str, ...], places: dict, classes: dict[str, int]) -> dict:
    """Shapes of some places, each with the number of its class."""
    return {
        "type": "choropleth",
        "geojson": url,
        "locations": [places[place]["map_id"] for place in members],
        "z": np.array([classes[view.class_of[place]] for place in members], dtype=np.int8),
        "unselected": STEADY,
    }


def _scale(colours: list[str]) -> dict:
    """One step of a scale for each class.

    Ends in four decimals: the values are whole numbers and lie in their middle.
    """
    steps = len(colours)
    scale = [[round((index + edge) / steps, 4), colour] for index, colour in enumerate(colours) for edge in (0, 1)]
    return {"zmin": -0.5, "zmax": steps - 0.5, "colorscale": scale, "showscale": False}


def _flat(url: str, ids: list[str], fill: str, line: str, width: float) -> dict:
    """One colour for all, deaf to the pointer: textures and outlines."""
    return {
        "type": "choropleth",
        "geojson": url,
        "locations": ids,
        "z": np.zeros(len(ids), dtype=np.int8),
        "colorscale": [[0, fill], [1, fill]],
        "showscale": False,
        "marker": {"line": {"color": line, "width": width}},
        "hoverinfo": "skip",
        "unselected": STEADY,
    }


def _circles(view: View, members: tuple[str, ...], places: dict, dark: bool, picked: str) -> dict:
    textures = [view.klass(view.class_of[place]) for place in members]
    return {
        "type": "scattergeo",
        "lon": [places[place]["longitude"] for place in members],
        "lat": [places[place]["latitude"] for place in members],
        "mode": "markers",
        "customdata": list(members),
        "text": [plotly_text(view.hover[place]) for place in members],
        "hovertemplate": "%{text}<extra></extra>",
        "unselected": STEADY,
        "marker": {
            "size": [CIRCLE + (4 if place == picked else 0) for place in members],
            "color": [klass.colour.on(dark) for klass in textures],
            # Unasked, Plotly lets the ground through, and a circle has a colour that no key has.
            "opacity": 1,
            # A place searched without result is a ring with a dot, one with acts off the ladder has a
            # cross: they differ by shape too.
            "symbol": [SYMBOLS.get(klass.texture, "circle") for klass in textures],
            "line": {
                "color": [
                    (INK if place == picked else klass.over or DOTS).on(dark) for place, klass in zip(members, textures)
                ],
                "width": 1,
            },
        },
    }
