"""Pictures carry all that must travel with them, whole, legible and the same every time."""

import gzip
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from atlas.charts import catalogue
from atlas.charts.compare.view import comparison
from atlas.charts.map.places import placing
from atlas.charts.map.view import READINGS
from atlas.charts.timeline.scene import kept
from atlas.charts.timeline.view import timeline
from atlas.draw import palette
from atlas.draw.fonts import FAMILY, FONTS, FOR_RASTER, WEIGHTS, balanced, cut, font_faces, width, wrap
from atlas.draw.palette import Colour, over
from atlas.draw.raster import pdf, png
from atlas.draw.sizes import INLINE, SIZES
from atlas.maps.geometry import get_paths
from atlas.maps.paths import LAYERS, coarse, rings, within, written
from atlas.publish import citation
from atlas.publish.caption import MAPS, caption
from atlas.publish.picture import drawing, picture
from atlas.tables.atlas import load
from atlas.tables.dates import in_words
from atlas.tables.schema import DATA
from atlas.words import texts
from tests.picture_parts import (
    LINK,
    REFERENCES,
    SVG,
    colours_of,
    legend_of,
    marks_of,
    reference_atlas,
    structure,
    texts_of,
    tree,
)

ROOT = Path(__file__).resolve().parents[1]
CASES = [(slug, size, dark) for slug in catalogue.CHARTS for size in SIZES for dark in (False, True)]
# Besides the defaults: the emptiest and the fullest days, the longest titles, the most columns, nothing at all.
ODD = [
    *(
        (slug, {"date": day})
        for slug in catalogue.CHARTS
        for day in ("2025-12-01", "2026-01-03", "2026-01-17", "2027-12-31")
    ),
    *(("map", {"colour": reading}) for reading in READINGS),
    ("compare", {"places": "US-CA,US-TX,GB-SCT,AUS"}),
    ("compare", {"instruments": "eu-dsa,eu-ai-act,eu-gdpr"}),
    ("strength", {"find": "zzz"}),
    ("strength", {"find": "Jap"}),
    ("strength", {"unfold": "USA,EU"}),
    ("timeline", {"actions": "sanction"}),
    ("timeline", {"span": "all"}),
    ("timeline", {"span": "weeks"}),
]
INK = {
    colour.upper()
    for value in vars(palette).values()
    for colours in [
        (
            [value]
            if isinstance(value, Colour)
            else list(value.values())
            if isinstance(value, dict)
            else list(value)
            if isinstance(value, tuple)
            else []
        )
    ]
    for one in colours
    if isinstance(one, Colour)
    for fill in (one.light, one.dark)
    for colour in (fill, over(fill))
}
# What is drawn where there is no step of the ladder.
SILENT = {"off_ladder", "nothing_found", "not_searched"}


@cache
def data():
    return load(DATA)


@cache
def view(slug, query=()):
    atlas, chart = data(), catalogue.CHARTS[slug]
    return catalogue.view(atlas, slug, catalogue.read(atlas, chart, dict(query))[0])


@cache
def drawn(slug, size, dark=False, query=()):
    return picture(data(), view(slug, query), size, dark, LINK)


def said(svg):
    """All text, as one line with single spaces."""
    return " ".join(text.words for text in texts_of(svg))


def overlaps(found):
    return [
        (one.words, other.words) for index, one in enumerate(found) for other in found[index + 1 :] if one.meets(other)
    ]


def outside(found, wide, tall, margin):
    return [
        text.words
        for text in found
        if text.x < margin - 1
        or text.right > wide - margin + 1
        or text.top < margin * 0.5
        or text.bottom > tall - margin * 0.5
    ]


# What travels along


@pytest.mark.parametrize(("slug", "size", "dark"), CASES)
def test_a_picture_carries_title_dates_caveat_source_and_licence(slug, size, dark):
    shown, svg = view(slug), drawn(slug, size, dark).svg
    words = said(svg)
    for part in (
        shown.title,
        shown.deck,
        shown.caveat,
        f"As of {in_words(shown.as_of)}; evidence to {in_words(shown.evidence_to)}.",
        "CC BY 4.0",
        citation.short(data().package),
    ):
        assert part in words, part
    assert LINK in words.replace("/ ", "/").replace("? ", "?")
    assert ("imply no view on legal status" in words) == (slug in MAPS)
    root = tree(svg)
    assert root.get("role") == "img" and root.get("aria-labelledby") == "ra-title ra-desc"
    assert [root.find(f"{SVG}title").text, root.find(f"{SVG}desc").text] == [shown.title, shown.alt]


@pytest.mark.parametrize(("slug", "size", "dark"), CASES)
def test_no_text_overlaps_or_leaves_the_picture(slug, size, dark):
    made = drawn(slug, size, dark)
    found = texts_of(made.svg)
    assert overlaps(found) == []
    assert outside(found, made.width, made.height, made.size.margin) == []


@pytest.mark.parametrize(("slug", "query"), ODD)
def test_nor_on_odd_days_and_with_odd_choices(slug, query):
    for size in SIZES:
        made = drawn(slug, size, False, tuple(query.items()))
        found = texts_of(made.svg)
        assert overlaps(found) == [] and outside(found, made.width, made.height, made.size.margin) == [], size


@pytest.mark.parametrize("slug", catalogue.CHARTS)
@pytest.mark.parametrize("wide", [760, 340])
def test_a_drawing_is_complete_at_any_width_and_nothing_in_it_overlaps(slug, wide):
    made = drawing(data(), view(slug), wide)
    svg = made.svg("x")
    found = texts_of(svg)
    assert found and overlaps(found) == [] and outside(found, made.width, made.height, 0) == []
    assert "in the table" not in said(svg) and "…" not in said(svg)
    assert "prefers-color-scheme:dark" in svg


@pytest.mark.parametrize(("slug", "size", "dark"), CASES)
def test_colours_come_from_the_palette(slug, size, dark):
    assert {colour.upper() for colour in colours_of(drawn(slug, size, dark).svg)} <= INK


def test_print_is_180_millimetres_wide_and_at_most_240_high():
    for slug in catalogue.CHARTS:
        made = drawn(slug, "print")
        assert abs(made.width / 96 * 25.4 - 180) < 0.2 and made.height / 96 * 25.4 <= 240.1
        assert made.width * made.size.scale / (180 / 25.4) >= 299


# Numbers


def test_the_legend_counts_what_the_view_counts():
    for slug in ("map", "timeline"):
        for size in SIZES:
            words = legend_of(drawn(slug, size).svg)
            assert words == {
                klass.id: klass.label if klass.texture == "open" else f"{klass.label} {klass.count}"
                for klass in view(slug).classes
            }


@pytest.mark.parametrize("reading", READINGS)
def test_the_map_draws_each_place_once_in_its_class(reading):
    shown = view("map", (("colour", reading),))
    where = placing(data(), shown)
    expected = Counter(shown.class_of[place] for place in {*where.shapes, *where.circles})
    for size in SIZES:
        marks = marks_of(drawn("map", size, False, (("colour", reading),)).svg)
        assert marks == dict(sorted(expected.items())), size
    # What is not drawn is only what no shape may show: parts of a country of which nothing is known.
    left = {place for place in shown.class_of if place not in {*where.shapes, *where.circles}}
    assert all(shown.klass(shown.class_of[place]).texture == "open" for place in left)


def test_flat_colours_tell_the_silences_apart_and_an_outline_what_has_ended():
    """Seen to fail where a search without result was dotted and law-making or own use was ruled: nothing but old
    evidence, where a reader asks for it, has a texture.
    """
    shown = view("map", (("aged", "hatched"),))
    svg, where = drawn("map", "wide", False, (("aged", "hatched"),)).svg, placing(data(), shown)
    hatched = set()
    for of, block in re.findall(r'<g fill="url\(#ra-hatch-([\w-]+)\)"[^>]*>(.*?)</g>', svg):
        members = set(re.findall(r'href="#ra-([\w-]+)"', block))
        assert {shown.class_of[place] for place in members} == {of}, "a stroke shows on the fill of its class"
        hatched |= members
    assert hatched == {place for place in where.shapes if place in shown.stale}
    assert set(re.findall(r'<pattern id="ra-(?:key-)?(\w+)-', svg)) == {"hatch"}
    assert not re.search("<pattern", drawn("map", "wide", False).svg)
    fills = {klass.id: klass.colour for klass in shown.classes if klass.id in SILENT}
    assert set(fills) == SILENT and len(set(fills.values())) == len(SILENT)
    ended = {place for place in where.shapes if shown.class_of[place].endswith("-ended")}
    outlined = re.findall(r'<g class="f-k-(rung-\d-ended) s-o-\1" stroke-width="[\d.]+" data-class="\1">(.*?)</g>', svg)
    assert {place for _, block in outlined for place in re.findall(r'data-id="([\w-]+)"', block)} == ended
    assert ended >= {"IDN", "MYS", "PHL"}
    assert (
        "Law-making or own use only 1" in said(svg)
        and "Restricted (ended) 3" in said(svg)
        and "Not searched" in said(svg)
        and "Searched, nothing found" in said(svg)
        and "Evidence is old" in said(svg)
    )


def test_old_evidence_is_told_in_words_and_not_hatched_unasked():
    for reading in ("peak", "now"):
        svg = drawn("map", "wide", False, (("colour", reading),)).svg
        assert "url(#ra-hatch" not in svg and "Evidence is old" not in said(svg)
        assert "The newest evidence is over 180 days old for" in said(svg)
    svg = drawn("map", "wide", False, (("colour", "evidence"),)).svg
    assert "url(#ra-hatch" in svg and "Evidence is old" in said(svg)


@pytest.mark.parametrize("size", SIZES)
def test_the_timeline_draws_every_act_or_says_how_many_it_leaves_out(size):
    shown, svg = view("timeline"), drawn("timeline", size).svg
    words, names = said(svg), [text.words for text in texts_of(svg)]
    lanes = [lane for lane, label in shown.lanes if label in names]
    left = len(shown.lanes) - len(lanes)
    assert (f"{left} more jurisdictions, with weaker or later acts, are in the table." in words) == (left > 1)
    inside = [mark for mark in shown.marks if mark.lane in lanes and shown.span[0] <= mark.day <= shown.span[1]]
    beyond = sum(mark.lane in lanes for mark in shown.marks) - len(inside)
    assert f"{beyond} act" in words if beyond else "outside the days" not in words
    expected = Counter(f"rung-{mark.rung}" if mark.rung else "other" if mark.counts else "uncounted" for mark in inside)
    context = [mark for mark in shown.events if shown.span[0] <= mark.day <= shown.span[1]]
    assert marks_of(svg) == dict(sorted((expected | {"context": len(context)}).items()))


def test_the_lanes_kept_are_those_with_the_strongest_acts():
    shown = timeline(data(), "2026-11-23")
    best = {
        lane: max((mark.rung for mark in shown.marks if mark.lane == lane and mark.counts), default=0)
        for lane, _ in shown.lanes
    }
    for most in (3, 9, 20):
        chosen = [lane for lane, _ in kept(shown, most)]
        assert len(chosen) == most and chosen == [lane for lane, _ in shown.lanes if lane in chosen]
        left = [best[lane] for lane, _ in shown.lanes if lane not in chosen]
        assert min(best[lane] for lane in chosen if lane != "joint") >= max(left)


@pytest.mark.parametrize("size", SIZES)
def test_the_clock_names_each_curve_with_its_count(size):
    words = [text.words for text in texts_of(drawn("clock", size).svg)]
    assert {f"{klass.label} {klass.count}" for klass in view("clock").classes} <= set(words)


@pytest.mark.parametrize("size", SIZES)
def test_every_cell_of_a_comparison_says_its_state(size):
    shown = view("compare")
    assert marks_of(drawn("compare", size).svg) == dict(
        sorted(Counter(cell.state for row in shown.rows for cell in row.cells).items())
    )
    words = said(drawn("compare", size).svg).replace("\u00a0", " ")
    for row in shown.rows:
        assert row.label in words
        for one in row.cells:
            assert one.words.split(":")[0] in words and one.short_name.split(" ")[0] in words


def test_a_comparison_says_the_provision_or_that_it_is_in_the_table():
    shown = comparison(data(), "places", ("FRA", "GBR", "KOR", "US-CA"), "2026-11-23")
    for size in SIZES:
        svg = picture(data(), shown, size, False, LINK).svg
        # A cell's lines stand together in its group, whatever cells stand beside it.
        cells = {
            group.get("data-id"): re.sub(r"\s", "", "".join(group.itertext()))
            for group in tree(svg).iter(f"{SVG}g")
            if group.get("data-class") in texts()["compare"]["states"]
        }
        given = {
            f"{column.id} {row.power}": one
            for row in shown.rows
            for column, one in zip(shown.columns, row.cells, strict=True)
            if one.state != "not_assessed" and one.provision
        }
        whole = all(re.sub(r"\s", "", one.provision) in cells[identity] for identity, one in given.items())
        assert len(given) > 20 and whole != ("provisions are in the table." in said(svg).lower())


@pytest.mark.parametrize("size", SIZES)
def test_ranges_have_the_numbers_of_the_view_or_are_counted_as_left_out(size):
    shown, svg = view("strength"), drawn("strength", size).svg
    words = [text.words for text in texts_of(svg)]
    rows = [row for row in shown.rows if row.name in words]
    left = len(shown.rows) - len(rows)
    assert (f"{left} more regimes, with less assessed, are in the table." in " ".join(words)) == (left > 1)
    assert all(row in rows for row in shown.rows if row.strength.whole.point is not None)
    numbers = Counter(
        (
            f"{row.strength.whole.low:.0f} to {row.strength.whole.high:.0f}"
            if row.strength.whole.point is None
            else f"{row.strength.whole.point:.0f}"
        )
        for row in rows
    )
    assert not numbers - Counter(words)
    marks = marks_of(svg)
    assert marks["scored"] == sum(row.strength.whole.point is not None for row in rows) and marks["scored"] + marks[
        "bounds"
    ] == len(rows)


@pytest.mark.parametrize("size", SIZES)
def test_the_scatter_has_every_dot_and_no_name_covers_one(size):
    shown, made = view("powers-response"), drawn("powers-response", size)
    assert marks_of(made.svg) == dict(sorted(Counter(dot.corner or "none" for dot in shown.drawn).items()))
    names = {dot.name for dot in shown.drawn}
    circles = [
        tuple(float(circle.get(key)) for key in ("cx", "cy", "r"))
        for group in tree(made.svg).iter(f"{SVG}g")
        if group.get("data-id")
        for circle in group.iter(f"{SVG}circle")
    ]
    assert len(circles) == len(shown.drawn) > 40
    written = texts_of(made.svg)
    said = " ".join(text.words for text in written)
    # Places with one score may share a spot and "n more"; whoever went far stands by name.
    assert all(dot.name in said for dot in shown.drawn if dot.rung >= 3)
    for text in written:
        if text.words in names:
            assert not [
                1 for x, y, r in circles if text.x < x + r and x - r < text.right and text.top < y < text.bottom
            ], text.words


# Structure


@pytest.mark.parametrize("slug", catalogue.CHARTS)
def test_structure_is_that_of_the_reference(slug):
    """`python -m tests.picture_parts` writes the references anew."""
    assert structure(reference_atlas(), slug) == json.loads(
        (REFERENCES / f"picture-{slug}.json").read_text(encoding="utf-8")
    )


def test_two_drawings_share_a_page():
    """Ids differ by their prefix, and a style sheet holds for its own drawing alone."""
    light, dark = (
        drawing(data(), view("map", (("colour", "evidence"),)), 700, dark=False).svg(),
        drawing(data(), view("map", (("colour", "evidence"),)), 340, dark=True, prefix="narrow-").svg(),
    )
    ids = [set(re.findall(r' id="([^"]+)"', one)) for one in (light, dark)]
    assert ids[0] and ids[1] and not ids[0] & ids[1]
    for one, scope in ((light, "ra-light"), (dark, "ra-dark")):
        assert set(re.findall(r'(?:url\(|href=")#([^)"]+)', one)) <= set(re.findall(r' id="([^"]+)"', one))
        root = tree(one)
        assert scope in root.get("class").split()
        # The rules within a block for paper or for the dark hold for this drawing alone, too.
        sheet = re.sub(r"@media[^{]*\{", "", root.find(f"{SVG}style").text)
        rules = re.findall(r"([^{}]+)\{[^}]*\}", sheet)
        assert rules and all(selector.startswith(f":where(.{scope}) ") for selector in rules)
        assert "," not in "".join(rules)


def test_a_map_for_a_page_is_small():
    for wide in (760, 340):
        assert len(gzip.compress(drawing(data(), view("map"), wide).svg().encode(), 9)) < 31_000


@pytest.mark.parametrize("slug", catalogue.CHARTS)
def test_marks_carry_their_id_and_their_line(slug):
    shown, root = view(slug), tree(drawn(slug, "wide").svg)
    lines = {
        element.get("data-id"): element.find(f"{SVG}title").text
        for element in root.iter()
        if element.get("data-id") and element.find(f"{SVG}title") is not None
    }
    for identity, line in shown.hover.items():
        assert lines.get(identity, line) == line
    if slug in ("map", "strength", "powers-response"):
        assert set(lines) <= set(shown.hover) and len(lines) > 20


def test_coarse_shapes_still_meet_and_windows_hold_what_is_in_them():
    fine, rough = get_paths(), coarse(3)
    for layer in LAYERS:
        assert set(rough[layer]) == set(fine[layer])
        assert all(written(rings(path)) == path for path in fine[layer].values())
        for identity, path in fine[layer].items():
            corners = {(round(x / 3), round(y / 3)) for ring in rings(path) for x, y in ring}
            if "l1 1-1 1-1-1z" not in rough[layer][identity]:
                assert {point for ring in rings(rough[layer][identity]) for point in ring} <= corners
    left, top, right, bottom = window = (4290, 215, 5620, 1225)
    europe = within(window)
    assert {"FRA", "DEU", "GBR", "POL"} <= set(europe["world"]) and not {"JPN", "AUS", "BRA"} & set(europe["world"])
    for path in europe["world"].values():
        assert all(left <= x <= right and top <= y <= bottom for ring in rings(path) for x, y in ring)
    inner = fine["world"]["CZE"]
    assert europe["world"]["CZE"] == inner


# Safe text


HOSTILE = '<script>alert(1)</script> & "quoted" \x00\x0b\ud800 ]]> {{ 7*7 }}'


def test_text_from_data_is_text():
    shown = view("map")
    bad = replace(
        shown,
        title=HOSTILE,
        deck=HOSTILE,
        caveat=HOSTILE,
        alt=HOSTILE,
        hover={place: HOSTILE for place in shown.hover},
        classes=tuple(replace(klass, label=HOSTILE) for klass in shown.classes),
    )
    for svg in (
        picture(data(), bad, "wide", False, f"https://x.example/?q={HOSTILE}").svg,
        drawing(data(), bad, 700).svg(HOSTILE),
    ):
        root = tree(svg)
        assert not list(root.iter(f"{SVG}script")) and "&lt;script&gt;" in svg
        assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]
    lanes = view("timeline")
    bad = replace(
        lanes,
        lanes=tuple((name, HOSTILE) for name, _ in lanes.lanes),
        marks=tuple(replace(mark, text=HOSTILE) for mark in lanes.marks),
    )
    assert tree(picture(data(), bad, "wide").svg).tag == f"{SVG}svg"


def test_a_very_long_title_and_link_stay_inside():
    shown = replace(view("map"), title="Wordwithoutanyspace" * 12 + " and more", deck="Long deck. " * 30)
    for size in SIZES:
        made = picture(data(), shown, size, False, "https://atlas.example/?" + "x" * 400)
        found = texts_of(made.svg)
        assert [text.words for text in found if text.right > made.width - made.size.margin + 1] == [] and overlaps(
            found
        ) == []


# Fonts and measures


def test_text_is_measured_as_the_font_has_it():
    for weight in WEIGHTS:
        font = TTFont(FOR_RASTER / f"{weight}.ttf")
        cmap, advances = font.getBestCmap(), font["hmtx"].metrics
        for text in ("Three countries restricted Grok", "Österreich, Türkiye § 175 “ő” – 100%"):
            expected = sum(advances[cmap[ord(letter)]][0] for letter in text) / font["head"].unitsPerEm
            assert abs(width(text, 20, weight) - 20 * expected) < 0.2
        pages = TTFont(FONTS / "source-sans-3-latin-wght-normal.woff2").getBestCmap()
        assert set(pages) - {0xFEFF} <= set(cmap)
        names = {record.nameID: str(record) for record in font["name"].names}
        # The licence reserves the original's name for unchanged fonts, and asks that its notice stays.
        assert names[16] == FAMILY and "Source" not in names[1] + names[4] + names[6] and "Adobe" in names[0]


def test_every_letter_in_a_picture_has_a_glyph():
    known = set(TTFont(FOR_RASTER / "400.ttf").getBestCmap())
    for slug, query in [*((slug, {}) for slug in catalogue.CHARTS), *ODD]:
        letters = set(said(drawn(slug, "square", False, tuple(query.items())).svg))
        assert not {letter for letter in letters if ord(letter) not in known}, slug


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=120), st.floats(30, 400))
def test_lines_fit_and_lose_nothing(text, most):
    lines = wrap(text, 16, most)
    assert all(width(line, 16) <= most or len(line) == 1 for line in lines)
    assert re.sub(r"[ \t\r\n]", "", text) == "".join(lines).replace(" ", "")
    assert width(cut(text, 16, most), 16) <= max(most, width("…", 16))


def test_titles_part_at_their_pause():
    assert balanced("Three countries restricted it; all three had lifted it by then", 30, 640, 600) == [
        "Three countries restricted it;",
        "all three had lifted it by then",
    ]
    assert len(balanced("One two three four five six seven eight", 30, 420, 600)) == 2


def test_the_second_font_file_travels_only_where_needed():
    assert font_faces("plain § ä").count("@font-face") == 1 and font_faces("Łódź").count("@font-face") == 2
    assert font_faces("a", lambda name: f"/fonts/{name}").count("data:") == 0


# Files


@pytest.mark.parametrize(("slug", "size", "dark"), [case for case in CASES if case[1] in ("wide", "print")])
def test_png_has_its_size_and_is_not_blank(slug, size, dark):
    made = drawn(slug, size, dark)
    image = Image.open(BytesIO(png(made)))
    assert (
        image.size == (round(made.width * made.size.scale), round(made.height * made.size.scale))
        or size == "print"
        and all(
            abs(have - want) <= 1
            for have, want in zip(
                image.size, (made.width * made.size.scale, made.height * made.size.scale), strict=True
            )
        )
    )
    assert abs(image.info["dpi"][0] - 96 * made.size.scale) < 1
    paper = palette.PAPER.on(dark)
    pixels = image.convert("RGB").resize((320, round(320 * made.height / made.width)), Image.Resampling.NEAREST)
    counts = dict((colour, count) for count, colour in pixels.getcolors(10**6))
    assert max(counts, key=counts.get) == tuple(int(paper[index : index + 2], 16) for index in (1, 3, 5))
    assert len(counts) > 40 and max(counts.values()) < 0.97 * sum(counts.values())


@pytest.mark.parametrize("slug", catalogue.CHARTS)
def test_pdf_has_its_text_and_its_true_size(slug):
    for size in ("wide", "print"):
        made = drawn(slug, size)
        reader = PdfReader(BytesIO(pdf(made)))
        page = reader.pages[0]
        assert len(reader.pages) == 1 and [float(edge) for edge in page.mediabox[2:]] == pytest.approx(
            [made.width * 0.75, made.height * 0.75], abs=0.6
        )
        words = re.sub(r"\s", "", page.extract_text())
        for part in (view(slug).title, view(slug).caveat, citation.short(data().package)):
            assert re.sub(r"\s", "", part) in words


@pytest.mark.slow
def test_the_same_view_gives_the_same_bytes():
    code = (
        "import sys\nfrom hashlib import sha256\nfrom atlas.charts import catalogue\nfrom atlas.draw.raster import pdf,"
        " png\nfrom atlas.publish.picture import picture\nfrom atlas.tables.atlas import load\nfrom atlas.tables.schema"
        " import DATA\natlas = load(DATA)\nfor slug, chart in catalogue.CHARTS.items():\n    made = picture(atlas,"
        " catalogue.view(atlas, slug, catalogue.read(atlas, chart, {})[0]), 'wide', False, sys.argv[1])\n   "
        " print(slug, *(sha256(raw).hexdigest() for raw in (made.svg.encode(), png(made), pdf(made))))\n"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, LINK],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    here = "".join(
        f"{slug} {' '.join(sha256(raw).hexdigest() for raw in (made.svg.encode(), png(made), pdf(made)))}\n"
        for slug in catalogue.CHARTS
        for made in [drawn(slug, "wide")]
    )
    assert other.stdout == here


# Captions


@pytest.mark.parametrize("slug", catalogue.CHARTS)
def test_a_caption_says_what_the_picture_says(slug):
    shown = view(slug)
    words = caption(data(), shown, LINK)
    for part in (
        shown.title,
        shown.deck,
        shown.caveat,
        in_words(shown.as_of),
        in_words(shown.evidence_to),
        "CC BY 4.0",
        LINK,
    ):
        assert part in words.caption
    assert words.alt == shown.alt and words.citation == citation.plain(data().package, shown.title, LINK)
    assert "imply no view" in words.caption or slug != "map"


def test_every_size_has_a_name():
    assert [size.label for size in SIZES.values()] == list(texts()["pictures"]["sizes"]) and INLINE.body >= 15


# As a browser draws it


@pytest.mark.browser
@pytest.mark.parametrize("slug", catalogue.CHARTS)
def test_in_a_browser_the_font_is_there_and_no_text_overlaps(page, offline, slug):
    for size in SIZES:
        page.set_content(f"<body style='margin:0'>{drawn(slug, size).svg}</body>")
        assert page.evaluate(f"document.fonts.load(\"16px '{FAMILY}'\").then(found => found.length)") == 1
        boxes = page.evaluate(
            "[...document.querySelectorAll('svg text')].map(t => { const b = t.getBBox(); return [t.textContent, b.x,"
            " b.y, b.width, b.height] })"
        )
        found = {text.words: text for text in texts_of(drawn(slug, size).svg)}
        for words, x, _, wide, _ in boxes:
            # Kerning draws letters together; nothing may be wider than it was measured.
            assert wide <= found[words].right - found[words].x + 1.5, words
            assert x >= 0 and x + wide <= drawn(slug, size).width
