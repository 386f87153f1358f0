"""Shapes as SVG path data on an Equal Earth grid of whole numbers, and where a longitude and latitude fall on it."""

import numpy as np
import shapely
from shapely.geometry import MultiPolygon

from atlas.maps import equal_earth

WIDTH = 9600
PER_KM = WIDTH / (2 * equal_earth.HALF_WIDTH * equal_earth.RADIUS_KM)
HEIGHT = round(WIDTH * equal_earth.HALF_HEIGHT / equal_earth.HALF_WIDTH)


def to_grid(xy: np.ndarray) -> np.ndarray:
    """Kilometres on the plane (n, 2) -> whole grid units (n, 2), y downwards, origin at the upper left."""
    return np.round(np.asarray(xy) * [PER_KM, -PER_KM] + [WIDTH / 2, HEIGHT / 2]).astype(int)


def place(longitude: float, latitude: float) -> list[int]:
    """Degrees -> [x, y] on the grid."""
    middle = equal_earth.CENTRAL_MERIDIAN
    from_middle = (longitude - middle + 180) % 360 - 180
    return to_grid(equal_earth.forward(np.array([[middle + from_middle, latitude]])))[0].tolist()


def path(plane: MultiPolygon) -> str:
    """Path data of a shape in kilometres: absolute move, relative lines, closed rings."""
    rings = [ring for part in plane.geoms for ring in (part.exterior, *part.interiors)]
    drawn = [text for ring in rings if (text := _ring(to_grid(shapely.get_coordinates(ring))))]
    # A place smaller than one unit would have no path at all; a speck one unit wide keeps its id on the map.
    return "".join(drawn) or "M{},{}l1 1-1 1-1-1z".format(*to_grid(shapely.get_coordinates(plane))[0])


def _ring(points: np.ndarray) -> str:
    """One closed ring (n, 2, first point repeated at the end) as path data; empty if it has no area."""
    keep = np.concatenate([[True], np.any(np.diff(points, axis=0) != 0, axis=1)])
    points = points[keep]
    if len(points) < 4:
        return ""
    steps = np.diff(points[:-1], axis=0).ravel().tolist()
    return "M{},{}l{}z".format(*points[0], _joined(steps))


def _joined(numbers: list[int]) -> str:
    """Numbers with a space between, save before a minus sign, which parts them already."""
    return " ".join(map(str, numbers)).replace(" -", "-")


def projection() -> dict:
    """What another program needs to place a longitude and latitude on the grid, in words and numbers."""
    return {
        "name": "Equal Earth (sphere)",
        "width": WIDTH,
        "height": HEIGHT,
        "coefficients": list(equal_earth.COEFFICIENTS),
        "units_per_radian": round(WIDTH / (2 * equal_earth.HALF_WIDTH), 6),
        "central_meridian": equal_earth.CENTRAL_MERIDIAN,
        "x_origin": WIDTH / 2,
        "y_origin": HEIGHT / 2,
        "formula": "t = asin(sqrt(3)/2 * sin(lat)); x = x_origin + units_per_radian * 2*sqrt(3)*lon*cos(t) / "
        "(3*(a1 + 3*a2*t^2 + 7*a3*t^6 + 9*a4*t^8)); "
        "y = y_origin - units_per_radian * (a1*t + a2*t^3 + a3*t^7 + a4*t^9); lat and lon in radians, lon "
        "counted from the central meridian and brought between -pi and pi",
    }
