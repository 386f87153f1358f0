"""The audit of the scores: rules of aggregation, weights that are tried, shares of variance, what the page shows."""

import json
import re
import shutil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.law import audit
from atlas.law.strength import compulsory, group_index, groups, strengths
from atlas.publish import audit as published
from atlas.tables.method import get_method
from atlas.tables.schema import DATA
from atlas.templating import render
from atlas.words import texts
from tests.test_strength import CODEBOOK

EQUAL = np.full((3, 1), 1 / 3)


def test_the_rules_by_hand():
    part = CODEBOOK.split("### Audit", 1)[1].split("\n### ", 1)[0]
    parts = np.array([[float(number)] for number in re.search(r"Groups of (\d+), (\d+) and (\d+)", part).groups()])
    said = re.search(r"= ([\d.]+); geometric mean .* = ([\d.]+); weakest group ([\d.]+)\.", part).groups()
    for rule, wanted in zip(audit.RULES, said):
        assert f"{audit.aggregate(parts, EQUAL, rule)[0]:.2f}" == wanted


def test_the_codebook_prints_the_numbers_of_the_audit():
    chosen = get_method()["audit"]
    low, high = chosen["partial"]
    for text in (f"{chosen['samples']} base samples", f"{low} to {high} points", f"{chosen['power_floor']:.0%} of its"):
        assert text in CODEBOOK, text


@given(st.lists(st.floats(0, 100), min_size=3, max_size=3), st.lists(st.floats(0.1, 1), min_size=3, max_size=3))
def test_the_mean_is_never_under_the_geometric_and_that_never_under_the_weakest(parts, weights):
    columns = np.array(parts)[:, None], np.array(weights)[:, None]
    mean, geometric, weakest = (audit.aggregate(*columns, rule)[0] for rule in audit.RULES)
    # A group of less than one point counts as one in the geometric mean.
    clamped = audit.aggregate(np.maximum(columns[0], 1.0), columns[1], audit.MEAN)[0]
    assert min(parts) == weakest <= mean + 1e-9 and max(weakest, 1.0) - 1e-6 <= geometric <= clamped + 1e-6


def test_a_group_that_is_not_assessed_is_left_out():
    parts = np.array([[80.0], [np.nan], [20.0]])
    assert [round(float(audit.aggregate(parts, EQUAL, rule)[0]), 6) for rule in audit.RULES] == [50.0, 40.0, 20.0]


def test_weights_that_are_tried_stay_within_their_bounds():
    random = np.random.default_rng(3)
    by_group, by_power = audit.group_weights(random.random((500, 2))), audit.power_weights(random.random((500, 10)))
    np.testing.assert_allclose(by_group.sum(0), 1)
    assert by_group.min() >= get_method()["priorities"]["floor"] - 1e-9
    np.testing.assert_allclose(by_group.mean(1), 1 / 3, atol=0.03)
    for group in range(len(groups())):
        mine = by_power[group_index() == group]
        np.testing.assert_allclose(mine.sum(0), 1)
        assert mine.min() >= get_method()["audit"]["power_floor"] / len(mine) - 1e-9


def test_runs_at_the_middle_are_the_score():
    """Sure codes, equal weights of powers, the value of partial that the method has, the mean: the score by hand."""
    levels = np.full((len(compulsory()), 4), 2)
    levels[:4] = 1
    sample = np.full((1, len(audit.problem()["names"])), 0.5)
    sample[0, 1:3], sample[0, -1] = (1 / 3, 2 / 3), 0.0
    assert audit.runs(levels, sample)[0] == pytest.approx((50 + 100 + 100) / 3)


def test_a_place_with_every_power_in_full_does_not_vary():
    sample = np.random.default_rng(5).random((200, len(audit.problem()["names"])))
    np.testing.assert_allclose(audit.runs(np.full((len(compulsory()), 7), 2), sample), 100.0)


def test_the_figures_are_those_of_the_data(atlas):
    """What was built from these data, source by source and place by place."""
    found = audit.read(DATA / "built")
    assert found["key"] == audit.audit_key(atlas), "run `make build`"
    shares = found["variance"]
    assert set(shares["first"]) == set(shares["total"]) == set(audit.SOURCES)
    assert 0.6 < sum(shares["first"].values()) <= 1.05
    assert all(shares["first"][name] <= shares["total"][name] + 0.03 for name in audit.SOURCES)
    assert shares["width"] > shares["facts_width"] > 0
    scores = {place: what.whole.point for place, what in strengths(atlas, found["day"]).items()}
    assert {place: one["mean"] for place, one in found["scores"].items()} == {
        place: round(point, 1) for place, point in scores.items() if point is not None
    }
    counts = found["pairs"]
    for rule in audit.RULES[1:]:
        assert counts[f"{rule}_turned"] + counts[f"{rule}_level"] <= counts["ordered"]


def test_the_page_says_the_figures_in_words_and_tables(atlas):
    found = audit.read(DATA / "built")
    shown = published.section(atlas)
    html = render("audit.html", label="Audit", **shown)
    assert html.count("<table") == 3 and f"{found['variance']['runs']:,} runs" in html
    rows = {block["title"]: block["rows"] for block in shown["blocks"]}
    assert len(rows[texts()["audit"]["scores"]["title"]]) == len(found["scores"])
    assert [row[0] for row in rows[texts()["audit"]["pairs"]["title"]]] == list(
        texts()["audit"]["pairs"]["rules"].values()
    )


def test_figures_of_other_data_are_not_shown(atlas, tmp_path):
    shutil.copy(DATA / "built" / "audit.json", tmp_path)
    found = json.loads((tmp_path / "audit.json").read_text())
    (tmp_path / "audit.json").write_text(json.dumps(found | {"key": "another"}))
    assert published.section(atlas, tmp_path) == {"lines": [texts()["audit"]["waits"]], "blocks": []}
    (tmp_path / "audit.json").write_text("[]")
    assert published.section(atlas, tmp_path)["blocks"] == [] and audit.read(tmp_path / "none") == {}
