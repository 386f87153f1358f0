"""The areas of the triangle of priorities: whatever the draws say, they fill it and nowhere lie on one another."""

import re
from types import SimpleNamespace

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from atlas.charts.priorities.scene import areas
from atlas.draw.marks import Box

STEPS = 5
POINTS = (STEPS + 1) * (STEPS + 2) // 2
BOX = Box(10, 20, 300, 260)


class Drawn:
    """Takes what would be drawn: the path of each class."""

    def __init__(self):
        self.paths, self._class = {}, ""

    def group(self, name, label, role):
        self._class = name
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._class = ""

    def class_colour(self, klass):
        return klass.id

    def path(self, path, fill="", stroke=""):
        if self._class:
            self.paths[self._class] = path


def polygons(path):
    """Of a path of straight lines, each outline as a polygon."""
    outlines = [one for one in path.split("M") if one]
    return [
        Polygon([tuple(map(float, pair)) for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+)", one)]) for one in outlines
    ]


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from("abc"), min_size=POINTS, max_size=POINTS))
def test_the_areas_fill_the_triangle_and_nowhere_lie_on_one_another(signs):
    view = SimpleNamespace(
        steps=STEPS, signs="".join(signs), classes=[SimpleNamespace(id=one, label=one) for one in "abc"]
    )
    drawn = Drawn()
    areas(drawn, view, BOX)
    shapes = [(klass, shape) for klass, path in drawn.paths.items() for shape in polygons(path)]
    assert all(shape.is_valid for _, shape in shapes)
    # Rounded coordinates may differ by a hundredth.
    whole = BOX.width * BOX.height / 2
    stepped = shapely.union_all([shape for _, shape in shapes]).area
    assert abs(sum(shape.area for _, shape in shapes) - stepped) < 0.01 * POINTS and abs(stepped - whole) < 0.2 * whole
    at, rows = 0, STEPS + 1
    for row in range(rows):
        for index in range(rows - row):
            middle = Point(
                BOX.x + BOX.width / rows * (index + 0.5 + row / 2), BOX.bottom - BOX.height / rows * (row + 0.5)
            )
            holding = [klass for klass, shape in shapes if shape.contains(middle)]
            assert holding == [signs[at]], (row, index)
            at += 1
