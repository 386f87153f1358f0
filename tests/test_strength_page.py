"""The Strength page and its figures: what they say, what an address may hold, what awaits a build."""

import re
from base64 import b64decode
from collections import Counter
from html import escape, unescape

import pytest
from streamlit.testing.v1 import AppTest

from atlas.charts.compare.cells import place_cell
from atlas.charts.map.view import world_map
from atlas.charts.powers_response.layout import lanes_of, spots
from atlas.charts.powers_response.view import corner, powers_vs_response
from atlas.charts.priorities.view import priorities
from atlas.charts.strength.order import ORDERS, in_order, not_told_apart
from atlas.charts.strength.view import Filter, families, strength_ranges
from atlas.draw.palette import STRENGTH
from atlas.law import standing
from atlas.law.powers import NOT_ASSESSED, cells
from atlas.law.reform import Reform, outcome, reformed_pairs
from atlas.law.standing import dominance, pair, standings, switches_of
from atlas.law.strength import compulsory, equal_weights, groups, strengths
from atlas.law.what_if import smallest_change
from atlas.publish import coverage
from atlas.publish import strength as published
from atlas.publish.page_figures import point_at, scatter_figure, strength_figure, triangle_figure
from atlas.response.next_step import next_step
from atlas.response.order import order
from atlas.templating import render
from atlas.words import strength as say
from atlas.words.next_step import next_sentence
from tests.test_strength import EXAMPLE_DAY

DAYS = ("2025-12-01", "2026-01-16", "2026-06-29", EXAMPLE_DAY, "2026-12-03", "2027-12-31")
PLACES = ("JPN", "EU", "GBR", "FRA", "USA", "US-CA", "KOR", "IDN", "CAN", "TWN", "HKG")
FORBIDDEN = re.compile(r"\bquality\b|\bbetter\b|\bbest\b|\brank(ed)? \d|\bNone\b|\bnan\b|  ", re.IGNORECASE)


@pytest.fixture
def visit():
    def open_page(**query):
        app = AppTest.from_file("../dashboard.py", default_timeout=60)
        app.run()
        app.switch_page("pages/strength.py")
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, app.exception
        return app

    return open_page


def html(app):
    return " ".join(element.proto.body for element in app.get("html"))


def one(app, key):
    value = app.query_params[key]
    return value if isinstance(value, str) else value[-1]


def sentences(atlas, day):
    """Every kind of sentence about strength, over pairs of places."""
    drawn = standings(atlas, day)
    for a, b in zip(PLACES, PLACES[1:]):
        yield say.pair_sentence(atlas, pair(drawn, a, b), a, b, dominance(atlas, a, b, day))
        yield from say.switch_sentences(atlas, a, b, switches_of(atlas, a, b, day))
        yield say.order_sentence(atlas, order(atlas, a, b, day), a, b)
        yield say.change_sentence(atlas, a, b, *smallest_change(atlas, a, b, day, equal_weights()))
        yield next_sentence(atlas, a, next_step(atlas, a, day), 3, day)
    view, scatter = strength_ranges(atlas, day), powers_vs_response(atlas, day)
    yield from (f"{view.title}.", view.deck, f"{scatter.title}.", scatter.deck, scatter.caveat, *view.notes)
    yield from (
        f"{text}." for text in (*view.hover.values(), *scatter.hover.values(), world_map(atlas, "strength", day).title)
    )


@pytest.mark.parametrize("day", DAYS)
def test_sentences_are_whole_and_judge_nothing(atlas, day):
    for text in sentences(atlas, day):
        assert (
            (text[0].isupper() or text[0].isdigit())
            and text.endswith(".")
            and ".." not in text
            and not FORBIDDEN.search(text.replace("not better policy", ""))
        ), text


@pytest.mark.parametrize("day", DAYS)
def test_the_title_counts_regimes_and_pairs_that_the_chart_draws(atlas, day):
    """Members of the Union hold its law: they are folded under it, and counted with it."""
    view, drawn = strength_ranges(atlas, day), standings(atlas, day)
    shown = [row.place for row in view.rows if row.strength.whole.point is not None]
    ordered = [pair(drawn, a, b).ordered for index, a in enumerate(shown) for b in shown[index + 1 :]]
    assert "EU" in shown and "FRA" not in shown
    assert f"{sum(ordered):,} of {len(ordered):,} pairs" in view.title


def test_ranges_are_sorted_by_the_score_they_print_and_the_unscored_come_last_by_name(atlas):
    rows = strength_ranges(atlas, EXAMPLE_DAY).rows
    scored = [row for row in rows if row.strength.whole.point is not None]
    rest = rows[len(scored) :]
    points = [row.strength.whole.point for row in scored]
    assert points == sorted(points, reverse=True)
    assert all(row.strength.whole.point is None for row in rest) and [row.name for row in rest] == sorted(
        row.name for row in rest
    )


@pytest.mark.parametrize("place", ["JPN", "KOR", "EU"])
def test_a_chosen_row_lights_those_that_cannot_be_told_apart_from_it(atlas, place):
    """By the verdicts of the pairs, and in words as well as in colour."""
    drawn, view = standings(atlas, EXAMPLE_DAY), strength_ranges(atlas, EXAMPLE_DAY)
    lit = not_told_apart(atlas, place, EXAMPLE_DAY)
    for other, what in strengths(atlas, EXAMPLE_DAY).items():
        found = pair(drawn, place, other) if other != place and what.whole.point is not None else None
        assert (other in lit) == (found is not None and not found.ordered), other
    figure = strength_figure(atlas, view, False, (place, "USA"), lit)
    shown = {row.place for row in view.rows if row.strength.whole.point is not None} & lit
    found = re.findall(r'<tr class="[^"]*\bunsure">\s*<th scope="row"><a href="jurisdiction\?place=([\w-]+)', figure)
    assert set(found) == shown and len(found) == len(shown)
    assert figure.count("cannot be told apart from") == len(shown) and (place == "KOR") == (not shown)


def test_rows_can_be_sorted_by_each_thing_that_is_drawn(atlas):
    view = strength_ranges(atlas, EXAMPLE_DAY)
    assert in_order(view, "score") is view
    for how in ORDERS:
        rows = in_order(view, how).rows
        assert {row.place for row in rows} == {row.place for row in view.rows}
        if how in groups():
            points = [row.strength.groups[how].point for row in rows]
            said = [point for point in points if point is not None]
            assert said == sorted(said, reverse=True) and points[: len(said)] == said
    wide = [row.high - row.low for row in in_order(view, "range").rows if row.high is not None]
    assert wide == sorted(wide, reverse=True) and len(wide) > 5
    names = [row.name for row in in_order(view, "name").rows]
    assert names == sorted(names)


@pytest.mark.parametrize("day", DAYS)
def test_no_title_of_the_page_is_longer_than_75_characters(atlas, day):
    assert len(strength_ranges(atlas, day).title) <= 75


def test_each_number_stands_at_its_line_and_each_part_has_its_address(atlas, visit):
    view = strength_ranges(atlas, EXAMPLE_DAY)
    figure = strength_figure(atlas, view, False)
    for row in view.rows:
        if row.strength.whole.point is None:
            continue
        cell = re.search(rf'title="{re.escape(escape(view.hover[row.place]))}">(.*?)</td>', figure, re.DOTALL).group(1)
        left, said = re.search(r'<span class="n[^"]*" style="left:([\d.]+)%">(\d+)</span>', cell).groups()
        ends = (row.strength.whole.point, row.low, row.high, row.strength.outlined)
        assert int(said) == round(row.strength.whole.point)
        assert min(abs(float(left) - end) for end in ends if end is not None) < 0.01
    app = visit(section="next", sort="name")
    said = html(app)
    assert ".st-key-part_weights{display:none" in said and ".st-key-part_next{display:none" not in said
    assert one(app, "section") == "next" and one(app, "sort") == "name"
    for words in ("Where the two laws differ", "Nothing is changed yet", "ra-scatter", "could legally do next"):
        assert words in said, "paper holds them all"


def test_members_and_states_are_folded_until_asked_for(atlas):
    folded = {row.place for row in strength_ranges(atlas, EXAMPLE_DAY).rows}
    assert not folded & {"FRA", "US-CA"} and {"EU", "USA"} <= folded
    assert {"FRA", "DEU"} <= set(families(atlas, EXAMPLE_DAY)["EU"]) and "GBR" not in families(atlas, EXAMPLE_DAY)["EU"]
    opened = {row.place for row in strength_ranges(atlas, EXAMPLE_DAY, Filter(unfold=("EU",))).rows}
    assert "FRA" in opened and "US-CA" not in opened
    assert [row.place for row in strength_ranges(atlas, EXAMPLE_DAY, Filter(find="franc")).rows] == ["FRA"]
    states = {row.place for row in strength_ranges(atlas, EXAMPLE_DAY, Filter(kind="subnational")).rows}
    assert "US-CA" in states and "USA" not in states
    assert all(
        atlas.jurisdictions.at[row.place, "region"] == "Asia"
        for row in strength_ranges(atlas, EXAMPLE_DAY, Filter(region="Asia")).rows
    )


def test_the_figure_says_every_number_as_text(atlas):
    view = strength_ranges(atlas, EXAMPLE_DAY)
    drawn = strength_figure(atlas, view, False, ("JPN",))
    assert drawn.count("<tr") == len(view.rows) + 2 and "not assessed" in drawn
    for row in view.rows:
        assert f"jurisdiction?place={row.place}&amp;date={EXAMPLE_DAY}" in drawn
    assert len(view.table) == len(view.rows) and "rank " not in drawn.lower()
    assert "No jurisdiction fits" in strength_figure(
        atlas, strength_ranges(atlas, EXAMPLE_DAY, Filter(find="zzzz")), False
    )


def test_each_row_shows_which_fields_of_its_own_law_were_read(atlas):
    """One mark a field, in the words of the matrix of coverage, and leading to it."""
    drawn, counts = strength_figure(atlas, strength_ranges(atlas, EXAMPLE_DAY), False), coverage.counts(atlas)
    for row in coverage.rows(atlas):
        cell = re.search(rf'<a href="evidence\?table=fields_read&amp;only={row.place}".*?</a>', drawn)
        if cell:
            marks = re.findall(r'<i class="fl (\w+)"></i>', cell.group())
            assert marks == [one.state for one in row.cells] and len(marks) == counts["fields"]
            assert f"{counts['fields'] - row.unread} of {counts['fields']} fields" in cell.group()
    assert drawn.count('class="fl ') >= counts["fields"] * 16


@pytest.mark.parametrize(("one", "other"), [("EU", "USA"), ("JPN", "GBR"), ("KOR", "IND"), ("FRA", "JPN")])
@pytest.mark.parametrize("dark", [False, True])
def test_the_triangle_on_the_page_is_a_picture_with_its_words_as_text(atlas, one, other, dark):
    """The app takes `svg` out of markup: the areas come as a picture that says what it shows, all words as text."""
    view = priorities(atlas, one, other, EXAMPLE_DAY)
    drawn = triangle_figure(view, dark, (0.2, 0.6, 0.2))
    assert "<svg" not in drawn and "<path" not in drawn
    picture = b64decode(re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', drawn).group(1)).decode()
    assert picture.startswith("<svg") and "<text" not in picture
    for klass in view.classes:
        assert klass.label in unescape(drawn)
        assert (klass.colour.on(dark).lower() in picture.lower()) == (klass.count > 0)
    assert all(corner in drawn for corner in view.corners) and f'alt="{escape(view.alt)}"' in drawn
    assert drawn.count('<i class="pt') == 2


def test_weights_are_a_point_of_the_triangle():
    """Corners, middle, and what lies outside: each group weighs at least a tenth."""
    assert point_at((0.8, 0.1, 0.1)) == (0, 100) and point_at((0.1, 0.8, 0.1)) == (100, 100)
    assert point_at((0.1, 0.1, 0.8)) == (50, 0)
    assert point_at((1 / 3, 1 / 3, 1 / 3)) == pytest.approx((50, 66.67))
    assert point_at((0.95, 0.05, 0.0)) is None


def test_beside_the_triangle_stand_the_provisions_in_which_two_laws_differ(atlas):
    """Exactly the powers whose levels differ, in the words that Compare uses for the same cell."""
    found = cells(atlas, EXAMPLE_DAY)
    for one, other in (("EU", "USA"), ("JPN", "GBR"), ("KOR", "CHN")):
        shown = published.decisive(atlas, (one, other), EXAMPLE_DAY)
        wanted = {
            atlas.label("power", power): power
            for power in compulsory()
            if len({found.get((place, power), NOT_ASSESSED).level for place in (one, other)}) == 2
        }
        assert [power["label"] for power in shown["powers"]] == list(wanted)
        for power in shown["powers"]:
            for place, said in zip((one, other), power["cells"]):
                same = place_cell(atlas, place, wanted[power["label"]], EXAMPLE_DAY)
                assert said["words"] == same.words and said["provision"] in ("", same.provision)
    alike = published.decisive(atlas, ("JPN", "JPN"), EXAMPLE_DAY)
    assert alike["powers"] == [] and alike["alike"] in render("decides.html", **alike)


def test_every_dot_has_its_place_corner_and_label(atlas):
    view, found = powers_vs_response(atlas, EXAMPLE_DAY), strengths(atlas, EXAMPLE_DAY)
    drawn = scatter_figure(atlas, view, ("JPN",))
    assert drawn.count('class="dot') == len(view.drawn) > 40
    assert all(drawn.count(f">{dot.name}") or f" {dot.name}" in drawn for dot in view.dots), "all are named"
    for dot in view.dots:
        assert (dot.low is None) == (found[dot.place].whole.point is not None)
        assert dot.corner == corner(found[dot.place].whole.point, dot.rung)
        assert dot.label.startswith(dot.name)
    assert (
        corner(80, 4) == "held_used"
        and corner(80, 2) == "held_unused"
        and corner(20, 6) == "beyond"
        and corner(20, 0) == "neither"
    )
    assert corner(None, 4) == "" and corner(80, -1) == ""


def test_the_strength_map_keeps_three_silences_apart(atlas):
    view = world_map(atlas, "strength", EXAMPLE_DAY)
    found = strengths(atlas, EXAMPLE_DAY)
    for place, identity in view.class_of.items():
        what = found[place]
        if not what.assessed:
            assert identity == "not_searched"
        elif what.whole.point is None:
            assert identity == "bounds" and "between" in view.hover[place]
        else:
            assert identity == f"band-{min(int(what.whole.point // 20), 4)}"


def test_a_stale_build_is_said_and_no_range_is_shown(atlas, visit, monkeypatch, tmp_path):
    monkeypatch.setattr(standing, "folder", lambda: tmp_path)
    view = strength_ranges(atlas, EXAMPLE_DAY)
    assert not view.built and "being worked out anew" in view.caveat
    assert all(row.median is None and not row.rank for row in view.rows) and "pairs" not in view.title
    said = html(visit())
    assert (
        "being worked out anew" in said
        and "90% of the draws of codes" not in said
        and "What would settle most" not in said
        and 'class="median"' not in said
    )
    monkeypatch.undo()
    assert strength_ranges(atlas, EXAMPLE_DAY).built, "a build is noticed without a restart"


def test_the_page_compares_japan_with_the_union(visit):
    said = html(visit())
    assert (
        "European Union" in said
        and "ahead of Japan in compulsory powers for most priorities" in said
        and "only if punishing counts for at least" in said
    )
    assert "What would settle most" in said and "as far as the codes can say (among countries" in said
    assert "Nothing is changed yet" in said


def test_a_reform_travels_in_the_address(visit):
    app = visit(place="JPN", **{"with": "GBR"}, reform="jpn-ai-promotion-act-2025", give="fine,order", named="1")
    said = html(app)
    assert "Hypothetical. Nothing here is law" in said
    assert (
        "Suppose the AI Promotion Act had in full: fine and corrective order; and named sexual deepfakes in its text."
        in said
    )
    assert "Penalties, explicit" in said and "Laws that have it in full: fine" in said
    assert one(app, "give") == "fine,order" and one(app, "named") == "1"


def test_weights_travel_in_the_address_and_change_the_result(visit):
    app = visit(place="JPN", w_prevent="0", w_fine="5")
    assert app.slider(key="w_prevent").value == 0 and one(app, "w_fine") == "5"
    assert "of the draws of codes; from 90% on" in html(app)
    before = html(app)
    app.slider(key="w_control").set_value(0).run()
    assert not app.exception and one(app, "w_control") == "0" and html(app) != before


def test_unknown_values_of_the_address_are_told_and_harmless(visit):
    said = html(
        visit(**{"with": "<script>", "give": "fine,gun", "w_fine": "99", "region": "Atlantis", "unfold": "EU,EU"})
    )
    assert "<script>" not in said and said.count("which is not known here") == 5


def test_filters_and_the_same_place_twice(visit, atlas):
    app = visit(place="JPN", **{"with": "JPN"}, find="jap", kind="country")
    assert "Choose two different jurisdictions" in html(app)
    unscored = next(place for place, what in strengths(atlas, "2025-12-01").items() if what.whole.point is None)
    app = visit(place=unscored, date="2025-12-01", region="Asia", force="soft_law", unfold="EU")
    assert "not put in an order" in html(app)


def test_hostile_names_are_text(atlas):
    shown = published.ladder(atlas, "JPN", EXAMPLE_DAY)
    from atlas.templating import render

    shown["rungs"][0]["steps"][0]["words"] = "<img src=x onerror=alert(1)>"
    assert "<img" not in render("next_steps.html", **shown)


def test_a_reform_is_always_labelled(atlas):
    from atlas.templating import render

    reform = Reform("JPN", "jpn-ai-promotion-act-2025", given=("block",))
    before, after = (
        outcome(atlas, each, EXAMPLE_DAY, equal_weights()) for each in (Reform("JPN", reform.instrument_id), reform)
    )
    pairs = (
        reformed_pairs(atlas, Reform("JPN", reform.instrument_id), EXAMPLE_DAY),
        reformed_pairs(atlas, reform, EXAMPLE_DAY),
    )
    for shown in (pairs, None):
        drawn = render("reform.html", **published.reform(atlas, reform, before, after, shown, "EU", EXAMPLE_DAY))
        assert "Hypothetical" in drawn and "If changed (hypothetical)" in drawn
        assert ("being worked out anew" in drawn) == (shown is None)


@pytest.mark.parametrize(
    ("share", "said"), [(1.0, "100%"), (0.99999, "over 99.9%"), (0.9504, "95.0%"), (0.00001, "under 0.1%"), (0, "0%")]
)
def test_shares_never_round_to_all_or_nothing(share, said):
    assert say.percent(share) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (112, "112th"),
    ],
)
def test_ordinals(count, said):
    assert say.ordinal(count) == said


def test_an_order_is_said_as_a_range():
    assert say.rank_words(5, 12, 31) == "between 5th and 12th of 31, as far as the codes can say"


def lightness(colour):
    """Relative luminance of a hex colour (WCAG 2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear))


def test_the_colours_of_strength_step_evenly_in_greyscale():
    light, dark = ([lightness(colour.on(mode)) for colour in STRENGTH] for mode in (False, True))
    assert light == sorted(light, reverse=True) and dark == sorted(dark)
    for steps in (light, dark):
        assert all(max(a, b) + 0.05 >= 1.3 * (min(a, b) + 0.05) for a, b in zip(steps, steps[1:]))


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("room", [200.0, 640.0, 1000.0])
def test_no_name_on_powers_against_response_covers_another(atlas, room, together):
    for day in ("2025-12-01", "2026-01-04", "2026-01-17", "2026-02-02", EXAMPLE_DAY):
        drawn = powers_vs_response(atlas, day).drawn
        found = spots(drawn, room, lambda name: 6.0 * len(name), 8.0, 40.0, together)
        assert Counter(dot.place for spot in found for dot in spot.dots) == Counter(dot.place for dot in drawn)
        lanes = {}
        for spot in found:
            x, wide = spot.x / 100 * room, 6.0 * len(spot.name)
            area = (x - 16 - wide, x + 8) if spot.west else (x - 8, x + 16 + wide)
            for low, high in lanes.get((spot.rung, spot.lane), []):
                assert area[1] <= low or high <= area[0], (day, spot.name)
            lanes.setdefault((spot.rung, spot.lane), []).append(area)
            assert together or spot.name == spot.dots[0].shown
        assert all(spot.lane < lanes_of(found, spot.rung) for spot in found)
