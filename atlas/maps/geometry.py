"""Reads what `atlas.maps.build` made: names, addresses and outlines. Never imports geopandas."""

import json
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from atlas.tables.schema import DATA

GEO = DATA / "geo"
_RING = re.compile(r"M(-?\d+),(-?\d+)l([^z]*)z")
_STEP = re.compile(r"-?\d+")


@dataclass(frozen=True)
class Geometry:
    """The built base map.

    Attributes:
        manifest: name of the base map, and for each file its size and hash.
        names: country names of the base map, for places that have no record.
    """

    manifest: dict
    names: dict[str, str]

    @property
    def base_map(self) -> str:
        """Name and scale of the base map, for the line under each map."""
        return self.manifest["base_map"]

    def url(self, layer: str) -> str:
        """Address of a layer, relative to a page; its hash is part of it, so that it may be cached for ever."""
        return f"geo/{self.manifest['files'][f'{layer}.json']['sha256'][:12]}/{layer}.json"

    def union_outline(self, day: str) -> str:
        """Layer with the outline of the Union as its membership stood on a day; empty if there is none."""
        for outline in self.manifest["eu_outlines"]:
            if outline["from"] <= day and (not outline["to"] or day <= outline["to"]):
                return outline["file"].removesuffix(".json")
        return ""


@cache
def get_geometry(folder: Path = GEO) -> Geometry:
    """The geometry of the repository."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
    return Geometry(manifest, names)


@cache
def get_paths(folder: Path = GEO) -> dict:
    """Shapes as SVG path data on one grid: `world`, `subnational` and `eu` by map id, `labels` as points of places."""
    return json.loads((folder / "paths.json").read_text(encoding="utf-8"))


@cache
def get_coarse_paths(unit: int, folder: Path = GEO) -> dict:
    """`get_paths` for a small map: the same grid, with every point moved to the nearest multiple of `unit`, in units of that.

    Points are moved by where they are, not by their step, so that neighbours still meet.
    """
    return {
        layer: {key: _coarser(d, unit) for key, d in shapes.items()} for layer, shapes in get_paths(folder).items() if layer in ("world", "subnational", "eu")
    }


def _coarser(path: str, unit: int) -> str:
    rings = []
    for start_x, start_y, steps in _RING.findall(path):
        x, y = int(start_x), int(start_y)
        numbers = list(map(int, _STEP.findall(steps)))
        points = [(round(x / unit), round(y / unit))]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            point = round(x / unit), round(y / unit)
            if point != points[-1]:
                points.append(point)
        if len(points) > 2:
            moves = [number for (x1, y1), (x2, y2) in pairwise(points) for number in (x2 - x1, y2 - y1)]
            rings.append(f"M{points[0][0]},{points[0][1]}l{' '.join(map(str, moves)).replace(' -', '-')}z")
    # A place smaller than the unit stays on the map as a speck, as in the finer file.
    return "".join(rings) or "M{},{}l1 1-1 1-1-1z".format(*(round(int(number) / unit) for number in _STEP.findall(path)[:2]))
