"""A small map that shows where a place lies: its outline and its neighbours' in one window of the base map."""

from dataclasses import dataclass
from functools import cache, lru_cache

from atlas.maps.geometry import get_paths
from atlas.maps.paths import Point, rings, written

# Left, top, right, bottom.
Bounds = tuple[int, int, int, int]

# The window is at least so wide, in grid units, and as high as the map's shape asks for; around the place it leaves
# a margin of its own width.
LEAST, MARGIN, SHAPE = 1500, 1.9, 220 / 400
# How many units the drawing is wide: half a pixel each at the size in which it is shown.
UNITS = 800


@dataclass(frozen=True)
class Locator:
    """`box` is the window as SVG has it; `land` all that lies in it, `place` the place's own shape (empty for one
    without outline), `dot` its middle; `radius` of a dot that can be seen."""

    box: str
    land: str
    place: str
    dot: Point
    radius: int


@lru_cache(maxsize=256)
def locator(place: str, map_ids: tuple[tuple[str, str], ...]) -> Locator:
    """Where a place lies.

    Args:
        place: its id, for its middle.
        map_ids: layer and map id of each shape that makes it up; several for a union of states.
    """
    paths = get_paths()
    shapes = [ring for layer, identity in map_ids for ring in rings(paths[layer].get(identity, ""))]
    x, y = paths["labels"][place]
    if shapes:
        # Far islands belong to the place and would push it to the edge: the window follows its largest parts.
        sizes = [_area(ring) for ring in shapes]
        main = [ring for ring, size in zip(shapes, sizes) if size >= max(sizes) / 4]
        left, right = min(px for ring in main for px, _ in ring), max(px for ring in main for px, _ in ring)
        top, bottom = min(py for ring in main for _, py in ring), max(py for ring in main for _, py in ring)
        x, y = (left + right) // 2, (top + bottom) // 2
        wide = max((right - left) * MARGIN, (bottom - top) * MARGIN / SHAPE, LEAST)
    else:
        wide = LEAST
    wide = min(wide, paths["projection"]["width"])
    high = wide * SHAPE
    window = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
    unit = wide / UNITS
    land = [_coarse(ring, unit) for ring, bounds in _world() if _meets(bounds, window)]
    own = [_coarse(ring, unit) for ring in shapes]
    box = f"{window[0] / unit:.0f} {window[1] / unit:.0f} {wide / unit:.0f} {high / unit:.0f}"
    return Locator(box, written(land), written(own), (round(x / unit), round(y / unit)), UNITS // 50)


@cache
def _world() -> tuple[tuple[list[Point], Bounds], ...]:
    """Every ring of the base map with the box around it."""
    return tuple((ring, _bounds(ring)) for path in get_paths()["world"].values() for ring in rings(path))


def _bounds(ring: list[Point]) -> Bounds:
    across, along = [px for px, _ in ring], [py for _, py in ring]
    return min(across), min(along), max(across), max(along)


def _area(ring: list[Point]) -> int:
    """Of the box around a ring, which is enough to tell a mainland from an islet."""
    left, top, right, bottom = _bounds(ring)
    return (right - left) * (bottom - top)


def _meets(bounds: Bounds, window: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = window
    return bounds[0] < right and bounds[2] > left and bounds[1] < bottom and bounds[3] > top


def _coarse(ring: list[Point], unit: float) -> list[Point]:
    return [(round(px / unit), round(py / unit)) for px, py in ring]
