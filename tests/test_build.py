"""`make build` changes no file whose inputs have not changed, and says what it did."""

import json
import re
import shutil
from hashlib import sha256

import pytest

from atlas import build as command
from atlas.law.build_standing import _is_built
from atlas.maps.inputs import MANIFEST, SOURCE, file_inputs, kept_files, up_to_date
from atlas.tables.atlas import load
from atlas.tables.schema import DATA
from tests.test_releases import edit, raise_version


@pytest.fixture
def copy(tmp_path):
    """A copy of data/ without releases and base maps, with CITATION.cff beside it."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("releases", "source"))
    shutil.copyfile(DATA.parent / "CITATION.cff", tmp_path / "CITATION.cff")
    return folder


def state(folder):
    """Digest and time of change of every file in and beside the folder."""
    return {
        path.relative_to(folder.parent).as_posix(): (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in folder.parent.rglob("*")
        if path.is_file()
    }


def built(folder):
    """What the build said, line by line, and which files it touched."""
    before, said = state(folder), []
    assert command.build(folder, say=said.append) == 0
    after = state(folder)
    return said, {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_a_build_of_what_is_built_changes_nothing_and_says_so(copy):
    said, changed = built(copy)
    assert changed == set()
    assert len(said) == len(command.STEPS) and all("up to date" in line for line in said), said
    assert [line.split(":")[0] for line in said][0] == f"[1/{len(command.STEPS)}] geometry"


def test_a_record_that_moves_no_figure_touches_no_built_file(copy):
    """A note, an act's summary and a new version: only the citation names the version."""
    edit(copy, "responses", lambda rows: [row | {"note": "Another remark."} for row in rows])
    edit(copy, "instruments", lambda rows: [row | {"note": "Another remark."} for row in rows])
    raise_version(copy, "99.0.0")
    said, changed = built(copy)
    assert changed == {"CITATION.cff"} and "version: 99.0.0" in (copy.parent / "CITATION.cff").read_text("utf-8")
    assert said[-1].startswith(f"[{len(said)}/{len(said)}] citation: wrote CITATION.cff")


def test_a_new_word_of_a_vocabulary_reaches_the_codebook_and_nothing_else(copy):
    edit(copy, "vocabulary", lambda rows: [rows[0] | {"label": "Word of condemnation"}, *rows[1:]])
    _, changed = built(copy)
    assert changed == {"data/built/VOCABULARIES.md"}
    assert "Word of condemnation" in (copy / "built" / "VOCABULARIES.md").read_text("utf-8")


def test_what_is_missing_is_made(copy):
    (copy.parent / "CITATION.cff").unlink()
    (copy / "built" / "VOCABULARIES.md").unlink()
    _, changed = built(copy)
    assert changed == {"CITATION.cff", "data/built/VOCABULARIES.md"}
    assert (copy / "built" / "VOCABULARIES.md").read_bytes() == (DATA / "built" / "VOCABULARIES.md").read_bytes()


def test_faulty_data_build_nothing(copy):
    edit(copy, "responses", lambda rows: [rows[0] | {"action": "applause"}, *rows[1:]])
    before, said = state(copy), []
    assert command.build(copy, say=said.append) == 1
    assert state(copy) == before and "responses.csv:2: action: applause" in said[0]


ALL_SHAPES = {"world.json", "subnational.json", "dots.json", "hatch.json", "lines.json", "eu-1.json", "paths.json"}


@pytest.mark.parametrize(
    ("table", "change", "remade"),
    [
        ("jurisdictions", {"name": "Elsewhere"}, {"names.json"}),
        ("jurisdictions", {"longitude": "1.5"}, {"paths.json"}),
        ("jurisdictions", {"map_layer": "us", "map_id": "US-ZZ"}, ALL_SHAPES | {"names.json"}),
        ("jurisdictions", {"region": "Elsewhere"}, set()),
        ("memberships", {"jurisdiction_id": "NOR"}, {"eu-1.json", "paths.json"}),
        ("memberships", {"from_date": "1995-01-02"}, set()),
    ],
)
def test_only_geometry_whose_inputs_changed_is_made_anew(copy, table, change, remade):
    before = file_inputs(copy, SOURCE)
    assert up_to_date(copy, SOURCE, copy / "built" / "geo") and before.keys() == {
        path.name for path in (copy / "built" / "geo").iterdir()
    }
    edit(copy, table, lambda rows: [rows[0] | change, *rows[1:]])
    after = file_inputs(copy, SOURCE)
    assert {name for name in before if before[name] != after[name]} - {MANIFEST} == remade
    kept = kept_files(copy / "built" / "geo", after)
    assert kept.keys() == before.keys() - {MANIFEST} - remade
    if remade:
        assert not up_to_date(copy, SOURCE, copy / "built" / "geo")


def test_a_damaged_layer_is_never_kept(copy):
    path = copy / "built" / "geo" / "world.json"
    path.write_bytes(path.read_bytes().replace(b"MultiPolygon", b"Multipolygon", 1))
    assert not up_to_date(copy, SOURCE, path.parent)
    assert "world.json" not in kept_files(path.parent, file_inputs(copy, SOURCE))


@pytest.mark.slow
def test_another_name_leaves_every_shape_as_it_was(copy):
    """The whole build: names.json is made anew, and the shapes are those that lay there, not this processor's own."""
    world = copy / "built" / "geo" / "world.json"
    marked = world.read_bytes().replace(b"\n", b" \n")
    world.write_bytes(marked)
    manifest = copy / "built" / "geo" / MANIFEST
    said = json.loads(manifest.read_text("utf-8"))
    said["files"]["world.json"] |= {"sha256": sha256(marked).hexdigest(), "bytes": len(marked)}
    manifest.write_text(json.dumps(said), encoding="utf-8")
    edit(copy, "jurisdictions", lambda rows: [rows[0] | {"name": "Elsewhere"}, *rows[1:]])
    _, changed = built(copy)
    assert changed == {"data/built/geo/names.json", f"data/built/geo/{MANIFEST}"}
    assert world.read_bytes() == marked and "Elsewhere" in (world.parent / "names.json").read_text("utf-8")


def test_ranges_of_another_law_or_day_are_made_anew(copy):
    where = copy / "built"
    assert _is_built(load(copy), where)
    text = (copy / "datapackage.json").read_text("utf-8")
    later = re.sub(r'"evidence_to": "[^"]+"', '"evidence_to": "2026-12-24"', text)
    (copy / "datapackage.json").write_text(later, encoding="utf-8")
    assert not _is_built(load(copy), where)
    (copy / "datapackage.json").write_text(text, encoding="utf-8")
    (where / "standing.npz").write_bytes(b"half")
    assert not _is_built(load(copy), where)


def test_what_is_made_by_a_machine_lies_apart():
    """All that the build writes is in data/built/, and nothing there is written by hand; CITATION.cff lies where it
    must.
    """
    names = {path.relative_to(DATA / "built").as_posix() for path in (DATA / "built").rglob("*") if path.is_file()}
    geometry = {f"geo/{name}" for name in file_inputs(DATA, SOURCE)}
    assert names == geometry | {"agreement.json", "audit.json", "standing.json", "standing.npz", "VOCABULARIES.md"}
    assert {path.suffix for path in DATA.iterdir() if path.is_file()} <= {".csv", ".json", ".md"}
    assert "made by" not in (DATA / "CODEBOOK.md").read_text("utf-8").split("\n## Vocabularies")[0]
