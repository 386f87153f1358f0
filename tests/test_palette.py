"""Colours of classes can be told apart, with each kind of sight and in greyscale, and each mark is seen on its page."""

import io
import itertools
import re
import zipfile
from xml.etree import ElementTree

import numpy as np
import pytest

from atlas.charts import catalogue
from atlas.charts.timeline.lanes import SHAPES
from atlas.draw import palette
from atlas.draw.palette import (
    DOTS,
    EDGE,
    INK,
    KNOWN,
    LADDER,
    LADDER_LINES,
    MUTED,
    OFF_LADDER,
    PAPER,
    PAST,
    REGIME,
    RULE,
    SEEN,
    STRENGTH,
    contrast,
    over,
)
from atlas.publish.picture import picture
from atlas.publish.slides import deck
from atlas.web.files import ASSETS
from tests.picture_parts import SVG, style_of, tree

DRAWINGML = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
HAIRLINES = {RULE.light, PAPER.light, palette.COAST.light}
# Machado, Oliveira and Fernandes (2009), "A Physiologically-based Model for Simulation of Color Vision Deficiency",
# severity 1.0, for linear RGB; grey is the luminance of WCAG and of sRGB.
SIGHT = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
    "greyscale": np.array([[0.2126, 0.7152, 0.0722]] * 3),
}
# Least CIEDE2000 between any two classes of a chart. One unit is just seen where two large fields touch; for marks of
# two degrees of sight apart from each other, half of the readers of Stone, Szafir and Setlur (2014, "An engineering
# model for color difference as a function of size") saw differences of 5.5 in lightness and about 6.5 in hue.
LEAST = {"usual": 7.0, "protanopia": 7.0, "deuteranopia": 7.0, "tritanopia": 7.0, "greyscale": 6.0}
ORDERED = {"ladder": LADDER, "regime": REGIME, "strength": dict(enumerate(STRENGTH))}
# What stands beside the ladder on the map and is none of its rungs: without its texture too it is taken for none of
# them.
PALETTES = ORDERED | {"map": LADDER | {"off_ladder": OFF_LADDER}}
# Flat, each beside the ladder: law-making or own use, a search without result, what is past, and nobody has looked.
SILENCES = {"off_ladder": OFF_LADDER, "nothing_found": KNOWN["nothing_found"], "past": PAST, "not_searched": PAPER}


def linear(colour):
    value = np.array([int(colour[index : index + 2], 16) for index in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    matrix = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    scaled = matrix @ np.clip(rgb, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    root = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def _turned(first, second, chroma):
    """Difference and middle of two hues, in degrees, the short way round."""
    if not chroma:
        return 0.0, first + second
    turn = (second - first + 180) % 360 - 180
    return turn, (first + turn / 2) % 360


def ciede2000(one, other):
    """The colour difference CIEDE2000 of two Lab colours (Sharma, Wu and Dalal 2005)."""
    chroma = (np.hypot(*one[1:]) + np.hypot(*other[1:])) / 2
    stretch = 1 + 0.5 * (1 - np.sqrt(chroma**7 / (chroma**7 + 25**7)))
    (l1, a1, b1), (l2, a2, b2) = ((light, a * stretch, b) for light, a, b in (one, other))
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    turn, hue = _turned(np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360, c1 * c2)
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    shape = 1 - 0.17 * _cos(hue - 30) + 0.24 * _cos(2 * hue) + 0.32 * _cos(3 * hue + 6) - 0.2 * _cos(4 * hue - 63)
    in_light = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2))
    in_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    in_hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * chroma * shape)
    blue = -np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2)))) * 2 * np.sqrt(chroma**7 / (chroma**7 + 25**7))
    return float(np.sqrt(in_light**2 + in_chroma**2 + in_hue**2 + blue * in_chroma * in_hue))


def _cos(degrees):
    return np.cos(np.radians(degrees))


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
        ((50, -0.001, 2.49), (50, 0.0011, -2.49), 4.7461),
        ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ],
)
def test_the_measure_gives_the_published_values(one, other, known):
    assert ciede2000(one, other) == pytest.approx(known, abs=1e-4)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("name", PALETTES)
def test_classes_can_be_told_apart(name, sight, dark):
    seen = {key: lab(SIGHT[sight] @ linear(colour.on(dark))) for key, colour in PALETTES[name].items()}
    closest = min((ciede2000(seen[one], seen[other]), one, other) for one, other in itertools.combinations(seen, 2))
    assert closest[0] >= LEAST[sight], closest


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("sight", [sight for sight in SIGHT if sight != "greyscale"])
def test_each_silence_is_a_flat_colour_of_its_own(sight, dark):
    """From each other and from each rung. In grey the pale ones differ from the rungs in their outline alone."""
    seen = {key: lab(SIGHT[sight] @ linear(colour.on(dark))) for key, colour in (SILENCES | LADDER).items()}
    closest = min((ciede2000(seen[one], seen[other]), one, other) for one in SILENCES for other in seen if one != other)
    assert closest[0] >= LEAST[sight], closest


def test_a_class_keeps_its_hue_in_the_dark():
    """Seen to fail where the strongest step was crimson in the light and cream in the dark."""
    for rung in (4, 5, 6):
        hues = [
            np.degrees(np.arctan2(*lab(linear(colour))[:0:-1])) for colour in (LADDER[rung].light, LADDER[rung].dark)
        ]
        assert abs((hues[0] - hues[1] + 180) % 360 - 180) < 30, (rung, hues)


@pytest.mark.parametrize("dark", [False, True])
def test_ordered_classes_change_in_lightness_step_by_step(dark):
    for name, classes in ORDERED.items():
        lightness = [lab(linear(colour.on(dark)))[0] for colour in classes.values()]
        steps = np.diff(lightness)
        assert (steps < -4).all() if not dark else (steps > 4).all(), (name, lightness)


def test_what_is_not_told_by_colour_is_told_by_shape():
    """Marks of the timeline differ in shape, curves of the clock in their dashes from the neighbours."""
    from atlas.charts.clock.view import DASHES

    assert len(set(SHAPES.values())) == len(LADDER)
    assert all(DASHES[rung] != DASHES[rung + 1] for rung in range(1, 6))


@pytest.mark.parametrize("dark", [False, True])
def test_each_mark_or_its_outline_is_seen_on_the_page(dark):
    """WCAG 2.2, 1.4.11: 3 to 1. Fills of any class lie within an outline that has it; lines have it themselves."""
    paper = PAPER.on(dark)
    assert SEEN == 3.0
    for colour in (EDGE, DOTS, MUTED, INK, palette.ACCENT, palette.UNION, palette.SPAN, *LADDER_LINES.values()):
        assert contrast(colour.on(dark), paper) >= SEEN, colour
    for colour in (INK, MUTED, palette.ACCENT):
        assert contrast(colour.on(dark), paper) >= 4.5, "text"


@pytest.mark.parametrize("dark", [False, True])
def test_textures_are_seen_on_every_fill(dark):
    for colour in (*LADDER.values(), *REGIME.values(), *STRENGTH, *KNOWN.values(), PAST, OFF_LADDER, PAPER):
        assert contrast(over(colour.on(dark)), colour.on(dark)) >= SEEN


@pytest.mark.parametrize("sheet", ["app.css", "dark.css"])
def test_colours_of_the_style_sheets_are_seen(sheet):
    """Text and the ring of focus, marks and the outlines of legends; rules and blanks only decorate."""
    own = dict(re.findall(r"--ra-(\w+):(#\w{6})", (ASSETS / sheet).read_text(encoding="utf-8").splitlines()[0]))
    for name in ("ink", "mute", "accent", "alert"):
        assert contrast(own[name], own["paper"]) >= 4.5, name
    for name in ("dot", "mark"):
        assert contrast(own[name], own["paper"]) >= SEEN, name


def test_the_contrast_is_that_of_the_guidelines():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=1e-3)


@pytest.mark.parametrize("dark", [False, True])
def test_the_map_draws_the_outline_that_carries_pale_fills(atlas, dark):
    from atlas.charts.map.page import map_figure
    from atlas.charts.map.view import READINGS, world_map
    from atlas.maps.geometry import get_geometry

    seen = set()
    for reading in READINGS:
        view = world_map(atlas, reading, atlas.package.evidence_to)
        for trace in map_figure(atlas, view, get_geometry(), dark).checked().data:
            if trace.customdata is not None and trace.type == "choropleth":
                assert contrast(trace.marker.line.color, PAPER.on(dark)) >= SEEN and trace.marker.line.width > 0
                seen.add((reading, trace.type))
            if trace.type == "scattergeo" and trace.mode == "markers":
                assert all(contrast(colour, PAPER.on(dark)) >= SEEN for colour in trace.marker.line.color)
                seen.add((reading, trace.type))
    assert seen == {(reading, kind) for reading in READINGS for kind in ("choropleth", "scattergeo")}


@pytest.mark.parametrize("dark", [False, True])
def test_lines_of_the_time_charts_are_seen(atlas, dark):
    from atlas.charts.clock.page import clock_figure
    from atlas.charts.clock.view import clock
    from atlas.charts.timeline.page import timeline_figure
    from atlas.charts.timeline.view import timeline
    from atlas.response.durations import default_start

    day = atlas.package.evidence_to
    lines = [trace for trace in clock_figure(clock(atlas, default_start(atlas), day), dark).checked().data]
    lines += [trace for trace in timeline_figure(timeline(atlas, day), dark).checked().data if trace.meta == "bar"]
    assert len(lines) > 8
    for trace in lines:
        assert contrast(trace.line.color, PAPER.on(dark)) >= SEEN and (trace.opacity or 1) == 1, trace.meta


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("slug", catalogue.CHARTS)
def test_lines_and_bars_of_a_picture_are_seen_on_its_paper(atlas, slug, dark):
    """What stands for something and has no area: bars, whiskers, curves, spans, each in a key or a mark."""
    view = catalogue.view(atlas, slug, catalogue.read(atlas, catalogue.CHARTS[slug], {})[0])
    root = tree(picture(atlas, view, "print", dark).svg)
    paint = dict(re.findall(r"\.(s-[\w-]+)\{stroke:(#\w{6})\}", style_of(root)))
    for group in root.iter(f"{SVG}g"):
        if not group.get("data-id") and not group.get("data-key"):
            continue
        shapes = [one for one in group if one.tag != f"{SVG}text" and one.get("class")]
        if any(name.startswith("f-") and name != "f-paper" for one in shapes for name in one.get("class").split()):
            continue
        for name in (name for one in shapes for name in one.get("class").split() if name in paint):
            assert contrast(paint[name], PAPER.on(dark)) >= SEEN, (name, group.attrib)


@pytest.mark.parametrize("slug", catalogue.CHARTS)
def test_lines_and_bars_of_a_slide_are_seen_on_its_paper(atlas, slug):
    """All but the hairlines of the ground, which have the colour of a rule."""
    view = catalogue.view(atlas, slug, catalogue.read(atlas, catalogue.CHARTS[slug], {})[0])
    content = zipfile.ZipFile(io.BytesIO(deck(atlas, view, "https://atlas.example/")))
    for name in (name for name in content.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)):
        for line in ElementTree.fromstring(content.read(name)).iter(f"{DRAWINGML}ln"):
            for colour in line.iter(f"{DRAWINGML}srgbClr"):
                shade = f"#{colour.get('val')}"
                assert shade in HAIRLINES or contrast(shade, PAPER.light) >= SEEN, (name, shade)
