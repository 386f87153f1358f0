"""Textures as geometry, because plotly cannot hatch a country: fine dots, thin diagonal and thin level lines.

All are laid out once on the Equal Earth plane and only then clipped, so that the pattern runs on across a
border as it would on paper. Lengths in kilometres: a pixel of a world map 900 pixels wide is 38 km.
"""

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon

from atlas.maps.shapes import parts_of

DOT_SPACING_KM = 210
DOT_RADIUS_KM = 36
HATCH_SPACING_KM = 230
HATCH_WIDTH_KM = 36
LINE_SPACING_KM = 190
LINE_WIDTH_KM = 36
HATCH_STEP_KM = 600  # an edge on the globe is a great circle: longer ones would bend visibly
LEAST_KM = 1.2  # 0.01 degrees: anything thinner would vanish when rounded
# Left, bottom, right, top, in kilometres on the plane.
Bounds = tuple[float, float, float, float]


def _dot(x: float, y: float, radius: float) -> Polygon:
    return Polygon([(x, y + radius), (x + radius, y), (x, y - radius), (x - radius, y)])


def _centre(shape: MultiPolygon) -> tuple[float, float, float]:
    """The middle of the largest circle that fits into the largest part, and its radius."""
    largest = max(parts_of(shape), key=lambda part: part.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=max(0.05, largest.area**0.5 / 200))
    (x, y), _ = shapely.get_coordinates(circle)
    return x, y, circle.length


def _lattice(bounds: Bounds) -> np.ndarray:
    """Points (n, 2) of the world-wide lattice in a bounding box; each second row is shifted by half a step."""
    step, rise = DOT_SPACING_KM, DOT_SPACING_KM / 2
    rows = np.arange(np.floor(bounds[1] / rise), np.ceil(bounds[3] / rise) + 1)
    columns = np.arange(np.floor(bounds[0] / step) - 1, np.ceil(bounds[2] / step) + 1)
    x, row = np.meshgrid(columns, rows)
    return np.column_stack([((x + row % 2 / 2) * step).ravel(), (row * rise).ravel()])


def dots(shape: MultiPolygon) -> MultiPolygon:
    """Lozenges on the lattice that lie wholly inside a shape; one in its middle where none does."""
    points = _lattice(shape.bounds)
    inner = shape.buffer(-2)  # two kilometres of margin, for rounding
    shapely.prepare(inner)
    found = [
        dot for x, y in points[shapely.contains_xy(inner, points)] if inner.contains(dot := _dot(x, y, DOT_RADIUS_KM))
    ]
    if not found:
        x, y, radius = _centre(shape)
        found = [_dot(x, y, max(LEAST_KM, min(DOT_RADIUS_KM, 0.8 * radius)))]
    return MultiPolygon(found)


def _sliver(line: LineString, width: float) -> Polygon:
    """A thin upright-ended strip along a diagonal line: its ends are vertical, which suits a 45 degree hatch."""
    points = shapely.get_coordinates(shapely.segmentize(line, HATCH_STEP_KM))
    half = np.array([0, width / 2**0.5])
    return Polygon(np.concatenate([points + half, (points - half)[::-1]]))


def _diagonals(bounds: Bounds) -> list[LineString]:
    """The world-wide hatch lines (rising to the right) that meet a bounding box."""
    step = HATCH_SPACING_KM * 2**0.5  # offset y - x between neighbours
    low = np.floor((bounds[1] - bounds[2]) / step)
    high = np.ceil((bounds[3] - bounds[0]) / step)
    lines = []
    for offset in np.arange(low, high + 1) * step:
        lines.append(LineString([(bounds[0], bounds[0] + offset), (bounds[2], bounds[2] + offset)]))
    return lines


def _levels(bounds: Bounds) -> list[LineString]:
    """The world-wide level lines that meet a bounding box."""
    rows = np.arange(np.floor(bounds[1] / LINE_SPACING_KM), np.ceil(bounds[3] / LINE_SPACING_KM) + 1) * LINE_SPACING_KM
    return [LineString([(bounds[0], y), (bounds[2], y)]) for y in rows]


def _strips(shape: MultiPolygon, lines: list[LineString], width: float, rise: float) -> MultiPolygon:
    """Slivers along lines inside a shape; one through its middle, rising by `rise` for each step across, where all miss
    it.
    """
    inner = shape.buffer(-(width / 2 + 2))
    found = []
    if not inner.is_empty:
        cut = shapely.intersection(np.array(lines, dtype=object), inner)
        parts = [part for part in shapely.get_parts(cut) if part.geom_type == "LineString"]
        found = [_sliver(line, width) for line in parts if line.length > 1.5 * width]
    if not found:
        x, y, radius = _centre(shape)
        reach = max(LEAST_KM, 0.5 * radius)
        line = LineString([(x - reach, y - rise * reach), (x + reach, y + rise * reach)])
        found = [_sliver(line, max(LEAST_KM, min(width, 0.5 * radius)))]
    return MultiPolygon(found)


def hatch(shape: MultiPolygon) -> MultiPolygon:
    """Diagonal slivers inside a shape."""
    return _strips(shape, _diagonals(shape.bounds), HATCH_WIDTH_KM, 1)


def lines(shape: MultiPolygon) -> MultiPolygon:
    """Level slivers inside a shape."""
    return _strips(shape, _levels(shape.bounds), LINE_WIDTH_KM, 0)


def centre(shape: MultiPolygon) -> tuple[float, float]:
    """Where a label goes: the middle of the largest circle inside the largest part."""
    return _centre(shape)[:2]
