"""Parts of the world as buttons of the map: each shows its places, with their names, and stands in the address."""

import numpy as np
import pytest

from atlas.charts.map.areas import AREAS, BOUNDS, WORLD, window
from atlas.charts.map.page import _shown, map_figure
from atlas.charts.map.view import world_map
from atlas.charts.options import AREA
from atlas.maps.geometry import get_geometry, get_paths
from atlas.words import texts

DAY = "2026-11-26"
SEEN = {
    "europe": ("NLD", "IRL", "GRC", "FIN", "TUR"),
    "asia-pacific": ("IDN", "JPN", "IND", "NZL", "AUS"),
    "americas": ("BRA", "USA", "MEX", "ARG"),
    "africa-middle-east": ("ZAF", "NGA", "EGY", "SAU", "KEN"),
}


@pytest.mark.parametrize("area", AREAS)
def test_an_area_shows_its_places_and_no_less_than_the_world_at_once(area):
    lon, lat, larger = window(area)
    west, south, east, north = BOUNDS[area]
    assert west <= lon <= east and south <= lat <= north and (larger > 1) == (area != WORLD)
    shown, points = _shown(area), get_paths()["labels"]
    for place in SEEN.get(area, ()):
        x, y = points[place]
        assert shown.x < x < shown.right and shown.y < y < shown.bottom, place


@pytest.mark.parametrize("area", AREAS)
def test_names_of_strong_steps_stand_within_the_area(atlas, area):
    """Seen to fail where a name placed for the world was cut at the edge of Europe."""
    view = world_map(atlas, "peak", DAY)
    drawn = map_figure(atlas, view, get_geometry(), False, "", area).to_plotly_json()
    texts_of = [trace for trace in drawn["data"] if trace.get("mode") == "lines+text"]
    shown, points = _shown(area), get_paths()["labels"]
    inside = [
        said
        for place, said in view.place_labels
        if shown.x < points[place][0] < shown.right and shown.y < points[place][1] < shown.bottom
    ]
    wide = [word for word in texts_of[0]["text"] if word]
    assert set(wide) <= set(inside) and len(wide) == len(inside)
    assert np.isfinite([one for one in texts_of[0]["lon"] if one is not None]).all()
    assert ("scale" in drawn["layout"]["geo"]["projection"]) == (area != WORLD)


def test_areas_have_names_and_are_read_from_an_address(atlas):
    prose = texts()["map"]["areas"]
    assert set(prose["names"]) == set(prose["whole"]) == set(AREAS)
    assert all(AREA.accept(atlas, area) for area in AREAS) and not AREA.accept(atlas, "moon")
    assert AREA.default(atlas) == WORLD
