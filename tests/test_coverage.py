"""The matrix of coverage: what it counts, what stands behind a cell, and what is handed out."""

import csv
import io
import re

import pytest

from atlas.law.fields import NOT_READ, fields_of, reading
from atlas.publish import coverage
from atlas.templating import render
from atlas.words import texts

STATES = ("read", "none_exists", "not_its_to_make", "not_read")


def test_every_place_with_an_instrument_has_a_row_and_every_field_a_cell(atlas):
    rows = coverage.rows(atlas)
    assert {row.place for row in rows} == set(atlas["instruments"]["jurisdiction_id"])
    for row in rows:
        assert tuple(cell.field for cell in row.cells) == coverage.fields(atlas)
        for cell in row.cells:
            assert cell.state == reading(atlas, row.place, cell.field) in STATES


def test_the_line_counts_what_the_matrix_shows(atlas):
    counts = coverage.counts(atlas)
    assert counts["cells"] == counts["places"] * counts["fields"] == sum(counts[state] for state in STATES)
    assert sum(row.unread for row in coverage.rows(atlas)) == counts["not_read"]
    said = coverage.page(atlas)["line"]
    for name in ("places", "fields", "cells", *STATES):
        assert re.search(rf"\b{counts[name]}\b", said), name


def test_behind_each_cell_stand_its_laws_or_sources(atlas):
    """What was read names its laws; what is no law of the place names who says so; each leads to a record."""
    home = dict(zip(atlas["instruments"]["instrument_id"], atlas["instruments"]["jurisdiction_id"]))
    for row in coverage.rows(atlas):
        for cell in row.cells:
            for _, address, _ in cell.laws:
                law = address.rsplit("/", 1)[1]
                assert home[law] == row.place and cell.field in fields_of(atlas)[law]
            if cell.state == "read":
                assert any(not aside for _, _, aside in cell.laws) and cell.when, (row.place, cell.field)
            elif cell.state != NOT_READ:
                assert cell.sources and cell.when, (row.place, cell.field)


def test_a_filter_finds_places_laws_and_states(atlas):
    assert [row.place for row in coverage.chosen(atlas, place="JPN")] == ["JPN"]
    assert "JPN" in {row.place for row in coverage.chosen(atlas, "appi")}
    assert {row.place for row in coverage.chosen(atlas, "none exists")} == {
        row.place for row in coverage.rows(atlas) if any(cell.state == "none_exists" for cell in row.cells)
    }
    assert coverage.chosen(atlas, "no such word at all") == ()


@pytest.mark.parametrize("asked", [{}, {"place": "JPN"}])
def test_the_matrix_is_a_table_that_can_be_read_aloud(atlas, asked):
    html = render("coverage.html", **coverage.page(atlas, **asked))
    shown = coverage.chosen(atlas, **asked)
    body = html.split("<tbody", 1)[1]
    assert len(re.findall(r'<th scope="row">', body)) == len(shown)
    # Each cell says its state in words, not by its mark alone.
    assert len(re.findall(r'<span class="w">[^<]+</span>', body)) == len(shown) * len(coverage.fields(atlas))
    assert html.count('<div class="behind') == len(shown)
    assert "<caption" in html and html.count('scope="col"') == len(coverage.fields(atlas)) + 3


def test_nothing_that_fits_is_said(atlas):
    html = render("coverage.html", **coverage.page(atlas, text="no such word at all"))
    assert texts()["coverage"]["empty"] in html and "<table" not in html


def test_the_matrix_as_csv(atlas):
    rows = list(csv.DictReader(io.StringIO(coverage.as_csv(atlas).decode("utf-8-sig"))))
    assert [row["Id"] for row in rows] == [row.place for row in coverage.rows(atlas)]
    japan = next(row for row in rows if row["Id"] == "JPN")
    assert japan["Data protection"] == reading(atlas, "JPN", "data_protection")
    assert "APPI" in japan["Data protection: laws"] and japan["Fields not read"].isdigit()
