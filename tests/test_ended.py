"""What has ended looks ended, on every day of change: colour, legend, hover, table, ladder, scatter and file.

And old evidence is quiet: told in words, hatched where a reader asks for it.
"""

import re
from collections import Counter

import pytest
from picture_parts import texts_of

from atlas.charts.compare.view import PLACES, comparison
from atlas.charts.map.view import AGED, AGEING, HATCHED, READINGS, RESPONSE, world_map
from atlas.charts.powers_response.view import powers_vs_response
from atlas.draw.palette import LADDER, LADDER_LINES
from atlas.maps.geometry import get_geometry, get_paths
from atlas.publish.comparison.response import responses
from atlas.publish.page_figures import scatter_figure
from atlas.publish.picture import picture
from atlas.publish.places import card_html
from atlas.response.evidence import knowledge
from atlas.response.ladder import acts, change_days, held_rung


@pytest.fixture(scope="module")
def days(atlas):
    return sorted({*change_days(atlas, acts(atlas)).index, "2026-11-26"})


def reached(atlas, day):
    """By place: its acts by the day that have a rung, as plain rows."""
    frame, found = acts(atlas), {}
    for row in frame[frame["own"] & (frame["rung"] > 0) & (frame["from_day"] <= day)].to_dict("records"):
        found.setdefault(row["jurisdiction_id"], []).append(row)
    return found


def is_over(rows, day):
    top = max(row["rung"] for row in rows)
    return all(row["lasting"] and row["until_day"] <= day for row in rows if row["rung"] == top)


def test_a_step_that_has_ended_has_a_class_of_its_own(atlas, days):
    """Seen to fail where a lifted block had the colour of one in force."""
    ended = Counter()
    for day in days:
        view, found = world_map(atlas, "peak", day), reached(atlas, day)
        detail = dict(zip(view.table["Id"], view.table["Detail"]))
        labels = dict(zip(view.table["Id"], view.table["Class"]))
        for place, rows in found.items():
            klass, over = view.klass(view.class_of[place]), is_over(rows, day)
            assert klass.id.endswith("-ended") == over, (day, place)
            assert ("(ended)" in view.hover[place]) == over == ("(ended)" in labels[place]), (day, place)
            if over:
                ended[klass.id] += 1
                assert klass.colour not in LADDER.values() and klass.texture == "ended", klass
                assert klass.over in LADDER_LINES.values()
                assert re.search(r", (lifted|ended|decided|closed|replaced|over)", view.hover[place]), view.hover[place]
                assert detail[place] in view.hover[place]
        assert {klass.id: klass.count for klass in view.classes} == Counter(view.class_of.values())
    assert {"rung-6-ended", "rung-4-ended"} <= set(ended)


def test_no_class_of_what_has_ended_before_the_first_end(atlas):
    assert not any(klass.id.endswith("-ended") for klass in world_map(atlas, "peak", "2026-01-20").classes)


def test_the_ladder_fills_the_steps_that_stand_and_no_more(atlas, days):
    for day in days[::3]:
        for place, rows in reached(atlas, day).items():
            stands = [row["rung"] for row in rows if not row["lasting"] or row["until_day"] > day]
            assert held_rung(atlas, place, day) == max(stands, default=0), (day, place)
    card = card_html(atlas, "MYS", "2026-11-26", False)
    classes = re.findall(r'<i class="reached( ended)?"', card)
    assert len(classes) == 6 and classes.count(" ended") == 6 - held_rung(atlas, "MYS", "2026-11-26") > 0
    assert "6 of 6 rungs reached: Restricted (ended)" in card
    assert " ended" not in "".join(
        re.findall(r'<i class="(reached[^"]*)"', card_html(atlas, "MYS", "2026-01-20", True))
    )


def test_comparison_and_scatter_say_that_it_ended(atlas):
    for day in ("2026-01-21", "2026-02-01", "2026-11-26"):
        over = {place for place, rows in reached(atlas, day).items() if is_over(rows, day)}
        scatter = powers_vs_response(atlas, day)
        assert {dot.place for dot in scatter.dots if "(ended)" in dot.step} == over & {d.place for d in scatter.dots}
        assert all(("(ended)" in dot.label) == ("(ended)" in dot.step) for dot in scatter.dots)
        words = " ".join(text.words for text in texts_of(picture(atlas, scatter).svg))
        page = scatter_figure(atlas, scatter)
        for dot in scatter.drawn:
            said = f"{dot.name} (ended)"
            assert (said in words) == (said in page) == (dot.place in over), (day, dot.name)
        for place in over:
            lane = responses(atlas, comparison(atlas, PLACES, (place, "EU"), day))["lanes"][0]
            assert "(ended)" in lane["rung_label"] and lane["held"] < lane["rung"], (day, place)


def test_old_evidence_is_quiet_unless_it_is_asked_for(atlas):
    for day in ("2026-01-05", "2026-07-20", "2026-11-26"):
        old = {place for place, what in knowledge(atlas, day).items() if what.stale}
        for reading in READINGS:
            for aged in AGED:
                view = world_map(atlas, reading, day, aged)
                marked = reading == "evidence" or (reading in RESPONSE and aged == HATCHED)
                assert view.stale == (old if marked else set()), (day, reading, aged)
                assert any(klass.id == "stale" for klass in view.classes) == bool(marked and old)
            told = re.search(r"over 180 days old for (?:each of the )?(\d+)(?: of the (\d+))? places", view.caveat)
            assert bool(told) == bool(old and reading in AGEING), (day, reading)
            if told:
                assert int(told[1]) == len(old), (day, reading)


@pytest.mark.parametrize("reading", READINGS)
def test_the_alternative_text_counts_what_is_drawn_without_a_record(atlas, reading):
    """Seen to fail where it said that 13 were not searched, and the map drew 156."""
    view = world_map(atlas, reading, "2026-11-26")
    world = atlas.jurisdictions[atlas.jurisdictions["map_layer"] == "world"]["map_id"]
    drawn = [one for one in get_paths()["world"] if one in get_geometry().names and one not in set(world)]
    assert len(drawn) > 100 and f"{len(drawn)} drawn without a record" in view.alt
