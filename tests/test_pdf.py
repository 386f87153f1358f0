"""A PDF picture can be read aloud and followed: title, language, a tagged figure with its text alternative, a link."""

import io

import pytest
from pypdf import PdfReader
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas.charts.catalogue import CHARTS
from atlas.web.routes import ROUTES


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=ROUTES), base_url="http://testserver")


@pytest.fixture(scope="module", params=[(slug, size) for slug in CHARTS for size in ("wide", "print")])
def opened(request, client):
    slug, size = request.param
    answer = client.get(f"/picture/{slug}.pdf?date=2026-11-23&size={size}")
    assert answer.status_code == 200, answer.text
    about = client.get(f"/table/{slug}.json?date=2026-11-23").json()["meta"]
    return PdfReader(io.BytesIO(answer.content), strict=True), about, answer.content


def test_title_and_language_are_told(opened):
    reader, about, raw = opened
    root = reader.root_object
    assert reader.metadata.title == about["title"] and root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert root["/Lang"] == "en-GB"
    assert reader.xmp_metadata.dc_title["x-default"] == about["title"]
    assert not reader.metadata.creation_date, "no time of making"


def test_the_drawing_is_a_figure_with_its_alternative(opened):
    reader, about, raw = opened
    root, page = reader.root_object, reader.pages[0]
    assert root["/MarkInfo"]["/Marked"].value is True
    document = root["/StructTreeRoot"]["/K"]
    figure, link = (one.get_object() for one in document["/K"])
    assert (document["/S"], figure["/S"], link["/S"]) == ("/Document", "/Figure", "/Link")
    assert about["title"] in figure["/Alt"] or len(figure["/Alt"]) > 40
    content = page.get_contents().get_data()
    assert content.startswith(b"/Figure <</MCID 0>> BDC") and content.rstrip().endswith(b"EMC")
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert numbers[0] == page["/StructParents"] and numbers[1].get_object()[0].get_object() == figure
    assert figure["/P"] == document and figure["/Pg"].get_object() == page.get_object()


def test_the_link_stands_on_its_own_text(opened):
    reader, about, raw = opened
    page = reader.pages[0]
    (annotation,) = (one.get_object() for one in page["/Annots"])
    assert annotation["/A"]["/URI"] == about["link"] == annotation["/Contents"]
    left, low, right, high = (float(value) for value in annotation["/Rect"])
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    assert 0 <= left < right <= width and 0 <= low < high < height / 4
    inside = []

    def visit(text, transform, matrix, font, size):
        x = matrix[4] * transform[0] + matrix[5] * transform[2] + transform[4]
        y = matrix[4] * transform[1] + matrix[5] * transform[3] + transform[5]
        if left - 1 <= x <= right + 1 and low <= y <= high:
            inside.append(text)

    page.extract_text(visitor_text=visit)
    assert "testserver" in "".join(inside).replace("\n", "")


def test_the_text_can_still_be_searched(opened):
    reader, about, raw = opened
    assert "Regime Atlas" in reader.pages[0].extract_text()
