"""Path data of `paths.json` made coarser for a small map, or cut to a window for an inset.

A path is rings of whole grid units: an absolute move, relative lines, a close.
"""

import re
from functools import cache
from itertools import pairwise

from atlas.maps.geometry import get_paths

LAYERS = ("world", "subnational", "eu")
_RING = re.compile(r"M(-?\d+),(-?\d+)l([^z]*)z")
_STEP = re.compile(r"-?\d+")
Point = tuple[int, int]
Window = tuple[int, int, int, int]


def rings(path: str) -> list[list[Point]]:
    """The corners of each ring, the first not repeated at the end."""
    found = []
    for start_x, start_y, steps in _RING.findall(path):
        x, y = int(start_x), int(start_y)
        points, numbers = [(x, y)], list(map(int, _STEP.findall(steps)))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        found.append(points)
    return found


def written(shape: list[list[Point]]) -> str:
    """Rings as path data; those without area are left out."""
    parts = []
    for ring in shape:
        ring = [point for index, point in enumerate(ring) if index == 0 or point != ring[index - 1]]
        if len(ring) > 2:
            moves = [number for (x1, y1), (x2, y2) in pairwise(ring) for number in (x2 - x1, y2 - y1)]
            parts.append(f"M{ring[0][0]},{ring[0][1]}l{' '.join(map(str, moves)).replace(' -', '-')}z")
    return "".join(parts)


@cache
def coarse(unit: int) -> dict[str, dict[str, str]]:
    """Every layer with its points at the nearest multiple of `unit`, in units of that.

    Points are moved by where they are, not by their step, so that neighbours still meet.
    """
    return {layer: {key: _coarser(path, unit) for key, path in get_paths()[layer].items()} for layer in LAYERS}


def _coarser(path: str, unit: int) -> str:
    shape = [[(round(x / unit), round(y / unit)) for x, y in ring] for ring in rings(path)]
    # A place smaller than the unit stays on the map as a speck, as in the finer file.
    return written(shape) or "M{},{}l1 1-1 1-1-1z".format(*shape[0][0])


@cache
def within(window: Window) -> dict[str, dict[str, str]]:
    """Every layer cut to a window (left, top, right, bottom); shapes that do not reach into it are left out."""
    cut = {
        layer: {key: written([_cut(ring, window) for ring in rings(path)]) for key, path in get_paths()[layer].items()}
        for layer in LAYERS
    }
    return {layer: {key: path for key, path in shapes.items() if path} for layer, shapes in cut.items()}


def _cut(ring: list[Point], window: Window) -> list[Point]:
    """A ring cut at the four edges of a window, one after the other (Sutherland and Hodgman 1974)."""
    left, top, right, bottom = window
    for axis, limit, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        if not ring:
            break
        kept = []
        for before, point in zip([ring[-1], *ring[:-1]], ring, strict=True):
            was, now = sign * (before[axis] - limit) >= 0, sign * (point[axis] - limit) >= 0
            if was != now:
                kept.append(_crossing(before, point, axis, limit))
            if now:
                kept.append(point)
        ring = kept
    return ring


def _crossing(one: Point, other: Point, axis: int, limit: int) -> Point:
    share = (limit - one[axis]) / (other[axis] - one[axis])
    across = round(one[1 - axis] + share * (other[1 - axis] - one[1 - axis]))
    return (limit, across) if axis == 0 else (across, limit)
