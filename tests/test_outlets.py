"""Outlets agree: every route names one site, reads addresses alike, answers conditional requests alike, HEAD as GET.

The addresses to try are made from the list of routes: a route that is new and not told of here fails.
"""

import re
from email.utils import formatdate

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas.charts.catalogue import CHARTS
from atlas.charts.options import reason, refusal
from atlas.tables.kept_releases import releases
from atlas.tables.schema import DATA
from atlas.tables.store import State, Store
from atlas.web.api.endpoints import ENDPOINTS
from atlas.web.conditional import unchanged
from atlas.web.headers import route_path
from atlas.web.serve import middleware, routes
from tests.addresses import app_paths, flat

KINDS = ("csv", "docx", "html", "md", "xlsx")
PAIR = "places=JPN,EU"
# What is tried of each route that is served beside the app.
OF_ROUTE = {
    "/health": ("/health",),
    "/geo/world_110m.json": ("/geo/world_110m.json",),
    "/geo/{digest}/{name}": (),
    "/assets/{file:path}": ("/assets/app.css", "/assets/embed.js", "/assets/icon.png"),
    "/app/static/{file:path}": ("/app/static/wordmark.svg",),
    "/data/regime-atlas.zip": ("/data/regime-atlas.zip",),
    "/data/regime-atlas.xlsx": ("/data/regime-atlas.xlsx",),
    "/data/releases/{version}.zip": ("/data/releases/1.0.0.zip",),
    "/feeds/changes.atom": ("/feeds/changes.atom",),
    "/feeds/upcoming.ics": ("/feeds/upcoming.ics",),
    "/data/{table}.csv": ("/data/responses.csv", "/data/sources.csv"),
    "/data/CODEBOOK.md": ("/data/CODEBOOK.md",),
    "/api": ("/api",),
    "/api/{path:path}": (
        "/api/v1",
        "/api/v1/openapi.json",
        *(f"/api/v1/{name}{kind}?limit=5" for name in ENDPOINTS for kind in ("", ".csv")),
    ),
    "/record/{path:path}": (
        "/record/instruments/eu-ai-act",
        "/record/instruments/eu-ai-act.json",
        "/record/powers/eu-dsa/order",
        "/record/instruments/none",
    ),
    "/sitemap.xml": ("/sitemap.xml",),
    "/robots.txt": ("/robots.txt",),
    "/find": ("/find", "/find?q=Which+law+lets+Japan+order+a+removal", "/find?q=zzxqv"),
    "/first-steps": ("/first-steps",),
    "/opensearch.xml": ("/opensearch.xml",),
    "/compare.{kind}": tuple(f"/compare.{kind}?{PAIR}" for kind in KINDS),
    "/slides/{slug}.pptx": tuple(f"/slides/{slug}.pptx" for slug in CHARTS),
    "/embed/{slug}": tuple(f"/embed/{slug}" for slug in CHARTS),
    "/picture/{slug}.{kind}": tuple(
        f"/picture/{slug}.{kind}?scale=0.25" for slug in ("map", "compare") for kind in ("svg", "png", "pdf")
    ),
    "/oembed": tuple(f"/oembed?url=SITE/embed/map&format={form}" for form in ("json", "xml")),
    "/table/{slug}.{kind}": tuple(f"/table/{slug}.{kind}" for slug in CHARTS for kind in ("csv", "json")),
    "/qr/{slug}.{kind}": ("/qr/map.svg", "/qr/map.png"),
}
PAGES = app_paths()
EVERY = [address for addresses in OF_ROUTE.values() for address in addresses] + [f"/{page}" for page in PAGES]
HOST = "atlas.example"
# Addresses that stand for themselves: standards' own names, and sources of the data.
NAMES = re.compile(rb"https?://(?:www\.w3\.org|a9\.com|schema\.org|purl\.org|www\.sitemaps\.org)")


def whole_app() -> Starlette:
    pages = dict.fromkeys(PAGES, "A page")
    beside = routes(pages)
    return Starlette(routes=beside, middleware=middleware(pages, beside))


@pytest.fixture(scope="module")
def client():
    with TestClient(whole_app(), base_url="http://testserver") as opened:
        yield opened


def get(client, address: str, site: str = "http://testserver", method: str = "GET", **headers: str):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.request(method, address.replace("SITE", site), headers=named, follow_redirects=False)


def test_every_route_is_tried_here():
    assert set(flat()) == set(OF_ROUTE), "tell in OF_ROUTE what is to be tried of a new route"


@pytest.mark.parametrize("address", EVERY)
def test_answers_name_the_public_address_and_no_other(client, monkeypatch, address):
    monkeypatch.setenv("ATLAS_PUBLIC_URL", f"https://{HOST}/atlas")
    answer = get(client, address, f"https://{HOST}/atlas", host="10.0.0.7:8501")
    raw = answer.content + "\n".join(answer.headers.values()).encode()
    assert answer.status_code in (200, 404), answer.text[:200]
    assert b"10.0.0.7" not in raw and b"testserver" not in raw and b"localhost" not in raw
    assert f"http://{HOST}".encode() not in raw and f"https://{HOST}/".encode() not in raw.replace(
        f"https://{HOST}/atlas".encode(), b""
    )


@pytest.mark.parametrize("address", EVERY)
def test_a_proxy_that_ends_the_encryption_is_believed(client, monkeypatch, address):
    monkeypatch.delenv("ATLAS_PUBLIC_URL", raising=False)
    answer = get(client, address, f"https://{HOST}", host=HOST, x_forwarded_proto="https")
    assert f"http://{HOST}".encode() not in answer.content + "\n".join(answer.headers.values()).encode()


@pytest.mark.parametrize("address", ["/feeds/changes.atom", "/feeds/upcoming.ics", "/sitemap.xml", "/embed/map"])
@pytest.mark.parametrize("proto", ["javascript", "https://evil.example", "", "http"])
def test_a_proxy_says_https_or_nothing(client, monkeypatch, address, proto):
    monkeypatch.delenv("ATLAS_PUBLIC_URL", raising=False)
    raw = get(client, address, host=HOST, x_forwarded_proto=proto, x_forwarded_host="evil.example").content
    assert b"evil.example" not in raw and b"javascript:" not in raw and f"http://{HOST}/".encode() in raw


def validators(answer) -> dict[str, list[str]]:
    """Requests that hold what was answered, by the name of their header."""
    found = {}
    if "etag" in answer.headers:
        strong = answer.headers["etag"].removeprefix("W/")
        held = [strong, f"W/{strong}", f'"other", W/{strong}', f'{strong},"a,b"', "*", f'W/"x" , {strong} ']
        found["if-none-match"] = held
    if "last-modified" in answer.headers:
        found["if-modified-since"] = [answer.headers["last-modified"], formatdate(4102444800, usegmt=True)]
    return found


@pytest.mark.parametrize("address", EVERY)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_what_is_held_is_not_sent_again(client, address, coding):
    answer = get(client, address, accept_encoding=coding)
    held = validators(answer)
    if answer.status_code == 200 and answer.headers.get("cache-control") != "no-store":
        assert held, "what may be kept has a validator"
    for name, texts in held.items():
        for text in texts:
            again = get(client, address, accept_encoding=coding, **{name: text})
            assert again.status_code == 304 and again.content == b"", (name, text)
            for kept in ("etag", "cache-control", "vary"):
                assert again.headers.get(kept) == answer.headers.get(kept), kept
            assert "content-encoding" not in again.headers and "content-disposition" not in again.headers
    for text in ('"other"', 'W/"other"', "other", '"', ""):
        assert get(client, address, accept_encoding=coding, if_none_match=text).status_code == answer.status_code


@pytest.mark.parametrize("address", EVERY)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_head_is_what_a_get_would_be(client, address, coding):
    one, other = (get(client, address, method=method, accept_encoding=coding) for method in ("GET", "HEAD"))
    assert (one.status_code, dict(one.headers)) == (other.status_code, dict(other.headers))
    assert "content-length" in one.headers


@pytest.mark.parametrize("address", EVERY)
def test_only_text_is_compressed_and_only_for_who_wants_it(client, address):
    packed, plain, no = (
        get(client, address, accept_encoding=text) for text in ("gzip", "identity", "gzip;q=0.000, *;q=0")
    )
    assert plain.content == packed.content == no.content
    assert not {"content-encoding"} & {*plain.headers, *no.headers}
    if packed.headers["content-type"].startswith(
        ("image/png", "application/pdf", "application/vnd", "application/zip")
    ):
        assert "content-encoding" not in packed.headers


def test_a_tag_with_a_comma_is_one_tag():
    from starlette.datastructures import Headers

    assert unchanged(Headers({"if-none-match": '"a,b", "c"'}), {"ETag": '"a,b"'})
    assert not unchanged(Headers({"if-none-match": '"a,b"'}), {"ETag": '"a"'})
    assert not unchanged(Headers({"if-modified-since": "no time"}), {"Last-Modified": formatdate(0, usegmt=True)})
    late = {"if-none-match": '"x"', "if-modified-since": formatdate(4102444800, usegmt=True)}
    assert not unchanged(Headers(late), {"ETag": '"y"', "Last-Modified": formatdate(0, usegmt=True)})


# Every outlet of a chart, with the query still to be given.
OUTLETS = [
    *(f"/compare.{kind}" for kind in KINDS),
    *(f"{folder}.{kind}" for folder in ("/table/compare",) for kind in ("csv", "json")),
    "/embed/compare",
    "/picture/compare.svg",
    "/slides/compare.pptx",
]
FILES = [outlet for outlet in OUTLETS if not outlet.startswith(("/embed", "/slides"))]


@pytest.mark.parametrize("outlet", OUTLETS)
def test_every_outlet_of_a_chart_shows_the_release_asked_for(client, outlet):
    newest = get(client, f"{outlet}?{PAIR}&date=2026-11-23")
    pinned = get(client, f"{outlet}?{PAIR}&date=2026-11-23&release=1.0.0")
    assert pinned.status_code == 200 and pinned.content != newest.content
    if not outlet.endswith(("/table/compare.csv", "xlsx", "docx", "pptx")):
        assert "1.0.0" in pinned.text and "1.0.0" not in newest.text


SLIPS = {
    "date=2099-01-01": "date",
    "date=1900-01-01": "date",
    "date=2025-11-30": "date",
    "date=2028-01-01": "date",
    "date=2026-02-30": "date",
    "release=9.9.9": "release",
    "release=1.0.0&by=nobody": "by",
    "dates=2026-11-23": "dates",
    "Date=2026-11-23": "Date",
    "amp;date=2026-11-23": "amp;date",
    "releases=1.0.0": "releases",
    "place=JPN": "place",
}


@pytest.mark.parametrize("outlet", FILES)
@pytest.mark.parametrize("slip", SLIPS)
def test_no_file_is_made_of_what_is_not_understood(client, outlet, slip):
    answer = get(client, f"{outlet}?{PAIR}&{slip}")
    assert answer.status_code == 400 and answer.headers["content-type"].startswith("text/plain")
    named = SLIPS[slip]
    assert f"names “{named}”" in answer.text or f"asked for the {named} " in answer.text


@pytest.mark.parametrize("slug", CHARTS)
@pytest.mark.parametrize("slip", ["dates=2026-11-23", "DATE=2026-11-23", "amp;date=2026-11-23", "themes=dark"])
def test_an_embed_says_what_looks_like_a_slip(client, slug, slip):
    answer = get(client, f"/embed/{slug}?{slip}")
    assert answer.status_code == 200
    name = slip.partition("=")[0].replace("&", "&amp;")
    assert f"The address names “{name}”, which means nothing here." in answer.text


@pytest.mark.parametrize("slug", CHARTS)
@pytest.mark.parametrize("folder", ["/embed/{}", "/table/{}.csv", "/picture/{}.svg"])
def test_what_platforms_add_is_let_pass(client, slug, folder):
    added = "utm_source=a&utm_medium=b&fbclid=c&gclid=d&mc_cid=e&ref=f&_ga=g&igshid=h&v=1&source=x"
    plain, adorned = (get(client, folder.format(slug) + query) for query in ("", f"?{added}"))
    assert adorned.status_code == 200 and adorned.content == plain.content


@pytest.mark.parametrize("path", ["/data/responses.csv", "/data/regime-atlas.xlsx", "/data/regime-atlas.zip"])
def test_downloads_come_from_the_release_asked_for(client, path):
    newest, old = get(client, path), get(client, f"{path}?release=1.0.0")
    assert old.status_code == 200 and old.content != newest.content
    assert "1.0.0" in old.headers["content-disposition"]
    assert get(client, f"{path}?release=9.9.9").status_code in (400, 404)


def test_a_release_is_the_file_that_was_kept(client):
    for release in releases():
        answer = get(client, f"/data/releases/{release.version}.zip")
        assert len(answer.content) == release.bytes


@pytest.mark.parametrize("address", [f"/{page}" for page in PAGES] + ["/record/instruments/eu-ai-act", "/api/v1"])
def test_a_reader_of_feeds_finds_them_from_any_page(client, address):
    head = get(client, address).text.partition("</head>")[0]
    for kind, path in (("application/atom+xml", "/feeds/changes.atom"), ("text/calendar", "/feeds/upcoming.ics")):
        (link,) = re.findall(rf'<link rel="alternate" type="{re.escape(kind)}" title="[^"]+" href="([^"]+)"', head)
        assert link.endswith(path) and get(client, path).status_code == 200


def test_the_interface_has_the_types_that_screens_show(client, atlas):
    from atlas.law.regime import instrument_types, regimes

    day = "2026-11-23"
    rows = get(client, f"/api/v1/instruments?date={day}").json()["data"]
    types = instrument_types(atlas, day)
    assert {row["instrument_id"]: row["regime_type"] for row in rows if row["regime_type"]} == types
    places = {row["jurisdiction_id"]: row for row in get(client, f"/api/v1/jurisdictions?date={day}").json()["data"]}
    for kind, found in (("ai_law", regimes(atlas, day, ai_law_only=True)), ("regime", regimes(atlas, day))):
        for place, regime in found.items():
            row = places[place]
            assert (row[f"{kind}_instrument_id"] or "") == regime.instrument_id
            assert (row[f"{kind}_inherited_from"] or "") == regime.inherited_from
            read = row["law_read"] or regime.instrument_id
            assert row[f"{kind}_type"] == (regime.type if read else None)


def test_an_older_act_that_is_added_later_comes_first_in_the_feed(atlas):
    from atlas.publish.feed_entries import told_on
    from atlas.response.changes import changes
    from atlas.tables.kept_releases import bridged, load_release

    kept = releases()
    told = told_on(atlas, DATA, kept)
    first = {change.id for change in changes(bridged(load_release(kept[0]), atlas))}
    later = [change for change in changes(atlas) if change.id not in first and change.day <= atlas.package.evidence_to]
    assert later, "some acts were added since the first release"
    for change in later:
        assert told[change.id] >= max(change.day, kept[1].released)


# What does not need the data: files of the app and of the kept releases, and the answer that tells how it stands.
WITHOUT_DATA = ("/geo/", "/assets/", "/app/static/", "/data/releases/", "/data/CODEBOOK.md", "/health")


@pytest.mark.parametrize(
    "address", [one for path, some in OF_ROUTE.items() if not path.startswith(WITHOUT_DATA) for one in some]
)
def test_while_there_are_no_data_each_route_says_so_and_when_to_come_again(client, monkeypatch, address):
    monkeypatch.setattr(Store, "state", State(None, ()))
    answer = get(client, address)
    assert answer.status_code == 503 and answer.headers["retry-after"] == "60"
    assert answer.headers["cache-control"] == "no-store"
    if not address.startswith("/embed/"):
        assert "No valid data are loaded." in answer.text
    # A page for readers stays one; it was two words in a corner of a white window.
    if address.startswith(("/find", "/first-steps", "/record/")) and not address.endswith(".json"):
        assert "<h1>No valid data are loaded.</h1>" in answer.text and "<style>" in answer.text


@pytest.mark.parametrize(
    ("root", "base", "path", "below"),
    [
        ("", "", "/embed/map", "/embed/map"),
        ("/atlas", "", "/atlas/embed/map", "/embed/map"),
        ("/atlas/", "", "/atlas/embed/map", "/embed/map"),
        ("/atlas", "", "/atlasembed", "/atlasembed"),
        ("", "/base", "/base/static/a.js", "/static/a.js"),
        ("/atlas", "/base/", "/atlas/base/static/a.js", "/static/a.js"),
    ],
)
def test_a_path_below_a_mount_is_found_in_one_way(root, base, path, below):
    assert route_path({"path": path, "root_path": root}, base) == below


def test_a_notice_and_a_refusal_begin_alike_whatever_was_asked(atlas):
    """What was asked for may hold the words of the notice itself."""
    asked = "x”, which is not known here. Showing nothing"
    option = CHARTS["map"].options[0]
    said, why = refusal(atlas, option, asked), reason(atlas, option, asked)
    shown = asked[:40] + ("…" if len(asked) > 40 else "")
    first = f"The address asked for the {option.name} “{shown}”, which is not known here."
    assert said == f"{first} Showing {option.fallback_words(atlas)} instead."
    assert why.startswith(f"{first} {option.name} takes ")
