"""The strongest steps stand on the map in words: on every day, in every size; none covers another or a named place."""

from functools import cache
from itertools import combinations

import pytest
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.prepared import prep

from atlas.charts.map.ground import WORLD, ground
from atlas.charts.map.labels import Asked, set_labels
from atlas.charts.map.places import coloured, placing
from atlas.charts.map.view import LABELLED, RESPONSE, world_map
from atlas.charts.small_maps.view import small_maps
from atlas.draw import fonts, svg
from atlas.draw.marks import Box, Fit, Group, Land, Rect, Text
from atlas.draw.sizes import SIZES
from atlas.maps.geometry import get_paths
from atlas.maps.paths import rings
from atlas.publish.picture import FRAMES, drawing, picture
from atlas.response.changes import change_counts
from atlas.words.strongest import LEAST_RUNG, strongest


def placed(atlas, view, wide, size):
    """The labels of a view on a map so wide, and the box in which they must lie."""
    scale, points = wide / WORLD.width, get_paths()["labels"]
    asked = [Asked(place, said, points[place], fonts.width(said, size)) for place, said in view.place_labels]
    under = ground(atlas, coloured(view, placing(atlas, view)), [place for place, _ in view.place_labels])
    room = Box(0, 0, wide, WORLD.height * scale)
    return set_labels(asked, under, Fit(WORLD, scale, 0, 0), room, size), room


@cache
def shape(layer, identity):
    """The true shape of a place, on the grid."""
    path = get_paths()["world" if layer == "world" else "subnational"].get(identity, "")
    return MultiPolygon([Polygon(ring).buffer(0) for ring in rings(path) if len(ring) > 3] or []).buffer(0)


@cache
def prepared(layer, identity):
    return prep(shape(layer, identity))


def covers(atlas, place, left, top, right, bottom):
    """Whether a box of the grid lies on a place."""
    row = atlas.jurisdictions.loc[place]
    return prepared(row["map_layer"], row["map_id"]).intersects(box(left, top, right, bottom))


@pytest.fixture(scope="module")
def views(atlas):
    """The map of each day of change and reading on which other labels stand than before."""
    days, found = [day for day in change_counts(atlas) if day >= "2026-01-02"], {}
    for day in [*days, atlas.package.evidence_to]:
        for reading in RESPONSE:
            steps = tuple(step.label for step in strongest(atlas, day, reading == "now")[:LABELLED])
            found.setdefault(steps, (day, reading))
    return [(day, reading, world_map(atlas, reading, day)) for day, reading in found.values()]


@pytest.mark.parametrize(
    ("wide", "size", "least"), [(1180, 14, 5), (960, 13, 5), (674, 10, 5), (500, 13, 5), (380, 11, 5)]
)
def test_labels_cover_no_named_place_and_none_of_each_other_on_any_day(atlas, views, wide, size, least):
    """Seen to fail where a label could lie on land: `Malaysia` hid the Philippines, `Indonesia` Australia's north."""
    for day, reading, view in views:
        found, room = placed(atlas, view, wide, size)
        assert len(found) >= min(least, len(view.place_labels)), (day, reading)
        for one in found:
            assert room.x <= one.box.x and one.box.right <= room.right, (day, one)
            assert room.y <= one.box.y and one.box.bottom <= room.bottom, (day, one)
            grid = [edge * WORLD.width / wide for edge in (one.box.x, one.box.y, one.box.right, one.box.bottom)]
            for place, _ in view.place_labels:
                assert not covers(atlas, place, *grid), (day, reading, one.words, place)
        for one, other in combinations(found, 2):
            beside = one.box.right <= other.box.x or other.box.right <= one.box.x
            assert beside or one.box.bottom <= other.box.y or other.box.bottom <= one.box.y, (day, one, other)


def test_they_are_the_strongest_steps_in_their_order(atlas):
    for day in ("2026-01-02", "2026-01-17", "2026-02-01", "2026-03-26", atlas.package.evidence_to):
        steps = strongest(atlas, day)
        assert [step.rung for step in steps] == sorted((step.rung for step in steps), reverse=True)
        assert all(step.rung >= LEAST_RUNG for step in steps)
        labels = world_map(atlas, "peak", day).place_labels
        assert labels == tuple((step.place, step.label) for step in steps[:LABELLED])


def named(marks):
    """Every map of a scene with the texts that stand on it, as (fit, texts, all marks of the group)."""
    fit = None
    for mark in marks:
        if isinstance(mark, Land):
            fit = mark.fit
        elif isinstance(mark, Group) and mark.role == "labels":
            yield fit, [one for one in mark.marks if isinstance(one, Text)], mark.marks


@pytest.mark.parametrize("day", ["2026-01-09", "2026-01-17", "2026-02-11", "2026-11-26"])
def test_in_every_picture_names_have_a_halo_and_hide_no_named_place(atlas, monkeypatch, day):
    """Seen to fail where each name had a box in the colour of the paper, which hid what lay under it."""
    scenes, write = [], svg.write
    monkeypatch.setattr(svg, "write", lambda scene: scenes.append(scene) or write(scene))
    for view in (world_map(atlas, "peak", day), small_maps(atlas, day)):
        scenes.clear()
        markups = [picture(atlas, view, size).svg for size in SIZES]
        markups += [drawing(atlas, view, wide, kinds=kinds).svg() for wide, kinds in FRAMES.values()]
        places = dict((place, said) for place, said in view.place_labels) or {
            place: atlas.name(place) for panel in view.panels for place in panel.named
        }
        for scene, markup in zip(scenes, markups, strict=True):
            maps = list(named(scene.marks))
            said = {text.runs[0].words for _, texts, _ in maps for text in texts}
            assert said <= set(places.values()) and len(said) >= len(places) - 1 or not maps, (view.slug, said)
            assert markup.count(" h s-paper") == sum(len(texts) for _, texts, _ in maps) and "stroke:" in markup
            for fit, texts, marks in maps:
                assert not [one for one in marks if isinstance(one, Rect)] and all(text.halo for text in texts)
                here = [place for place, words in places.items() if words in {text.runs[0].words for text in texts}]
                for text in texts:
                    size, wide = scene.type.small, scene.width(text.runs[0].words, 3)
                    left, top = text.x, text.y - 0.95 * size
                    edges = (left - fit.x, top - fit.y, left + wide - fit.x, top + 1.25 * size - fit.y)
                    grid = [
                        edge / fit.scale + start
                        for edge, start in zip(edges, (fit.window.x, fit.window.y, fit.window.x, fit.window.y))
                    ]
                    assert fit.window.x <= grid[0] and grid[2] <= fit.window.right, (view.slug, text)
                    for place in here:
                        assert not covers(atlas, place, *grid), (view.slug, day, text, place)
