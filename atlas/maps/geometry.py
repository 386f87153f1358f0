"""Reads what `atlas.maps.build` made: names, addresses and outlines. Never imports geopandas."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from atlas.tables.atlas import Atlas
from atlas.tables.schema import DATA

GEO = DATA / "built" / "geo"


@dataclass(frozen=True, eq=False)
class Geometry:
    """The built base map. Compared by identity, so that what is drawn on it can be kept.

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


def unrecorded_name(atlas: Atlas, identity: object) -> str:
    """Name of a country or territory that the base map draws and no record is of; empty for any other text."""
    if not isinstance(identity, str) or identity in atlas.jurisdictions.index:
        return ""
    return get_geometry().names.get(identity, "")


@cache
def get_paths(folder: Path = GEO) -> dict:
    """Shapes as SVG path data on one grid: `world`, `subnational` and `eu` by map id, `labels` as points of places."""
    return json.loads((folder / "paths.json").read_text(encoding="utf-8"))
