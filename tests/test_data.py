"""Questions to the data, each a test."""

import csv
import re
from pathlib import Path

import pytest

from atlas.publish.citation import citation_cff
from atlas.publish.codebook import VOCABULARIES, WRITTEN, parts, vocabularies, whole
from atlas.tables.check import check
from atlas.tables.method import get_method
from atlas.tables.schema import DATA

ROOT = DATA.parent
EVIDENCE = ROOT.parent / "shared" / "evidence"
EVIDENCE_ROWS = ROOT / "tests" / "references" / "evidence.csv"


def test_is_the_data_valid():
    assert [str(fault) for fault in check(DATA)] == []


def evidence_rows(folder: Path) -> list[tuple[str, str, str]]:
    """Kind, id and code of all rows of a folder of raw evidence, as curation.csv names them: acts with their action,
    powers with their level.
    """

    def rows(kind):
        for path in sorted((folder / kind).glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as opened:
                yield from csv.DictReader(opened)

    return sorted(
        {
            *(("responses", row["id"], row["action"]) for row in rows("responses")),
            *(("instruments", row["id"], "") for row in rows("instruments")),
            *(("powers", f"{row['instrument_id']}/{row['power']}", row["level"]) for row in rows("powers")),
            *(("sources", row["url"], "") for row in rows("sources")),
        }
    )


@pytest.fixture(scope="module")
def evidence():
    """The same of the raw evidence that the data were made from, which does not lie beside every copy of the project."""
    with EVIDENCE_ROWS.open(encoding="utf-8", newline="") as opened:
        return [tuple(row) for row in csv.reader(opened)][1:]


@pytest.mark.skipif(not EVIDENCE.is_dir(), reason="the raw evidence does not lie beside the repository")
def test_is_the_reference_what_the_raw_evidence_holds(evidence):
    assert evidence == evidence_rows(EVIDENCE)


@pytest.mark.parametrize("kind", ["responses", "instruments", "powers", "sources"])
def test_is_each_evidence_row_in_the_data_or_accounted_for(atlas, evidence, kind):
    named = set(atlas["curation"]["evidence_id"])
    kept = {
        "responses": set(atlas["responses"]["response_id"]),
        "instruments": set(atlas["instruments"]["instrument_id"]),
        "powers": set(atlas["powers"]["instrument_id"] + "/" + atlas["powers"]["power"]),
        "sources": set(atlas["sources"]["url"]),
    }[kind]
    prefix = "source:" if kind == "sources" else ""
    ids = {identity for of, identity, _ in evidence if of == kind}
    assert len(ids) > 200
    assert {identity for identity in ids if identity not in kept and prefix + identity not in named} == set()


def test_is_each_changed_code_accounted_for(atlas, evidence):
    """A level or an action that differs from the evidence has its reason in curation.csv."""
    named = set(atlas["curation"]["evidence_id"])
    powers = atlas["powers"]
    held = {
        "responses": dict(atlas.responses["action"]),
        "powers": dict(zip(powers["instrument_id"] + "/" + powers["power"], powers["level"].astype(str))),
    }
    differ = [
        identity
        for kind, identity, code in evidence
        if kind in held and identity in held[kind] and code != held[kind][identity]
    ]
    assert differ, "some were changed, so that the comparison is known to see them"
    assert [identity for identity in differ if identity not in named] == []


def test_does_each_curation_row_lead_to_a_row(atlas):
    ids = (
        set(atlas.responses.index)
        | set(atlas.instruments.index)
        | set(atlas.sources.index)
        | set(atlas["search_log"]["search_id"])
        | set(atlas["powers"]["instrument_id"] + "/" + atlas["powers"]["power"])
    )
    for row in atlas["curation"].itertuples():
        if row.decision == "left_out":
            assert row.data_id == "", row
        else:
            assert row.data_id in ids, row


def test_are_joint_acts_one_row(atlas):
    parties = atlas["response_parties"]["response_id"].value_counts()
    assert parties["usa-2026-01-23-ag-coalition-letter"] >= 8
    assert parties["eu-2026-02-23-edpb-joint-statement"] >= 15
    assert not any(
        "joint-statement" in identity
        for identity in atlas.responses.index
        if identity != "eu-2026-02-23-edpb-joint-statement"
    )


def test_do_restrictions_end_with_the_act_that_lifted_them(atlas):
    everything = atlas.responses[atlas.responses["action"] == "restriction"]
    restrictions = everything[everything["relation"] == "prompted"]
    assert {"MYS", "IDN", "PHL"} == set(restrictions["jurisdiction_id"])
    # Türkiye decided to block Grok's account in 2025, for other reasons: shown as background, not known to be done.
    before = everything[everything["relation"] == "background"]
    assert "TUR" in set(before["jurisdiction_id"]) and (before["date_latest"] < "2026-01-02").all()
    for row in restrictions.itertuples():
        ending = atlas.responses.loc[row.ended_by]
        assert ending["action"] == "restriction_lifted" and ending["jurisdiction_id"] == row.jurisdiction_id


def test_does_each_partial_power_have_qualifiers(atlas):
    partial = atlas["powers"][atlas["powers"]["level"] == 1]
    for column in ("route", "scope", "basis"):
        assert not (partial[column] == "not_applicable").any()
    told = (
        (partial["route"] == "court")
        | (partial["scope"] == "narrow")
        | (partial["basis"] == "interpretation")
        | (partial["commencement"] != "with_instrument")
    )
    assert told.mean() > 0.8


def test_is_one_authority_spelled_one_way(atlas):
    authorities = atlas["authorities"]
    names = (
        authorities["jurisdiction_id"] + " " + authorities["name"].str.lower().str.replace(r"[^a-z0-9]", "", regex=True)
    )
    assert not names.duplicated().any()


def test_is_silence_searched_logged_for_the_places_named(atlas):
    log = atlas["search_log"]
    searched = set(log.loc[(log["subject"] == "response") & (log["result"] == "nothing_found"), "jurisdiction_id"])
    assert {"TWN", "THA", "VNM", "CHN", "PAK", "KAZ", "ARE", "EGY", "KEN", "DNK", "PRT", "CHL", "PRY"} <= searched


def test_are_links_http_only(atlas):
    assert atlas["sources"]["url"].str.match(r"https?://").all()


def test_does_the_method_name_known_terms(atlas):
    method = get_method()
    actions = set(atlas.package.tables["responses"].vocabulary("action"))
    tracks = {action for track in method["tracks"].values() for action in track}
    assert set(method.rung_of) | tracks == actions
    assert not set(method.rung_of) & tracks
    assert set(method.group_of) == set(atlas.package.tables["powers"].vocabulary("power"))


def test_is_every_term_in_the_codebook(atlas):
    made = (DATA / VOCABULARIES).read_text(encoding="utf-8")
    assert made == vocabularies(atlas), "run make build"
    assert whole().startswith("# Codebook") and whole().endswith(made)


def test_has_every_table_of_the_codebook_a_caption():
    text = (DATA / WRITTEN).read_text(encoding="utf-8")
    tables = [part for part in parts(text) if not isinstance(part, str)]
    assert (
        len(tables)
        == text.count("\nTable: ")
        == len({table["caption"] for table in tables})
        == len(re.findall(r"^\|[-|]+\|$", text, re.M))
    )
    assert all(len(row) == len(table["columns"]) for table in tables for row in table["rows"])
    assert "|---" not in "".join(part for part in parts(text) if isinstance(part, str))
    with pytest.raises(ValueError, match="no caption"):
        list(parts("Words.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"))
    (table,) = parts("Table: <i>\n\n| a | b |\n|---|---|\n| `x<y` | <b> |\n")
    assert table["caption"] == "<i>" and table["rows"] == [["<code>x&lt;y</code>", "&lt;b&gt;"]]


def test_are_release_files_in_step(atlas):
    version = atlas.package.version
    assert f"## {version} ({atlas.package.released})" in (DATA / "CHANGELOG.md").read_text(encoding="utf-8")
    assert (ROOT / "CITATION.cff").read_text(encoding="utf-8") == citation_cff(atlas.package)


def test_does_no_file_name_a_machine():
    """Paths of one machine do not belong in a project that others run."""
    pattern = re.compile(r"/(?:work|root|tmp|home)/[a-z]")
    for path in [
        *ROOT.glob("*.md"),
        *(ROOT / "atlas").rglob("*.py"),
        *(ROOT / "pages").glob("*.py"),
        *DATA.glob("*.md"),
        *DATA.glob("*.json"),
    ]:
        assert not pattern.search(path.read_text(encoding="utf-8")), Path(path).name
