"""Each incident by itself: no act, search or source of one moves a figure, a sentence or a silence of another."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from addresses import served
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from toy_cases import ACTED_IN, OTHER_SUBJECT, RESTRICTED, SAME_SUBJECT, SEARCHED_IN, add, with_toy_cases

from atlas.charts.catalogue import CHARTS, read, view
from atlas.charts.map.view import LAW, readings, world_map
from atlas.law.strength import strengths
from atlas.law.subject import law_was_read
from atlas.publish import record_rows
from atlas.publish.chart_request import ask
from atlas.publish.places import summary
from atlas.publish.tables import as_csv
from atlas.response.changes import change_counts
from atlas.response.evidence import NOT_SEARCHED, NOTHING_FOUND, knowledge
from atlas.response.next_step import steps
from atlas.tables.atlas import load
from atlas.tables.check import check
from atlas.tables.schema import DATA
from atlas.tables.store import get_store
from atlas.ui.asked_case import ABOUT_LAW, PICKER, SAME
from atlas.words.places import response_sentence

ROOT = Path(__file__).resolve().parents[1]
DAYS = ("2026-01-02", "2026-01-17", "2026-02-11", "2026-11-26")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The data with two more cases, written as rows and nothing else."""
    copy = tmp_path_factory.mktemp("cases") / "data"
    shutil.copytree(DATA, copy, ignore=shutil.ignore_patterns("built", "releases", "geo"))
    with_toy_cases(copy)
    return copy


@pytest.fixture(scope="module")
def three(folder):
    return load(folder)


def test_a_case_needs_rows_only(folder, three):
    assert [str(fault) for fault in check(folder)] == []
    assert [case.id for case in three.cases][1:] == [SAME_SUBJECT, OTHER_SUBJECT]
    assert three.of_case(OTHER_SUBJECT) is three.of_case(OTHER_SUBJECT)


@pytest.mark.parametrize("slug", CHARTS)
def test_other_cases_move_nothing_of_the_first(atlas, three, slug):
    for day in DAYS:
        for asked in _values(atlas, slug, day):
            one, other = view(atlas, slug, asked), view(three, slug, asked)
            for part in ("title", "deck", "caveat", "alt", "classes", "as_of"):
                assert getattr(one, part) == getattr(other, part), (slug, asked, part)
            pd.testing.assert_frame_equal(one.table, other.table)


def _values(atlas, slug, day):
    values = read(atlas, CHARTS[slug], {"date": day})[0]
    return [values | {"colour": one} for one in readings(atlas)] if "colour" in values else [values]


def test_other_cases_move_no_sentence_no_silence_and_no_step(atlas, three):
    for day in DAYS:
        assert knowledge(atlas, day) == knowledge(three, day)
        for place in atlas.jurisdictions.index:
            assert summary(atlas, place, day) == summary(three, place, day), (place, day)
            assert steps(atlas, place, day) == steps(three, place, day), (place, day)
    assert change_counts(atlas) == change_counts(three)


def test_strength_is_the_same_to_the_last_digit_in_every_case(atlas, three):
    for day in DAYS:
        alone = strengths(atlas, day)
        assert all(strengths(three.of_case(case.id), day) == alone for case in three.cases)


def test_a_search_about_one_case_is_no_silence_about_another(three):
    day = three.package.evidence_to
    known = {case.id: knowledge(three.of_case(case.id), day) for case in three.cases}
    first = three.cases[0].id
    assert known[first][SEARCHED_IN].state == NOT_SEARCHED
    assert known[SAME_SUBJECT][SEARCHED_IN].state == known[OTHER_SUBJECT][SEARCHED_IN].state == NOTHING_FOUND
    silent = {place for place, what in known[first].items() if what.state == NOTHING_FOUND}
    assert silent and all(known[OTHER_SUBJECT][place].state == NOT_SEARCHED for place in silent)


def test_a_case_tells_its_own_acts_and_its_own_product(three):
    other = three.of_case(OTHER_SUBJECT)
    assert world_map(other, "peak", "2023-04-01").title == "Italy was restricting Chatter on 1 April 2023"
    assert "Chatter" in world_map(other, "peak", "2026-11-26").title
    known = knowledge(other, "2026-11-26")[ACTED_IN]
    said = response_sentence(other, known, ACTED_IN, "2026-11-26", {})
    assert "restricted Chatter" in said and "ran out on 28 April 2023" in said
    for case in three.cases:
        for slug, chart in CHARTS.items():
            shown = three.of_case(case.id)
            if chart.about_law and not law_was_read(shown):
                continue
            found = view(shown, slug, read(shown, chart, {})[0])
            words = " ".join([found.title, found.deck, found.caveat, found.alt, found.table.to_csv()])
            strangers = {one.product for one in three.cases} - {case.product}
            # A law may be named after what another case is about; acts and findings are not.
            assert not [name for name in strangers if name in words and not chart.about_law], (case.id, slug)


def test_law_is_not_offered_for_a_case_of_another_subject(three):
    same, other = three.of_case(SAME_SUBJECT), three.of_case(OTHER_SUBJECT)
    assert law_was_read(same) and not law_was_read(other)
    assert set(readings(same)) - set(readings(other)) == set(LAW)
    for slug, chart in CHARTS.items():
        asked = ask(three, DATA, slug, {"case": OTHER_SUBJECT})
        assert (asked.case == "") == chart.about_law == bool(asked.reasons), slug
        assert ask(three, DATA, slug, {"case": SAME_SUBJECT}).case == SAME_SUBJECT


def test_an_address_keeps_its_case(three):
    asked = ask(three, DATA, "map", {"case": OTHER_SUBJECT, "date": "2023-04-01"})
    assert asked.query == f"date=2023-04-01&case={OTHER_SUBJECT}" and not asked.reasons
    # Days before the first case are days of this one, and of no other.
    assert ask(three, DATA, "map", {"date": "2023-04-01"}).reasons


def test_an_unknown_case_falls_back_with_a_notice(three):
    asked = ask(three, DATA, "map", {"case": "<script>", "date": "2026-01-17"})
    assert asked.atlas.case.id == three.cases[0].id and asked.view() == view(
        three, "map", read(three, CHARTS["map"], {"date": "2026-01-17"})[0]
    )
    assert "not known here" in asked.refused[0] and "first incident" in asked.refused[0] and asked.reasons


def test_what_is_saved_and_looked_up_has_every_case(three):
    assert RESTRICTED in as_csv(three, "responses").decode("utf-8")
    row = record_rows.find(three, "responses", RESTRICTED)
    assert row and record_rows.showing(three, row).case.id == OTHER_SUBJECT
    assert ("responses", RESTRICTED) in record_rows.every(three)


def test_every_outlet_takes_the_case(three, folder, monkeypatch):
    state = SimpleNamespace(atlas=three, faults=())
    monkeypatch.setattr("atlas.tables.store._store", SimpleNamespace(state=state, folder=folder))
    with TestClient(served(), base_url="http://127.0.0.1") as client:
        query = f"case={OTHER_SUBJECT}&date=2023-04-01"
        for path in (
            "embed/map",
            "picture/map.svg",
            "table/map.json",
            "slides/map.pptx",
            "embed/timeline",
            "embed/clock",
        ):
            answer = client.get(f"/{path}?{query}")
            assert answer.status_code == 200, path
            assert path.endswith("pptx") or "Chatter" in answer.text or "clock" in path, path
        assert client.get(f"/picture/strength.svg?case={OTHER_SUBJECT}").status_code == 400
        assert "not offered" in client.get(f"/embed/strength?case={OTHER_SUBJECT}").text
        assert client.get("/table/map.json?case=none").status_code == 400
        page = client.get(f"/record/responses/{RESTRICTED}")
        assert page.status_code == 200 and "Chatter Limited" in page.text
        rows = client.get(f"/api/v1/responses?{query}").json()["data"]
        assert [row["response_id"] for row in rows] == [RESTRICTED]
        assert client.get("/api/v1/responses?case=none").status_code == 400
        first = client.get("/api/v1/responses").json()["data"]
        assert first and RESTRICTED not in {row["response_id"] for row in first}
        assert client.get(f"/api/v1/strength?case={OTHER_SUBJECT}").status_code == 400


@pytest.mark.parametrize(
    ("table", "cells", "said"),
    [
        (
            "search_log",
            {"search_id": "x", "subject": "response", "case_id": ""},
            "case_id: (empty): expected a case, as",
        ),
        ("search_log", {"search_id": "x", "subject": "law", "case_id": SAME_SUBJECT}, "expected empty, as the subject"),
        ("search_log", {"search_id": "x", "subject": "response", "case_id": "none"}, "expected a value that stands in"),
        (
            "case_targets",
            {"case_id": SAME_SUBJECT, "target_id": "Y", "union_establishment": "IRL"},
            "case_target_sources",
        ),
        ("case_targets", {"case_id": SAME_SUBJECT, "target_id": "Y", "maker": "X"}, "a company among the targets of"),
        ("cases", {"case_id": "y-1", "product": "Grok"}, "expected a target_id of y-1 in case_targets.csv"),
    ],
)
def test_what_belongs_to_no_case_is_refused(folder, tmp_path, table, cells, said):
    copy = tmp_path / "data"
    shutil.copytree(folder, copy)
    whole = {
        "search_log": {
            "jurisdiction_id": "EST",
            "question": "Q",
            "result": "nothing_found",
            "searched_on": "2026-11-26",
        },
        "case_targets": {"target_kind": "product", "name_in_sentence": "Y"},
        "cases": {"name": "Y", "description": "Y.", "law_subject": "sexual_deepfakes"},
    }[table]
    days = {"first_day": "2025-01-01", "last_day": "2025-12-31"} if table == "cases" else {}
    method = {"method": "Read"} if table == "search_log" else {}
    add(copy, table, **(whole | days | method | cells))
    lines = len((copy / f"{table}.csv").read_text(encoding="utf-8").splitlines())
    found = [str(fault) for fault in check(copy)]
    assert any(one.startswith(f"{table}.csv:{lines}: ") and said in one for one in found), found


def test_an_act_is_refused_whose_case_or_target_is_unknown(folder, tmp_path):
    for case, target, said in (
        ("none", "Painter_Ltd", "case_id: none: expected a value that stands in"),
        (
            OTHER_SUBJECT,
            "Painter_Ltd",
            f"target_entity: Painter_Ltd: expected targets of {OTHER_SUBJECT}: Chatter, Chatter_Ltd",
        ),
    ):
        copy = tmp_path / case
        shutil.copytree(folder, copy)
        path = copy / "responses.csv"
        line = next(one for one in path.read_text(encoding="utf-8").splitlines() if one.startswith(RESTRICTED))
        broken = line.replace(OTHER_SUBJECT, case).replace("Chatter_Ltd", target)
        path.write_text(path.read_text(encoding="utf-8").replace(line, broken), encoding="utf-8")
        found = [str(fault) for fault in check(copy)]
        assert any(said in one and one.startswith("responses.csv:") for one in found), found


@pytest.fixture
def app(three, folder, monkeypatch):
    """The app with three cases, run on a page with an address."""
    state = SimpleNamespace(atlas=three, faults=())
    monkeypatch.setattr("atlas.tables.store._store", SimpleNamespace(state=state, folder=folder))

    def run(page, **query):
        at = AppTest.from_file("../dashboard.py", default_timeout=60)
        for name, value in query.items():
            at.query_params[name] = value
        at.run()
        if page != "map":
            at.switch_page(f"pages/{page}.py")
            for name, value in query.items():
                at.query_params[name] = value
            at.run()
        assert not at.exception, at.exception
        return at

    return run


def _words(at) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def _case(at) -> str:
    found = at.query_params.get("case", "")
    return found if isinstance(found, str) else found[-1]


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "pages").glob("*.py")))
def test_every_page_opens_in_every_case(app, three, name):
    for case in three.cases[1:]:
        at = app(name, case=case.id, place=ACTED_IN, date="2024-06-01")
        offered = name not in ABOUT_LAW or law_was_read(three.of_case(case.id))
        assert ("not offered" in _words(at)) == (not offered), (name, case.id)
        assert any(box.key == PICKER for box in at.selectbox) == (name not in SAME), name


def test_the_choice_stands_in_the_address_and_goes_along(app, three):
    at = app("map", date="2026-01-17")
    assert "restricting Grok" in _words(at) and not _case(at)
    box = next(box for box in at.selectbox if box.key == PICKER)
    box.select(OTHER_SUBJECT).run()
    assert _case(at) == OTHER_SUBJECT and "Chatter" in _words(at) and "restricting Grok" not in _words(at)
    # Compare is about law that was not read for this case; the choice is not lost by a look at it.
    at.switch_page("pages/compare.py").run()
    assert "not offered" in _words(at)
    at.switch_page("pages/timeline.py").run()
    assert _case(at) == OTHER_SUBJECT
    next(box for box in at.selectbox if box.key == PICKER).select(three.cases[0].id).run()
    assert not _case(at)


def test_one_case_needs_no_choice():
    at = AppTest.from_file("../dashboard.py", default_timeout=60).run()
    if len(get_store().state.atlas.whole.cases) == 1:
        assert not [box for box in at.selectbox if box.key == PICKER]
