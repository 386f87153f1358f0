"""Polygons made fit for d3: cut at the edge of the map, simplified together, rounded, wound clockwise.

Degrees are longitude and latitude; kilometres are on the plane of `equal_earth`.
"""

from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from atlas.maps import equal_earth

DECIMALS = 2
SMALLEST_PART_KM2 = 300  # 0.2 square pixels of a world map 900 pixels wide
LONGEST_STEP_DEGREES = 5
_FULL_TURN = 360


def parts_of(geometry: BaseGeometry) -> list[Polygon]:
    """The polygons in any geometry; lines and points that `make_valid` may leave are dropped."""
    return [p for p in shapely.get_parts(shapely.get_parts(geometry)) if p.geom_type == "Polygon" and not p.is_empty]


def _unwrap(ring: np.ndarray) -> np.ndarray:
    """A ring (n, 2) whose longitude never jumps: it may then run past 180 degrees."""
    turns = np.concatenate([[0], np.cumsum(np.round(np.diff(ring[:, 0]) / _FULL_TURN))])
    out = ring.copy()
    out[:, 0] -= _FULL_TURN * turns
    return out


def _cut(part: Polygon, west: float) -> list[Polygon]:
    """The pieces of an unwrapped polygon, each shifted by whole turns into the 360 degrees east of `west`."""
    out = []
    for turn in (-1, 0, 1):
        start = west + _FULL_TURN * turn
        piece = shapely.intersection(part, shapely.box(start, -90, start + _FULL_TURN, 90))
        out += [shapely.transform(p, lambda c, t=turn: np.round(c - [_FULL_TURN * t, 0], 6)) for p in parts_of(piece)]
    return out


def cut_at_edge(geometry: BaseGeometry) -> MultiPolygon:
    """A geometry in degrees from -170 to 190, of which no edge crosses the edge of the map.

    The sources are stitched: a ring steps from 180 to -180 as if the globe had no seam. On a flat map such a
    step is a band across the whole picture.
    """
    out = []
    for part in parts_of(geometry):
        rings = [_unwrap(np.round(shapely.get_coordinates(r), 6)) for r in (part.exterior, *part.interiors)]
        # Holes are laid over their polygon: each ring was unwrapped from its own first point.
        middle = rings[0][:, 0].mean()
        for ring in rings[1:]:
            ring[:, 0] += _FULL_TURN * np.round((middle - ring[:, 0].mean()) / _FULL_TURN)
        whole = shapely.make_valid(Polygon(rings[0], rings[1:]))
        out += _cut(whole, equal_earth.CENTRAL_MERIDIAN - 180)
    # The union heals what the source has already cut at 180.
    return MultiPolygon(parts_of(shapely.union_all(out)))


def to_plane(geometry: BaseGeometry) -> BaseGeometry:
    """Degrees from -170 to 190 -> kilometres."""
    return shapely.transform(geometry, equal_earth.forward)


def to_globe(geometry: MultiPolygon) -> MultiPolygon:
    """Kilometres -> degrees from -180 to 180, cut at the antimeridian as GeoJSON wants it."""
    out = []
    for part in parts_of(shapely.transform(geometry, equal_earth.inverse)):
        out += _cut(part, -180) if part.bounds[2] > 180 else [part]
    return MultiPolygon(out)


def drop_specks(geometry: MultiPolygon) -> MultiPolygon:
    """Without the islands that no one could see; a place made of specks keeps its larger ones. In kilometres."""
    parts = parts_of(geometry)
    least = min(SMALLEST_PART_KM2, 0.1 * max(p.area for p in parts))
    return MultiPolygon([p for p in parts if p.area >= least])


def simplify(plane: dict[str, MultiPolygon], tolerance_km: float) -> dict[str, MultiPolygon]:
    """Fewer vertices, all shapes at once, so that neighbours keep one common border. In kilometres.

    Simplified on the plane because a tolerance in degrees would leave the far north four times too detailed.
    """
    done = shapely.coverage_simplify(np.array(list(plane.values()), dtype=object), tolerance_km)
    return {key: MultiPolygon(parts_of(shape)) for key, shape in zip(plane, done, strict=True)}


def _rounded(part: Polygon) -> Polygon:
    """A polygon in degrees at two decimals; a tiny one that this would break keeps a third or fourth."""
    for decimals in range(DECIMALS, 6):
        rings = [_round_ring(ring, decimals) for ring in (part.exterior, *part.interiors)]
        if len(rings[0]) < 4:
            continue
        out = Polygon(rings[0], [ring for ring in rings[1:] if len(ring) >= 4])
        if out.is_valid and out.area > 0:
            return out
    return part


def _round_ring(ring: BaseGeometry, decimals: int) -> np.ndarray:
    """The ring's coordinates (n, 2), rounded, without repeated points; closed."""
    points = np.round(shapely.get_coordinates(ring), decimals) + 0.0  # + 0.0 turns -0.0 into 0.0
    keep = np.concatenate([[True], np.any(np.diff(points, axis=0) != 0, axis=1)])
    return points[keep]


def _densify(ring: BaseGeometry) -> np.ndarray:
    """The ring (n, 2) with points added on edges that span many degrees of longitude.

    d3 draws an edge as a great circle: a border along a parallel (Canada, 49 degrees north) would bulge.
    The points are the same in both directions, so that the shared border stays shared.
    """
    points = shapely.get_coordinates(ring)
    out = [points[:1]]
    for start, end in pairwise(points):
        steps = int(np.ceil(abs(end[0] - start[0]) / LONGEST_STEP_DEGREES))
        if steps > 1:
            low, high = sorted([tuple(start), tuple(end)])
            share = np.arange(1, steps)[:, None] / steps
            between = np.round(np.array(low) + share * (np.array(high) - np.array(low)), DECIMALS)
            out.append(between if low == tuple(start) else between[::-1])
        out.append(end[None])
    return np.concatenate(out)


def finish(globe: MultiPolygon) -> MultiPolygon:
    """Degrees, ready to be written: rounded, dense enough, outer rings clockwise (d3), in a fixed order."""
    parts = [_rounded(part) for part in parts_of(globe)]
    dense = [Polygon(_densify(p.exterior), [_densify(r) for r in p.interiors]) for p in parts]
    wound = [shapely.geometry.polygon.orient(part, sign=-1.0) for part in dense]
    return MultiPolygon(sorted(wound, key=lambda p: (-round(p.area, 6), p.bounds)))


def coordinates(globe: MultiPolygon) -> list:
    """GeoJSON coordinates of a MultiPolygon; whole numbers without a decimal point."""

    def ring(line: BaseGeometry) -> list[list[float]]:
        return [[_short(x), _short(y)] for x, y in shapely.get_coordinates(line).tolist()]

    return [[ring(r) for r in (part.exterior, *part.interiors)] for part in globe.geoms]


def _short(value: float) -> float | int:
    value = round(value, 5) + 0.0
    return int(value) if value == int(value) else value
