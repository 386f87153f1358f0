"""The contact sheets: a shot is what a reader sees, what is wrong is said, and nothing that is listed in code is left
out.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from PIL import Image

from atlas.charts.catalogue import CHARTS
from tests.addresses import app_paths
from tests.look import chromium, sheets, subjects
from tests.look.pixels import judge, shares
from tests.look.shots import DARK, FORCED, LARGE, LIGHT, PRINTS, WIDTHS, Shot, Subject

SMALLEST = """<!DOCTYPE html><title>A page</title><style>{style}</style><h1>A heading</h1><p>Some words of a page.</p>
<p style="width:60px;overflow:hidden;white-space:nowrap">Words that are cut at the side</p>"""


def _taken(chosen, folder):
    """Shots of the subjects; taken in a thread of their own, since the tests' browser has a loop in this one."""
    shots = []
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, chromium.shoot(chosen, folder, 2, shots.append)).result()
    return shots


def _page(tmp_path, name, style):
    path = tmp_path / f"{name}.html"
    path.write_text(SMALLEST.format(style=style), encoding="utf-8")
    return Subject(name, path.as_uri(), status=0)


@pytest.mark.browser
def test_an_embed_is_on_a_sheet_in_every_width_and_look(server, tmp_path):
    shots = _taken([Subject("embed strength", f"{server.url}/embed/strength", whole=True)], tmp_path)
    looked = {shot.label for shot in shots}
    assert {f"Chromium {width} {look}" for width in WIDTHS for look in (LIGHT, DARK, FORCED, LARGE)} <= looked
    assert {f"Chromium {look}, page 1" for look in PRINTS} <= looked
    assert [shot.faults for shot in shots if shot.label == f"Chromium 1440 {LIGHT}"] == [[]]
    made = sheets.sheets("embed strength", shots, tmp_path)
    assert made
    for path in made:
        with Image.open(path) as sheet:
            found = shares(sheet)
        assert found["black"] < 0.6 and found["commonest"] < 0.95, path.name
    listed = sheets.index(tmp_path, {"embed strength": made}, shots, ["Firefox: not here"]).read_text(encoding="utf-8")
    assert all(path.name in listed for path in made) and "Firefox: not here" in listed


@pytest.mark.browser
def test_what_is_wrong_is_said(tmp_path):
    wrong = [
        _page(tmp_path, "black", "html{background:#000;color:#111}"),
        _page(tmp_path, "blank", "body{display:none}"),
        _page(tmp_path, "good", ""),
        Subject("gone", (tmp_path / "none.html").as_uri(), status=0),
    ]
    shots = _taken(wrong, tmp_path)
    faults = {
        name: [line for shot in shots if shot.name == name for line in shot.faults]
        for name in ("black", "blank", "good", "gone")
    }
    assert all(line.startswith("black") for line in faults["black"]) and faults["black"]
    assert all(line.startswith("blank") for line in faults["blank"]) and faults["blank"]
    assert faults["good"] == [] and faults["gone"][0].startswith("no shot")
    notes = [line for shot in shots if shot.name == "good" for line in shot.notes]
    assert any("cut at the side" in line and "Words that are cut" in line for line in notes)


def test_a_drawing_that_lost_its_colours_is_black(tmp_path):
    path = tmp_path / "drawing.png"
    image = Image.new("RGB", (800, 600), "white")
    image.paste("black", (100, 100, 400, 400))
    image.save(path)
    shot = Shot("group", "name", "label", path, drawings=[(50, 50, 450, 450)])
    judge(shot)
    assert len(shot.faults) == 1 and shot.faults[0].startswith("black drawing")
    image.paste("#4A86B8", (100, 100, 400, 400))
    image.save(path)
    shot = Shot("group", "name", "label", path, drawings=[(50, 50, 450, 450)])
    judge(shot)
    assert shot.faults == []


def test_every_page_chart_and_option_is_looked_at(atlas):
    names = {one.name for one in (*subjects.pages(atlas, "http://x"), *subjects.embeds(atlas, "http://x")) if one.whole}
    assert {f"page {path or 'map'}" for path in app_paths()} <= names
    assert {f"embed {slug}" for slug in CHARTS} <= names
    drawn = {name for name, _ in subjects.pictures("http://x")}
    assert {f"picture {slug} print dark" for slug in CHARTS} <= drawn
    for chart in CHARTS.values():
        shown = {name for query in subjects.views(atlas, chart) for name in query}
        # A day and a search have no list of terms.
        assert shown == {option.name for option in chart.options if option.terms(atlas)}, chart.slug


def test_a_new_chart_is_on_the_sheets_by_itself(atlas, monkeypatch):
    monkeypatch.setitem(CHARTS, "new", SimpleNamespace(slug="new", page="map", options=()))
    assert "embed new" in {one.name for one in subjects.embeds(atlas, "http://x")}
