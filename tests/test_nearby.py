"""A slash too many or another case leads to the right address, query kept, and never to another host."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from atlas.charts.catalogue import CHARTS
from atlas.publish.near_misses import near_misses
from atlas.web.routes import ROUTES
from atlas.web.serve import middleware, routes
from tests.addresses import app_paths
from tests.test_outlets import EVERY, PAGES

QUERY = "date=2026-02-01&x=%26%20a;b"
FREE = ("/assets", "/app/static", "/geo/{", "/record/instruments/none")
NEIGHBOURS = [
    path
    for address in EVERY
    if (path := address.partition("?")[0]) != "/" and not path.startswith(FREE) and "none" not in path
]


@pytest.fixture(scope="module")
def app():
    pages = dict.fromkeys(app_paths(), "A page")
    beside = routes(pages)
    return Starlette(routes=beside, middleware=middleware(pages, beside))


@pytest.fixture(scope="module")
def client(app):
    with TestClient(app, base_url="http://testserver") as opened:
        yield opened


@pytest.mark.parametrize("path", sorted(set(NEIGHBOURS)))
def test_slash_and_case_lead_to_the_right_address(client, path):
    for near in (f"{path}/", f"{path}//", path.upper(), path.title(), path.replace("/", "//")[1:]):
        if near == path:
            continue
        answer = client.get(f"{near}?{QUERY}", follow_redirects=False)
        assert answer.status_code == 308, near
        while path.startswith("/record/") and answer.headers.get("location") != f"{path}?{QUERY}":
            # First the words of the address, then the id, whose case is its own.
            answer = client.get(answer.headers["location"], follow_redirects=False)
            assert answer.status_code == 308
        assert answer.headers["location"] == f"{path}?{QUERY}", near
        # Some addresses are refused without what they need; the right one says so, whichever way it was reached.
        assert client.head(near, follow_redirects=True).status_code == client.head(path).status_code < 500, near
    assert client.get(path, follow_redirects=False).status_code != 308, "what is right stays"


@pytest.mark.parametrize("slug", CHARTS)
def test_the_way_keeps_the_site(client, app, monkeypatch, slug):
    below = TestClient(Starlette(routes=[Mount("/atlas", app)]), base_url="http://testserver")
    answer = below.get(f"/atlas/Embed/{slug.upper()}/?a=b", follow_redirects=False)
    assert answer.headers["location"] == f"/atlas/embed/{slug}?a=b"
    assert below.get(answer.headers["location"]).status_code == 200
    monkeypatch.setenv("ATLAS_PUBLIC_URL", "https://atlas.example/below")
    assert client.get(f"/embed/{slug}/", follow_redirects=False).headers["location"] == f"/below/embed/{slug}"


HOSTILE = [
    "//evil.example/",
    "//evil.example/embed/map",
    "///evil.example/embed/map/",
    "/\\evil.example/",
    "/embed//evil.example/",
    "/%2f%2fevil.example/",
    "/embed/map/..//evil.example/",
    "/Compare/@evil.example",
    "/https://evil.example/",
    "/record//evil.example/",
    "/record/https://evil.example/",
    "/EMBED/MAP%0d%0aLocation:%20https://evil.example",
    "/API/https://evil.example/",
]


def leads_elsewhere(location: str) -> bool:
    """Whether a browser at our site would go to another host."""
    return urlsplit(urljoin("https://atlas.example/a/b", location.replace("\\", "/"))).netloc != "atlas.example"


@pytest.mark.parametrize("path", HOSTILE)
def test_no_address_leads_to_another_host(client, path):
    answer = client.get(f"http://testserver{path}", follow_redirects=False)
    assert not leads_elsewhere(answer.headers.get("location", "/"))


@given(st.text(alphabet="/\\.:@evilEmbedmapCompare%\t\r\n ;?#", max_size=40))
def test_no_path_whatever_leads_to_another_host(path):
    right = ROUTES[0].right(f"/{path}")
    assert not right or (right.startswith("/") and not leads_elsewhere(right))


def test_what_is_no_address_stays_none(client):
    for path in ("/nothing/", "/Embed/None", "/picture/none.PNG", "/NoPage"):
        assert client.get(path, follow_redirects=False).status_code == 404, path


def test_ids_of_records_are_found_in_any_case(client):
    for near, right in (
        ("/record/instruments/EU-AI-Act", "/record/instruments/eu-ai-act"),
        ("/Record/Instruments/EU-AI-ACT.json/", "/record/instruments/eu-ai-act.json"),
        ("/record/powers/EU-DSA/Order", "/record/powers/eu-dsa/order"),
    ):
        answer = client.get(near)
        assert answer.status_code == 200 and urlsplit(str(answer.url)).path == right


def test_a_pasted_address_may_be_nearly_right_too(client):
    for path in ("/embed/map/", "/Embed/MAP", "/Compare", "/timeline/"):
        assert client.get("/oembed", params={"url": f"http://testserver{path}"}).status_code == 200, path


def test_pages_are_those_of_the_app():
    assert set(routes(dict.fromkeys(PAGES, ""))[0]._pages()) == set(PAGES)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("color", "colour"),
        ("Colour", "colour"),
        ("amp;colour", "colour"),
        ("amp;amp;Colour", "colour"),
        ("dates", "date"),
        (" date", "date"),
        ("colour[]", "colour"),
        ("relase", "release"),
    ],
)
def test_a_slip_is_named_with_what_is_meant(name, meant):
    (said,) = near_misses([name, "date"], ["date", "colour", "release"])
    assert f"“{name}”" in said and f"“{meant}”" in said


@pytest.mark.parametrize(
    "name",
    ["utm_source", "fbclid", "gclid", "ref", "_ga", "amp;utm_source", "embed", "nonsense", "", "x" * 5000, "data"],
)
def test_what_is_no_slip_is_let_pass(name):
    assert near_misses([name, "date"], ["date", "colour", "release"]) == []
