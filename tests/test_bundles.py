"""Streamlit's own scripts travel compressed, once, and are never those of another version."""

import gzip

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from atlas.web.bundles import Bundles
from atlas.web.compressed_files import Packer, accepted

SCRIPT = b"export const words = 'all the words that a script may hold';\n" * 200
PLAIN = {"accept-encoding": "identity"}


@pytest.fixture
def folder(tmp_path):
    """A folder like Streamlit's."""
    (tmp_path / "ui" / "static" / "js").mkdir(parents=True)
    (tmp_path / "ui" / "index.html").write_text("<!doctype html><title>Start</title>" + "<p>text</p>" * 100)
    (tmp_path / "ui" / "static" / "js" / "page.Ab12.js").write_bytes(SCRIPT)
    (tmp_path / "ui" / "static" / "js" / "tiny.js").write_bytes(b"1")
    (tmp_path / "secret.js").write_bytes(SCRIPT)
    return tmp_path / "ui"


@pytest.fixture
def packer(tmp_path):
    return Packer(tmp_path / "cache")


@pytest.fixture
def client(folder, packer):
    """An app that serves the folder as it is, behind the middleware."""
    app = Starlette(
        routes=[Mount("/", StaticFiles(directory=folder, html=True))],
        middleware=[Middleware(Bundles, folder=folder, packer=packer)],
    )
    return TestClient(app)


def ask(client, path="/static/js/page.Ab12.js", coding="gzip", method="GET", **headers):
    return client.request(method, path, headers={"accept-encoding": coding, **headers})


def raw(client, path, coding):
    """The bytes as they travel."""
    with client.stream("GET", path, headers={"accept-encoding": coding}) as answer:
        return b"".join(answer.iter_raw())


def test_a_script_travels_compressed_and_is_kept_for_a_year(client):
    answer = ask(client)
    assert answer.content == SCRIPT and answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < len(SCRIPT) / 10
    assert "immutable" in answer.headers["cache-control"] and "max-age=31536000" in answer.headers["cache-control"]
    assert answer.headers["vary"] == "Accept-Encoding" and answer.headers["content-type"].startswith("text/javascript")


def test_brotli_follows_in_the_background(client, packer):
    first = ask(client, coding="br, gzip")
    assert first.headers["content-encoding"] == "gzip"
    packer.settle()
    assert ask(client, coding="br, gzip").headers["content-encoding"] == "br"
    assert brotli.decompress(raw(client, "/static/js/page.Ab12.js", "br")) == SCRIPT
    assert gzip.decompress(raw(client, "/static/js/page.Ab12.js", "gzip")) == SCRIPT


@pytest.mark.parametrize("coding", ["identity", "", "gzip;q=0", "deflate", "br;q=0, gzip;q=0.0, *;q=0"])
def test_who_takes_no_compression_gets_the_file_as_it_is(client, coding):
    answer = ask(client, coding=coding)
    assert answer.content == SCRIPT and "content-encoding" not in answer.headers
    # A cache in between must know that there are several answers.
    assert answer.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("header", "codings"),
    [
        ("gzip, deflate, br, zstd", ("br", "gzip")),
        ("gzip", ("gzip",)),
        ("*", ("br", "gzip")),
        ("*;q=0.1, br;q=0", ("gzip",)),
        ("gzip;q=oops", ()),
        ("", ()),
        ("BR ; q=0.5", ("br",)),
    ],
)
def test_the_header_is_read_as_the_standard_says(header, codings):
    assert accepted(header) == codings


def test_a_client_that_has_it_is_told_so(client, packer):
    tag = ask(client).headers["etag"]
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        answer = ask(client, **{"if-none-match": known})
        assert answer.status_code == 304 and not answer.content
        assert (
            answer.headers["etag"] == tag
            and answer.headers["vary"] == "Accept-Encoding"
            and "content-encoding" not in answer.headers
        )
    assert ask(client, **{"if-none-match": '"other"'}).status_code == 200
    ask(client, coding="br")
    packer.settle()
    # Another coding is another representation.
    assert ask(client, coding="br", **{"if-none-match": tag}).status_code == 200


def test_head_says_what_get_would(client):
    head, get = ask(client, method="HEAD"), ask(client)
    assert not head.content
    for name in ("content-length", "content-encoding", "etag", "cache-control", "vary", "content-type"):
        assert head.headers[name] == get.headers[name]


def test_a_range_is_a_range_of_the_file(client):
    answer = ask(client, range="bytes=7-11")
    assert answer.status_code == 206 and answer.content == SCRIPT[7:12] and "content-encoding" not in answer.headers
    assert ask(client, range="bytes=7-11", **{"if-range": ask(client).headers["etag"]}).status_code == 200


def test_other_methods_and_files_are_left_to_streamlit(client):
    assert ask(client, method="POST").status_code == 405
    assert "content-encoding" not in ask(client, "/static/js/tiny.js").headers
    assert ask(client, "/static/js/none.js").status_code == 404
    for path in (
        "/static/../secret.js",
        "/static/js/../../../secret.js",
        "/static/%2e%2e/%2e%2e/secret.js",
        "/static//js/page.Ab12.js",
    ):
        assert ask(client, path).content != SCRIPT or path == "/static//js/page.Ab12.js"


def test_the_start_page_is_compressed_and_asked_for_each_time(client):
    answer = ask(client, "/")
    assert answer.headers["content-encoding"] == "gzip" and "<title>Start" in answer.text
    assert answer.headers["etag"].startswith("W/") and "max-age" not in answer.headers.get("cache-control", "")
    assert ask(client, "/", **{"if-none-match": answer.headers["etag"]}).status_code == 304


def test_a_changed_file_never_meets_an_old_copy(client, folder, packer, tmp_path):
    before = ask(client)
    ask(client, coding="br")
    packer.settle()
    (folder / "static" / "js" / "page.Ab12.js").write_bytes(SCRIPT + b"// newer")
    after = ask(client)
    assert after.content == SCRIPT + b"// newer" and after.headers["etag"] != before.headers["etag"]
    assert ask(client, coding="br, gzip").content == SCRIPT + b"// newer"
    packer.settle()
    # The same holds for a process that finds copies of an earlier one, and it removes what is of no use any more.
    script = folder / "static" / "js" / "page.Ab12.js"
    script.write_bytes(SCRIPT + b"// newest")
    later = Packer(tmp_path / "cache", (script,))
    assert gzip.decompress(later.best(script, ("br", "gzip")).body) == SCRIPT + b"// newest"
    later.settle()
    kept = list((tmp_path / "cache").iterdir())
    assert kept and len({path.stem for path in kept}) == 1


def test_a_folder_that_cannot_be_written_costs_nothing_else(client, folder, tmp_path):
    (tmp_path / "file").write_text("in the way")
    packer = Packer(tmp_path / "file")
    copy = packer.best(folder / "static" / "js" / "page.Ab12.js", ("gzip",))
    assert gzip.decompress(copy.body) == SCRIPT


@pytest.mark.parametrize("base", ["", "/atlas"])
def test_a_prefix_of_the_address_is_understood(folder, packer, base):
    inner = Starlette(routes=[Mount(base or "/", StaticFiles(directory=folder, html=True))])
    client = TestClient(Bundles(inner, folder=folder, packer=packer, base=base))
    answer = ask(client, f"{base}/static/js/page.Ab12.js")
    assert answer.content == SCRIPT and answer.headers["content-encoding"] == "gzip"


def test_the_served_app_compresses_what_streamlit_sends(server):
    """In the real server, with the real files: what the start page names comes compressed."""
    import re

    import httpx2 as httpx

    with httpx.Client(base_url=server.url) as web:
        named = re.findall(r'(?:src|href)="\./(static/(?:js|css)/[^"]+)"', web.get("/").text)
        assert len(named) > 30
        sent = plain = 0
        for name in named:
            answer = web.get(f"/{name}", headers={"accept-encoding": "gzip"})
            assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]
            sent += int(answer.headers["content-length"])
            plain += len(answer.content)
    assert sent < plain / 3
