"""The map as SVG: each shape once, grouped by class, so that a whole world stays small.

Where a picture leaves height below the world, Europe is drawn again larger: most of the small places lie there.
"""

from atlas.charts.map.ground import EUROPE, WORLD, ground
from atlas.charts.map.marks import by_class, circle_entry, names
from atlas.charts.map.places import Placing, coloured, placing
from atlas.charts.view import View
from atlas.draw import legend
from atlas.draw.marks import ENDED_WEIGHT, Box, Fit, Land, Place
from atlas.draw.scene import Scene
from atlas.maps.geometry import get_geometry, get_paths
from atlas.maps.paths import coarse, within
from atlas.tables.atlas import Atlas
from atlas.words import texts

INLINE_UNIT = 3  # units of the grid to one of an inline map: a quarter of a pixel at 800 pixels
LEAST_LABELLED = 480  # the width from which labels are drawn
COAST_WIDTH, UNION_WIDTH, RADIUS = 0.6, 1.2, 0.3  # the last in sizes of small text


def draw(scene: Scene, atlas: Atlas, view: View, box: Box, keys: bool = True) -> float:
    """The map and its legend in a box.

    Args:
        scene: gets the marks.
        atlas: the data behind the view.
        view: the map.
        box: room; the map is as wide as it allows.
        keys: whether the legend is drawn; without it the map has the box for itself.

    Returns:
        The bottom of what was drawn.
    """
    where = placing(atlas, view)
    entries = _entries(scene, atlas, view, where) if keys else []
    beside = legend.column_width(scene, entries) + 2 * scene.type.body
    gap = scene.type.body * 0.8 if keys else 0
    below = legend.flow_height(scene, entries, box.width) + gap if keys else 0
    ratio = WORLD.height / WORLD.width
    under, aside = min(box.width, (box.height - below) / ratio), min(box.width - beside, box.height / ratio)
    tall = len(entries) * legend.PITCH * scene.type.body
    if not keys or under >= aside or tall > box.height:
        return _under(scene, atlas, view, where, box, entries, under, gap)
    scale = aside / WORLD.width
    top = box.y + (box.height - aside * ratio) / 2
    _world(scene, atlas, view, where, Fit(WORLD, scale, box.x, top))
    legend.column(scene, entries, box.right - beside + 2 * scene.type.body, box.y + (box.height - tall) / 2)
    return box.bottom


def _under(
    scene: Scene,
    atlas: Atlas,
    view: View,
    where: Placing,
    box: Box,
    entries: list[legend.Entry],
    wide: float,
    gap: float,
) -> float:
    """The world with the legend under it; and with Europe beside the legend where that fits."""
    tall = wide * WORLD.height / WORLD.width
    fit = Fit(WORLD, wide / WORLD.width, box.x + (box.width - wide) / 2, box.y)
    _world(scene, atlas, view, where, fit)
    rest = Box(box.x, box.y + tall + gap, box.width, box.height - tall - gap)
    for step in (2, 3):
        side = legend.column_width(scene, entries, step) + 3 * scene.type.body
        unit = len(entries) * scene.type.of(step)
        room = min(rest.height, (rest.width - side) * EUROPE.height / EUROPE.width, unit * legend.PITCH * 1.35)
        if entries and unit * legend.LEAST_PITCH <= room and rest.height < float("inf"):
            scale, pitch = room / EUROPE.height, min(room / unit, legend.PITCH)
            _inset(scene, view, atlas, where, Fit(EUROPE, scale, rest.right - EUROPE.width * scale, rest.y))
            legend.column(scene, entries, rest.x, rest.y + (room - unit * pitch) / 2, step, pitch=pitch)
            return rest.y + room
    return legend.flow(scene, entries, rest.x, rest.y, rest.width)


def _entries(scene: Scene, atlas: Atlas, view: View, where: Placing) -> list[legend.Entry]:
    prose = texts()["pictures"]["map"]
    entries = legend.class_entries(view.classes)
    if _outline(view):
        label = next(klass.label for klass in view.classes if klass.id == view.class_of["EU"])
        entries.append(legend.Entry(prose["union"].format(label=label.lower()), _union_key))
    if where.circles:
        entries.append(circle_entry(prose["circle"], RADIUS))
    return entries


def _union_key(scene: Scene, box: Box) -> None:
    side = min(box.width, box.height)
    scene.rect(box.right - side, box.y, side, side, stroke="union", weight=1.6)


def _outline(view: View) -> str:
    """Layer with the Union as it stood on the day; empty where the view does not hold it."""
    return get_geometry().union_outline(view.as_of) if "EU" in view.class_of else ""


def _world(scene: Scene, atlas: Atlas, view: View, where: Placing, fit: Fit) -> None:
    # An inline map is small and its bytes count; a picture may be printed.
    unit = INLINE_UNIT if scene.inline else 1
    scene.land(_land(atlas, view, where, fit, coarse(unit) if scene.inline else get_paths(), scene.prefix, unit))
    _circles(scene, view, where, fit)
    _labels(scene, atlas, view, where, fit)


def _labels(scene: Scene, atlas: Atlas, view: View, where: Placing, fit: Fit) -> None:
    """Names and dates beside the strongest steps, where the map is wide enough to be read with them."""
    if view.place_labels and fit.window.width * fit.scale >= LEAST_LABELLED:
        under = ground(atlas, coloured(view, where), (place for place, _ in view.place_labels))
        names(scene, view.place_labels, under, fit, "mute", 0.8)


def _inset(scene: Scene, view: View, atlas: Atlas, where: Placing, fit: Fit) -> None:
    """Europe again, its shapes cut to the window; textures and lines keep their size on the page."""
    window = fit.window
    paths = within((round(window.x), round(window.y), round(window.right), round(window.bottom)))
    scene.land(_land(atlas, view, where, fit, paths, f"{scene.prefix}inset-"))
    _circles(scene, view, where, fit)
    scene.rect(fit.x, fit.y, window.width * fit.scale, window.height * fit.scale, stroke="rule")


def _land(atlas: Atlas, view: View, where: Placing, fit: Fit, paths: dict, prefix: str, unit: int = 1) -> Land:
    """Shapes by class, textures over them, the Union's outline on top; `paths` in so many units of the grid."""
    places = atlas.jurisdictions
    path_of = {
        place: (
            paths["world" if places.at[place, "map_layer"] == "world" else "subnational"].get(
                places.at[place, "map_id"]
            )
        )
        for place in where.shapes
    }

    def made(place: str) -> Place:
        return Place(place, path_of[place] or "", view.hover[place], place in view.stale)

    listed, named = set(places.loc[list(where.world), "map_id"]), get_geometry().names
    said = texts()["pictures"]["map"]["rest"]
    return Land(
        fit,
        unit,
        tuple(
            (path, said.format(name=named[identity]))
            for identity, path in paths["world"].items()
            if identity not in listed and identity in named
        ),
        # Countries first: a state that did more than its country would else lie hidden below it.
        tuple(
            one for places in (where.world, where.parts) for one in by_class(view.classes, view.class_of, places, made)
        ),
        tuple(place for place in where.hatched if path_of[place]),
        paths["eu"].get(_outline(view), ""),
        COAST_WIDTH,
        UNION_WIDTH,
        prefix,
    )


def _circles(scene: Scene, view: View, where: Placing, fit: Fit) -> None:
    """Small places, which have no shape that could be seen."""
    points, radius = get_paths()["labels"], scene.type.small * RADIUS
    for place in where.circles:
        if not fit.holds(points[place]):
            continue
        klass = view.klass(view.class_of[place])
        x, y = fit.point(points[place])
        edge, weight = (scene.over_class(klass), ENDED_WEIGHT) if klass.over else ("dots", 1)
        if place == "EU":
            edge, weight = "union", 1.4
        with scene.group(place, view.hover[place], klass.id):
            scene.circle(
                x, y, radius, klass, place in view.stale, fill=scene.class_colour(klass), stroke=edge, weight=weight
            )
