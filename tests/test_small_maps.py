"""Small maps: days by rule, none after the day that is shown, each drawn as the large map of its day."""

import re

import pytest

from atlas.charts.map.view import world_map
from atlas.charts.small_maps.view import small_maps
from atlas.draw.drawing import inline
from atlas.publish.embeds.figures import DRAWN
from atlas.publish.picture import drawing, picture
from atlas.publish.small_maps import small_maps_html
from atlas.response.changes import change_counts
from atlas.response.ladder import acts, in_force
from atlas.response.turning_days import KINDS, turning_days
from atlas.tables.dates import in_words

LAST = "2026-11-26"


@pytest.fixture(scope="module")
def days(atlas):
    return [*(day for day in change_counts(atlas) if "2025-12-15" <= day < "2026-05-01"), LAST]


def test_the_story_of_the_case_is_four_days(atlas):
    assert [(one.day, one.kind) for one in turning_days(atlas, LAST)] == [
        ("2026-01-02", "case"),
        ("2026-01-17", "most"),
        ("2026-02-01", "over"),
        ("2026-03-26", "order"),
    ]


def test_days_are_the_rule_and_none_is_later_than_the_day_shown(atlas, days):
    frame = acts(atlas)
    frame = frame[frame["counts"] & frame["own"]]
    restrictions = frame[(frame["action"] == "restriction") & frame["lasting"]]
    for day in days[::5]:
        turned = turning_days(atlas, day)
        assert 0 < len(turned) <= 4 and [one.day for one in turned] == sorted({one.day for one in turned})
        assert turned[-1].day <= day and {one.kind for one in turned} <= set(KINDS)
        by_kind = {one.kind: one for one in turned}
        known = restrictions[restrictions["from_day"] <= day]
        if "most" in by_kind:
            most = by_kind["most"]
            counts = {
                one: in_force(known, one)["jurisdiction_id"].nunique() for one in [*days[::2], most.day] if one <= day
            }
            assert len(most.places) == counts[most.day] == max(counts.values()), day
        if "over" in by_kind:
            assert in_force(known, by_kind["over"].day).empty and in_force(known, day).empty
        if "case" in by_kind:
            first = by_kind["case"].day
            assert (frame.loc[frame["rung"] >= 4, "from_day"] >= first).all()
        assert ("alone" in by_kind) == (frame.loc[frame["rung"] >= 4, "from_day"] > day).all(), day


def test_each_map_is_the_large_map_of_its_day(atlas, days):
    for day in days[::6]:
        view = small_maps(atlas, day)
        for panel in view.panels:
            large = world_map(atlas, "peak", panel.day)
            wanted = {place: one for place, one in large.class_of.items() if one.startswith("rung-")}
            assert panel.class_of == wanted, (day, panel.day)
            assert set(panel.class_of) <= set(view.hover)
            assert [column for column in view.table.columns if column == in_words(panel.day)]
        assert {klass.id for klass in view.classes} >= {one for panel in view.panels for one in panel.class_of.values()}
        assert list(view.table["Id"]) and set(view.table["Id"]) == set(view.class_of) if view.class_of else True


def test_what_ended_is_drawn_in_outline_and_told_in_every_outlet(atlas):
    """Seen to fail where the outline of the large map filled the islands of a small one."""
    view = small_maps(atlas, LAST)
    svg = picture(atlas, view, "wide").svg
    assert 'data-class="rung-6"' in svg and 'data-class="rung-6-ended"' in svg
    widths = [
        float(weight) * float(scale)
        for scale, shapes in re.findall(r'scale\(([\d.]+)\)" stroke-width="[^"]*">(.*?)</g></g></g>', svg, re.DOTALL)
        for weight in re.findall(r'stroke-width="([\d.]+)" data-class="rung-6-ended"', shapes)
    ]
    assert widths and max(widths) < 1
    row = view.table.set_index("Id").loc["MYS"]
    assert row[in_words("2026-01-17")] == "Restricted or punished" and row[in_words("2026-02-01")].endswith("(ended)")
    assert "(ended)" in view.hover["MYS"] and "(ended)" in view.alt


def test_the_world_is_written_once_for_all_maps_of_a_page(atlas):
    """Seen to fail where each of twelve maps carried all its shapes."""
    view = small_maps(atlas, LAST)
    drawings = {kind: drawing(atlas, view, width, kinds=sizes, prefix=f"{kind}-") for kind, width, sizes in DRAWN}
    html = inline(view.alt, drawings).html
    shapes = re.findall(r' d="([^"]{40,})"', html)
    assert len(shapes) == len(set(shapes))
    ids = re.findall(r' id="([^"]+)"', html)
    used = set(re.findall(r'<use[^>]* href="#([^"]+)"', html))
    assert len(ids) == len(set(ids)) and used and used <= set(ids)
    assert html.count("<use") == html.count("</use>")


def test_pictures_of_the_page_are_asked_for_by_width_and_mode(atlas):
    view, light = small_maps_html(atlas, LAST, False)
    assert light.count("frame=") == 3 and "theme=" not in light and 'alt="' in light
    _, dark = small_maps_html(atlas, LAST, True)
    assert dark.count("theme=dark") == 3
    _, own = small_maps_html(atlas, LAST, None)
    assert own.count("prefers-color-scheme:dark") == own.count("theme=dark") == 3 and own.count("frame=") == 6
    assert all(f"./?date={panel.day}" in light for panel in view.panels)
    assert "release=1.0.0" in small_maps_html(atlas, LAST, False, "1.0.0")[1]
