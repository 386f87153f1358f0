"""A map in every outlet: what a state did is seen, whatever its country did."""

import io
from xml.etree import ElementTree

import pytest
from pptx import Presentation

from atlas.charts import catalogue
from atlas.charts.map.places import placing
from atlas.charts.map.view import READINGS, world_map
from atlas.publish.picture import drawing, picture
from atlas.publish.slides import deck

DAY = "2026-11-23"
SVG = "{http://www.w3.org/2000/svg}"


def _order(svg: str) -> list[str]:
    """Places in the order in which their shapes are painted, each where it is painted last."""
    found = {}
    for index, path in enumerate(ElementTree.fromstring(svg).iter(f"{SVG}path")):
        if path.get("data-id"):
            found[path.get("data-id")] = index
    return sorted(found, key=found.get)


def _covered(atlas, view, order: list[str]) -> list[str]:
    """States and provinces that are painted before the country that they belong to."""
    parts = [place for place in placing(atlas, view).parts if place in order]
    assert parts
    parent = atlas.jurisdictions["parent_id"]
    return [place for place in parts if parent[place] in order and order.index(place) < order.index(parent[place])]


@pytest.mark.parametrize("reading", READINGS)
def test_no_country_covers_its_states_in_a_picture_or_an_embed(atlas, reading):
    view = world_map(atlas, reading, DAY)
    assert _covered(atlas, view, _order(picture(atlas, view).svg)) == []
    assert _covered(atlas, view, _order(drawing(atlas, view, 700).svg())) == []


def test_no_country_covers_its_states_on_a_slide(atlas):
    view = catalogue.view(atlas, "map", catalogue.read(atlas, catalogue.CHARTS["map"], {"date": DAY})[0])
    slide = Presentation(io.BytesIO(deck(atlas, view, ""))).slides[0]
    names = [node.get("name") for node in slide._element.iter("{*}cNvPr")]
    of_name = {view.hover[place]: place for place in view.class_of}
    order = [of_name[name] for name in (name.removesuffix("; evidence is old") for name in names) if name in of_name]
    assert _covered(atlas, view, order) == []
