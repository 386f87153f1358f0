"""Docstrings of what templates live on name every key, so that a template can be written by reading them."""

import inspect
import re

import pytest

from atlas.charts.compare.view import PLACES, comparison
from atlas.publish import places, receipts, strength
from atlas.publish import record_page as records
from atlas.publish.comparison import page as compare_page
from atlas.publish.record_rows import row
from atlas.tables.schema import DATA

DAY = "2026-11-23"


def _compared(atlas):
    return comparison(atlas, PLACES, ("JPN", "EU"), DAY)


CASES = {
    "act": (receipts.act, "responses", lambda atlas: receipts.act(atlas, atlas["responses"]["response_id"].iloc[0])),
    "power": (receipts.power, "powers", lambda atlas: receipts.power(atlas, *_coded(atlas))),
    "instrument": (receipts.instrument, "instruments", lambda atlas: receipts.instrument(atlas, _coded(atlas)[0])),
    "record": (records.record, "", lambda atlas: _record(atlas)),
    "card": (places.card, "", lambda atlas: places.card(atlas, "JPN", DAY)),
    "side by side": (strength.side_by_side, "", lambda atlas: strength.side_by_side(atlas, ("JPN", "EU"), DAY)),
    "ladder": (strength.ladder, "", lambda atlas: strength.ladder(atlas, "JPN", DAY)),
    "sanctions": (compare_page.sanctions, "", lambda atlas: compare_page.sanctions(atlas, _compared(atlas), 1e9)),
    "rest": (compare_page.rest, "", lambda atlas: compare_page.rest(atlas, _compared(atlas), 10**9)),
}


def _coded(atlas) -> tuple[str, str]:
    first = atlas["powers"].iloc[0]
    return first["instrument_id"], first["power"]


def _record(atlas) -> dict:
    identity = atlas["responses"]["response_id"].iloc[0]
    return records.record(atlas, DATA, "responses", identity, row(atlas, "responses", identity), "https://one.example")


@pytest.mark.parametrize("name", CASES)
def test_the_docstring_names_each_key(atlas, name):
    made, table, call = CASES[name]
    told = set(re.findall(r"`(\w+)`", inspect.getdoc(made)))
    columns = set(atlas[table].columns) if table else set()
    found = call(atlas)
    assert set(found) - columns <= told, sorted(set(found) - columns - told)
