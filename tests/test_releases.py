"""Two clocks: what had happened by a day, and what a release knew of it. A release that was kept does not change."""

import csv
import json
import re
import shutil
import zipfile

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas.publish.make_release import archive, keep, main
from atlas.response.differences import differences
from atlas.tables import store as stores
from atlas.tables.atlas import load
from atlas.tables.kept_releases import Unreadable, archive_path, bridged, fits, load_release, releases
from atlas.tables.schema import DATA
from atlas.web.routes import ROUTES
from atlas.words import time as time_words

DAY = "2026-01-17"
ROOT = DATA.parent


def edit(folder, name, change):
    """Applies `change` to the rows of a table."""
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    header = list(rows[0])
    rows = change(rows)
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def raise_version(folder, version):
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(descriptor | {"version": version}), encoding="utf-8")


def later_start(rows):
    """What a later release might say: the Philippine block began a day later."""
    return [
        row
        | (
            {"date": "2026-01-17", "date_earliest": "2026-01-17", "date_latest": "2026-01-17"}
            if row["response_id"] == "phl-2026-01-16-ntc-block"
            else {}
        )
        for row in rows
    ]


@pytest.fixture(autouse=True)
def checked(request, monkeypatch):
    """The full check takes seconds; that a release runs it is a test of its own."""
    if "faulty" not in request.node.name:
        monkeypatch.setattr("atlas.publish.make_release.check", lambda folder: [])


@pytest.fixture
def two(broken):
    """A folder with a kept release 1.0.0 and newer data, 1.1.0, that correct one date."""
    raise_version(broken, "1.0.0")
    keep(broken)
    edit(broken, "responses", later_start)
    raise_version(broken, "1.1.0")
    return broken


def test_a_release_is_the_same_bytes_whenever_it_is_made(broken):
    assert archive(broken) == archive(broken)
    for path in broken.glob("*.csv"):
        path.touch()
    before = archive(broken)
    release = keep(broken)
    assert archive_path(release, broken).read_bytes() == before and release.bytes == len(before) < 1_000_000
    assert keep(broken) == release, "keeping it again changes nothing"


def test_a_kept_release_reads_back_as_it_was(broken):
    was = load(broken)
    kept = load_release(keep(broken), broken)
    assert kept.digest == was.digest and all(kept[name].equals(was[name]) for name in was.tables)
    names = zipfile.ZipFile(archive_path(releases(broken)[0], broken)).namelist()
    assert names == sorted(names) and all(name.startswith("regime-atlas/") and ".." not in name for name in names)


def test_a_kept_release_is_not_replaced(two, capsys):
    raise_version(two, "1.0.0")
    with pytest.raises(ValueError, match="is not changed"):
        keep(two)
    assert main([str(two)]) == 1 and "not released" in capsys.readouterr().err


def test_faulty_data_are_no_release(broken):
    edit(broken, "responses", lambda rows: [row | {"action": "applause"} for row in rows[:1]] + rows[1:])
    with pytest.raises(ValueError, match="faults"):
        keep(broken)
    assert not (broken / "releases").exists()


def test_both_releases_are_kept_and_differ_where_the_data_do(two):
    keep(two)
    assert [release.version for release in releases(two)] == ["1.0.0", "1.1.0"]
    old, new = (load_release(release, two) for release in releases(two))
    assert differences(old, new, DAY) == (("PHL",), ())
    assert differences(old, new, "2026-01-12") == ((), ())
    assert differences(old, old, DAY) == ((), ())


def test_the_reader_is_told_what_the_newest_shows(two):
    old, new = load_release(releases(two)[0], two), load(two)
    told = time_words.release_notice(new, old.package, new.package, *differences(old, new, DAY), DAY)[0]
    assert (
        told.startswith("You are looking at data release 1.0.0")
        and "The newest release, 1.1.0, shows something else for 17 January 2026: other acts in the Philippines."
        in told
    )
    same = time_words.release_notice(new, old.package, new.package, (), (), "2026-01-12")[0]
    assert same.endswith("shows the same acts and powers for 12 January 2026.")


@pytest.mark.parametrize("harm", ["missing", "changed", "no_archive", "other_tables"])
def test_a_harmed_release_is_not_shown(broken, harm):
    release = keep(broken)
    path = archive_path(release, broken)
    if harm == "missing":
        path.unlink()
    elif harm == "changed":
        path.write_bytes(path.read_bytes()[:-10] + b"0123456789")
    elif harm == "no_archive":
        path.write_bytes(b"PK nothing")
        release = type(release)(
            **vars(release) | {"sha256": "c1e9e2d2d1f0c2b3a49586d7a8b9c0d1e2f3a4b5c6d7e8f90a1b2c3d4e5f6071"}
        )
    else:
        release = type(release)(**vars(release) | {"digest": "0" * 64})
    # Keeping it has read it once; another process has not.
    load_release.cache_clear()
    with pytest.raises(Unreadable):
        load_release(release, broken)


def test_an_index_that_cannot_be_read_is_no_release(broken):
    keep(broken)
    index = broken / "releases" / "index.json"
    for text in ("", "[]", '{"releases": [{"version": "1.0.0"}]}', '{"releases": 3}'):
        index.write_text(text, encoding="utf-8")
        assert releases(broken) == ()
    rows = [{"version": "../../etc/passwd", "released": "", "evidence_to": "", "digest": "", "sha256": "", "bytes": 0}]
    index.write_text(json.dumps({"releases": rows}), encoding="utf-8")
    assert releases(broken) == ()


def without(package, table, field=""):
    """The package as it was before a table, or one of its fields, was added."""
    descriptor = json.loads(json.dumps(package.descriptor))
    resource = next(resource for resource in descriptor["resources"] if resource["name"] == table)
    if field:
        resource["schema"]["fields"] = [known for known in resource["schema"]["fields"] if known["name"] != field]
    else:
        descriptor["resources"].remove(resource)
    return type(package)(descriptor)


def test_an_older_structure_is_shown_only_if_what_it_lacks_was_added_since(atlas):
    assert fits(atlas.package, atlas.package)
    assert fits(without(atlas.package, "second_readings"), atlas.package)
    assert fits(without(atlas.package, "powers", "provision_status"), atlas.package)
    assert not fits(without(atlas.package, "responses"), atlas.package)
    assert not fits(without(atlas.package, "powers", "level"), atlas.package)


def test_the_first_release_is_read_in_the_present_structure(atlas):
    first = load_release(releases(DATA)[0], DATA)
    shown = bridged(first, atlas)
    assert set(shown.tables) == set(atlas.tables) and shown["second_readings"].empty
    for name, table in atlas.package.tables.items():
        assert list(shown[name].columns) == list(table.fields), name
        assert (shown[name].dtypes == atlas[name].dtypes).all(), name
    assert (shown["powers"]["level"] == first["powers"]["level"]).all() and (
        shown["powers"]["provision_status"] == ""
    ).all()
    assert shown.label("settled_how", "agreed") == "Agreed" and shown.digest == first.digest


def test_the_repository_s_own_releases_hold(atlas):
    """Every kept release is whole; the one of the present version holds the present data."""
    for release in releases(DATA):
        kept = load_release(release, DATA)
        assert kept.package.version == release.version and kept.package.evidence_to == release.evidence_to
        if release.version == atlas.package.version:
            assert release.digest == atlas.digest, (
                "the data changed after their release: raise the version, then `make release`"
            )


def test_releases_are_served_by_version_and_nothing_else(two, monkeypatch, tmp_path):
    monkeypatch.setenv("ATLAS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(stores, "_store", stores.Store(two))
    client = TestClient(Starlette(routes=ROUTES))
    answer = client.get("/data/releases/1.0.0.zip")
    assert (
        answer.status_code == 200
        and answer.content == archive_path(releases(two)[0], two).read_bytes()
        and "immutable" in answer.headers["cache-control"]
    )
    shutil.copy(two / "datapackage.json", two / "releases" / "secret.zip")
    for path in (
        "/data/releases/9.9.9.zip",
        "/data/releases/secret.zip",
        "/data/releases/..%2f..%2fmethod.zip",
        "/data/releases/index.json",
    ):
        assert client.get(path).status_code == 404


def test_a_page_can_be_pinned_and_says_so(two, monkeypatch, tmp_path):
    from streamlit.testing.v1 import AppTest

    monkeypatch.setenv("ATLAS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(stores, "_store", stores.Store(two))

    def shown(**address):
        at = AppTest.from_file(ROOT / "dashboard.py", default_timeout=60)
        for key, value in address.items():
            at.query_params[key] = value
        at.run()
        assert not at.exception
        return at, " ".join(element.proto.body for element in at.get("html"))

    _, newest = shown(date="2026-01-16")
    assert "Indonesia and Malaysia were restricting Grok on 16 January 2026" in newest and "data release" not in newest
    at, pinned = shown(date="2026-01-16", release="1.0.0")
    assert "Three countries were restricting Grok on 16 January 2026" in pinned
    assert "You are looking at data release 1.0.0" in pinned and "other acts in the Philippines" in pinned
    assert at.query_params["release"] == ["1.0.0"] or at.query_params["release"] == "1.0.0"
    # What a pinned page leads to is pinned too.
    card = shown(date="2026-01-16", place="PHL", release="1.0.0")[1]
    for html, kept in ((pinned + card, True), (newest, False)):
        inside = re.findall(r'href="((?:record/|[a-z]*\?)[^"]*)"', html)
        assert len(inside) > 2 and all(("release=1.0.0" in link) is kept for link in inside), inside
    _, unknown = shown(date="2026-01-16", release="0.0.9")
    assert "asked for the release “0.0.9”" in unknown and "Indonesia and Malaysia were restricting Grok" in unknown
    archive_path(releases(two)[0], two).write_bytes(b"harmed")
    load_release.cache_clear()
    _, harmed = shown(date="2026-01-16", release="1.0.0")
    assert "Data release 1.0.0 cannot be shown" in harmed and "Indonesia and Malaysia were restricting Grok" in harmed
