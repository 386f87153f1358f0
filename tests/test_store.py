"""The running app keeps the last good data."""

import pytest

from atlas.tables.store import Store


@pytest.fixture
def store(broken, tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_CACHE", str(tmp_path / "cache"))
    return Store(broken)


def test_a_broken_change_keeps_the_last_good_version(store, broken):
    good = store.state.atlas
    assert good is not None and store.state.faults == ()
    original = (broken / "cases.csv").read_text(encoding="utf-8")
    (broken / "cases.csv").write_text("")
    state = store.settle()
    assert state.atlas is good
    assert [fault.file for fault in state.faults] == ["cases.csv"]
    (broken / "cases.csv").write_text(original, encoding="utf-8")
    state = store.settle()
    assert state.faults == ()
    assert state.atlas.digest == good.digest


def test_a_good_change_is_served(store, broken):
    path = broken / "cases.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Grok", "GROK", 1), encoding="utf-8")
    state = store.settle()
    assert state.faults == ()
    assert "GROK" in " ".join(state.atlas["cases"].iloc[0].astype(str))


def test_a_deleted_file_keeps_the_last_good_version(store, broken):
    good = store.state.atlas
    (broken / "responses.csv").unlink()
    state = store.settle()
    assert state.atlas is good and state.faults


def test_a_new_process_starts_from_the_last_good_version(store, broken):
    (broken / "cases.csv").write_text("")
    again = Store(broken)
    assert again.state.atlas.digest == store.state.atlas.digest
    assert [fault.file for fault in again.state.faults] == ["cases.csv"]


def test_without_any_good_version_nothing_is_served(broken, tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_CACHE", str(tmp_path / "other"))
    (broken / "cases.csv").write_text("")
    state = Store(broken).state
    assert state.atlas is None and state.faults
