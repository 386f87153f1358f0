"""Small maps as SVG: a heading and the world for each day, in as many columns as make them largest, one legend."""

from functools import cache

from atlas.charts.map.ground import EUROPE, WORLD, ground
from atlas.charts.map.marks import by_class, circle_entry, names
from atlas.charts.small_maps.view import Panel, SmallMapsView
from atlas.draw import legend
from atlas.draw.marks import Box, Fit, Land, Place
from atlas.draw.scene import Scene
from atlas.maps.geometry import get_paths
from atlas.maps.paths import coarse, within
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.words import texts

# Units of the grid to one of a path: about a pixel on a page, half of one in a picture.
INLINE_UNIT, UNIT = 24, 12
# Where the height is free: columns by the least width for them.
COLUMNS = ((880, 4), (480, 2), (0, 1))
COAST_WIDTH, ENDED_WIDTH, RADIUS = 0.4, 0.8, 0.2  # the last in sizes of small text
RATIO, INSET = WORLD.height / WORLD.width, EUROPE.height / EUROPE.width
# Europe stands under each map where so much of its height fits.
LEAST_INSET = 0.6


def draw(scene: Scene, atlas: Atlas, view: SmallMapsView, box: Box, keys: bool = True) -> float:
    """The maps and their legend in a box; returns their bottom."""
    body, small = scene.type.body, scene.type.small
    entries = _entries(atlas, view) if keys else []
    gap = 1.2 * body
    below = legend.flow_height(scene, entries, box.width, 3) + 0.6 * gap if keys else 0
    columns, width, rest = _grid(scene, view, box, gap, below)
    said = [scene.wrap(panel.said, 3, width) for panel in view.panels]
    head = 1.38 * (body + small * max(len(lines) for lines in said)) + 0.4 * small
    inset = rest if rest >= LEAST_INSET * width * INSET else 0
    high = head + width * RATIO + inset
    for index, (panel, lines) in enumerate(zip(view.panels, said)):
        x = box.x + (width + gap) * (index % columns)
        y = box.y + (high + gap) * (index // columns)
        under = scene.lines(x, y, [in_words(panel.day)], 2, strong=True)
        scene.lines(x, under, lines, 3, "mute")
        _world(
            scene, atlas, view, panel, Fit(WORLD, width / WORLD.width, x, y + head), without=EUROPE if inset else None
        )
        if inset:
            wide = min(width, (inset - small) / INSET)
            _world(scene, atlas, view, panel, Fit(EUROPE, wide / EUROPE.width, x, y + high - wide * INSET), cut=True)
            scene.rect(x, y + high - wide * INSET, wide, wide * INSET, stroke="rule")
    rows = -(-len(view.panels) // columns)
    bottom = box.y + rows * high + (rows - 1) * gap
    return legend.flow(scene, entries, box.x, bottom + 0.6 * gap, box.width, 3) if keys else bottom


def _grid(scene: Scene, view: SmallMapsView, box: Box, gap: float, below: float) -> tuple[int, float, float]:
    """How many columns, the width of a map, the largest that fits, and the height that is left under each."""
    count = len(view.panels)

    def across(columns: int) -> float:
        return (box.width - gap * (columns - 1)) / columns

    if box.height == float("inf"):
        columns = next(columns for least, columns in COLUMNS if box.width >= least)
        return columns, across(columns), 0
    # Room for the day and for two lines under it.
    head = 1.38 * (scene.type.body + 2 * scene.type.small) + 0.4 * scene.type.small
    found = []
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        high = (box.height - below - gap * (rows - 1)) / rows - head
        width = min(across(columns), high / RATIO)
        # One row tells a story better than two; it is left where the maps gain much.
        found.append((width * (1.25 if rows == 1 else 1), columns, width, high - width * RATIO))
    return max(found)[1:]


def _entries(atlas: Atlas, view: SmallMapsView) -> list[legend.Entry]:
    """The classes without their numbers, which differ from map to map."""
    entries = [legend.Entry(entry.label, entry.draw, None, entry.id) for entry in legend.class_entries(view.classes)]
    if any(_is_small(atlas, place) for panel in view.panels for place in panel.class_of):
        entries.append(circle_entry(texts()["pictures"]["map"]["circle"], RADIUS * 1.4))
    return entries


def _is_small(atlas: Atlas, place: str) -> bool:
    row = atlas.jurisdictions.loc[place]
    return bool(row["small"]) or row["map_layer"] in ("point", "overlay")


@cache
def _ground(unit: int, without: frozenset[str], cut: bool) -> str:
    """All countries without a step in one path."""
    return "".join(path for identity, path in _paths(unit, cut)["world"].items() if identity not in without)


def _paths(unit: int, cut: bool) -> dict[str, dict[str, str]]:
    if not cut:
        return coarse(unit)
    return within((round(EUROPE.x), round(EUROPE.y), round(EUROPE.right), round(EUROPE.bottom)))


def _world(
    scene: Scene,
    atlas: Atlas,
    view: SmallMapsView,
    panel: Panel,
    fit: Fit,
    cut: bool = False,
    without: Box | None = None,
) -> None:
    """The map of a day; `cut` to the window of Europe; no names `without` a window that has a map of its own."""
    unit = 1 if cut else INLINE_UNIT if scene.inline else UNIT
    paths, places = _paths(unit, cut), atlas.jurisdictions
    path_of = {
        place: paths["world" if places.at[place, "map_layer"] == "world" else "subnational"].get(
            places.at[place, "map_id"], ""
        )
        for place in panel.class_of
    }
    coloured = frozenset(
        places.at[place, "map_id"]
        for place, path in path_of.items()
        if path and places.at[place, "map_layer"] == "world"
    )
    whole = [place for place in path_of if places.at[place, "map_layer"] == "world"]
    parts = [place for place in path_of if place not in whole]

    def made(place: str) -> Place:
        return Place(place, path_of[place], view.hover[place])

    rest = texts()["map"]["small"]["rest"]
    scene.land(
        Land(
            fit,
            unit,
            ((_ground(unit, coloured, cut), rest),),
            # Countries, then the parts that lie over them.
            tuple(
                one
                for members in (whole, parts)
                for one in by_class(view.classes, panel.class_of, members, made)
                if one[1]
            ),
            (),
            "",
            COAST_WIDTH,
            0,
            scene.prefix,
            ENDED_WIDTH,
        )
    )
    points = get_paths()["labels"]
    for place, identity in panel.class_of.items():
        if not _is_small(atlas, place) or not fit.holds(points[place]):
            continue
        klass, (x, y) = view.klass(identity), fit.point(points[place])
        edge = scene.over_class(klass) if klass.over else "dots"
        with scene.group(place, view.hover[place], identity):
            weight = ENDED_WIDTH if klass.over else 0.6
            scene.circle(
                x, y, scene.type.small * RADIUS, klass, fill=scene.class_colour(klass), stroke=edge, weight=weight
            )
    _names(scene, atlas, panel, fit, without)


def _names(scene: Scene, atlas: Atlas, panel: Panel, fit: Fit, without: Box | None) -> None:
    """The names of the places that the day is about, but of those within a window that has a map of its own."""
    points = get_paths()["labels"]
    said = [
        (place, atlas.name(place))
        for place in panel.named
        if place in points and not (without and Fit(without, 1, 0, 0).holds(points[place]))
    ]
    names(scene, said, ground(atlas, panel.class_of, panel.named), fit, "ink", 0.6)
