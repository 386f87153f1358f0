"""What the large map and the small ones draw alike: names with their leaders, places by class, the key of circles."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from atlas.charts.map.ground import Ground
from atlas.charts.map.labels import PAD, Asked, set_labels
from atlas.draw import legend
from atlas.draw.legend_class import LegendClass
from atlas.draw.marks import Box, Fit, Place
from atlas.draw.scene import Scene
from atlas.maps.geometry import get_paths

# The group of labels; how much wider a font may be than ours on a page, which may have none of our files.
LABELS, WIDER = "labels", 1.15


def names(scene: Scene, said: Iterable[tuple[str, str]], ground: Ground, fit: Fit, colour: str, weight: float) -> None:
    """Words beside places, each with its leader; a halo keeps them apart from what lies under them.

    Args:
        scene: gets the marks.
        said: places with their words, the most important first; those outside the window are left out.
        ground: what lies under them.
        fit: where the grid falls.
        colour, weight: of the leaders.
    """
    points, size = get_paths()["labels"], scene.type.small
    room = Box(fit.x, fit.y, fit.window.width * fit.scale, fit.window.height * fit.scale)
    share = WIDER if scene.inline else 1
    asked = [
        Asked(place, words, points[place], scene.width(words, 3) * share)
        for place, words in said
        if place in points and fit.holds(points[place])
    ]
    with scene.group(role=LABELS):
        for label in set_labels(asked, ground, fit, room, size):
            scene.line(*label.leader, colour, weight)
            scene.text(label.box.x + PAD * size, label.box.bottom - 0.3 * size, label.words, 3, halo=True)


def by_class(
    classes: Iterable[LegendClass], class_of: Mapping[str, str], places: Sequence[str], made: Callable[[str], Place]
) -> Iterator[tuple[LegendClass, tuple[Place, ...]]]:
    """Each class with those of the places that are drawn in it; last those whose outline no neighbour may cover.

    Args:
        classes: of the legend.
        class_of: class of each place.
        places: ids of those to draw.
        made: the place of an id; one without a path is left out.
    """
    for klass in sorted(classes, key=lambda klass: klass.texture == "ended"):
        members = (made(place) for place in places if class_of[place] == klass.id)
        yield klass, tuple(member for member in members if member.path)


def circle_entry(words: str, radius: float) -> legend.Entry:
    """The legend's entry for small places; the radius is in sizes of small text."""

    def draw(scene: Scene, box: Box) -> None:
        side = min(box.width, box.height)
        scene.circle(box.right - side / 2, box.y + side / 2, scene.type.small * radius, fill="paper", stroke="dots")

    return legend.Entry(words, draw)
