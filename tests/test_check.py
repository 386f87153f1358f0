"""A broken file is refused with a message that says where and what was expected."""

import subprocess
import sys

import pytest

from atlas.tables.check import check


def edit(folder, name, change):
    path = folder / name
    lines = path.read_text(encoding="utf-8").split("\n")
    change(lines)
    path.write_text("\n".join(lines), encoding="utf-8")


def messages(folder):
    return [str(fault) for fault in check(folder)]


def swap(line, old, new):
    def change(lines):
        assert old in lines[line - 1]
        lines[line - 1] = lines[line - 1].replace(old, new, 1)

    return change


def test_missing_column(broken):
    edit(broken, "cases.csv", lambda lines: lines.__setitem__(0, lines[0].replace("name,", "")))
    assert messages(broken)[0].startswith(
        "cases.csv:1: name: missing name: expected the header case_id,name,description"
    )


def test_bad_vocabulary(broken):
    edit(broken, "jurisdictions.csv", swap(2, ",country,", ",kingdom,"))
    assert messages(broken) == [
        next(
            text
            for text in messages(broken)
            if text.startswith("jurisdictions.csv:2: kind: kingdom: expected not empty; one of country")
        )
    ]


def test_unknown_key(broken):
    edit(broken, "memberships.csv", swap(2, "AUT", "ZZZ"))
    assert any(
        text.startswith("memberships.csv:2: jurisdiction_id: ZZZ: expected a value that stands in jurisdictions")
        for text in messages(broken)
    )


def test_bad_date(broken):
    edit(broken, "memberships.csv", swap(2, "1995-01-01", "1995-02-30"))
    assert any(
        text.startswith("memberships.csv:2: from_date: 1995-02-30: expected not empty; a day as YYYY-MM-DD")
        for text in messages(broken)
    )


def test_a_partial_date_that_does_not_exist(broken):
    path = broken / "sources.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2026-01-09,2026-11-23", "2026-02-30,2026-11-23", 1), encoding="utf-8")
    assert any("published: 2026-02-30: expected a date that exists" in text for text in messages(broken))


def test_duplicate_id(broken):
    edit(broken, "cases.csv", lambda lines: lines.insert(2, lines[1]))
    assert any(
        text.startswith("cases.csv:3: case_id: grok-2026: expected a value not used before")
        for text in messages(broken)
    )


def test_binary_rubbish(broken):
    (broken / "cases.csv").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe")
    assert messages(broken) == ["cases.csv:1: -: byte 0x89: expected UTF-8 text"]


def test_control_characters(broken):
    edit(broken, "cases.csv", lambda lines: lines.__setitem__(1, lines[1] + "\x00"))
    assert (
        messages(broken)[0].startswith("cases.csv:2: -: '\\\\x00': expected text without control characters")
        or "expected text without control characters" in messages(broken)[0]
    )


def test_empty_file(broken):
    (broken / "responses.csv").write_text("")
    assert messages(broken) == ["responses.csv:0: -: empty file: expected a header line with the columns of the schema"]


def test_missing_file(broken):
    (broken / "responses.csv").unlink()
    assert messages(broken)[0].startswith("responses.csv:0: -: No such file or directory: expected a readable file")


def test_broken_descriptor(broken):
    (broken / "datapackage.json").write_text("{")
    assert messages(broken)[0].startswith("datapackage.json:0: -: Expecting property name")


def test_too_few_cells(broken):
    edit(broken, "cases.csv", lambda lines: lines.__setitem__(1, "grok-2026"))
    assert any("cases.csv:2:" in text for text in messages(broken))


def test_script_as_link(broken):
    path = broken / "sources.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    cells = lines[1].split(",", 2)
    lines[1] = ",".join([cells[0], "javascript:alert(1)", cells[2]])
    path.write_text("\n".join(lines), encoding="utf-8")
    assert any("sources.csv:2: url: javascript:alert(1): expected" in text for text in messages(broken))


@pytest.mark.parametrize("text", ["safe\u202etxt", "\u200bword"])
def test_invisible_characters(broken, text):
    edit(broken, "cases.csv", lambda lines: lines.__setitem__(1, lines[1].replace("Grok", text, 1)))
    assert any("invisible character" in fault for fault in messages(broken))


def test_end_before_start(broken):
    path = broken / "responses.csv"
    text = path.read_text(encoding="utf-8")
    assert "2026-01-23,lifted" in text
    path.write_text(text.replace("2026-01-23,lifted", "2026-01-02,lifted", 1), encoding="utf-8")
    assert any(
        "end_date: 2026-01-02: expected no day before the start 2026-01-11" in fault for fault in messages(broken)
    )


def test_a_wrong_weekday(broken):
    path = broken / "cases.csv"
    responses = broken / "responses.csv"
    text = responses.read_text(encoding="utf-8")
    responses.write_text(
        text.replace("Applied through", "Decided on Monday 16 January 2026. Applied through", 1), encoding="utf-8"
    )
    assert path.exists()
    assert any("Monday 16 January: expected the weekday of that date (Friday)" in fault for fault in messages(broken))


def test_an_act_without_source(broken):
    path = broken / "response_sources.csv"
    lines = [
        line
        for line in path.read_text(encoding="utf-8").split("\n")
        if not line.startswith("mys-2026-01-11-mcmc-restriction,")
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert any(
        "mys-2026-01-11-mcmc-restriction: expected at least one row in response_sources.csv" in fault
        for fault in messages(broken)
    )


def test_the_command_stops_with_the_message(broken):
    (broken / "cases.csv").write_text("")
    run = subprocess.run(
        [sys.executable, "-m", "atlas.tables.check", str(broken)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert "cases.csv:0: -: empty file" in run.stdout
    assert "Traceback" not in run.stderr
