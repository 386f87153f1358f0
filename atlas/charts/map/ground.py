"""What lies under the labels of a map: land, coloured places and those that are named, on a coarse mask of the grid."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np
from PIL import Image, ImageDraw

from atlas.draw.marks import Box, Fit
from atlas.maps.geometry import get_paths
from atlas.maps.paths import rings
from atlas.tables.atlas import Atlas

# Windows of the grid of `paths.json`: the world as far as it has shapes, with room for half a circle at its rim, and
# Europe.
WORLD = Box(0, 0, 9640, 4180)
EUROPE = Box(4290, 215, 1330, 1010)
GRAIN = 20  # units of the grid to one of the mask
_ROWS, _COLUMNS = int(WORLD.bottom) // GRAIN + 1, int(WORLD.right) // GRAIN + 1
# What a label's box costs that lies wholly on a coloured place, on other land, and for each circle under it; as so many
# sizes of text of distance.
COLOURED, LAND, CIRCLE = 60.0, 20.0, 3.0
Shape = tuple[str, str]  # layer and map id


@dataclass(frozen=True)
class Ground:
    """What lies under labels.

    Attributes:
        coloured: shapes that have a colour of the legend.
        named: shapes that no label may cover.
        circles: points of the grid at which a circle stands.
    """

    coloured: tuple[Shape, ...]
    named: tuple[Shape, ...]
    circles: tuple[tuple[float, float], ...] = ()

    def cost(self, box: Box, fit: Fit) -> float:
        """What lies under a box, as so many sizes of text of distance; infinite where a named place does."""
        top, bottom, left, right = _cells(box, fit)
        # A cell further on each side: the mask is coarse, and letters need air.
        if _sum(self._barred, max(0, top - 1), min(_ROWS, bottom + 1), max(0, left - 1), min(_COLUMNS, right + 1)):
            return float("inf")
        area = max(1, (bottom - top) * (right - left))
        circles = _sum(self._circles, top, bottom, left, right)
        return _sum(self._costs, top, bottom, left, right) / area + CIRCLE * circles

    @cached_property
    def _costs(self) -> np.ndarray:
        """Sums of what each cell costs, over all above and to the left of it."""
        costs = np.zeros((_ROWS, _COLUMNS))
        costs.flat[_land()] = LAND
        for shape in self.coloured:
            costs.flat[_shape(shape)] = COLOURED
        return _summed(costs)

    @cached_property
    def _barred(self) -> np.ndarray:
        barred = np.zeros((_ROWS, _COLUMNS))
        for shape in self.named:
            barred.flat[_shape(shape)] = 1
        return _summed(barred)

    @cached_property
    def _circles(self) -> np.ndarray:
        circles = np.zeros((_ROWS, _COLUMNS))
        for x, y in self.circles:
            circles[int(y) // GRAIN, int(x) // GRAIN] += 1
        return _summed(circles)


@lru_cache(maxsize=32)
def _ground(coloured: tuple[Shape, ...], named: tuple[Shape, ...], circles: tuple[tuple[float, float], ...]) -> Ground:
    return Ground(coloured, named, circles)


def ground(atlas: Atlas, coloured: Iterable[str], named: Iterable[str]) -> Ground:
    """What lies under the labels of a map.

    Args:
        atlas: the data behind the map.
        coloured: ids of the places that have a colour of the legend.
        named: ids of the places that have a label.
    """
    places, points = atlas.jurisdictions, get_paths()["labels"]
    layer = places["map_layer"].to_dict()
    of = {
        place: ("world" if layer[place] == "world" else "subnational", places.at[place, "map_id"])
        for place in places.index
    }
    small = places["small"].to_dict()
    coloured = list(coloured)
    return _ground(
        tuple(of[place] for place in coloured if layer[place] not in ("point", "overlay")),
        tuple(of[place] for place in named if layer[place] not in ("point", "overlay")),
        tuple(
            tuple(points[place])
            for place in coloured
            if place in points and (small[place] or layer[place] in ("point", "overlay"))
        ),
    )


@cache
def _shape(shape: Shape) -> np.ndarray:
    """The cells of a shape, as places in the flattened mask."""
    layer, identity = shape
    return _drawn([get_paths()[layer].get(identity, "")])


@cache
def _land() -> np.ndarray:
    return _drawn(get_paths()["world"].values())


def _drawn(paths: Iterable[str]) -> np.ndarray:
    image = Image.new("1", (_COLUMNS, _ROWS))
    pen = ImageDraw.Draw(image)
    for path in paths:
        for ring in rings(path):
            if len(ring) > 2:
                pen.polygon([(x / GRAIN, y / GRAIN) for x, y in ring], fill=1)
    return np.flatnonzero(np.asarray(image)).astype(np.int32)


def _cells(box: Box, fit: Fit) -> tuple[int, int, int, int]:
    """Rows and columns of the mask that a box touches: top, bottom, left, right, the ends not included."""
    left, top = (box.x - fit.x) / fit.scale + fit.window.x, (box.y - fit.y) / fit.scale + fit.window.y
    right, bottom = left + box.width / fit.scale, top + box.height / fit.scale
    return (
        min(_ROWS, max(0, int(top / GRAIN))),
        min(_ROWS, max(0, int(bottom / GRAIN) + 1)),
        min(_COLUMNS, max(0, int(left / GRAIN))),
        min(_COLUMNS, max(0, int(right / GRAIN) + 1)),
    )


def _summed(cells: np.ndarray) -> np.ndarray:
    return np.pad(cells.cumsum(0).cumsum(1), ((1, 0), (1, 0)))


def _sum(summed: np.ndarray, top: int, bottom: int, left: int, right: int) -> float:
    return float(summed[bottom, right] - summed[top, right] - summed[bottom, left] + summed[top, left])
