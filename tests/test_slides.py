"""Slides: valid files, real objects, the numbers and words of the View, and a page of notes."""

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import replace

import openpyxl
import pytest
from lxml import etree
from openxml_audit.validator import OpenXmlValidator
from pptx import Presentation
from pptx.util import Emu
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas.charts import catalogue
from atlas.charts.catalogue import CHARTS
from atlas.charts.clock.view import LAST_SHOWN
from atlas.charts.compare.view import comparison
from atlas.charts.map.places import placing
from atlas.charts.map.view import READINGS, world_map
from atlas.charts.options import read
from atlas.charts.powers_response.view import UNSEARCHED
from atlas.charts.strength.view import Filter, strength_ranges
from atlas.charts.timeline.lanes import shape as mark_shape
from atlas.draw.drawingml import clean, outline, rings
from atlas.draw.palette import PAPER, SEEN, contrast
from atlas.draw.slide_shapes import PRESETS
from atlas.maps.geometry import GEO, get_geometry
from atlas.publish import citation
from atlas.publish.caption import MAPS
from atlas.publish.slides import SIZES, deck
from atlas.web.routes import ROUTES
from atlas.words import texts

DAY = "2026-11-23"
LINK = "https://atlas.example.org/map?date=2026-11-23"
A, C, R, P = (
    f"{{http://schemas.openxmlformats.org/{rest}}}"
    for rest in (
        "drawingml/2006/main",
        "drawingml/2006/chart",
        "officeDocument/2006/relationships",
        "presentationml/2006/main",
    )
)
HOSTILE = "Ev\x00il \x0b\x1f\ufffe <b>&amp;\"' =1+1 ﷽ 💥 " + "x" * 3000 + " " + "long words " * 300


def view_of(atlas, slug, **asked):
    values, refused = read(atlas, CHARTS[slug].options, {"date": DAY, **asked})
    assert refused == []
    return catalogue.view(atlas, slug, values)


def opened(content):
    return Presentation(io.BytesIO(content))


def every(shapes):
    """Shapes of a slide and of its groups, groups themselves included."""
    for shape in shapes:
        yield shape
        if shape.shape_type == 6:
            yield from every(shape.shapes)


def words(slide):
    return [shape.text_frame.text for shape in every(slide.shapes) if shape.has_text_frame]


def faults(content, tmp_path, suffix=".pptx"):
    """What PowerPoint would want to repair, by the schemas of Office Open XML."""
    path = tmp_path / f"checked{suffix}"
    path.write_bytes(content)
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


def sheets(content):
    """The data sheets behind the charts, in the order of the slides: columns by heading."""
    for slide in opened(content).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                book = openpyxl.load_workbook(
                    io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob), data_only=True
                )
                yield {column[0].value: [cell.value for cell in column[1:]] for column in book["Data"].columns}


def series(content):
    """Points of every series of every chart by its name, as drawn, with the texts of its labels."""
    found = {}
    for slide in opened(content).slides:
        for shape in slide.shapes:
            for one in shape.chart.part._element.iter(f"{C}ser") if shape.has_chart else ():
                name = one.findtext(f"{C}tx//{C}v")
                axes = [
                    {
                        int(point.get("idx")): float(point.findtext(f"{C}v"))
                        for point in one.iter(f"{C}pt")
                        if point.getparent().getparent().getparent().tag == f"{C}{axis}"
                    }
                    for axis in ("xVal", "yVal")
                ]
                labels = ["".join(label.itertext(f"{A}t")) for label in one.iter(f"{C}dLbl")]
                found.setdefault(name, []).append(([(axes[0][at], axes[1].get(at)) for at in sorted(axes[0])], labels))
    return found


@pytest.fixture(scope="module")
def decks(atlas):
    """Every chart at every size."""
    return {(slug, size): deck(atlas, view_of(atlas, slug), LINK, size) for slug in CHARTS for size in SIZES}


each = pytest.mark.parametrize(("slug", "size"), [(slug, size) for slug in CHARTS for size in SIZES])


@each
def test_a_file_opens_without_repair(decks, tmp_path, slug, size):
    assert faults(decks[slug, size], tmp_path) == []


def test_the_check_finds_what_would_be_repaired(decks, tmp_path):
    def broken(name, change):
        buffer = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(decks["map", "wide"])) as source, zipfile.ZipFile(buffer, "w") as target:
            for part in source.namelist():
                content = source.read(part).decode("utf-8") if part == name else source.read(part)
                target.writestr(part, change(content) if part == name else content)
        assert buffer.getvalue() != decks["map", "wide"]
        return buffer.getvalue()

    slide = "ppt/slides/slide1.xml"
    wrong = (
        broken(
            slide,
            lambda text: re.sub(
                r'(<a:rect l="0"[^>]*/>)(<a:pathLst>.*?</a:pathLst>)', r"\2\1", text, count=1, flags=re.S
            ),
        ),
        broken(
            slide,
            lambda text: re.sub(
                r"(<a:solidFill>(?:(?!</a:solidFill>).)*</a:solidFill>)(<a:ln[ >](?:(?!</a:ln>).)*</a:ln>)",
                r"\2\1",
                text,
                count=1,
                flags=re.S,
            ),
        ),
        broken(slide, lambda text: re.sub(r'(<p:cNvPr id=")\d+(" name="Rule")', r"\g<1>2\2", text, count=1)),
    )
    assert all(faults(content, tmp_path) for content in wrong)


@each
def test_every_part_is_typed_and_every_relation_ends_somewhere(decks, slug, size):
    with zipfile.ZipFile(io.BytesIO(decks[slug, size])) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names)) and archive.testzip() is None
        types = etree.fromstring(archive.read("[Content_Types].xml"))
        defaults = {node.get("Extension") for node in types if node.get("Extension")}
        typed = {node.get("PartName") for node in types if node.get("PartName")}
        for name in set(names) - {"[Content_Types].xml"}:
            assert f"/{name}" in typed or name.rsplit(".", 1)[-1] in defaults, name
        assert not [name for name in names if re.search(r"thumbnail|printer|\.(png|jpe?g|bin|vml)$", name)]
        for name in names:
            if name.endswith(".rels"):
                base = name.replace("_rels/", "").removesuffix(".rels")
                for relation in etree.fromstring(archive.read(name)):
                    target = relation.get("Target")
                    if relation.get("TargetMode") == "External":
                        assert relation.get("Type").endswith("/hyperlink") and target == LINK
                    else:
                        parts = [] if target.startswith("/") else base.split("/")[:-1]
                        for step in target.lstrip("/").split("/"):
                            parts = parts[:-1] if step == ".." else [*parts, step]
                        assert "/".join(parts) in names, (name, target)


@each
def test_sizes_ids_names_and_language(atlas, decks, slug, size):
    made = opened(decks[slug, size])
    assert round(made.slide_width / made.slide_height, 3) == {"wide": 1.778, "standard": 1.333}[size]
    assert len(decks[slug, size]) < 400_000
    for slide in made.slides:
        ids = [node.get("id") for node in slide._element.iter("{*}cNvPr")]
        assert len(ids) == len(set(ids))
        assert all(shape.name for shape in every(slide.shapes))
        for shape in slide.shapes:
            assert (
                shape.left >= 0
                and shape.top >= 0
                and shape.left + shape.width <= made.slide_width
                and shape.top + shape.height <= made.slide_height
            ), shape.name
        runs = [*slide._element.iter(f"{A}rPr"), *slide.notes_slide.notes_text_frame._txBody.iter(f"{A}rPr")]
        assert runs and all(run.get("lang") == "en-GB" for run in runs)
        assert not [run.find(f"{A}latin") for run in runs if run.find(f"{A}latin") is not None]
    assert made.core_properties.title == view_of(atlas, slug).title[:250]


@each
def test_a_slide_says_what_it_shows_and_how_far_it_reaches(atlas, decks, slug, size):
    view = view_of(atlas, slug)
    slides = opened(decks[slug, size]).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert titles == [view.title] * len(titles), "the number of a slide is no part of its title"
    for number, slide in enumerate(slides, 1):
        said = words(slide)
        assert (f"Slide {number} of {len(titles)}" in said) == (len(titles) > 1)
        assert view.deck in said
        foot = next(text for text in said if "CC BY 4.0" in text)
        assert (
            "As of 23 November 2026; evidence to" in foot
            and view.caveat in foot
            and citation.short(atlas.package) in foot
        )
        assert ("imply no view on legal status" in foot) == (slug in MAPS)
        links = [
            run.hyperlink.address
            for shape in slide.shapes
            if shape.has_text_frame
            for line in shape.text_frame.paragraphs
            for run in line.runs
            if run.hyperlink.address
        ]
        assert links == [LINK]
        spoken = [node.get("descr") for node in slide._element.iter("{*}cNvPr") if node.get("descr")]
        assert any(view.alt[:1900] in text for text in spoken) or (
            slug == "compare" and view.pairs[0].sentence in spoken[0]
        )


@each
def test_notes_can_be_copied(atlas, decks, slug, size):
    view = view_of(atlas, slug)
    for slide in opened(decks[slug, size]).slides:
        notes = slide.notes_slide.notes_text_frame.text
        assert view.alt in notes and f"{view.title}. {view.deck}" in notes and view.caveat in notes
        assert citation.plain(atlas.package, view.title, LINK) in notes
        address = [
            run.hyperlink.address
            for line in slide.notes_slide.notes_text_frame.paragraphs
            for run in line.runs
            if run.hyperlink.address
        ]
        assert address == [LINK]


@pytest.mark.parametrize("reading", READINGS)
def test_every_place_of_the_map_is_a_shape_of_its_own_in_its_class_s_colour(atlas, reading):
    view = world_map(atlas, reading, DAY)
    where = placing(atlas, view)
    slide = opened(deck(atlas, view, LINK)).slides[0]
    shapes = {}
    for shape in every(slide.shapes):
        shapes.setdefault(shape.name.removesuffix("; evidence is old"), []).append(shape)
    for place in {*where.shapes, *where.circles}:
        mine = [
            shape
            for shape in shapes[view.hover[place]]
            if shape._element.spPr.find(f"{A}custGeom") is not None or shape.auto_shape_type is not None
        ]
        assert len(mine) == (place in where.shapes) + (place in where.circles), place
        for shape in mine:
            assert shape._element._nvXxPr.cNvPr.get("descr") == shape.name
            klass, old = view.klass(view.class_of[place]), place in view.stale
            assert shape.name.endswith("evidence is old") == old
            fill = shape._element.spPr
            if old:
                front, back = (fill.find(f"{A}pattFill/{A}{end}/{A}srgbClr").get("val") for end in ("fgClr", "bgClr"))
                assert f"#{back}" == klass.colour.light.upper()
                assert f"#{front}" == klass.strokes.light.upper()
                assert contrast(f"#{front}", f"#{back}") >= SEEN
                assert fill.find(f"{A}pattFill").get("prst") == "dashUpDiag"
            else:
                assert f"#{fill.find(f'{A}solidFill/{A}srgbClr').get('val')}" == klass.colour.light.upper()
            if klass.texture == "ended":
                assert f"#{fill.find(f'{A}ln/{A}solidFill/{A}srgbClr').get('val')}" == klass.strokes.light.upper()
    rest = [
        shape
        for shape in every(slide.shapes)
        if shape.name.endswith(": not searched") and shape._element.spPr.find(f"{A}custGeom") is not None
    ]
    listed = set(atlas.jurisdictions.loc[list(where.world), "map_id"])
    assert {shape.name for shape in rest} >= {
        f"{name}: not searched" for identity, name in get_geometry().names.items() if identity not in listed
    }
    assert {f"#{shape._element.spPr.find(f'{A}solidFill/{A}srgbClr').get('val')}" for shape in rest} <= {
        PAPER.light.upper(),
        *(klass.colour.light.upper() for klass in view.classes),
    }
    for klass in view.classes:
        assert (klass.label if klass.texture == "open" else f"{klass.label} {klass.count}") in words(slide)


def test_islands_are_contours_of_one_shape_and_lie_where_the_grid_puts_them(atlas, decks):
    slide = opened(decks["map", "wide"]).slides[0]
    view = view_of(atlas, "map")
    by_name = {shape.name.removesuffix("; evidence is old"): shape for shape in every(slide.shapes)}
    japan, brazil = (by_name[view.hover[place]] for place in ("JPN", "BRA"))
    paths = json.loads((GEO / "paths.json").read_text(encoding="utf-8"))["world"]
    for shape, place in ((japan, "JPN"), (brazil, "BRA")):
        assert len(shape._element.findall(f".//{A}moveTo")) == paths[place].count("M") == len(list(rings(paths[place])))
    assert len(list(rings(paths["JPN"]))) > 3
    corners = [outline(paths[place])[1] for place in ("JPN", "BRA")]
    scale = (japan.left - brazil.left) / (corners[0][0] - corners[1][0])
    assert (japan.top - brazil.top) / (corners[0][1] - corners[1][1]) == pytest.approx(scale, rel=1e-3)
    for shape, (_, _, width, height) in zip((japan, brazil), corners):
        assert shape.width == pytest.approx(width * scale, rel=1e-3) and shape.height == pytest.approx(
            height * scale, rel=1e-3
        )


@pytest.mark.parametrize(("slug", "size"), [(slug, size) for slug in ("map", "small-maps") for size in SIZES])
def test_names_on_a_map_have_a_halo_and_no_ground(atlas, decks, slug, size):
    """Seen to fail where each name lay on a box, which hid what was below it."""
    view, slide = view_of(atlas, slug), opened(decks[slug, size]).slides[0]
    said = {words for _, words in view.place_labels} or {
        atlas.name(place) for panel in view.panels for place in panel.named
    }
    named = [shape for shape in every(slide.shapes) if shape.has_text_frame and shape.text_frame.text in said]
    assert {shape.text_frame.text for shape in named} == said
    for shape in named:
        glow = shape._element.find(f".//{A}rPr/{A}effectLst/{A}glow")
        assert glow is not None and glow.find(f"{A}schemeClr").get("val") == "bg1", shape.name
        assert shape._element.spPr.find(f"{A}noFill") is not None
    for ground in every(slide.shapes):
        if ground.shape_type == 1 and ground._element.find(f"{P}spPr/{A}solidFill/{A}schemeClr") is not None:
            right, bottom = ground.left + ground.width, ground.top + ground.height
            for shape in named:
                x, y = shape.left + shape.width // 2, shape.top + shape.height // 2
                assert not (ground.left < x < right and ground.top < y < bottom), (slug, shape.name)


def test_the_union_is_an_outline_without_fill(decks):
    slide = opened(decks["map", "wide"]).slides[0]
    union = next(shape for shape in every(slide.shapes) if shape.name == texts()["slides"]["map"]["union"])
    assert (
        union._element.spPr.find(f"{A}noFill") is not None
        and union._element.spPr.find(f"{A}ln/{A}solidFill") is not None
    )


@pytest.mark.parametrize("size", SIZES)
def test_ranges_hold_the_view_s_numbers_and_no_row_is_left_out(atlas, decks, size):
    view, prose = view_of(atlas, "strength"), texts()["slides"]["ranges"]
    found = {}
    for sheet in sheets(decks["strength", size]):
        for at, name in enumerate(sheet[prose["names"]]):
            if name:
                found[name] = {
                    key: sheet[prose[key]][at]
                    for key in ("low", "median", "high", "score", "later", "lowest", "highest")
                }
    assert list(found) == [row.name for row in view.rows]
    assert any(row.strength.whole.point is None for row in view.rows) and any(
        row.strength.whole.point is not None for row in view.rows
    )
    for row in view.rows:
        whole, shown = row.strength.whole, found[row.name]
        scored = whole.point is not None
        assert shown["score"] == (pytest.approx(whole.point) if scored else None)
        assert [shown["low"], shown["median"], shown["high"]] == (
            [pytest.approx(value) for value in (row.low, row.median, row.high)] if scored else [None] * 3
        )
        assert [shown["lowest"], shown["highest"]] == (
            [None, None] if scored else [pytest.approx(whole.low), pytest.approx(whole.high)]
        )
    drawn = series(decks["strength", size])
    scores = [x for points, _ in drawn[prose["drawn"].format(name=prose["score"])] for x, _ in points]
    assert scores == [
        pytest.approx(row.strength.whole.point) for row in view.rows if row.strength.whole.point is not None
    ]
    ends = [x for points, _ in drawn[prose["drawn"].format(name=prose["bounds"])] for x, y in points if y is not None]
    assert ends == [
        pytest.approx(value)
        for row in view.rows
        if row.strength.whole.point is None
        for value in (row.strength.whole.low, row.strength.whole.high)
    ]
    labels = [label for _, some in drawn[prose["left"]] for label in some]
    assert [label for label in labels if label in found] == [row.name for row in view.rows]


def test_what_is_drawn_is_worked_out_from_the_numbers_in_the_sheet(decks):
    slide = opened(decks["strength", "wide"]).slides[0]
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    blob = chart.part.chart_workbook.xlsx_part.blob
    formulas, values = (openpyxl.load_workbook(io.BytesIO(blob), data_only=cached)["Data"] for cached in (False, True))
    worked = [
        cell
        for row in formulas.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert len(worked) > 20
    for cell in worked:
        assert values[cell.coordinate].value == pytest.approx(values[cell.value[1:]].value)


def test_every_chart_s_sheet_is_a_valid_workbook_and_is_what_the_chart_names(decks, tmp_path):
    for slug in ("strength", "powers-response", "clock"):
        for slide in opened(decks[slug, "wide"]).slides:
            chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
            blob = chart.part.chart_workbook.xlsx_part.blob
            assert faults(blob, tmp_path, ".xlsx") == []
            sheet = openpyxl.load_workbook(io.BytesIO(blob), data_only=True)["Data"]
            for reference in chart.part._element.iter(f"{C}numRef"):
                cells = [
                    cell.value
                    for row in sheet[reference.findtext(f"{C}f").split("!")[1].replace("$", "")]
                    for cell in row
                ]
                held = {int(point.get("idx")): float(point.findtext(f"{C}v")) for point in reference.iter(f"{C}pt")}
                assert {at: float(value) for at, value in enumerate(cells) if value is not None} == {
                    at: pytest.approx(value) for at, value in held.items()
                }


def test_without_ranges_scores_stand_alone(atlas, tmp_path):
    view = view_of(atlas, "strength")
    bare = replace(
        view, built=False, rows=tuple(replace(row, median=None, low=None, high=None, rank="") for row in view.rows)
    )
    content = deck(atlas, bare, LINK)
    assert faults(content, tmp_path) == []
    prose = texts()["slides"]["ranges"]
    assert prose["drawn"].format(name=prose["range"]) not in series(content)
    assert texts()["strength"]["legend"]["range"] not in words(opened(content).slides[0])


def test_a_filter_that_nothing_fits_says_so(atlas, tmp_path):
    content = deck(atlas, strength_ranges(atlas, DAY, Filter(find="zzzz")), LINK)
    assert faults(content, tmp_path) == []
    assert texts()["strength"]["empty"] in words(opened(content).slides[0])


@pytest.mark.parametrize("size", SIZES)
def test_the_scatter_holds_every_dot_and_tells_scores_from_bounds(atlas, size):
    view, prose = view_of(atlas, "powers-response"), texts()["slides"]["corners"]
    # One step without a coded power, whether the data of the day have one or not.
    view = replace(view, dots=tuple(replace(dot, review=dot == view.drawn[0]) for dot in view.dots))
    content = deck(atlas, view, LINK, size)
    (sheet,) = sheets(content)
    names = texts()["slides"]["ranges"]
    rows = zip(
        sheet[names["names"]],
        sheet[prose["strength"]],
        sheet[names["lowest"]],
        sheet[names["highest"]],
        sheet[prose["rung"]],
    )
    expected = [
        (dot.name, dot.x if dot.low is None else None, dot.low, dot.high, None if dot.rung == UNSEARCHED else dot.rung)
        for dot in view.dots
    ]
    assert [row for row in rows if row[0]] == [
        tuple(pytest.approx(value) if isinstance(value, float) else value for value in row) for row in expected
    ]
    drawn = series(content)
    assert texts()["pictures"]["scatter"]["review"] in words(opened(content).slides[0])
    for name, holds in (
        (prose["scored"], lambda dot: not dot.review),
        (texts()["pictures"]["scatter"]["review"], lambda dot: dot.review),
    ):
        points = [x for some, _ in drawn[name] for x, _ in some]
        assert points == [pytest.approx(dot.x) for dot in view.drawn if holds(dot)]
    by_rung = {}
    for dot, y in zip(view.dots, sheet[prose["height"]]):
        assert (y is not None) == dot.drawn
        if dot.drawn:
            by_rung.setdefault(dot.rung, []).append(y)
    order = sorted(by_rung)
    assert all(max(by_rung[low]) < min(by_rung[high]) for low, high in zip(order, order[1:]))
    labels = [label for some in drawn.values() for _, labels in some for label in labels]
    assert set(texts()["strength"]["scatter"]["corners"].values()) <= set(labels)
    assert all(any(dot.name in label for label in labels) for dot in view.drawn if dot.rung >= 3)


@pytest.mark.parametrize("size", SIZES)
def test_the_clock_steps_as_the_view_does(atlas, decks, size):
    view, prose = view_of(atlas, "clock"), texts()["slides"]["clock"]
    drawn = series(decks["clock", size])
    last = min(view.last, LAST_SHOWN)
    for curve in view.curves:
        ((points, _),) = drawn[prose["day"].format(label=curve.label)]
        assert points[0] == (curve.days[0], 0) and points[-1][0] == last
        assert all(x == other or y == above for (x, y), (other, above) in zip(points, points[1:]))
        ends = dict(points)
        assert {day: count for day, count in zip(curve.days, curve.counts) if day <= last}.items() <= ends.items()
    ((_, labels),) = drawn[prose["names"]]
    assert labels == [
        f"{curve.label} {max(count for day, count in zip(curve.days, curve.counts) if day <= last)}"
        for curve in view.curves
    ]


def test_a_clock_before_the_first_act_says_so(atlas, tmp_path):
    content = deck(atlas, view_of(atlas, "clock", date="2025-12-20"), LINK)
    assert faults(content, tmp_path) == [] and texts()["slides"]["clock"]["empty"] in words(opened(content).slides[0])


@pytest.mark.parametrize("size", SIZES)
def test_every_act_of_the_days_shown_is_one_mark_of_its_shape(atlas, decks, size):
    view = view_of(atlas, "timeline")
    slides = opened(decks["timeline", size]).slides
    lanes = [text for slide in slides for text in words(slide)]
    assert {label for _, label in (*view.context_lanes, *view.lanes)} <= set(lanes)
    found = Counter()
    for slide in slides:
        for shape in every(slide.shapes):
            if shape._element.tag.endswith("}sp") and shape._element._nvXxPr.cNvPr.get("descr"):
                found[shape.name, shape._element.spPr.find(f"{A}prstGeom").get("prst")] += 1
    within = [mark for mark in (*view.marks, *view.events) if view.span[0] <= mark.day <= view.span[1]]
    assert 150 < len(within) == sum(found.values())
    assert found == Counter((clean(mark.text, 250), PRESETS[mark_shape(mark)][0]) for mark in within)
    notes = slides[0].notes_slide.notes_text_frame.text
    assert all(f"{mark.number}. {mark.text}" in notes for mark in view.events if mark.number)
    assert f"{len(view.marks) + len(view.events) - len(within)}" in notes


@pytest.mark.parametrize(
    ("mode", "ids"),
    [
        ("places", ("JPN", "EU")),
        ("places", ("JPN", "EU", "GBR", "US-CA")),
        ("instruments", ("jpn-ai-promotion-act-2025", "eu-ai-act", "eu-dsa")),
    ],
)
@pytest.mark.parametrize("size", SIZES)
def test_a_comparison_is_a_table_with_state_law_and_provision(atlas, tmp_path, mode, ids, size):
    view = comparison(atlas, mode, ids, DAY)
    content = deck(atlas, view, LINK, size)
    assert faults(content, tmp_path) == []
    tables = [shape.table for slide in opened(content).slides for shape in slide.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    powers = [
        row for row in rows if row[0] in {one.label for one in view.rows} and len(row) == len(ids) + 1 and any(row[1:])
    ]
    assert [row[0] for row in powers] == [row.label for row in view.rows]
    for shown, row in zip(powers, view.rows):
        for text, cell in zip(shown[1:], row.cells):
            assert (
                text.startswith(cell.words)
                and cell.short_name in text
                and cell.provision in text
                and cell.later in text
            )
            assert (cell.origin in text) if cell.inherited else True
    assert [column.name for column in view.columns] == rows[0][1:]
    assert [row[1] for row in rows if row[-1] == row[1] and " · " in row[0]] == [pair.sentence for pair in view.pairs]
    made = opened(content)
    for slide in made.slides:
        foot = next(shape for shape in slide.shapes if shape.name == "Rule")
        for shape in slide.shapes:
            if shape.has_table:
                assert shape.top + sum(row.height for row in shape.table.rows) <= foot.top + Emu(12700)


@pytest.mark.slow
def test_hostile_text_is_text(atlas, tmp_path):
    """Control characters, mark-up and endless words in titles, names, laws and labels leave a valid file."""
    world = view_of(atlas, "map")
    evil = {
        "map": replace(
            world,
            title=HOSTILE,
            deck=HOSTILE,
            caveat=HOSTILE,
            alt=HOSTILE,
            hover={place: text + HOSTILE for place, text in world.hover.items()},
            classes=tuple(replace(klass, label=klass.label + "\x07<b>") for klass in world.classes),
        )
    }
    small = view_of(atlas, "small-maps")
    evil["small-maps"] = replace(
        small,
        title=HOSTILE,
        hover={place: text + HOSTILE for place, text in small.hover.items()},
        panels=tuple(replace(panel, said=f"\x08<{panel.said}>{HOSTILE}") for panel in small.panels),
    )
    ranges = view_of(atlas, "strength")
    evil["strength"] = replace(
        ranges, title=HOSTILE, rows=tuple(replace(row, name='=HYPERLINK("x")\x01' + HOSTILE) for row in ranges.rows[:9])
    )
    scatter = view_of(atlas, "powers-response")
    evil["powers-response"] = replace(
        scatter, dots=tuple(replace(dot, name=f"\x02{dot.name}</c:v>{HOSTILE}") for dot in scatter.dots)
    )
    clock = view_of(atlas, "clock")
    evil["clock"] = replace(
        clock, curves=tuple(replace(curve, label=f"\x03{curve.label}<") for curve in clock.curves), start_reason=HOSTILE
    )
    lanes = view_of(atlas, "timeline")
    evil["timeline"] = replace(
        lanes,
        lanes=tuple((identity, f"\x04<{label}>{HOSTILE}") for identity, label in lanes.lanes),
        marks=tuple(replace(mark, text=HOSTILE) for mark in lanes.marks),
    )
    table = view_of(atlas, "compare")
    evil["compare"] = replace(
        table,
        rows=tuple(
            replace(row, cells=tuple(replace(cell, short_name=HOSTILE, provision="\x05]]>") for cell in row.cells))
            for row in table.rows
        ),
    )
    triangle = view_of(atlas, "priorities")
    evil["priorities"] = replace(
        triangle,
        title=HOSTILE,
        lines=(HOSTILE,) * 3,
        corners=tuple(f"\x06<{corner}>{HOSTILE}" for corner in triangle.corners),
        classes=tuple(replace(klass, label=klass.label + HOSTILE) for klass in triangle.classes),
    )
    assert set(evil) == set(CHARTS)
    for view in evil.values():
        content = deck(atlas, view, LINK)
        assert faults(content, tmp_path) == [], view.slug
        assert opened(content).slides[0].shapes.title.has_text_frame
    for sheet in sheets(deck(atlas, evil["strength"], LINK)):
        assert all(name.startswith('=HYPERLINK("x")') for name in sheet[texts()["slides"]["ranges"]["names"]] if name)


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_only_web_addresses_become_links(atlas, link):
    with zipfile.ZipFile(io.BytesIO(deck(atlas, view_of(atlas, "clock"), link))) as archive:
        assert not [name for name in archive.namelist() if name.endswith(".rels") and b"External" in archive.read(name)]
        assert link == "" or not [name for name in archive.namelist() if link.encode() in archive.read(name)]


def test_the_same_view_gives_the_same_bytes(atlas, decks):
    for slug in ("map", "strength"):
        assert deck(atlas, view_of(atlas, slug), LINK, "wide") == decks[slug, "wide"]


def test_an_unknown_size_is_an_error(atlas):
    with pytest.raises(KeyError):
        deck(atlas, view_of(atlas, "clock"), LINK, "square")


def test_the_theme_names_a_font_that_others_can_replace(decks):
    with zipfile.ZipFile(io.BytesIO(decks["map", "wide"])) as archive:
        theme = etree.fromstring(archive.read("ppt/theme/theme1.xml"))
        assert [node.get("typeface") for node in theme.iter(f"{A}latin")] == ["Calibri", "Calibri"]
        named = [
            name
            for name in archive.namelist()
            if re.search(r"slides/slide|charts/chart", name) and b"<a:latin" in archive.read(name)
        ]
    assert named == []


def test_the_library_is_loaded_only_for_slides():
    code = (
        "import sys; from atlas.web.lazy_routes import load; from atlas.web.routes import ROUTES; load(ROUTES); "
        "assert 'atlas.web.slides' in sys.modules; sys.exit('pptx' in sys.modules or 'xlsxwriter' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_start_loads_no_picture_slide_or_interface():
    code = (
        "import sys; from atlas.web.serve import middleware, prepare, routes; prepare(); middleware({'': 'Map'},"
        " routes({'': 'Map'})); sys.exit(any(name in sys.modules for name in ('atlas.publish.picture',"
        " 'atlas.publish.slides', 'atlas.web.api.serve', 'jinja2', 'PIL.ImageFont')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=ROUTES))


def test_slides_at_an_address(client, atlas):
    answer = client.get("/slides/map.pptx?colour=regime&date=2026-03-01&size=standard")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    assert answer.headers["content-disposition"] == 'attachment; filename="regime-atlas-map-2026-03-01-standard.pptx"'
    assert (
        answer.headers["etag"]
        and "max-age" in answer.headers["cache-control"]
        and answer.headers["x-content-type-options"] == "nosniff"
    )
    made = opened(answer.content)
    assert made.slide_width / made.slide_height == pytest.approx(4 / 3)
    assert made.slides[0].shapes.title.text_frame.text == world_map(atlas, "regime", "2026-03-01").title
    assert "http://testserver/?date=2026-03-01&colour=regime" in made.slides[0].notes_slide.notes_text_frame.text
    again = client.get(
        "/slides/map.pptx?colour=regime&date=2026-03-01&size=standard",
        headers={"If-None-Match": answer.headers["etag"]},
    )
    assert again.status_code == 304 and again.content == b""
    assert client.get("/slides/map.pptx?colour=regime&date=2026-03-01").headers["etag"] != answer.headers["etag"]


def test_an_address_that_is_not_understood_falls_back_and_the_notes_say_so(client):
    made = opened(client.get("/slides/map.pptx?colour=<b>pink&size=poster&date=2026-02-30&utm=1").content)
    notes = made.slides[0].notes_slide.notes_text_frame.text
    assert (
        "“<b>pink”, which is not known here" in notes
        and "“poster”, which is not known here" in notes
        and "“2026-02-30”" in notes
        and "utm" not in notes
    )
    clean = opened(client.get("/slides/map.pptx").content).slides[0].notes_slide.notes_text_frame.text
    assert texts()["slides"]["notes"]["notices"] in notes and texts()["slides"]["notes"]["notices"] not in clean
    assert made.slide_width / made.slide_height == pytest.approx(16 / 9)


def test_slides_of_a_release_show_its_data_and_say_so(client):
    made = opened(client.get("/slides/map.pptx?date=2026-01-17&release=1.0.0").content)
    notes = made.slides[0].notes_slide.notes_text_frame.text
    assert "1.0.0" in notes and "release=1.0.0" in notes
    assert (
        "release="
        not in opened(client.get("/slides/map.pptx?date=2026-01-17").content)
        .slides[0]
        .notes_slide.notes_text_frame.text
    )


@pytest.mark.parametrize("path", ["/slides/unknown.pptx", "/slides/map.ppt", "/slides/../map.pptx", "/slides/.pptx"])
def test_unknown_slides_are_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@each
def test_libreoffice_draws_every_slide(atlas, decks, tmp_path, slug, size):
    from pypdf import PdfReader

    path = tmp_path / "deck.pptx"
    path.write_bytes(decks[slug, size])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path],
        check=True,
        timeout=180,
        capture_output=True,
    )
    pages = PdfReader(tmp_path / "deck.pdf").pages
    assert len(pages) == len(opened(decks[slug, size]).slides)
    for page in pages:
        text = " ".join(page.extract_text().split())
        assert view_of(atlas, slug).title[:40] in text and "CC BY 4.0" in text
