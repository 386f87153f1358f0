"""Parts of the world that a reader can look at alone: where the map is centred, and how many times larger it is."""

from functools import cache

import numpy as np

from atlas.maps import equal_earth
from atlas.maps.equal_earth import CENTRAL_MERIDIAN, HALF_WIDTH, RADIUS_KM

WORLD = "world"
# From Cape Horn to the north of Greenland.
SOUTH, NORTH = -57, 84
# West, south, east, north in degrees.
BOUNDS = {
    WORLD: (CENTRAL_MERIDIAN - 180, SOUTH, CENTRAL_MERIDIAN + 180, NORTH),
    "europe": (-12, 34, 44, 71),
    "asia-pacific": (60, -47, 180, 46),
    "americas": (-130, -56, -34, 60),
    "africa-middle-east": (-19, -35, 62, 43),
}
AREAS = tuple(BOUNDS)


@cache
def window(area: str) -> tuple[float, float, float]:
    """Longitude and latitude of the middle on the plane, and how many times larger than the whole world.

    Raises:
        KeyError: the area is unknown.
    """
    west, south, east, north = BOUNDS[area]
    # The widest a box reaches is at the latitude nearest the equator, its least is at its corners.
    across = [lat for lat in (south, 0, north) if south <= lat <= north]
    edges = np.array([[lon, lat] for lon in (west, east) for lat in across], dtype=float)
    plane = equal_earth.forward(edges)
    (left, bottom), (right, top) = plane.min(axis=0), plane.max(axis=0)
    lon, lat = equal_earth.inverse(np.array([[(left + right) / 2, (bottom + top) / 2]]))[0]
    if area == WORLD:
        return float(CENTRAL_MERIDIAN), round(float(lat), 2), 1.0
    whole = equal_earth.forward(np.array([[CENTRAL_MERIDIAN, SOUTH], [CENTRAL_MERIDIAN, NORTH]], dtype=float))
    scale = min(2 * HALF_WIDTH * RADIUS_KM / (right - left), (whole[1, 1] - whole[0, 1]) / (top - bottom))
    return round(float(lon), 2), round(float(lat), 2), round(float(scale), 2)
