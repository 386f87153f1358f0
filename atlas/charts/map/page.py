"""View -> Plotly map. Geometry is named by URL, so that a rerun sends ids and colours only.

Trace order matters: the last trace wins a click, so circles of small places come last.
"""

from functools import lru_cache

import numpy as np

from atlas.charts.map.areas import NORTH, SOUTH, window
from atlas.charts.map.areas import WORLD as WHOLE
from atlas.charts.map.ground import WORLD, Ground, ground
from atlas.charts.map.labels import Asked, set_labels
from atlas.charts.map.places import coloured, placing
from atlas.charts.plotly_figure import HIDDEN, Drawn
from atlas.charts.plotly_text import plotly_text
from atlas.charts.view import View
from atlas.draw import fonts
from atlas.draw.marks import ENDED_WEIGHT, Box, Fit
from atlas.draw.palette import COAST, DOTS, EDGE, INK, MUTED, PAPER, UNION
from atlas.maps import equal_earth
from atlas.maps.equal_earth import CENTRAL_MERIDIAN, HALF_HEIGHT, HALF_WIDTH, RADIUS_KM
from atlas.maps.geometry import Geometry, get_paths
from atlas.tables.atlas import Atlas

# The grid of `paths.json`, and its units to a kilometre.
GRID = 9600, round(9600 * HALF_HEIGHT / HALF_WIDTH)
PER_KM = GRID[0] / (2 * HALF_WIDTH * RADIUS_KM)
BASE_WIDTH = 0.5
# Around the place that is chosen: a line, and a casing that lies below it, so that no island is blotted out.
PICKED_WIDTH, CASING_WIDTH = 1.2, 3.2
CIRCLE = 8
# Labels are placed for a map so wide, with text so large: for a desk, and for a phone.
LABELLED = ((960, 13), (380, 11))
# Pixels; with the default of 20 a click on central France picks Jersey.
HOVER = 6
# The part of the width that the world takes: beside it, over the Pacific, lies a card. On a narrow page the style shows
# this part alone.
SHARE = 0.785
# How far a reader may zoom, as multiples of the whole world.
SCALES = {"minscale": 1, "maxscale": 16}
RIM = CIRCLE // 2 + 3
# After a click everything else would fade.
STEADY = {"marker": {"opacity": 1}}


@lru_cache(maxsize=64)
def map_figure(atlas: Atlas, view: View, geometry: Geometry, dark: bool, picked: str = "", area: str = WHOLE) -> Drawn:
    """The map of a view in the page's mode, with the picked place outlined, and one of `AREAS` in sight."""
    places = _places(atlas)
    classes = {klass.id: index for index, klass in enumerate(view.classes)}
    where = placing(atlas, view)
    listed = {places[place]["map_id"] for place in where.world}
    data = [_rest(geometry, [identity for identity in geometry.names if identity not in listed], dark)]
    for name, members in (("world", where.world), ("subnational", where.parts)):
        if members:
            data.append(_shapes(view, geometry, name, members, places, classes, dark))
    for name, members in (("world", where.world), ("subnational", where.parts)):
        if ended := [place for place in where.ended if place in members]:
            data.append(_outlines(view, geometry.url(name), ended, places, dark))
    if picked in where.shapes:
        data += _outlined(view, geometry.url("world" if picked in where.world else "subnational"), picked, places, dark)
    if where.hatched:
        data.append(_strokes(view, geometry.url("hatch"), where.hatched, places, classes, dark))
    union = geometry.union_outline(view.as_of)
    if union and "EU" in view.class_of:
        data.append(_flat(geometry.url(union), ["EU"], HIDDEN, UNION.on(dark), 1.1))
    # Both, always, and before the circles: a style shows the one for the width of the page by its position.
    under = ground(atlas, coloured(view, where), (place for place, _ in view.place_labels))
    data += [_labels(view, under, wide, size, dark, area) for wide, size in LABELLED]
    if where.circles:
        data.append(_circles(view, where.circles, places, dark, picked))
    return Drawn(data, _layout(view, dark, area))


@lru_cache(maxsize=4)
def _places(atlas: Atlas) -> dict[str, dict]:
    """Jurisdictions by id, as plain values."""
    return {row["jurisdiction_id"]: row for row in atlas["jurisdictions"].to_dict("records")}


def _layout(view: View, dark: bool, area: str) -> dict:
    lon, lat, larger = window(area)
    scale = _scale([klass.colour.on(dark) for klass in view.classes])
    return {
        "coloraxis": {"cmin": scale.pop("zmin"), "cmax": scale.pop("zmax"), **scale},
        "geo": {
            "visible": False,
            # The whole width and height of what is recorded, so that nothing is cut.
            "projection": {"type": "equal earth", "rotation": {"lon": CENTRAL_MERIDIAN}, **SCALES}
            | ({"scale": larger} if area != WHOLE else {}),
            "lonaxis": {"range": [CENTRAL_MERIDIAN - 180, CENTRAL_MERIDIAN + 180]},
            "lataxis": {"range": [_flattened(SOUTH), _flattened(NORTH)]},
            "center": {"lon": lon, "lat": lat},
            "bgcolor": HIDDEN,
            "domain": {"x": [0, SHARE], "y": [0, 1]},
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


def _labels(view: View, under: Ground, wide: int, size: int, dark: bool, area: str) -> dict:
    """Names and dates beside the strongest steps, each with its leader, in degrees: they move with the map."""
    points, shown = get_paths()["labels"], _shown(area)
    fit = Fit(shown, wide / shown.width, 0, 0)
    asked = [
        Asked(place, said, points[place], fonts.width(said, size))
        for place, said in view.place_labels
        if place in points and fit.holds(points[place])
    ]
    spots, words = [], []
    room = Box(0, 0, wide, shown.height * fit.scale)
    for label in set_labels(asked, under, fit, room, size):
        x1, y1, x2, y2 = label.leader
        box = label.box
        spots += [(x1, y1), (x2, y2), None, (box.x + box.width / 2, box.y + box.height / 2), None]
        words += ["", "", "", label.words, ""]
    degrees = [spot and _degrees(shown.x + spot[0] / fit.scale, shown.y + spot[1] / fit.scale) for spot in spots]
    return {
        "type": "scattergeo",
        "lon": [spot and spot[0] for spot in degrees],
        "lat": [spot and spot[1] for spot in degrees],
        "mode": "lines+text",
        "text": words,
        "textposition": "middle center",
        "textfont": {"size": size, "color": INK.on(dark)},
        "line": {"color": MUTED.on(dark), "width": 0.8},
        "hoverinfo": "skip",
        "unselected": {"textfont": {"color": INK.on(dark)}},
    }


def _shown(area: str) -> Box:
    """The window of the grid of `paths.json` that an area takes."""
    if area == WHOLE:
        return WORLD
    lon, lat, larger = window(area)
    x, y = equal_earth.forward(np.array([[lon, lat]]))[0] * PER_KM
    wide, high = WORLD.width / larger, WORLD.height / larger
    return Box(GRID[0] / 2 + x - wide / 2, GRID[1] / 2 - y - high / 2, wide, high)


def _degrees(x: float, y: float) -> tuple[float, float]:
    """A point of the grid of `paths.json`, counted from the corner of the world's window, as longitude and latitude."""
    from_middle = np.array([[x + WORLD.x - GRID[0] / 2, GRID[1] / 2 - y - WORLD.y]]) / PER_KM
    lon, lat = equal_earth.inverse(from_middle)[0]
    return round(float(lon), 3), round(float(lat), 3)


def _outlines(view: View, url: str, members: list[str], places: dict, dark: bool) -> dict:
    """What has ended, each within the colour of its rung; over all shapes, so that no neighbour covers half of it."""
    flat = _flat(url, [places[place]["map_id"] for place in members], HIDDEN, HIDDEN, ENDED_WEIGHT)
    flat["marker"]["line"]["color"] = [view.klass(view.class_of[place]).strokes.on(dark) for place in members]
    return flat


def _outlined(view: View, url: str, picked: str, places: dict, dark: bool) -> list[dict]:
    """The chosen place: a casing, its own colour over the inner half of that, and a line."""
    ids, klass = [places[picked]["map_id"]], view.klass(view.class_of[picked])
    if klass.over:
        # Its own outline stays, and the line goes around that.
        return [
            _flat(url, ids, HIDDEN, INK.on(dark), ENDED_WEIGHT + 2 * PICKED_WIDTH),
            _flat(url, ids, klass.colour.on(dark), klass.over.on(dark), ENDED_WEIGHT),
        ]
    return [
        _flat(url, ids, HIDDEN, PAPER.on(dark), CASING_WIDTH),
        _flat(url, ids, klass.colour.on(dark), INK.on(dark), PICKED_WIDTH),
    ]


def _circles(view: View, members: tuple[str, ...], places: dict, dark: bool, picked: str) -> dict:
    classes = [view.klass(view.class_of[place]) for place in members]
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
            "color": [klass.colour.on(dark) for klass in classes],
            # Unasked, Plotly lets the ground through, and a circle has a colour that no key has.
            "opacity": 1,
            "line": {
                "color": [
                    (INK if place == picked else klass.over or DOTS).on(dark) for place, klass in zip(members, classes)
                ],
                "width": [ENDED_WEIGHT if klass.over else 1 for klass in classes],
            },
        },
    }
