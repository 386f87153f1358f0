"""Builds all map geometry from the base maps in `data/geo/source/`: `python -m atlas.maps.build`.

The one module that imports geopandas, and never imported when the app runs: its output is committed and served
as files. A file whose inputs are as they were is kept (`inputs`). Files appear whole or not at all, the manifest last.
"""

import argparse
import json
from hashlib import sha256
from pathlib import Path

import shapely
from shapely.geometry import MultiPolygon

from atlas.atomic import write_files
from atlas.maps import shapes, svg_paths, textures
from atlas.maps.geometry import GEO
from atlas.maps.inputs import (
    MANIFEST,
    PROVINCES,
    SOURCE,
    base_maps,
    file_inputs,
    kept_files,
    read_rows,
    union_eras,
    up_to_date,
)
from atlas.maps.sources import BASE_MAP_LAYERS, Shapes, read_all, read_names
from atlas.progress import say
from atlas.tables.schema import DATA

BASE_MAP = "Natural Earth 1:50m"  # as it stands in a sentence under each map
# Islands smaller than this are left out of the Union's outline: a line around them is a black speck. A member's
# largest part always stays. (This also leaves out the Caribbean Netherlands, which are not part of the Union.)
OUTLINE_PART_KM2 = 3000
# Of countries and of provinces. The first pair keeps world.json under 90 kB when compressed.
TOLERANCE_KM = {"geojson": (17.0, 8.0), "svg": (25.0, 25.0)}


# Drawing -----------------------------------------------------------------------------------------------------------


def outline(world: Shapes, members: list[str]) -> MultiPolygon:
    """One shape for all members, in kilometres; from simplified shapes, so that it lies on their borders."""
    pieces = []
    for member in members:
        largest = max(part.area for part in world[member].geoms)
        pieces += [part for part in world[member].geoms if part.area >= min(largest, OUTLINE_PART_KM2)]
    return MultiPolygon(shapes.parts_of(shapely.union_all(pieces)))


# Writing ---------------------------------------------------------------------------------------------------------


def compact(value: object) -> bytes:
    """JSON without spaces, ended by a line break."""
    return (json.dumps(value, separators=(",", ":"), ensure_ascii=False) + "\n").encode()


def collection(globe: Shapes) -> dict:
    """Shapes in degrees as a GeoJSON FeatureCollection; names and all else live in the tables."""
    features = [
        {"type": "Feature", "id": key, "geometry": {"type": "MultiPolygon", "coordinates": shapes.coordinates(shape)}}
        for key, shape in sorted(globe.items())
    ]
    return {"type": "FeatureCollection", "features": features}


def publish(files: dict[str, bytes], target: Path) -> list[str]:
    """Puts files that differ in place once all are written, the manifest last, then removes what it no longer names.

    Returns:
        Names of the files that were written.
    """
    former = target / MANIFEST
    old = set(json.loads(former.read_text("utf-8"))["files"]) if former.exists() else set()
    new = [
        name for name, data in files.items() if not (target / name).is_file() or (target / name).read_bytes() != data
    ]
    new.sort(key=lambda name: (name == MANIFEST, name))
    if new:
        write_files(target, {name: files[name] for name in new})
    for name in old - set(files):
        (target / name).unlink(missing_ok=True)
    return new


# The outputs -----------------------------------------------------------------------------------------------------


def layers(maps: list[Shapes], wanted: set[str], tolerance: tuple[float, float]) -> tuple[Shapes, Shapes]:
    """All countries, and the states and provinces that are wanted; each simplified to its tolerance in km."""
    world, *provinces = maps
    # Simplified with their neighbours and only then chosen, so that a border does not depend on who has a row.
    simple = [shapes.simplify(found, tolerance[1]) for found in provinces]
    chosen = {key: shape for found in simple for key, shape in found.items() if key in wanted}
    return shapes.simplify(world, tolerance[0]), dict(sorted(chosen.items()))


def geojson_files(world: Shapes, subnational: Shapes, eras: list[dict]) -> dict[str, dict]:
    """File name -> FeatureCollection, all in degrees."""
    globe = {
        name: {k: shapes.finish(shapes.to_globe(s)) for k, s in layer.items()}
        for name, layer in (("world", world), ("subnational", subnational))
    }
    out = {f"{name}.json": collection(layer) for name, layer in globe.items()}
    for number, era in enumerate(eras, 1):
        edge = shapes.finish(shapes.to_globe(outline(world, era["members"])))
        out[f"eu-{number}.json"] = collection({"EU": edge})
    # Textures are cut to the shapes as drawn, that is, after rounding.
    drawn = {k: shapes.to_plane(shapes.cut_at_edge(s)) for layer in globe.values() for k, s in layer.items()}
    for name, texture in (("dots", textures.dots), ("hatch", textures.hatch), ("lines", textures.lines)):
        out[f"{name}.json"] = collection({k: shapes.finish(shapes.to_globe(texture(s))) for k, s in drawn.items()})
    return out


def paths_file(world: Shapes, subnational: Shapes, eras: list[dict], jurisdictions: list[dict[str, str]]) -> dict:
    """Path data by id, and points on the same grid; see `svg_paths`."""
    points = {
        row["jurisdiction_id"]: svg_paths.place(float(row["longitude"]), float(row["latitude"]))
        for row in jurisdictions
    }
    small = sorted(row["jurisdiction_id"] for row in jurisdictions if row["small"] == "true")
    return {
        "projection": svg_paths.projection(),
        "world": {k: svg_paths.path(s) for k, s in world.items()},
        "subnational": {k: svg_paths.path(s) for k, s in subnational.items()},
        "eu": {f"eu-{n}": svg_paths.path(outline(world, era["members"])) for n, era in enumerate(eras, 1)},
        "small": {key: points[key] for key in small},
        "labels": dict(sorted(points.items())),
    }


def manifest(
    files: dict[str, bytes], counts: dict[str, int], found: list[dict], maps: dict[str, str], inputs: dict[str, str]
) -> dict:
    """What was built, from what, and from when to when each outline of the Union holds.

    Args:
        files: contents by name.
        counts: shapes in each file.
        found: sets of the Union's members, as `inputs.union_eras` has them.
        maps: digests of the base maps.
        inputs: digests of what each file hangs on.
    """
    return {
        "base_map": BASE_MAP,
        "base_map_layers": BASE_MAP_LAYERS,
        "inputs": inputs[MANIFEST],
        "sources": maps,
        "eu_outlines": [
            {
                "file": f"eu-{number}.json",
                "id": "EU",
                "from": era["from"].isoformat(),
                "to": era["to"].isoformat() if era["to"] else None,
                "members": era["members"],
            }
            for number, era in enumerate(found, 1)
        ],
        "files": {
            name: {
                "bytes": len(data),
                "sha256": sha256(data).hexdigest(),
                "features": counts[name],
                "inputs": inputs[name],
            }
            for name, data in sorted(files.items())
        },
    }


def build(data: Path = DATA, source: Path = SOURCE, former: Path | None = None) -> dict[str, bytes]:
    """All output files by name.

    Args:
        data: folder with jurisdictions.csv and memberships.csv.
        source: folder with the base maps.
        former: an earlier build, of which files are kept whose inputs are as they were; None makes all afresh.
    """
    jurisdictions = read_rows(data / "jurisdictions.csv")
    found, inputs = union_eras(data), file_inputs(data, source)
    say("geometry: reading the base maps")
    maps = read_all(source)
    wanted = {row["map_id"] for row in jurisdictions if row["map_layer"] in PROVINCES}
    say("geometry: shapes for the pages")
    made = geojson_files(*layers(maps, wanted, TOLERANCE_KM["geojson"]), found)
    counts = {name: len(value["features"]) for name, value in made.items()}
    say("geometry: paths for pictures and embeds")
    made["paths.json"] = paths_file(*layers(maps, wanted, TOLERANCE_KM["svg"]), found, jurisdictions)
    counts["paths.json"] = sum(len(made["paths.json"][layer]) for layer in ("world", "subnational", "eu"))
    made["names.json"] = read_names(source, jurisdictions, [shape["id"] for shape in made["world.json"]["features"]])
    counts["names.json"] = len(made["names.json"])
    made["world_110m.json"] = {"type": "Topology", "objects": {}, "arcs": []}
    counts["world_110m.json"] = 0
    files = {name: compact(value) for name, value in made.items()}
    files |= kept_files(former, inputs) if former else {}
    files[MANIFEST] = compact(manifest(files, counts, found, base_maps(source), inputs))
    return files


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with jurisdictions.csv and memberships.csv")
    parser.add_argument("--source", type=Path, default=SOURCE, help="folder with the base maps")
    parser.add_argument("--out", type=Path, default=GEO, help="folder to write to")
    parser.add_argument("--all", action="store_true", help="make every file afresh, whatever its inputs")
    options = parser.parse_args()
    if not options.all and up_to_date(options.data, options.source, options.out):
        print("geometry: up to date")
        return
    files = build(options.data, options.source, None if options.all else options.out)
    for name in publish(files, options.out):
        print(f"geometry: wrote {name}, {len(files[name]):,} bytes")


if __name__ == "__main__":
    main()
