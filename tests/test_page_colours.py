"""Colours of the charts on the app's own pages: Plotly's marks by their ids, the figures of HTML by their keys.

Each page is loaded once for light, dark and forced colours.
"""

import pytest

from atlas.charts import catalogue
from atlas.charts.map.places import placing
from atlas.draw.palette import LADDER_LINES, PAPER, SEEN, contrast
from tests.browsing import visit
from tests.painted import frozen_pages, hexed, legend, painted

pytestmark = pytest.mark.browser
FIGURES = ("map", "timeline", "clock")

# Plotly binds to each path what it drew it from: the trace, and the number of the point or the location.
MARKS = """() => [...document.querySelectorAll(".js-plotly-plot :is(.choroplethlocation, path.point, path.js-line)")].map(one => {
  const held = one.closest(".trace"), trace = held.__data__[0].trace, style = getComputedStyle(one);
  const siblings = [...held.querySelectorAll("path.point")], data = one.__data__;
  const at = one.matches(".choroplethlocation") ? trace.locations.indexOf(data.loc) : Number.isInteger(data.i) ? data.i : siblings.indexOf(one);
  const line = one.matches(".js-line");
  return {kind: line ? "line" : trace.type, meta: trace.meta || "", place: data.loc || "", ids: line ? [...new Set((trace.customdata || []).filter(Boolean))]
    : trace.customdata ? [trace.customdata[at]] : [], fill: style.fillOpacity === "0" ? "none" : style.fill, stroke: style.stroke,
    opacity: parseFloat(style.opacity), url: typeof trace.geojson === "string" ? trace.geojson : ""};
})"""

# Of each glyph in HTML: the inks of its ground, its border and what stands before it, and all that makes its shape.
GLYPHS = """selector => [...document.querySelectorAll(selector)].filter(one => one.checkVisibility()).map(one => {
  const inks = new Set(), shape = [];
  for (const style of [getComputedStyle(one), getComputedStyle(one, "::before")]) {
    if (style.content === "none" && shape.length) { shape.push("none"); continue; }
    const all = [style.backgroundColor, ...(style.backgroundImage.match(/rgba?\\([^)]*\\)/g) || [])];
    for (const side of ["Top", "Left"]) if (parseFloat(style[`border${side}Width`]) > 0) all.push(style[`border${side}Color`]);
    all.filter(ink => !/^rgba\\(.*, 0\\)$/.test(ink)).forEach(ink => inks.add(ink));
    shape.push(style.backgroundColor, style.backgroundImage, style.borderTopStyle, style.borderTopWidth, style.borderTopLeftRadius, style.width, style.height, style.transform);
  }
  return {name: [...one.classList].join(" "), inks: [...inks], shape: shape.join(" "), asked: one.getAttribute("style") || ""};
})"""


@pytest.fixture(params=["light", "dark", "forced"])
def device(page_with, request):
    """A page of a light or dark device, or of one that forces its colours; the second value says which."""
    forced = {"forced_colors": "active"} if request.param == "forced" else {}
    scheme = "dark" if request.param == "dark" else "light"
    return page_with(color_scheme=scheme, viewport={"width": 1400, "height": 900}, **forced), request.param


def drawn(page, server, path, count):
    """Opens a page of the app and waits until its charts are drawn."""
    visit(page, f"{server.url}/{path}")
    page.wait_for_function(
        "count => document.querySelectorAll('.js-plotly-plot .trace').length >= count", arg=count, timeout=60_000
    )
    page.wait_for_timeout(500)
    return page.evaluate(MARKS)


def test_the_map_on_its_page(server, device, atlas):
    """Every area and circle has the fill of its class in the legend below it, every texture the colour over that fill."""
    page, mode = device
    dark = mode == "dark"
    place_of = {row.map_id: place for place, row in atlas.jurisdictions.iterrows() if row.map_id}
    compared = 0
    for colour in next(one for one in catalogue.CHARTS["map"].options if one.name == "colour").terms(atlas):
        chart = catalogue.CHARTS["map"]
        view = catalogue.view(atlas, "map", catalogue.read(atlas, chart, {"colour": colour})[0])
        marks = drawn(page, server, f"?colour={colour}", 4)
        keys = legend(painted(page, ".ra-legend"))
        assert set(keys) == {klass.id for klass in view.classes}, colour
        seen = set()
        for one in marks:
            if one["ids"]:
                (place,) = one["ids"]
                seen.add(place)
                klass = view.klass(view.class_of[place])
                assert hexed(one["fill"]) == klass.colour.on(dark) and one["opacity"] == 1, (colour, place, one)
                assert keys[klass.id].fills == {klass.colour.on(dark)}, (colour, klass.id, keys[klass.id])
            elif one["url"].rpartition("/")[2].startswith(("lines", "hatch")):
                klass = view.klass(view.class_of[place_of[one["place"]]])
                assert hexed(one["fill"]) == klass.strokes.on(dark), (colour, one)
            elif one["meta"] == "rest":
                assert hexed(one["fill"]) == PAPER.on(dark), (colour, one)
        where = placing(atlas, view)
        assert seen == {*where.shapes, *where.circles}, (colour, seen)
        compared += len(seen)
    assert compared > 300


def test_the_timeline_and_the_clock_on_their_page(server, device, atlas):
    """A mark has its class's colour in the legend, a bar, an end and a curve the colour of lines of the same rung."""
    page, mode = device
    dark = mode == "dark"
    view = catalogue.view(atlas, "timeline", catalogue.read(atlas, catalogue.CHARTS["timeline"], {})[0])
    marks = drawn(page, server, "timeline", 8)
    shown = {
        one["key"]: hexed(one["colour"])
        for one in page.evaluate(
            "() => [...document.querySelectorAll('.ra-shapes [data-key]')].map(one => ({key: one.dataset.key, "
            "colour: getComputedStyle(one.querySelector('.shape')).color}))"
        )
    }
    assert shown == {klass.id: klass.colour.on(dark) for klass in view.classes}
    class_of = {bar.id: f"rung-{bar.rung}" for bar in view.bars} | {
        mark.id: f"rung-{mark.rung}" if mark.rung else "other" if mark.counts else "uncounted" for mark in view.marks
    }
    told = dict.fromkeys(("acts", "bar", "end"), 0)
    curves = set()
    for one in marks:
        paints = {hexed(one["fill"]), hexed(one["stroke"])}
        if one["meta"].startswith("rung-"):
            curves.add(one["meta"])
            assert hexed(one["stroke"]) == LADDER_LINES[int(one["meta"][5:])].on(dark), one
        elif one["meta"] in told:
            classes = {class_of[identity] for identity in one["ids"]}
            assert len(classes) == 1, one
            klass = classes.pop()
            told[one["meta"]] += 1
            rung = int(klass[5:]) if klass.startswith("rung-") else 0
            asked = shown[klass] if one["meta"] == "acts" else LADDER_LINES[rung].on(dark)
            assert asked in paints and one["opacity"] == 1, (klass, asked, one)
            assert one["meta"] == "acts" or contrast(asked, PAPER.on(dark)) >= SEEN, one
    assert all(told.values()) and told["acts"] > 100, told
    assert curves == {
        f"rung-{curve.rung}"
        for curve in catalogue.view(atlas, "clock", catalogue.read(atlas, catalogue.CHARTS["clock"], {})[0]).curves
    }


def by_name(glyphs):
    """Inks and shapes of glyphs by the last of their classes that names a kind."""
    found = {}
    for one in glyphs:
        found.setdefault(one["name"].split()[-1], []).append(one)
    return found


def check_alike(page, keys, marks, ground, where):
    """Every mark of a kind has the inks of its key, seen on the ground; kinds differ from each other by shape."""
    key, mark = by_name(page.evaluate(GLYPHS, keys)), by_name(page.evaluate(GLYPHS, marks))
    assert key and mark, where
    assert set(mark) <= set(key), (where, set(mark) - set(key))
    for name, glyphs in mark.items():
        inks = {hexed(ink) for ink in key[name][0]["inks"]} - {ground}
        assert inks and all(contrast(ink, ground) >= SEEN for ink in inks), (where, name, inks)
        for one in glyphs:
            assert {hexed(ink) for ink in one["inks"]} - {ground} == inks, (where, name, one, inks)
    shapes = [glyphs[0]["shape"] for glyphs in key.values()]
    assert len(set(shapes)) == len(shapes), (where, shapes)


def test_the_figures_of_strength_on_their_page(server, device, atlas):
    page, mode = device
    visit(page, f"{server.url}/strength")
    ground = hexed(page.evaluate("() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"))
    check_alike(page, ".ra-ranges .mk", ".ra-ranges .track i", ground, "ranges")
    hatch = by_name(page.evaluate(GLYPHS, ".ra-ranges .mk.hatch"))["hatch"][0]["inks"]
    open_parts = page.evaluate(GLYPHS, ".ra-bar u")
    assert open_parts and all(one["inks"] == hatch for one in open_parts)
    fills = page.evaluate(GLYPHS, ".ra-bar i")
    assert fills and all(contrast(hexed(ink), ground) >= SEEN for one in fills for ink in one["inks"])
    assert all(one["inks"] for one in fills)
    visit(page, f"{server.url}/strength?section=scatter")
    key = {one["name"].split()[-1]: one["inks"] for one in page.evaluate(GLYPHS, ".ra-scatter .mk")}
    # One kind of mark needs no key: each has its name beside it.
    reviewed = page.evaluate(GLYPHS, ".ra-scatter a.dot.review")
    assert set(key) == ({"point", "review"} if reviewed else set())
    glyphs = page.evaluate(GLYPHS, ".ra-scatter a.dot:not(.review, .ended)")
    assert glyphs and all(contrast(hexed(ink), ground) >= SEEN for one in glyphs for ink in one["inks"])
    for name, shown in (("point", glyphs), ("review", reviewed)) if reviewed else ():
        for one in shown:
            inks = {hexed(ink) for ink in one["inks"]} - {ground}
            assert inks == {hexed(ink) for ink in key[name]} - {ground} and inks, (name, one, key[name])


def test_the_marks_of_the_comparison(server, frozen, device):
    """On the page, in the embed and in the frozen files: full, partial, absent and the rest are told apart by shape."""
    page, _ = device
    visit(page, f"{server.url}/compare")
    ground = hexed(page.evaluate("() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"))
    check_alike(page, ".cmp-key i.st", "table.cmp i.st", ground, "page")
    page.goto(f"{server.url}/embed/compare")
    ground = hexed(page.evaluate("() => getComputedStyle(document.body).backgroundColor"))
    check_alike(page, ".key .st", "table.cmp .st", ground, "embed")
    for view, path in frozen_pages(frozen, "html"):
        if view["chart"] == "compare":
            page.goto(f"{frozen.as_uri()}/{path}")
            ground = hexed(page.evaluate("() => getComputedStyle(document.body).backgroundColor"))
            check_alike(page, ".key .st", "table.cmp .st", ground, path)
