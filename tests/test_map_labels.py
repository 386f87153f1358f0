"""The strongest steps stand on the map in words: on every day, in every size, and none covers another."""

from itertools import combinations

import pytest

from atlas.charts.map.labels import WORLD, Asked, set_labels
from atlas.charts.map.view import LABELLED, RESPONSE, world_map
from atlas.draw import fonts
from atlas.draw.marks import Box, Fit
from atlas.maps.geometry import get_paths
from atlas.response.changes import change_counts
from atlas.words.strongest import LEAST_RUNG, strongest


def placed(view, wide, size):
    """The labels of a view on a map so wide, and the box in which they must lie."""
    scale, points = wide / WORLD.width, get_paths()["labels"]
    asked = [Asked(place, said, points[place], fonts.width(said, size)) for place, said in view.place_labels]
    room = Box(0, 0, wide, WORLD.height * scale)
    return set_labels(asked, Fit(WORLD, scale, 0, 0), room, size), room


@pytest.mark.parametrize(("wide", "size", "least"), [(1180, 14, 5), (960, 13, 5), (640, 13, 4), (380, 11, 3)])
def test_labels_cover_nothing_of_each_other_on_any_day(atlas, wide, size, least):
    days = [day for day in change_counts(atlas) if day >= "2026-01-02"][::4]
    for day in [*days, atlas.package.evidence_to]:
        for reading in RESPONSE:
            view = world_map(atlas, reading, day)
            found, room = placed(view, wide, size)
            assert len(found) >= min(least, len(view.place_labels)), (day, reading)
            for one in found:
                assert room.x <= one.box.x and one.box.right <= room.right, (day, one)
                assert room.y <= one.box.y and one.box.bottom <= room.bottom, (day, one)
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
