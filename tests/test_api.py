"""The data interface: what it says of itself holds, its figures are those on screen, and it refuses what it does not
take.
"""

import csv
import io
import json
from dataclasses import replace
from types import MappingProxyType, SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas.charts.compare.view import INSTRUMENTS, PLACES, comparison
from atlas.charts.map.view import world_map
from atlas.charts.strength.view import Filter, families, strength_ranges
from atlas.law.priorities import ORDERED
from atlas.publish.dataset import as_script, dataset
from atlas.publish.tables import FORMULA_STARTS
from atlas.web.api import serve
from atlas.web.api.endpoints import ENDPOINTS
from atlas.web.api.parameters import LARGEST_LIMIT, Refused, read
from atlas.web.response_cache import Shelf, body
from atlas.web.routes import ROUTES
from atlas.words import compare as say
from atlas.words.strength import whole_percent

BASE = "/api/v1"
DAYS = ("2025-12-01", "2026-01-20", "2026-06-30", "2026-11-23", "2027-12-31")
DATED = [name for name, endpoint in ENDPOINTS.items() if any(one.name == "date" for one in endpoint.parameters)]


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=ROUTES))


@pytest.fixture(scope="module")
def described(client):
    return client.get(f"{BASE}/openapi.json").json()


def rows(client, address):
    answer = client.get(f"{BASE}/{address}")
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def serving(monkeypatch, atlas, module=serve):
    """Serves other data than the repository's."""
    monkeypatch.setattr(module, "get_store", lambda: SimpleNamespace(state=SimpleNamespace(atlas=atlas)))


# What it says of itself


def test_the_description_is_valid_openapi_3_1(described):
    OpenAPIV31SpecValidator(described).validate()
    assert set(described["paths"]) == {f"/{name}{suffix}" for name in ENDPOINTS for suffix in ("", ".csv")}


@pytest.mark.parametrize("name", list(ENDPOINTS))
def test_every_answer_fits_its_description(client, described, name):
    schema = described["paths"][f"/{name}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    validator = Draft202012Validator(
        schema | {"components": described["components"]}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    filled = []
    asked = f"&{ENDPOINTS[name].example}" if ENDPOINTS[name].typed else ""
    for query in [f"date={day}{asked}" for day in DAYS] if name in DATED or asked else [""]:
        answer = client.get(f"{BASE}/{name}?{query}")
        faults = list(validator.iter_errors(answer.json()))
        assert answer.status_code == 200 and not faults, (query, faults[:2])
        filled.append(bool(answer.json()["data"]))
    assert any(filled)


def test_the_fields_of_a_table_are_those_of_the_data_package(described, atlas):
    for table in ("jurisdictions", "responses", "instruments", "powers", "sources", "context_events", "search_log"):
        known = described["components"]["schemas"][table]["properties"]
        for name, field in atlas.package.tables[table].fields.items():
            terms = field.get("constraints", {}).get("enum")
            assert known[name]["description"] == field["description"]
            assert [term for term in known[name].get("enum", []) if term is not None] == (terms or [])


@pytest.mark.parametrize("name", list(ENDPOINTS))
def test_every_declared_term_is_taken_and_no_other(atlas, name):
    endpoint = ENDPOINTS[name]
    for parameter in endpoint.takes:
        schema = parameter.described(atlas)["schema"]
        terms = schema.get("items", schema).get("enum", [])
        for term in terms:
            read(atlas, endpoint.takes, [(parameter.name, str(term))])
        if "maxLength" in schema:
            # Any text is one, up to its length.
            assert read(atlas, endpoint.takes, [(parameter.name, "2026-02-30")])[parameter.name] == "2026-02-30"
            with pytest.raises(Refused):
                read(atlas, endpoint.takes, [(parameter.name, "x" * (schema["maxLength"] + 1))])
            continue
        for wrong in ("", "no-such-term", "0x1", "1e3", "-1", "２０２６-01-01", "2026-02-30"):
            if wrong not in map(str, terms):
                with pytest.raises(Refused) as refused:
                    read(atlas, endpoint.takes, [(parameter.name, wrong)])
                assert refused.value.faults[0].parameter == parameter.name and refused.value.faults[0].expected


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=12), st.integers(-5, LARGEST_LIMIT + 5).map(str), st.dates().map(str)))
def test_parser_and_description_agree_on_any_value(atlas, text):
    for parameter in ENDPOINTS["strength"].takes:
        schema = parameter.described(atlas)["schema"]
        one = schema.get("items", schema)
        value = (
            int(text)
            if one["type"] == "integer" and text.isascii() and text.isdigit() and str(int(text)) == text
            else text
        )
        fits = Draft202012Validator(one, format_checker=Draft202012Validator.FORMAT_CHECKER).is_valid(value)
        fits = fits and ("x-from" not in one or one["x-from"] <= text <= one["x-to"])
        assert parameter.accepts(atlas, text) == fits or text != text.lstrip("0"), (parameter.name, text)


def test_the_page_shows_every_endpoint_and_its_examples_answer(client):
    shown = client.get("/api").text
    assert client.get(f"{BASE}/").text == shown
    for name, endpoint in ENDPOINTS.items():
        assert f'id="{name}"' in shown
        assert rows(client, f"{name}?{endpoint.example}")
    assert rows(client, "responses?jurisdiction=PHL") and "script src" not in shown


# Same numbers as on screen


@pytest.mark.parametrize("day", DAYS)
def test_strength_is_that_of_the_ranges(client, atlas, day):
    view = strength_ranges(atlas, day, Filter(unfold=tuple(families(atlas, day))))
    given = {row["jurisdiction_id"]: row for row in rows(client, f"strength?date={day}")}
    assert len(given) == len(atlas.jurisdictions)
    for shown in view.table.to_dict("records"):
        row = given[shown["Id"]]
        for column, field in (
            ("Median", "median"),
            ("Low (5%)", "low_5"),
            ("High (95%)", "high_95"),
            ("Once adopted laws apply", "outlined"),
        ):
            assert shown[column] == ("" if row[field] is None else f"{row[field]:.1f}")
        assert shown["Score"] == ("too little assessed" if row["score"] is None else f"{row['score']:.1f}")
        assert (
            shown["If unassessed were absent"] == f"{row['score_if_absent']:.1f}"
            and shown["If unassessed were full"] == f"{row['score_if_full']:.1f}"
        )
        assert shown["Powers assessed"] == f"{row['powers_assessed']} of {row['powers']}" and shown["Order"] == (
            row["order"] or ""
        )
        assert shown["At least as strong on every power as"] == ", ".join(
            sorted(map(atlas.name, row["at_least_as_strong_as"]))
        )
    unread = {place for place, row in given.items() if row["state"] == "law_not_read"}
    assert unread == set(given) - set(view.table["Id"])


@pytest.mark.parametrize("day", DAYS)
def test_the_ladder_is_that_of_the_map(client, atlas, day):
    reached, held = world_map(atlas, "peak", day).class_of, world_map(atlas, "now", day).class_of
    for row in rows(client, f"ladder?date={day}"):
        place = row["jurisdiction_id"]
        over = "-ended" if row["peak_ended"] else ""
        assert reached[place] == (f"rung-{row['peak']}{over}" if row["state"] == "rung" else row["state"])
        assert ("(ended)" in row["peak_label"]) == bool(row["peak_ended"])
        assert held[place] == (f"rung-{row['current']}" if row["current_state"] == "rung" else row["current_state"])
        assert (row["peak"] is None) == (row["state"] != "rung"), "nothing found is no step, and no zero"


def test_pairs_are_those_of_compare(client, atlas):
    day = "2026-11-23"
    given = rows(client, f"pairs?date={day}&jurisdiction=JPN,EU,GBR,KOR,DEU,BRA,ARE")
    assert len(given) == 21 and {row["word"] for row in given} >= {"whatever_you_value", "most_priorities"}
    for row in given:
        sentence = comparison(atlas, PLACES, (row["first"], row["second"]), day).pairs[0].sentence
        shares = {row["first"]: row["share_first_ahead"], row["second"]: row["share_second_ahead"]}
        if row["dominates"]:
            assert say.verdict_clause("dominates", atlas.name(row["dominates"], in_sentence=True)) in sentence
        elif row["word"]:
            leads = max(shares, key=shares.get)
            behind = row["second"] if leads == row["first"] else row["first"]
            names = (atlas.name(place, in_sentence=True) for place in (leads, behind))
            said = (whole_percent(shares[place]) for place in (leads, behind))
            assert say.verdict_clause(row["word"], *names, *said) in sentence
            assert row["ahead"] == (leads if row["word"] in ORDERED else None)
            assert sum(shares.values()) + row["share_undecided"] == pytest.approx(1, abs=1e-5)
        else:
            assert say.verdict_clause("too_little") in sentence and set(shares.values()) == {None}
        assert row["state"] == ("judged" if row["word"] else "too_little_assessed")


def test_law_is_that_of_compares_matrix(client, atlas):
    ids = ("JPN", "EU", "US-CA", "PHL")
    for day in DAYS[1:4]:
        view = comparison(atlas, PLACES, ids, day)
        given = {
            (row["jurisdiction_id"], row["power"]): row
            for row in rows(client, f"law?date={day}&jurisdiction={','.join(ids)}")
        }
        for shown in view.rows:
            for place, cell in zip(ids, shown.cells):
                row = given[place, shown.power]
                assert (row["state"], row["words"], row["instrument_id"] or "", row["provision"] or "") == (
                    cell.state,
                    cell.words,
                    cell.instrument_id,
                    cell.provision,
                )
                assert (row["inherited_from"] is not None) == bool(cell.inherited)


def test_states_of_codings_are_those_of_compare(client, atlas):
    laws = ("eu-ai-act", "jpn-ai-promotion-act-2025", "eu-dsa")
    given = {(row["instrument_id"], row["power"]): row for row in rows(client, f"powers?instrument={','.join(laws)}")}
    for shown in comparison(atlas, INSTRUMENTS, laws, atlas.package.evidence_to).rows:
        for law, cell in zip(laws, shown.cells):
            if cell.state == "not_assessed":
                assert (law, shown.power) not in given
            else:
                assert given[law, shown.power]["state"] == cell.state


# Zero and null


def test_what_is_not_assessed_is_null_and_says_so(client):
    for row in rows(client, "strength"):
        assert (row["score"] is None) == (row["state"] != "scored")
        if row["state"] == "law_not_read":
            assert (row["score_if_absent"], row["score_if_full"], row["powers_assessed"]) == (0, 100, 0)
    law = rows(client, "law")
    assert {row["state"] for row in law} >= {"full", "partial", "absent", "not_yet", "not_assessed"}
    for row in law:
        assert (row["level"] is None) == (row["state"] in ("not_yet", "not_assessed"))
        assert (row["level"] == 0) == (row["state"] == "absent")
    states = {row["state"]: row["peak"] for row in rows(client, "ladder")}
    assert states["nothing_found"] is None and states["not_searched"] is None


@pytest.mark.parametrize("name", ["responses", "context_events"])
def test_a_day_cuts_off_what_had_not_happened(client, atlas, name):
    frame, day, after = atlas[name], "2026-01-20", "2026-01-10"
    given = rows(client, f"{name}?date={day}&from={after}")
    wanted = frame[(frame["date_latest"] <= day) & (frame["date_latest"] >= after)]
    assert 0 < len(given) == len(wanted) < len(frame)
    assert all(after <= row["date_latest"] <= day for row in given)
    assert len(rows(client, name)) == len(frame[frame["date_latest"] <= atlas.package.evidence_to])


def test_states_of_instruments_follow_the_day(client):
    def state(day):
        return rows(
            client, f"instruments?jurisdiction=JPN&date={day}&state=in_force,bill,adopted,not_yet,ended,withdrawn"
        )

    assert state("2026-06-30") == rows(client, "instruments?jurisdiction=JPN&date=2026-06-30")
    bills = rows(client, "instruments?state=bill")
    assert bills and all(row["state"] == "bill" and row["status"] == "bill" for row in bills)
    assert all(
        row["state"] == "bill" and row["effective_level"] is None
        for law in bills[:3]
        for row in rows(client, f"powers?instrument={law['instrument_id']}")
    )


def test_a_lifted_restriction_is_not_in_force(client):
    before = rows(client, "responses?action=restriction&date=2026-01-17&relation=prompted")
    after = rows(client, "responses?action=restriction&date=2026-03-01&relation=prompted")
    assert {row["jurisdiction_id"] for row in before if row["in_force"]} == {"IDN", "MYS", "PHL"}
    assert not [row for row in after if row["in_force"] and row["jurisdiction_id"] in ("IDN", "MYS", "PHL")]


def test_a_joint_act_is_one_row_under_each_party(client, atlas):
    parties = atlas["response_parties"].groupby("response_id")["jurisdiction_id"].agg(set)
    joint = parties.map(len).idxmax()
    every = rows(client, "responses")
    assert [row["response_id"] for row in every].count(joint) == 1
    for place in parties[joint]:
        assert joint in [row["response_id"] for row in rows(client, f"responses?jurisdiction={place}")]


def test_pairs_that_were_not_built_are_named_as_such(client, atlas, monkeypatch, tmp_path):
    kept = client.get(f"{BASE}/pairs?jurisdiction=JPN,EU").headers["etag"]
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path))
    without = client.get(f"{BASE}/pairs?jurisdiction=JPN,EU")
    row = without.json()["data"][0]
    assert (row["state"], row["word"], row["share_first_ahead"], row["points"]) == ("not_built", None, None, None)
    assert without.headers["etag"] != kept


# Filters, paging, forms


def test_a_list_may_be_repeated_or_have_commas(client):
    one = rows(client, "powers?jurisdiction=JPN,EU&power=order")
    assert one == rows(client, "powers?jurisdiction=JPN&jurisdiction=EU&power=order")
    assert {row["jurisdiction_id"] for row in one} == {"JPN", "EU"} and {row["power"] for row in one} == {"order"}


@pytest.mark.parametrize("name", ["sources", "pairs"])
def test_pages_make_up_the_whole(client, name):
    whole, address, parts = rows(client, f"{name}?limit={LARGEST_LIMIT}"), f"{BASE}/{name}?limit=400", []
    while address:
        answer = client.get(address)
        parts += answer.json()["data"]
        assert answer.headers["x-total-count"] == str(len(whole)) == str(answer.json()["meta"]["total"])
        address = answer.json()["meta"]["links"]["next"]
        assert ('rel="next"' in answer.headers["link"]) == bool(address)
    assert parts == whole
    assert rows(client, f"{name}?offset=999999") == []


@pytest.mark.parametrize("name", list(ENDPOINTS))
def test_csv_holds_the_rows_of_json(client, name):
    given, answer = rows(client, f"{name}?limit=40"), client.get(f"{BASE}/{name}.csv?limit=40")
    assert (
        answer.headers["content-type"].startswith("text/csv") and "attachment" in answer.headers["content-disposition"]
    )
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(table) == len(given) and (not given or list(table[0]) == list(given[0]))
    for line, row in zip(table, given):
        for field, value in row.items():
            if value is None:
                assert line[field] == ""
            elif isinstance(value, bool):
                assert line[field] == str(value).lower()
            elif isinstance(value, (int, float)):
                assert float(line[field]) == pytest.approx(value)
            else:
                assert line[field].removeprefix("'") == (" | ".join(value) if isinstance(value, list) else value)


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_of_a_csv_is_a_formula(atlas, monkeypatch, client, start):
    frame = atlas["sources"].assign(title=f"{start}cmd|' /C calc'!A0", publisher='<script>"', language="en")
    serving(
        monkeypatch,
        replace(atlas, tables=MappingProxyType({**atlas.tables, "sources": frame}), digest=f"hostile {ord(start)}"),
    )
    table = list(
        csv.DictReader(io.StringIO(client.get(f"{BASE}/sources.csv?limit=5").content.decode("utf-8-sig"), newline=""))
    )
    assert table and all(line["title"].startswith("'" + start) and line["publisher"] == '<script>"' for line in table)


def test_every_answer_says_what_it_is(client, atlas):
    meta = client.get(f"{BASE}/strength?date=2026-06-30&jurisdiction=JPN").json()["meta"]
    assert (meta["data_version"], meta["evidence_to"], meta["as_of"]) == (
        atlas.package.version,
        atlas.package.evidence_to,
        "2026-06-30",
    )
    assert (
        meta["licence"]["name"] == "CC-BY-4.0"
        and atlas.package.version in meta["citation"]
        and "not assessed is not absent" in meta["caveat"]
    )
    assert (
        client.get(meta["links"]["codebook"]).text.startswith("# Codebook")
        and client.get(meta["links"]["csv"]).status_code == 200
    )
    assert meta["filters"]["jurisdiction"] == ["JPN"] and client.get(meta["links"]["self"]).json()["meta"] == meta
    assert all(ENDPOINTS[name].caveat for name in ("strength", "ladder", "pairs", "law"))


def test_a_record_path_leads_to_the_record(client):
    for name in ("responses", "instruments", "powers", "sources", "context_events", "ladder", "law"):
        row = next(row for row in rows(client, name) if row["record"])
        assert client.get(row["record"]).status_code == 200, row["record"]
        assert client.get(row["record"] + ".json").json()["meta"]["record"] == row["record"]


# Refusals


@pytest.mark.parametrize(
    "address, parameter, expected",
    [
        ("strength?date=2026-02-30", "date", "YYYY-MM-DD"),
        ("strength?date=2031-01-01", "date", "2027-12-31"),
        ("strength?dat=2026-01-01", "dat", "one of date"),
        ("strength?date=2026-01-01&date=2026-01-02", "date", "once"),
        ("strength?jurisdiction=", "jurisdiction", "terms"),
        ("powers?power=order,foo", "power", "takedown"),
        ("powers?level=3", "level", "0, 1, 2"),
        ("powers?limit=0", "limit", "whole number"),
        ("powers?limit=5001", "limit", "5000"),
        ("powers?limit=١", "limit", "whole number"),
        ("powers?offset=-1", "offset", "whole number"),
        ("responses.csv?action=%3Cscript%3E", "action", "restriction"),
        ("instruments?state=law", "state", "in_force"),
    ],
)
def test_a_wrong_parameter_is_refused_with_what_was_expected(client, described, address, parameter, expected):
    answer = client.get(f"{BASE}/{address}")
    problem = answer.json()
    assert (
        answer.status_code == problem["status"] == 400 and answer.headers["content-type"] == "application/problem+json"
    )
    assert problem["parameter"] == parameter and expected in problem["expected"] and parameter in problem["detail"]
    Draft202012Validator(described["components"]["schemas"]["Problem"]).validate(problem)
    page, _, anchor = problem["type"].partition("#")
    assert f'id="{anchor}"' in client.get(page).text
    assert answer.headers["access-control-allow-origin"] == "*" and "etag" not in answer.headers


def test_all_faults_are_named_but_not_without_end(client):
    problem = client.get(f"{BASE}/strength?date=x&foo=1&jurisdiction=JPN,QQQ").json()
    assert [fault["parameter"] for fault in problem["errors"]] == ["date", "foo", "jurisdiction"]
    many = client.get(f"{BASE}/strength?" + "&".join(f"p{number}=1" for number in range(3000)))
    assert many.status_code == 400 and len(many.content) < 20_000
    long = client.get(f"{BASE}/strength?jurisdiction={'Q' * 5000}")
    assert long.status_code == 400 and len(long.content) < 2_000


@pytest.mark.parametrize(
    "path",
    [
        "/api/v2/strength",
        f"{BASE}/nothing",
        f"{BASE}/strength.xml",
        f"{BASE}/strength/JPN",
        "/api/%2e%2e/data",
        f"{BASE}/openapi",
    ],
)
def test_an_unknown_path_is_a_problem(client, path):
    answer = client.get(path)
    assert (
        answer.status_code == 404
        and answer.headers["content-type"] == "application/problem+json"
        and "/api/v1/strength" in answer.json()["expected"]
    )


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_it_is_read_only(client, method):
    answer = client.request(method, f"{BASE}/strength")
    assert (
        answer.status_code == 405 and answer.headers["allow"] == "GET, HEAD, OPTIONS" and answer.json()["status"] == 405
    )


def test_options_and_head(client):
    asked = client.options(
        f"{BASE}/strength", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    )
    assert (
        asked.status_code == 204
        and asked.headers["access-control-allow-origin"] == "*"
        and "GET" in asked.headers["access-control-allow-methods"]
    )
    full, head = client.get(f"{BASE}/strength"), client.head(f"{BASE}/strength")
    assert head.status_code == 200 and head.content == b"" and head.headers["etag"] == full.headers["etag"]
    assert head.headers["content-length"] == full.headers["content-length"]


def test_without_data_it_says_so(client, monkeypatch):
    serving(monkeypatch, None)
    answer = client.get(f"{BASE}/strength")
    assert answer.status_code == 503 and answer.json()["status"] == 503 and "retry-after" in answer.headers


# Caching


def test_answers_are_tagged_packed_and_open(client):
    answer = client.get(f"{BASE}/powers")
    assert answer.headers["content-encoding"] == "gzip" and "Accept-Encoding" in answer.headers["vary"]
    assert (
        answer.headers["access-control-allow-origin"] == "*"
        and answer.headers["x-content-type-options"] == "nosniff"
        and "max-age" in answer.headers["cache-control"]
    )
    for held in (answer.headers["etag"], f'"other", {answer.headers["etag"]}', "*"):
        again = client.get(f"{BASE}/powers", headers={"If-None-Match": held})
        assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == answer.headers["etag"]
    plain = client.get(f"{BASE}/powers", headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers and plain.json() == answer.json()
    assert client.get(f"{BASE}/powers?power=order").headers["etag"] != answer.headers["etag"]


def test_the_shelf_is_bounded_in_number_and_bytes():
    shelf = Shelf(most=3, most_bytes=5_000)
    for number in range(10):
        shelf.make(number, lambda: body(b"x" * 900, "text/plain"))
    assert shelf.counts == (3, 2_700) and shelf.get(0) is None and shelf.get(9) is not None
    shelf.make("large", lambda: body(bytes(range(256)) * 30, "text/plain"))
    assert shelf.counts[1] <= 5_000


def test_kept_answers_are_of_the_data_served(client, atlas, monkeypatch):
    address = f"{BASE}/jurisdictions?jurisdiction=JPN"
    assert rows(client, address.removeprefix(f"{BASE}/"))[0]["name"] == "Japan"
    frame = atlas["jurisdictions"].assign(name="Elsewhere")
    serving(
        monkeypatch,
        replace(atlas, tables=MappingProxyType({**atlas.tables, "jurisdictions": frame}), digest="another release"),
    )
    assert client.get(address).json()["data"][0]["name"] == "Elsewhere"


# The data set's own description


def test_the_page_describes_the_data_as_a_dataset(client, atlas):
    shown = client.get("/api").text
    found = json.loads(shown.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert found == dataset(atlas, "http://testserver")
    for needed in (
        "name",
        "description",
        "license",
        "version",
        "dateModified",
        "distribution",
        "variableMeasured",
        "temporalCoverage",
        "creator",
        "citation",
    ):
        assert found[needed], needed
    assert (
        found["@type"] == "Dataset"
        and 50 <= len(found["description"]) <= 5000
        and found["temporalCoverage"].endswith(atlas.package.evidence_to)
    )
    for download in found["distribution"]:
        assert client.get(download["contentUrl"].removeprefix("http://testserver")).status_code == 200, download
    assert {download["encodingFormat"].split(".")[-1] for download in found["distribution"]} == {
        "application/zip",
        "text/csv",
        "sheet",
    }


def test_a_description_cannot_end_its_script():
    assert "<" not in as_script({"name": "</script><script>alert(1)</script>&<!--"}) and json.loads(
        as_script({"a": "</x>&"})
    ) == {"a": "</x>&"}
