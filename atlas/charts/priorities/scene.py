"""The triangle of priorities as marks: an area a class, the point of equal weights, and what each corner means."""

from dataclasses import dataclass, replace
from math import sqrt

from atlas.charts.priorities.view import PrioritiesView
from atlas.draw import legend
from atlas.draw.marks import Box
from atlas.draw.markup import number
from atlas.draw.scene import Scene
from atlas.tables.atlas import Atlas
from atlas.words import texts

WIDEST = 30  # sizes of body text: a wider triangle says no more
DOT = 0.55  # radius of the point of equal weights, in sizes of small text


def draw(scene: Scene, atlas: Atlas, view: PrioritiesView, box: Box, keys: bool = True) -> float:
    """Legend, triangle and the switch in words in a box; returns the bottom of what was drawn."""
    small, body = scene.type.small, scene.type.body
    prose = texts()["strength"]["triangle"]
    entries = [replace(entry, count=None) for entry in legend.class_entries(view.classes)]
    if view.signs:
        entries.append(legend.Entry(prose["equal"], _equal))
    y = legend.flow(scene, entries, box.x, box.y, box.width, 3) + 0.5 * small if keys else box.y
    said = [line for sentence in view.lines for line in scene.wrap(sentence, 2, box.width)]
    below = 1.38 * body * len(said) + (0.8 * body if said else 0)
    corners = 1.6 * small
    room = float("inf") if box.height == float("inf") else box.bottom - y - below - 2 * corners
    side = min(box.width - 2 * small, WIDEST * body, room * 2 / sqrt(3))
    triangle = Box(box.x + (box.width - side) / 2, y + corners, side, side * sqrt(3) / 2)
    areas(scene, view, triangle)
    _equal_point(scene, view, triangle)
    _corners(scene, view, triangle, box)
    bottom = triangle.bottom + corners + 0.3 * small
    return scene.lines(box.x, bottom + 0.5 * body, said, 2) if said else bottom


@dataclass(frozen=True)
class _Run:
    """Points of one class beside each other in a row of the triangle, by the sides of their strip."""

    klass: str
    left: float
    right: float
    upper_left: float
    upper_right: float
    top: float
    foot: float


def _runs(view: PrioritiesView, box: Box) -> list[list[_Run]]:
    """The runs of each row, from the bottom up. The outer ends of a row lean along the triangle's sides."""
    rows, found, at = view.steps + 1, [], 0
    wide, high = box.width / rows, box.height / rows
    for row in range(rows):
        signs, start = view.signs[at : at + rows - row], 0
        at += rows - row
        top, runs = box.bottom - high * (row + 1), []
        for position in range(1, len(signs) + 1):
            if position == len(signs) or signs[position] != signs[start]:
                left, right = (box.x + wide * (index + row / 2) for index in (start, position))
                inner = left + (wide / 2 if start == 0 else 0), right - (wide / 2 if position == len(signs) else 0)
                runs.append(_Run(signs[start], left, right, *inner, top, top + high))
                start = position
        found.append(runs)
    return found


def _chains(view: PrioritiesView, box: Box) -> list[list[_Run]]:
    """Runs of a class that stand on one another, as far as each has one below and one above: an area without a seam."""
    chains: list[list[_Run]] = []
    open_ones: list[list[_Run]] = []
    for runs in _runs(view, box):
        meets = [
            [chain for chain in open_ones if chain[-1].klass == run.klass and _touch(chain[-1], run)] for run in runs
        ]
        taken = [chain for found in meets for chain in found]
        open_ones = []
        for run, below in zip(runs, meets, strict=True):
            if len(below) == 1 and sum(chain is below[0] for chain in taken) == 1:
                below[0].append(run)
                open_ones.append(below[0])
            else:
                chains.append([run])
                open_ones.append(chains[-1])
    return chains


def _touch(lower: _Run, upper: _Run) -> bool:
    return lower.upper_left < upper.right and upper.left < lower.upper_right


def _outline(chain: list[_Run]) -> str:
    """Up the left sides and down the right ones."""
    corners = [corner for run in chain for corner in ((run.left, run.foot), (run.upper_left, run.top))]
    corners += [corner for run in reversed(chain) for corner in ((run.upper_right, run.top), (run.right, run.foot))]
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in corners) + "z"


def areas(scene: Scene, view: PrioritiesView, box: Box) -> None:
    """The triangle without a word: one path a class, of outlines that nowhere overlap: where they did, a program that
    fills by the even-odd rule, as those for slides do, drew white stripes.
    """
    paths: dict[str, str] = {klass.id: "" for klass in view.classes}
    for chain in _chains(view, box) if view.signs else ():
        paths[chain[0].klass] += _outline(chain)
    for klass in view.classes:
        if paths[klass.id]:
            with scene.group(klass.id, klass.label, klass.id):
                fill = scene.class_colour(klass)
                scene.path(paths[klass.id], fill=fill)
    middle = box.x + box.width / 2
    scene.path(
        f"M{number(middle)} {number(box.y)}L{number(box.right)} {number(box.bottom)}"
        f"L{number(box.x)} {number(box.bottom)}z",
        stroke="edge",
    )


def _equal_point(scene: Scene, view: PrioritiesView, box: Box) -> None:
    """Equal weights lie at the triangle's centre of gravity."""
    if view.signs:
        centre = box.x + box.width / 2, box.bottom - box.height / 3
        scene.circle(*centre, DOT * scene.type.small, fill="paper", stroke="ink", weight=1.5)


def _corners(scene: Scene, view: PrioritiesView, triangle: Box, box: Box) -> None:
    """What counts most at each corner."""
    small = scene.type.small
    control, punish, prevent = view.corners
    scene.text(triangle.x + triangle.width / 2, triangle.y - 0.5 * small, prevent, 3, "mute", anchor="middle")
    line = triangle.bottom + 1.3 * small
    half = box.width / 2 - small
    scene.text(max(triangle.x - small, box.x), line, scene.cut(control, 3, half), 3, "mute")
    right = min(triangle.right + small, box.right)
    scene.text(right, line, scene.cut(punish, 3, half), 3, "mute", anchor="end")


def _equal(scene: Scene, box: Box) -> None:
    radius = min(box.width, box.height) / 2
    scene.circle(box.right - radius, box.y + radius, radius, fill="paper", stroke="ink", weight=1.5)
