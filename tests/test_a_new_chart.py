"""A chart is a folder and an entry: with these two it is known everywhere, and what is left out is named at once."""

import io
import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pptx import Presentation
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from atlas import words
from atlas.charts import catalogue, options
from atlas.charts.chart import Chart
from atlas.draw.sizes import SIZES
from atlas.publish.site.plan import plan
from atlas.tables.schema import DATA
from atlas.web.routes import ROUTES

SLUG, NAME = "toy", "Places with an act"
FOLDER = Path(__file__).parent / "toy_chart"
DAY = "2026-11-23"


@pytest.fixture
def entry(monkeypatch):
    """The toy in the catalogue, with its name among the texts; all else comes from its folder."""
    from tests.toy_chart.view import toy

    monkeypatch.setitem(words.texts()["embed"]["charts"], SLUG, NAME)
    chart = Chart(SLUG, "strength", (options.DATE,), lambda atlas, asked: toy(atlas, asked["date"]), "tests.toy_chart")
    monkeypatch.setitem(catalogue.CHARTS, SLUG, chart)
    return chart


def walk(block):
    """Every element of a page under test."""
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from walk(child)


@pytest.fixture
def web(entry):
    with TestClient(Starlette(routes=ROUTES)) as client:
        yield client


def test_it_has_an_address_an_embed_and_a_table(web, entry):
    page = web.get(f"/embed/{SLUG}?date={DAY}").text
    assert "places acted by 23 November 2026" in page
    assert 'class="ra-drawing ra-auto' in page and 'data-id="JPN"' in page
    assert f"/strength?date={DAY}" in page
    table = web.get(f"/table/{SLUG}.csv?date={DAY}")
    assert table.status_code == 200 and "JPN" in table.text
    told = web.get(f"/oembed?url=http://testserver/embed/{SLUG}?date={DAY}").json()
    assert told["height"] > 100 and SLUG in told["html"]


@pytest.mark.parametrize("size", SIZES)
def test_it_has_a_picture_in_each_size(web, size):
    picture = web.get(f"/picture/{SLUG}.svg?date={DAY}&size={size}")
    assert picture.status_code == 200 and 'data-id="JPN"' in picture.text


def test_it_has_a_slide_of_shapes_with_its_words(web):
    content = web.get(f"/slides/{SLUG}.pptx?date={DAY}").content
    names = [node.get("name") for node in Presentation(io.BytesIO(content)).slides[0]._element.iter("{*}cNvPr")]
    assert any(name.startswith("Japan:") for name in names)


def test_it_has_a_place_on_present(entry):
    page = AppTest.from_file(str(Path(__file__).resolve().parents[1] / "dashboard.py"), default_timeout=60)
    page.query_params["chart"] = SLUG
    page.switch_page("pages/present.py").run()
    assert not page.exception
    assert any(NAME in str(one.proto) for one in page.get("button_group"))
    shown = [str(getattr(one, "proto", "")) for one in walk(page.main)]
    assert any(f"slides/{SLUG}.pptx" in one for one in shown) and any(f"picture/{SLUG}." in one for one in shown)


def test_it_has_a_place_in_the_frozen_site(atlas, entry):
    planned = [view for view in plan(atlas).views if view.slug == SLUG]
    assert [view.group for view in planned] == [SLUG] and planned[0].cover


@pytest.mark.parametrize("part", ["view", "scene"])
def test_a_part_that_is_left_out_is_named(tmp_path, monkeypatch, entry, part):
    shutil.copytree(FOLDER, tmp_path / "half_a_chart", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "half_a_chart" / f"{part}.py").unlink()
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ValueError, match=rf"chart toy: half_a_chart\.{part} is missing; it "):
        replace(entry, package="half_a_chart")
    sys.modules.pop("half_a_chart", None)


def test_an_entry_without_name_day_or_view_is_refused(entry):
    with pytest.raises(ValueError, match=r"data/texts/embed\.json, charts, lacks its name under 'unnamed'"):
        replace(entry, slug="unnamed")
    with pytest.raises(ValueError, match=r"options lack the day"):
        replace(entry, options=())
    with pytest.raises(ValueError, match=r"make is missing"):
        replace(entry, make=None)


def test_what_embeds_draw_in_their_own_way_is_in_the_catalogue():
    from atlas.publish.embeds.figures import _FIGURES
    from atlas.publish.embeds.heights import _CHARTS

    assert set(_FIGURES) == set(_CHARTS) and set(_FIGURES) < set(catalogue.CHARTS)
    groups = json.loads((DATA / "site.json").read_text(encoding="utf-8"))["groups"]
    assert {group["chart"] for group in groups} <= set(catalogue.CHARTS)
