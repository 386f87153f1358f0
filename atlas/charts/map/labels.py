"""Names on a map: where each label goes, so that none covers another and each leader is short and crosses none.

One greedy pass, the strongest step first: of the spots around a place, the nearest that is free, on the sea where it
can be and never on a place that has a label, its own included (after Christensen, Marks and Shieber 1995, "An
empirical study of algorithms for point-feature label placement"). Pure geometry in the lengths of a drawing; page,
embed, picture and slide all ask here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, inf, pi, sin

from atlas.charts.map.ground import Ground
from atlas.draw.marks import Box, Fit

# A label in sizes of its text: its height, what is beside its text, the air around it, and how far from its place it
# may stand.
HEIGHT, PAD, AIR = 1.25, 0.25, 0.35
REACH = (1.3, 2.2, 3.3, 4.6, 6.2, 8.0, 10.0, 13.0, 16.0, 20.0)
SIDES = 16


@dataclass(frozen=True)
class Label:
    """A label that has its spot.

    Attributes:
        place: id.
        words: what it says.
        box: of its text.
        leader: from the place to the box, as x1, y1, x2, y2.
    """

    place: str
    words: str
    box: Box
    leader: tuple[float, float, float, float]


@dataclass(frozen=True)
class Asked:
    """A label that seeks its spot: a place, what is said, where the place is on the grid, how wide the words are."""

    place: str
    words: str
    grid: tuple[float, float]
    width: float


def set_labels(asked: Sequence[Asked], ground: Ground, fit: Fit, room: Box, size: float) -> list[Label]:
    """Labels of a map, each with its spot; one for which nothing is free is left out, and covers no other.

    Args:
        asked: the labels, the most important first.
        ground: what lies under them.
        fit: where the grid falls.
        room: in which all text must lie.
        size: of the text, in the lengths of the drawing.
    """
    points = {one.place: fit.point(one.grid) for one in asked}
    found: list[Label] = []
    for one in asked:
        x, y = points[one.place]
        others = [point for place, point in points.items() if place != one.place]
        spots = sorted(_spots(one, x, y, ground, fit, size), key=lambda spot: spot[0])
        for _, label in spots:
            if _free(label, found, others, room, size):
                found.append(label)
                break
    return found


def _spots(one: Asked, x: float, y: float, ground: Ground, fit: Fit, size: float) -> list[tuple[float, Label]]:
    """All spots of a label that cover no named place, with what each costs."""
    high, wide, spots = HEIGHT * size, one.width + 2 * PAD * size, []
    for reach in REACH:
        for side in range(SIDES):
            angle = 2 * pi * side / SIDES
            end = (x + reach * size * cos(angle), y + reach * size * sin(angle))
            # The text begins where the leader ends: beside it, or above or below it.
            left = end[0] if cos(angle) > 0.3 else end[0] - wide if cos(angle) < -0.3 else end[0] - wide / 2
            top = end[1] - high if sin(angle) < -0.8 else end[1] if sin(angle) > 0.8 else end[1] - high / 2
            box = Box(left, top, wide, high)
            if (under := ground.cost(box, fit)) < inf:
                spots.append((reach + under, Label(one.place, one.words, box, (x, y, *end))))
    return spots


def _free(label: Label, found: list[Label], points: list[tuple[float, float]], room: Box, size: float) -> bool:
    box, air = label.box, AIR * size
    if box.x < room.x or box.y < room.y or box.right > room.right or box.bottom > room.bottom:
        return False
    wide = Box(box.x - air, box.y - air, box.width + 2 * air, box.height + 2 * air)
    if any(wide.x <= x <= wide.right and wide.y <= y <= wide.bottom for x, y in points):
        return False
    for other in found:
        apart = other.box
        if wide.x < apart.right and apart.x < wide.right and wide.y < apart.bottom and apart.y < wide.bottom:
            return False
        if _touches(other.leader, wide) or _touches(label.leader, apart) or _cross(label.leader, other.leader):
            return False
    return True


def _touches(line: tuple[float, float, float, float], box: Box) -> bool:
    """Whether a line comes into a box, at steps of a twentieth of it."""
    x1, y1, x2, y2 = line
    return any(
        box.x < x1 + (x2 - x1) * part / 20 < box.right and box.y < y1 + (y2 - y1) * part / 20 < box.bottom
        for part in range(21)
    )


def _cross(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    def side(line: tuple[float, float, float, float], x: float, y: float) -> bool:
        x1, y1, x2, y2 = line
        return (x2 - x1) * (y - y1) > (y2 - y1) * (x - x1)

    return side(one, *other[:2]) != side(one, *other[2:]) and side(other, *one[:2]) != side(other, *one[2:])
