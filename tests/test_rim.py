"""Every recorded place lies inside the map, whole, at every width and in every outlet."""

import io
import json
import re
from functools import cache

import numpy as np
import pytest
from browsing import visit
from lxml import etree
from pptx import Presentation

from atlas.charts.map.page import NORTH, SOUTH, map_figure
from atlas.charts.map.places import placing
from atlas.charts.map.view import READINGS, world_map
from atlas.draw.drawingml import rings
from atlas.draw.sizes import SIZES
from atlas.maps import equal_earth
from atlas.maps.geometry import GEO, get_geometry
from atlas.publish.picture import drawing, picture
from atlas.publish.slides import deck

SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = (300, 358, 480, 640, 800, 1024, 1280, 1440, 1920)
SLOW = 60_000


@pytest.fixture(scope="module")
def view(atlas):
    return world_map(atlas, READINGS[0], atlas.package.evidence_to)


@cache
def _layer(name):
    """Corners of each shape of a layer by map id: longitude and latitude (n, 2)."""
    features = json.loads((GEO / f"{name}.json").read_text(encoding="utf-8"))["features"]
    return {
        one["id"]: np.array([point for part in one["geometry"]["coordinates"] for ring in part for point in ring])
        for one in features
    }


def recorded(atlas, view):
    """Longitudes and latitudes that each recorded place reaches."""
    where, places, found = placing(atlas, view), atlas.jurisdictions, {}
    for name, members in (("world", where.world), ("subnational", where.parts)):
        found |= {place: _layer(name)[places.at[place, "map_id"]] for place in members}
    for place in where.circles:
        found[place] = places.loc[[place], ["longitude", "latitude"]].to_numpy(float)
    return found


def extremes(atlas, view):
    """The outermost points of each recorded place on the plane, as longitude and latitude."""
    found = []
    for place, points in recorded(atlas, view).items():
        x, y = equal_earth.forward(np.where(points < -170, points + [360, 0], points)).T
        found += [[place, *points[at].tolist()] for at in {x.argmin(), x.argmax(), y.argmin(), y.argmax()}]
    return found


def test_the_places_at_the_rim_are_recorded(atlas, view):
    found = recorded(atlas, view)
    assert {"FJI", "ASM", "ARG", "CHL", "NZL", "CAN", "USA"} <= set(found)


def test_the_pages_map_is_as_high_as_what_is_recorded(atlas, view):
    geo = map_figure(atlas, view, get_geometry(), False).to_dict()["layout"]["geo"]
    west, east = geo["lonaxis"]["range"]
    assert east - west == 360 and geo["projection"].get("scale", 1) == 1
    for place, points in recorded(atlas, view).items():
        assert points[:, 1].min() >= SOUTH and points[:, 1].max() <= NORTH, place


def _marks(root):
    """The box (left, top, right, bottom) of each place's mark in an SVG, in its own units."""
    for one in root.iter(f"{SVG}path", f"{SVG}circle"):
        holder = one if one.get("data-id") else one.getparent()
        if not holder.get("data-id"):
            continue
        if one.tag == f"{SVG}circle":
            x, y, r = (float(one.get(name)) for name in ("cx", "cy", "r"))
            box = np.array([[x - r, y - r], [x + r, y + r]])
        else:
            if "M" not in one.get("d") or holder is not one:
                continue
            points = np.array([point for ring in rings(one.get("d")) for point in ring], float)
            box = np.array([points.min(axis=0), points.max(axis=0)])
        for above in [one, *one.iterancestors()]:
            for kind, numbers in reversed(re.findall(r"(translate|scale)\(([^)]*)\)", above.get("transform", ""))):
                by = np.array([float(number) for number in numbers.split()])
                box = box + by if kind == "translate" else box * by
        yield holder.get("data-id"), *box.ravel()


def _inside(svg, width, height, atlas, view):
    seen = set()
    for place, left, top, right, bottom in _marks(etree.fromstring(svg)):
        assert left >= 0 and top >= 0 and right <= width and bottom <= height, (place, width, left, top, right, bottom)
        seen.add(place)
    assert set(recorded(atlas, view)) <= seen


@pytest.mark.parametrize("width", WIDTHS)
def test_embeds_and_record_pages_hold_every_place(atlas, view, width):
    drawn = drawing(atlas, view, width)
    _inside(drawn.svg(), drawn.width, drawn.height, atlas, view)


@pytest.mark.parametrize("size", SIZES)
def test_pictures_hold_every_place(atlas, view, size):
    made = picture(atlas, view, size)
    _inside(made.svg.encode(), made.width, made.height, atlas, view)


def _shapes(shapes):
    for one in shapes:
        yield one
        if one.shape_type is not None and hasattr(one, "shapes"):
            yield from _shapes(one.shapes)


def test_slides_hold_every_place(atlas, view):
    shown = Presentation(io.BytesIO(deck(atlas, view, "https://atlas.example/")))
    boxes = [one for one in _shapes(shown.slides[0].shapes) if one.name in set(view.hover.values())]
    assert len(boxes) > 50
    for one in boxes:
        assert one.left >= 0 and one.top >= 0, one.name
        assert one.left + one.width <= shown.slide_width and one.top + one.height <= shown.slide_height, one.name


@pytest.mark.browser
def test_the_page_draws_every_place_inside_at_every_width(server, page, offline, atlas, view):
    points = extremes(atlas, view)
    for width in (390, 1024, 1280, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 1000})
        visit(page, server.url)
        page.locator(".st-key-map_box .choroplethlayer path").first.wait_for(state="attached", timeout=SLOW)
        page.wait_for_timeout(800)
        cut = page.evaluate(
            """points => {
              const chart = document.querySelector(".st-key-map_box .js-plotly-plot");
              const geo = chart._fullLayout.geo._subplot, [[left, top], [right, bottom]] = geo.bounds;
              const svg = chart.querySelector(".main-svg").getBoundingClientRect();
              const cut = points.filter(([, ...at]) => {
                const [x, y] = geo.projection(at) || [-1, -1];
                return !(x >= Math.max(left, 0) - .5 && x <= Math.min(right, svg.width) + .5
                  && y >= Math.max(top, 0) - .5 && y <= Math.min(bottom, svg.height) + .5);
              });
              const marks = [...chart.querySelectorAll(".scatterlayer path.point")].map(one => one.getBoundingClientRect());
              if (!marks.length) cut.push("no circles");
              cut.push(...marks.filter(one => one.left < svg.left || one.right > svg.right || one.bottom > svg.bottom)
                .map(one => ["circle", one.left, one.right]));
              return cut;
            }""",
            points,
        )
        assert cut == [], width
