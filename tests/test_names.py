"""Other names of jurisdictions: each leads to one place, and the schema's rules say so where one does not."""

import pandas as pd
import pytest

from atlas.tables.read import read_text
from atlas.tables.rules.names import codes_are_codes, names_lead_to_one_place
from atlas.tables.schema import DATA, read_package


@pytest.fixture(scope="module")
def frames():
    package = read_package(DATA)
    return package, {name: read_text(DATA, package.tables[name]) for name in ("names", "jurisdictions")}


def with_row(frames, *cells):
    package, held = frames
    row = pd.DataFrame([cells], columns=list(package.tables["names"].fields), index=[9999])
    return held | {"names": pd.concat([held["names"], row])}, package


@pytest.mark.parametrize(
    "cells",
    [
        ("DEU", "Turkey", "other_name", "en", ""),
        ("DEU", "japan", "other_name", "en", ""),
        ("FRA", "TURKIYE", "other_name", "en", ""),
        ("USA", "Bresil", "other_name", "fr", ""),
    ],
)
def test_a_name_of_two_places_is_a_fault(frames, cells):
    (fault,) = names_lead_to_one_place(*with_row(frames, *cells))
    assert fault.line == 9999 and fault.value == cells[1] and "already leads to" in fault.expected


@pytest.mark.parametrize(
    "cells", [("JPN", "Jp", "code", "", ""), ("JPN", "JP1", "code", "", ""), ("JPN", "XX", "code", "ja", "")]
)
def test_a_code_is_two_capitals_without_language(frames, cells):
    assert len(list(codes_are_codes(*with_row(frames, *cells)))) == 1


def test_a_name_that_is_no_code_has_a_language(frames):
    assert len(list(codes_are_codes(*with_row(frames, "JPN", "Nippon!", "other_name", "", "")))) == 1


def test_the_names_of_the_data_hold(frames):
    package, held = frames
    assert list(names_lead_to_one_place(held, package)) == list(codes_are_codes(held, package)) == []
    assert set(held["names"]["jurisdiction_id"]) >= {"TUR", "GBR", "KOR", "USA", "US-MD"}
