"""The map as shapes: one for each place, named by it, with a solid or a patterned fill that can be changed."""

from atlas.charts.map.places import Placing, placing
from atlas.charts.map.scene import WORLD
from atlas.charts.view import View
from atlas.draw import slide_legend as keys
from atlas.draw.canvas import Box
from atlas.draw.deck import Deck
from atlas.draw.drawingml import Stage, line, outline, pattern, solid
from atlas.draw.legend_class import LegendClass
from atlas.draw.palette import COAST, DOTS, EDGE, PAPER, UNION
from atlas.maps.geometry import get_geometry, get_paths
from atlas.tables.atlas import Atlas
from atlas.words import texts

DIAMETER, COAST_WIDTH, UNION_WIDTH = 7.5, 0.35, 1.0
# Patterns that differ in every program: LibreOffice draws each as lines, and these as a lattice, as level and as rising strokes.
DOTTED, STROKES = "dotDmnd", {"lines": "narHorz", "hatch": "dashUpDiag"}
# The left edge of the map is the open Pacific: a legend may reach so far into it, as a share of the map's width.
OPEN_SEA = 0.09


def draw(deck: Deck) -> None:
    """One slide."""
    atlas, view = deck.atlas, deck.view
    prose = texts()["slides"]["map"]
    stage = deck.slide(more=(prose["edit"],))
    box, where = deck.body(), placing(atlas, view)
    entries = _entries(view, where)
    ratio = WORLD.height / WORLD.width
    beside = max((key.whole for key in entries), default=0) + 24
    below = keys.flow_height(entries, box.width) + 8
    under, aside = (
        min(box.width, (box.height - below) / ratio),
        min((box.width - beside) / (1 - OPEN_SEA), box.height / ratio),
    )
    wide = max(under, aside)
    spare = box.height - wide * ratio
    left = box.right - wide if aside > under else box.x + (box.width - wide) / 2
    top = box.y + spare / 2 if aside > under else box.y + max(0, spare - below) / 2
    _world(stage, atlas, view, where, _Fit(left, top, wide / WORLD.width))
    if aside > under:
        keys.column(stage, entries, prose["legend"], box.x, box.bottom - len(entries) * keys.PITCH)
    else:
        keys.flow(stage, entries, prose["legend"], box.x, top + wide * ratio + 8, box.width)


class _Fit:
    """Where the grid of `paths.json` falls on the slide."""

    def __init__(self, left: float, top: float, scale: float):
        self.left, self.top, self.scale = left, top, scale

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.left + (x - WORLD.x) * self.scale, self.top + (y - WORLD.y) * self.scale

    def box(self, bounds: tuple[int, int, int, int]) -> Box:
        x, y = self.point(bounds[0], bounds[1])
        return Box(x, y, bounds[2] * self.scale, bounds[3] * self.scale)


def _world(stage: Stage, atlas: Atlas, view: View, where: Placing, fit: _Fit) -> None:
    """From the back: who has no record, places by class, the Union's outline, small places. All in one group with the alt text."""
    prose, paths, places = texts()["slides"]["map"], get_paths(), atlas.jurisdictions
    coast, edge = line(COAST.light, COAST_WIDTH), line(EDGE.light, COAST_WIDTH)
    stage.begin()
    stage.begin()
    listed, names = set(places.loc[list(where.world), "map_id"]), get_geometry().names
    for identity, path in paths["world"].items():
        if identity not in listed and identity in names:
            geometry, bounds = outline(path)
            stage.shape(
                prose["not_searched"].format(name=names[identity]), fit.box(bounds), geometry, solid(PAPER.light), coast
            )
    stage.end(prose["rest"])
    stage.begin()
    for place in where.shapes:
        layer = "world" if place in where.world else "subnational"
        geometry, bounds = outline(paths[layer][places.at[place, "map_id"]])
        name = _name(view, place)
        stage.shape(name, fit.box(bounds), geometry, fill(view, place), edge, alt=name)
    stage.end(prose["group"])
    layer = get_geometry().union_outline(view.as_of) if "EU" in view.class_of else ""
    if layer:
        geometry, bounds = outline(paths["eu"][layer])
        stage.shape(prose["union"], fit.box(bounds), geometry, solid(""), line(UNION.light, UNION_WIDTH))
    stage.begin()
    for place in where.circles:
        x, y = fit.point(*paths["labels"][place])
        name = _name(view, place)
        ring = line(UNION.light, 1.25) if place == "EU" else line(DOTS.light, 0.75)
        stage.shape(
            name,
            Box(x - DIAMETER / 2, y - DIAMETER / 2, DIAMETER, DIAMETER),
            "ellipse",
            fill(view, place),
            ring,
            alt=name,
        )
    stage.end(prose["circles"])
    stage.end(view.title, view.alt)


def _name(view: View, place: str) -> str:
    """What is known of the place in one line, as the page shows it under the pointer."""
    text = view.hover[place]
    return texts()["slides"]["map"]["old"].format(text=text) if place in view.stale else text


def fill(view: View, place: str) -> str:
    """A place's fill: its class's colour; dots where a search found nothing, level strokes where acts are off the ladder, rising ones where the evidence is old.

    A shape takes one pattern: old evidence shows over the colour of a class, which no other has.
    """
    klass = view.klass(view.class_of[place])
    return _textured(klass, "hatch" if place in view.stale and klass.texture != "dots" else klass.texture)


def _textured(klass: LegendClass, texture: str) -> str:
    if texture == "dots":
        return pattern(DOTTED, DOTS.light, klass.colour.light)
    if texture in STROKES:
        return pattern(STROKES[texture], klass.strokes.light, klass.colour.light)
    return solid(klass.colour.light)


def _entries(view: View, where: Placing) -> list[keys.Key]:
    prose = texts()["pictures"]["map"]
    found = [
        keys.Key(klass.label, _swatch(klass), None if klass.texture == "open" else klass.count)
        for klass in view.classes
    ]
    if get_geometry().union_outline(view.as_of) and "EU" in view.class_of:
        label = view.klass(view.class_of["EU"]).label
        found.append(keys.Key(prose["union"].format(label=label.lower()), _framed))
    if where.circles:
        found.append(keys.Key(prose["circle"], _ring))
    return found


def _swatch(klass: LegendClass):
    def put(stage: Stage, box: Box) -> None:
        name = texts()["slides"]["map"]["key"].format(label=klass.label)
        stage.shape(name, box, "rect", _textured(klass, klass.texture), line(EDGE.light, 0.5))

    return put


def _framed(stage: Stage, box: Box) -> None:
    stage.shape(
        texts()["slides"]["map"]["key"].format(label=texts()["slides"]["map"]["union"]),
        box,
        "rect",
        solid(""),
        line(UNION.light, 1.25),
    )


def _ring(stage: Stage, box: Box) -> None:
    name = texts()["slides"]["map"]["key"].format(label=texts()["slides"]["map"]["circles"])
    stage.shape(
        name, Box(box.x + 2, box.y + 2, DIAMETER, DIAMETER), "ellipse", solid(PAPER.light), line(DOTS.light, 0.75)
    )
