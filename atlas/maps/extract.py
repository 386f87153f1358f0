"""Takes the provinces that we need out of a large base map: `python -m atlas.maps.extract IN.json OUT.json`.

Run by hand when a base map is renewed; `data/geo/source/PROVENANCE.md` says where the input comes from.
"""

import json
import sys
from pathlib import Path
from typing import TypeAlias

LAYER = "subunits"
COUNTRIES = ("AUS", "CAN")
# Numbers of arcs, nested by ring and polygon.
Arcs: TypeAlias = "int | list[Arcs]"


def arcs_of(arcs: Arcs) -> set[int]:
    """The numbers of all arcs that a geometry uses; TopoJSON writes arc n, reversed, as ~n."""
    if isinstance(arcs, int):
        return {arcs if arcs >= 0 else ~arcs}
    return set().union(*map(arcs_of, arcs))


def renumber(arcs: Arcs, new: dict[int, int]) -> Arcs:
    """The same nested lists of arcs under their new numbers."""
    if isinstance(arcs, int):
        return new[arcs] if arcs >= 0 else ~new[~arcs]
    return [renumber(inner, new) for inner in arcs]


def extract(topology: dict) -> dict:
    """A topology that has only the provinces of `COUNTRIES`, and only the arcs that they use."""
    kept = [shape for shape in topology["objects"][LAYER]["geometries"] if shape["properties"]["gu"] in COUNTRIES]
    used = sorted(set().union(*(arcs_of(shape["arcs"]) for shape in kept)))
    new = {old: number for number, old in enumerate(used)}
    geometries = [
        {
            "type": shape["type"],
            "id": shape["id"],
            "properties": {"gu": shape["properties"]["gu"]},
            "arcs": renumber(shape["arcs"], new),
        }
        for shape in kept
    ]
    return {
        "type": "Topology",
        "transform": topology["transform"],
        "objects": {LAYER: {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [topology["arcs"][old] for old in used],
    }


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:3])
    small = extract(json.loads(source.read_text("utf-8")))
    target.write_text(json.dumps(small, separators=(",", ":")), "utf-8")
