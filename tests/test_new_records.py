"""`make new-act`, `new-law` and `new-power`: ids and dates filled, what is wrong refused, what stood there untouched."""

import csv
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from atlas import new
from atlas.tables.check import check
from atlas.tables.new_records import Refused, append, draft, new_rows, source_id
from atlas.tables.schema import DATA

ROOT = DATA.parent
TODAY = "2026-11-25"
URL = "https://example.org/page?a=1&b=$x'y"
ACT = {
    "PLACE": "JPN",
    "DATE": "2026-02",
    "SLUG": "ministry-second-request",
    "AUTHORITY": "jpn-cabinet-office",
    "URL": URL,
}
LAW = {"PLACE": "US-CA", "SLUG": "example-act-2026", "FIELD": "ai", "URL": URL, "ADOPTED": "2026-05-01"}
POWER = {"LAW": "jpn-appi", "POWER": "takedown", "URL": URL, "LEVEL": "0"}
KINDS = [("act", ACT), ("law", LAW), ("power", POWER)]


def text_of(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.fixture(autouse=True)
def quick(request, monkeypatch):
    """Schema faults take frictionless seconds; tests of what rows hold do without."""
    if "unchecked" in request.node.name:
        monkeypatch.setattr("atlas.tables.new_records.schema_faults", lambda *given: [])


def test_unchecked_an_act_has_its_ids_dates_party_and_pages():
    known = text_of("sources")[0]
    rows = new_rows("act", ACT | {"URL": f"{URL} {known['url']} {URL}"}, DATA, TODAY)
    identity = "jpn-2026-02-ministry-second-request"
    (own,) = rows["responses"]
    assert own == {
        "response_id": identity,
        "case_id": "grok-2026",
        "jurisdiction_id": "JPN",
        "date": "2026-02",
        "date_precision": "month",
        "date_earliest": "2026-02-01",
        "date_latest": "2026-02-28",
    }
    assert rows["response_parties"] == [
        {"response_id": identity, "jurisdiction_id": "JPN", "authority_id": "jpn-cabinet-office", "role": "lead"}
    ]
    mine = "s-" + sha256(URL.encode()).hexdigest()[:10]
    assert source_id(URL) == mine and all(source_id(row["url"]) == row["source_id"] for row in text_of("sources"))
    assert [row["source_id"] for row in rows["response_sources"]] == [mine, known["source_id"]]
    assert rows["sources"] == [{"source_id": mine, "url": URL, "accessed": TODAY}], "a known page is not added again"


def test_unchecked_a_date_that_is_a_year_ends_with_the_evidence(atlas):
    (own,) = new_rows("act", ACT | {"DATE": "2026"}, DATA, TODAY)["responses"]
    assert (own["date_precision"], own["date_earliest"], own["date_latest"]) == (
        "year",
        "2026-01-01",
        atlas.package.evidence_to,
    )


def test_unchecked_a_new_authority_comes_with_the_act():
    rows = new_rows("act", ACT | {"AUTHORITY": "jpn-new-body", "AUTHORITY_NAME": "New Body"}, DATA, TODAY)
    assert rows["authorities"] == [{"authority_id": "jpn-new-body", "jurisdiction_id": "JPN", "name": "New Body"}]


def test_unchecked_the_first_law_of_a_place_opens_its_list_of_what_is_to_be_read():
    known = {row["jurisdiction_id"] for row in text_of("fields_read")}
    place = next(row["jurisdiction_id"] for row in text_of("jurisdictions") if row["jurisdiction_id"] not in known)
    rows = new_rows("law", LAW | {"PLACE": place, "FIELD": "ai data_protection"}, DATA, TODAY)
    assert [row["field"] for row in rows["instrument_fields"]] == ["ai", "data_protection"]
    assert len(rows["fields_read"]) == 7 and {row["reading"] for row in rows["fields_read"]} == {"not_read"}
    assert "fields_read" not in new_rows("law", LAW, DATA, TODAY)


@pytest.mark.parametrize(("kind", "given"), KINDS)
def test_what_stood_in_the_files_is_unchanged_to_the_byte(kind, given, broken):
    before = {path.name: path.read_bytes() for path in broken.iterdir()}
    arguments = [kind, *(f"{name}={value}" for name, value in given.items())]
    assert new.main(arguments, broken) == 0
    changed = {name for name, content in before.items() if (broken / name).read_bytes() != content}
    assert "sources.csv" in changed and len(changed) == {"act": 4, "law": 4, "power": 3}[kind]
    for name, content in before.items():
        after = (broken / name).read_bytes()
        assert after.startswith(content) and after.endswith(b"\n")


def test_unchecked_lines_end_as_the_file_ends_them(broken):
    path = broken / "sources.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n").removesuffix(b"\r\n"))
    files = append(broken, {"sources": [{"source_id": "s-0123456789", "title": 'Words, with "quotes"'}]})
    assert files["sources.csv"] == path.read_bytes() + b'\r\ns-0123456789,,,"Words, with ""quotes""",,,,\r\n'


@pytest.mark.parametrize(("kind", "given"), KINDS)
def test_it_says_what_is_left_and_what_is_left_is_what_the_check_asks(kind, given, broken, capsys):
    made = draft(kind, given, broken, TODAY)
    for name, content in append(broken, made.rows).items():
        (broken / name).write_bytes(content)
    assert made.left and list(made.left) == check(broken)
    print(new.told(made, broken))
    said = capsys.readouterr().out
    assert all(str(fault) in said for fault in made.left)
    for name, rows in made.rows.items():
        assert all(f"data/{name}.csv:{line}: " in said for line in made.lines[name]), rows


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("act", {"PLACE": "ZZZ"}, "jurisdiction_id: ZZZ: expected a value that stands in jurisdictions"),
        ("act", {"PLACE": "Japan"}, "jurisdiction_id: Japan: expected not empty; like"),
        ("act", {"DATE": "2026-13-01"}, "date: 2026-13-01: expected like"),
        ("act", {"DATE": "16 January"}, "date: 16 January: expected like"),
        ("act", {"DATE": "2026-02-30"}, "date: 2026-02-30: expected a date that exists"),
        ("act", {"DATE": "2031-01-01"}, "date_latest: 2031-01-01: expected no day after the evidence ends"),
        ("act", {"URL": "javascript:alert(1)"}, "url: javascript:alert(1): expected not empty; like ^https?://"),
        ("act", {"URL": "ftp://example.org/"}, "url: ftp://example.org/: expected"),
        ("act", {"URL": " "}, "URL: (empty): expected address of each page"),
        ("act", {"AUTHORITY": "jpn-nobody"}, "authority_id: jpn-nobody: expected a value that stands in authorities"),
        ("act", {"AUTHORITY": "aus-esafety-commissioner"}, "jurisdiction_id: JPN: expected AUS, where"),
        ("act", {"SLUG": "Not A Slug"}, "response_id: jpn-2026-02-Not A Slug: expected"),
        ("act", {"action": "applause"}, "action: applause: expected not empty; one of statement"),
        ("act", {"COLOUR": "red"}, "COLOUR: red: expected one of"),
        ("act", {"ACCESSED": "yesterday"}, "accessed: yesterday: expected"),
        ("law", {"ADOPTED": "2026-02-31"}, "adopted_date: 2026-02-31: expected a date that exists"),
        ("law", {"FIELD": "tax"}, "field: tax: expected not empty; one of"),
        ("law", {"FIELD": ""}, "FIELD: (empty): expected the field of law"),
        ("law", {"PLACE": "EU", "SLUG": "dsa"}, "instrument_id: eu-dsa: expected a value not used before"),
        ("power", {"LAW": "jpn-no-such-act"}, "expected a value that stands in instruments"),
        ("power", {"POWER": "applaud"}, "power: applaud: expected not empty; one of inquire"),
        ("power", {"LEVEL": "3"}, "level: 3: expected"),
        ("power", {"POWER": "order"}, "jpn-appi, order: expected a value not used before"),
    ],
)
def test_what_is_wrong_is_refused_in_the_checks_words_and_nothing_is_written(kind, change, said, broken, capsys):
    before = {path.name: path.read_bytes() for path in broken.iterdir()}
    given = dict(KINDS)[kind] | change
    assert new.main([kind, *(f"{name}={value}" for name, value in given.items())], broken) == 1
    told = capsys.readouterr().err
    assert said in told and told.endswith("Nothing was written.\n"), told
    assert {path.name: path.read_bytes() for path in broken.iterdir()} == before


def test_unchecked_a_name_that_is_needed_is_named():
    with pytest.raises(Refused) as refused:
        draft("act", {}, DATA, TODAY)
    assert [fault.column for fault in refused.value.faults] == sorted(ACT)


def test_unchecked_a_command_that_is_not_understood_says_how(capsys):
    assert new.main([]) == 2 and new.main(["country"]) == 2 and new.main(["act", "JPN"]) == 2
    assert "python -m atlas.new act PLACE=JPN" in capsys.readouterr().err


@pytest.fixture
def tree(tmp_path):
    """What `make new-act` needs of the repository, to write into."""
    shutil.copytree(ROOT / "atlas", tmp_path / "atlas", ignore=shutil.ignore_patterns("__pycache__", "fonts"))
    (tmp_path / "data").mkdir()
    for path in [*DATA.glob("*.csv"), DATA / "datapackage.json", DATA / "method.json"]:
        shutil.copyfile(path, tmp_path / "data" / path.name)
    shutil.copyfile(ROOT / "Makefile", tmp_path / "Makefile")
    return tmp_path


def test_make_hands_values_on_as_they_were_typed(tree):
    """A dollar sign, a quotation mark and an ampersand in an address are part of it."""
    venv = Path(sys.executable).parent.parent
    typed = [f"{name}={value.replace('$', '$$')}" if name != "URL" else f"URL={value}" for name, value in ACT.items()]
    run = subprocess.run(
        ["make", "-s", "new-act", f"VENV={venv}", "-o", f"{venv}/.runtime", *typed],
        cwd=tree,
        env=os.environ | {"SLUG": "from-the-environment", "LEVEL": "2"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    with (tree / "data" / "sources.csv").open(encoding="utf-8", newline="") as opened:
        assert list(csv.DictReader(opened))[-1]["url"] == URL
    assert "jpn-2026-02-ministry-second-request" in run.stdout and "from-the-environment" not in run.stdout
