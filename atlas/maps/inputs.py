"""What each geometry file hangs on, as digests: a build makes anew only what has other inputs than before.

Reads tables and base maps as bytes, without geopandas, so that a build with nothing to do is quick. Processors differ
in the last bits of a product, so a file whose inputs are as they were is kept as it is and not made again.
"""

import csv
import json
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from atlas.tables.schema import DATA

# Raised when the same inputs would give another drawing (a tolerance, a rule of `shapes` or `textures`).
METHOD = 1
MANIFEST = "manifest.json"
SOURCE = DATA / "geo" / "source"
PROVINCES = ("us", "ca", "au")  # values of map_layer
EARLIEST = date(2025, 12, 1)  # no view of the atlas reaches back further


def read_rows(path: Path) -> list[dict[str, str]]:
    """A CSV file as rows of text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def spans(memberships: list[dict[str, str]], organisation: str = "EU") -> list[dict]:
    """The distinct sets of members, oldest first: first day, last day (None while it lasts), members."""
    rows = [
        (
            date.fromisoformat(row["from_date"]),
            date.fromisoformat(row["to_date"]) if row["to_date"] else date.max,
            row["jurisdiction_id"],
        )
        for row in memberships
        if row["organisation_id"] == organisation
    ]
    ends = {end + timedelta(days=1) for _, end, _ in rows if end < date.max}
    changes = sorted({start for start, _, _ in rows} | ends)
    found = []
    for number, day in enumerate(changes, 1):
        members = sorted(member for start, end, member in rows if start <= day <= end)
        last = changes[number] - timedelta(days=1) if number < len(changes) else None
        found.append({"from": day, "to": last, "members": members})
    return found


def union_eras(data: Path) -> list[dict]:
    """The sets of members of the Union that a view can reach, as `spans` has them."""
    return [era for era in spans(read_rows(data / "memberships.csv")) if (era["to"] or date.max) >= EARLIEST]


def base_maps(source: Path) -> dict[str, str]:
    """SHA-256 of each base map and list of names, by file name."""
    inputs = sorted([*source.glob("*.json"), *source.glob("*.csv")])
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in inputs}


def digest(*parts: object) -> str:
    """SHA-256 of plain values; days count as their text."""
    return sha256(json.dumps(parts, ensure_ascii=False, default=str).encode()).hexdigest()


def file_inputs(data: Path, source: Path) -> dict[str, str]:
    """Digest of what each file hangs on, by file name; `manifest.json` hangs on all of it and on the days of eras.

    Args:
        data: folder with jurisdictions.csv and memberships.csv.
        source: folder with the base maps.
    """
    rows, found, maps = read_rows(data / "jurisdictions.csv"), union_eras(data), base_maps(source)
    drawn = sorted({row["map_id"] for row in rows if row["map_layer"] in PROVINCES})
    shapes = [METHOD, {name: sha for name, sha in maps.items() if name.endswith(".json")}, drawn]
    points = sorted((row["jurisdiction_id"], row["longitude"], row["latitude"], row["small"]) for row in rows)
    names = sorted((row["jurisdiction_id"], row["name"]) for row in rows)
    members = [era["members"] for era in found]
    result = dict.fromkeys(("world.json", "subnational.json", "dots.json", "hatch.json", "lines.json"), digest(shapes))
    result |= {f"eu-{number}.json": digest(shapes, those) for number, those in enumerate(members, 1)}
    result["paths.json"] = digest(shapes, members, points)
    result["names.json"] = digest(shapes, maps, names)
    result["world_110m.json"] = digest(METHOD)
    result[MANIFEST] = digest(result, maps, found)
    return result


def _manifest(target: Path) -> dict:
    try:
        return json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def kept_files(target: Path, inputs: dict[str, str]) -> dict[str, bytes]:
    """Files of an earlier build, by name, that hang on the same inputs and are what its manifest says."""
    found = {}
    for name, said in _manifest(target).get("files", {}).items():
        path = target / name
        if name in inputs and said.get("inputs") == inputs[name] and path.is_file():
            content = path.read_bytes()
            if sha256(content).hexdigest() == said["sha256"]:
                found[name] = content
    return found


def up_to_date(data: Path, source: Path, target: Path) -> bool:
    """Whether an earlier build needs nothing."""
    inputs = file_inputs(data, source)
    whole = {*kept_files(target, inputs), MANIFEST} == set(inputs)
    return whole and _manifest(target).get("inputs") == inputs[MANIFEST]
