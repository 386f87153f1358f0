"""CSV files open right in a spreadsheet on a double click; the data package stays plain."""

import csv
import io
import zipfile

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas.charts.catalogue import CHARTS
from atlas.publish.csv_text import BYTE_ORDER_MARK, FORMULA_STARTS, for_spreadsheets, plain
from atlas.tables.schema import DATA
from atlas.web.api.endpoints import ENDPOINTS
from atlas.web.routes import ROUTES

MARK = BYTE_ORDER_MARK.encode("utf-8")


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=ROUTES))


SAVED = [
    "/data/jurisdictions.csv",
    "/data/responses.csv",
    "/data/sources.csv?release=1.0.0",
    "/compare.csv?places=JPN,TUR",
    *(f"/table/{slug}.csv" for slug in CHARTS),
    *(f"/api/v1/{name}.csv?limit=20{'&q=Japan' if one.typed else ''}" for name, one in ENDPOINTS.items()),
]


@pytest.mark.parametrize("address", SAVED)
def test_a_saved_file_opens_right(client, address):
    raw = client.get(address).content
    assert raw.startswith(MARK) and not raw[3:].startswith(MARK)
    text = raw.decode("utf-8-sig")
    assert text.endswith("\r\n")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) > 1 and len({len(row) for row in rows}) == 1
    # Breaks within a cell stand between quotes; every line of the file ends in one way.
    assert for_spreadsheets(rows[0], rows[1:]).encode() == raw
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS) and not _is_number(cell)]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_names_survive_the_code_page(client):
    raw = client.get("/table/map.csv").content
    assert "Türkiye" in raw.decode("utf-8-sig") and raw[:3] == b"\xef\xbb\xbf"


def test_the_package_is_plain(client):
    package = zipfile.ZipFile(io.BytesIO(client.get("/data/regime-atlas.zip").content))
    tables = [name for name in package.namelist() if name.endswith(".csv")]
    assert tables
    for name in tables:
        raw = package.read(name)
        assert not raw.startswith(MARK) and b"\r\n" not in raw, name
    assert not any(path.read_bytes().startswith(MARK) for path in DATA.glob("*.csv"))


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_is_a_formula(start):
    text = for_spreadsheets([f"{start}head"], [[f"{start}cmd|' /C calc'!A0"], [-1], ["a"]])
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert [row[0] for row in rows] == [f"'{start}head", f"'{start}cmd|' /C calc'!A0", "-1", "a"]
    assert plain(["a"], [[f"{start}b"]]).splitlines()[0] == "a"


def test_a_csv_of_the_interface_is_whole(client, atlas):
    answer = client.get("/api/v1/sources.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert len(rows) - 1 == len(atlas["sources"]) == int(answer.headers["x-total-count"]) > 2000
    assert "rows" not in answer.headers["content-disposition"] and 'rel="next"' not in answer.headers["link"]


def test_a_part_says_in_its_name_which_it_is(client, atlas):
    total = len(atlas["sources"])
    for query, part in (
        ("limit=10", f"-rows-1-to-10-of-{total}.csv"),
        ("limit=10&offset=20", f"-rows-21-to-30-of-{total}.csv"),
        ("offset=2000", f"-rows-2001-to-{total}-of-{total}.csv"),
        (f"offset={total}", f"-no-rows-of-{total}.csv"),
    ):
        assert client.get(f"/api/v1/sources.csv?{query}").headers["content-disposition"].endswith(f'{part}"'), query
    meta = client.get("/api/v1/sources").json()["meta"]
    assert meta["count"] == 2000 and meta["total"] == total and meta["links"]["next"]
    assert "limit" not in meta["links"]["csv"], "the whole is what a file is wanted for"


def test_the_interface_shows_a_release(client):
    old, new = (client.get(f"/api/v1/powers?{query}").json() for query in ("release=1.0.0", ""))
    assert old["meta"]["data_version"] == "1.0.0" != new["meta"]["data_version"]
    assert old["data"] != new["data"] and old["meta"]["filters"]["release"] == "1.0.0"
    assert client.get("/api/v1/powers?release=9.9.9").status_code == 400
    for name in ENDPOINTS:
        answer = client.get(f"/api/v1/{name}?release=1.0.0&limit=3")
        assert answer.status_code == 200 and answer.json()["meta"]["data_version"] == "1.0.0", name
        led = [row[link] for row in answer.json()["data"] for link in ("page", "record") if row.get(link)]
        assert all("release=1.0.0" in link for link in led), name
