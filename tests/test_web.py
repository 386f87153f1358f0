"""Routes beside the app: health, geometry, downloads."""

import csv
import io
import json
import zipfile

import openpyxl
import pytest
from frictionless import Package
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas.publish.tables import FORMULA_STARTS, as_csv, harmless
from atlas.web.routes import ROUTES


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=ROUTES))


def test_health_says_what_is_served(client, atlas):
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok" and answer.json()["digest"] == atlas.digest


def test_geometry_is_cacheable_for_ever_at_its_hash(client):
    from atlas.maps.geometry import get_geometry

    answer = client.get("/" + get_geometry().url("world"))
    assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]
    assert len(answer.json()["features"]) > 200
    assert client.get("/geo/world_110m.json").json() == {"type": "Topology", "objects": {}, "arcs": []}


@pytest.mark.parametrize(
    "path",
    [
        "/geo/000000000000/world.json",
        "/geo/a/manifest.json",
        "/geo/%2e%2e/method.json",
        "/data/../secrets.csv",
        "/data/unknown.csv",
        "/assets/../dashboard.py",
    ],
)
def test_unknown_files_are_not_found(client, path):
    assert client.get(path).status_code == 404


def test_every_table_downloads_as_csv(client, atlas):
    for name in atlas.tables:
        answer = client.get(f"/data/{name}.csv")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert (
            answer.status_code == 200
            and rows[0] == list(atlas.package.tables[name].fields)
            and len(rows) - 1 == len(atlas[name])
        )


def test_the_zip_is_a_valid_data_package(client, tmp_path):
    archive = zipfile.ZipFile(io.BytesIO(client.get("/data/regime-atlas.zip").content))
    archive.extractall(tmp_path)
    folder = tmp_path / "regime-atlas"
    report = Package.from_descriptor(
        json.loads((folder / "datapackage.json").read_text()), basepath=str(folder)
    ).validate()
    assert report.valid, report.flatten(["title", "note"])[:3]
    assert (folder / "CODEBOOK.md").exists() and (folder / "LICENSE.md").exists()


def test_the_zipped_tables_are_those_of_the_repository(atlas):
    from atlas.tables.schema import DATA

    for name, table in atlas.package.tables.items():
        ours = list(csv.reader(io.StringIO(as_csv(atlas, name, safe=False).decode())))
        theirs = list(csv.reader(io.StringIO((DATA / table.file).read_text(encoding="utf-8"))))
        assert [[_number(cell) for cell in row] for row in ours] == [
            [_number(cell) for cell in row] for row in theirs
        ], name


def _number(text):
    try:
        return float(text)
    except ValueError:
        return text


def test_the_workbook_opens_and_has_every_table(client, atlas):
    book = openpyxl.load_workbook(io.BytesIO(client.get("/data/regime-atlas.xlsx").content))
    assert book.sheetnames == ["About", *[name[:31] for name in atlas.tables]]
    assert book["responses"].max_row == len(atlas["responses"]) + 1
    for page in book:
        assert page.page_setup.orientation == "landscape" and page.print_title_rows == "$1:$1", page.title
        assert atlas.package.evidence_to in page.oddFooter.left.text and page.oddFooter.right.text, page.title


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_is_a_formula(start):
    assert harmless(f"{start}1+1").startswith("'")
    assert harmless(-1.5) == -1.5
