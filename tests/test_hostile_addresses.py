"""Hostile addresses: whatever stands in one, no error of ours, no trace of code on screen, no hang, no growth.

A bounded part runs with every `make test`. `make fuzz` (ATLAS_FUZZ=night) asks for more than 20,000 requests. Routes,
charts, pages and keys are walked as they are listed, so that what is added is attacked too.
"""

import os
import socket
import time
from urllib.parse import quote, quote_plus, urlencode

import pytest
from addresses import BAD, app_paths, filled, flat, good, served
from conftest import Server
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from visitor import Visitor

from atlas.charts import catalogue, options
from atlas.charts.view import View
from atlas.tables.schema import DATA
from atlas.ui import url_keys as keys
from atlas.web.routes import ROUTES

NIGHT = os.environ.get("ATLAS_FUZZ") == "night"
NIGHT_REQUESTS = 20_000
LONGEST_SECONDS, TRIES = 2.0, 5
MOST_GROWTH_BYTES = 120_000_000
COUNTED = {"requests": 0}


def rounds(bounded: int, night: int):
    """Settings of one search."""
    return settings(
        max_examples=night if NIGHT else bounded,
        deadline=None,
        database=None,
        derandomize=not NIGHT,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )


KEYS = {
    key.name: key
    for value in vars(keys).values()
    for key in (
        value.values()
        if isinstance(value, dict) and value and isinstance(next(iter(value.values())), keys.Key)
        else [value]
    )
    if isinstance(key, keys.Key)
}
NAMES = sorted(
    {
        *KEYS,
        *(option.name for chart in catalogue.CHARTS.values() for option in chart.options),
        "embed",
        "embed_options",
        "format",
        "limit",
        "offset",
        "fields",
    }
)


@pytest.fixture(scope="module")
def terms(atlas):
    """Real values of real keys: a search that starts from what is accepted gets further in than one from noise."""
    found = {term for key in KEYS.values() for term in key.terms(atlas)} | {"2026-01-12", "1", "0", "1000000000"}
    return sorted(found)


TEXT = st.one_of(
    st.text(max_size=60),
    st.sampled_from(BAD),
    st.text(alphabet="0123456789-+.eE,", max_size=30),
    st.integers().map(str),
    st.floats().map(str),
)


def near(terms):
    """Texts that are, or nearly are, what a key takes."""
    term = st.sampled_from(terms)
    return st.one_of(
        term,
        TEXT,
        st.lists(st.one_of(term, TEXT), max_size=6).map(",".join),
        st.builds(lambda one, at, other: one[:at] + other + one[at:], term, st.integers(0, 12), st.text(max_size=3)),
        st.builds(
            lambda one, times: one * times, st.one_of(term, st.text(min_size=1, max_size=3)), st.integers(2, 400)
        ),
        term.map(str.swapcase),
        term.map(lambda text: f" {text}"),
        term.map(lambda text: f"{text}\n"),
    )


# What reads an address --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(KEYS))
def test_a_key_takes_a_text_whole_or_not_at_all(name, atlas, terms):
    """What is accepted becomes a widget's value and the same text again; everything else is refused without an error."""
    key = KEYS[name]
    assert key.default(atlas) == "" or key.accept(atlas, key.default(atlas))

    @rounds(40, 400)
    @given(near(terms))
    def search(text):
        COUNTED["requests"] += 1
        accepted = key.accept(atlas, text)
        assert isinstance(bool(accepted), bool)
        if accepted:
            written = key.write(key.parse(text))
            assert written in ("", key.default(atlas)) or key.accept(atlas, written)
        else:
            assert len(options.refusal(atlas, key, text)) < 300

    search()


@pytest.mark.parametrize("slug", sorted(catalogue.CHARTS))
def test_a_chart_answers_every_address(slug, atlas, terms):
    """Each address gives a view; what is refused is said, once for each option; the view's own address gives the same
    view.
    """
    chart = catalogue.CHARTS[slug]
    names = [option.name for option in chart.options]

    @rounds(8, 150)
    @given(st.dictionaries(st.sampled_from([*names, *NAMES[:5]]), near(terms), max_size=6))
    def search(query):
        COUNTED["requests"] += 1
        asked, notices = catalogue.read(atlas, chart, query)
        assert set(asked) == set(names) and len(notices) <= len(set(query) & set(names))
        view = catalogue.view(atlas, slug, asked)
        assert isinstance(view, View) and view.title
        again, none = catalogue.read(
            atlas,
            chart,
            dict(
                pair.split("=", 1)
                for pair in catalogue.address(atlas, chart, asked).split("&")
                if "%" not in pair and "+" not in pair
            ),
        )
        assert none == [] and set(again) == set(asked)

    search()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One for this file alone: how much its process grows is measured."""
    started = Server(DATA, tmp_path_factory.mktemp("cache"))
    yield started
    started.stop()


# HTTP, in the process ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client():
    """Our routes alone, without what Streamlit would refuse before them.

    An error of ours is raised, and fails the test.
    """
    return TestClient(served(), follow_redirects=False)


def judge(status, headers, body, address):
    """What no answer may be."""
    assert status < 500, address
    assert b"Traceback (most recent call last)" not in body and b"site-packages" not in body, address
    assert b"root:x:0" not in body and b"def main() -> None:" not in body, address
    names = {name.lower() for name in headers}
    assert not names & {"set-cookie", "x-injected"}, address


def in_time(action, address):
    """The answer of an action that does not hang.

    A machine that is busy with something else is no hang: then it is asked again.
    """
    for turn in range(TRIES):
        begun = time.monotonic()
        answer = action()
        if time.monotonic() - begun < LONGEST_SECONDS:
            return answer
        time.sleep(turn)
    raise AssertionError(f"over {LONGEST_SECONDS} s, {TRIES} times: {address}")


PATHS = st.one_of(
    st.builds(filled, st.sampled_from(flat()), st.one_of(st.sampled_from(BAD), st.text(min_size=1, max_size=40))),
    st.sampled_from([address for path in flat() for address in good(path)]),
    st.sampled_from(
        [address for path in flat() for address in good(path) if not address.startswith("/data/regime-atlas")]
    ),
)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "accept",
            "accept-encoding",
            "accept-language",
            "if-none-match",
            "if-modified-since",
            "range",
            "if-range",
            "origin",
            "referer",
            "x-forwarded-host",
            "x-forwarded-for",
            "cookie",
            "forwarded",
            "user-agent",
        ]
    ),
    st.one_of(
        st.sampled_from(
            [
                "*",
                "*/*;q=nan",
                "gzip;q=abc",
                "br;q=1e309, gzip;q=-1",
                'W/"',
                '"' * 500,
                "bytes=0-",
                "bytes=-1",
                "bytes=5-1",
                "bytes=" + "0-1," * 500,
                "bytes=9" + "9" * 400 + "-",
                "Mon, 99 Foo 99999",
                "for=evil;host=evil",
                "evil.example",
                "a" * 4000,
            ]
        ),
        st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=40),
    ),
    max_size=4,
)


@pytest.fixture(scope="module")
def queries(terms):
    pair = st.tuples(st.one_of(st.sampled_from(NAMES), st.text(max_size=10)), near(terms))
    return st.one_of(
        st.lists(pair, max_size=8).map(urlencode_loosely),
        st.text(max_size=60).map(lambda text: quote(text, safe="&=;%+", errors="replace")),
        st.lists(
            st.sampled_from(
                [
                    "%",
                    "%f",
                    "%ff",
                    "%00",
                    "&",
                    "=",
                    "%0d%0aX-Injected:1",
                    "%C0%AE",
                    "+",
                    "[]",
                    "places=JPN,EU",
                    "date=2026-01-12",
                ]
            ),
            max_size=9,
        ).map("".join),
    )


def urlencode_loosely(pairs):
    """As a program would write it; lone surrogates, which no program can send, become question marks."""
    return "&".join(
        f"{quote_plus(name.encode('utf-8', 'replace'))}={quote_plus(value.encode('utf-8', 'replace'))}"
        for name, value in pairs
    )


def test_no_address_makes_a_route_fail(client, queries):
    @rounds(300, 9_000)
    @given(PATHS, queries, HEADERS, st.sampled_from(["GET"] * 6 + ["HEAD", "POST", "OPTIONS", "DELETE", "X"]))
    def search(path, query, headers, method):
        COUNTED["requests"] += 1
        address = f"{path}?{query}"
        answer = in_time(lambda: client.request(method, address, headers=headers), address)
        judge(answer.status_code, answer.headers, answer.content, address)

    search()


def test_parameters_do_not_reach_headers(client):
    """What an address says may stand in a file's name; a line break in it must not start a header."""
    for path in flat():
        for value in ("JPN%0d%0aX-Injected:%201,EU", "JPN\u2028,EU"):
            answer = client.get(
                f"{good(path)[0]}?places={value}&instruments={value}&date=2026-01-12%0d%0aX-Injected:%201"
            )
            assert "x-injected" not in answer.headers
            assert all(character >= " " for text in answer.headers.values() for character in text)


# HTTP, on the wire ------------------------------------------------------------------------------------------------


def resident(process) -> int:
    """Bytes of memory that a process holds."""
    with open(f"/proc/{process.pid}/statm", encoding="ascii") as told:
        return int(told.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def ask(port, request: bytes, seconds=20.0) -> tuple[int, dict[str, str], bytes]:
    """Sends bytes and reads until the app closes the line.

    Returns:
        Status (0 where it closed without a word), headers, body.
    """
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as line:
        try:
            line.sendall(request)
            while chunk := line.recv(65536):
                answer += chunk
        except ConnectionError:  # closed while we were still sending: a refusal
            pass
    COUNTED["requests"] += 1
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    fields = dict(line.decode("latin-1").split(":", 1) for line in lines)
    return int(first.split()[1]) if first else 0, {name.lower(): value for name, value in fields.items()}, body


def quick(server, request: bytes):
    """Asks and judges."""
    status, headers, body = in_time(lambda: ask(server.port, request), request[:300])
    assert status < 500, request[:300]
    assert b"Traceback (most recent call last)" not in body and b"root:x:0" not in body, request[:300]
    assert "x-injected" not in headers and "a=b" not in headers.get("set-cookie", ""), request[:300]
    return status, headers, body


HOST = b"Host: 127.0.0.1\r\n"
END = b"Connection: close\r\n\r\n"
RAW = {
    "a query of 1 MB": b"GET /compare.html?" + b"a" * 1_000_000 + b" HTTP/1.1\r\n" + HOST + END,
    "a path of 1 MB": b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n" + HOST + END,
    "a header of 1 MB": b"GET /health HTTP/1.1\r\nX: " + b"a" * 1_000_000 + b"\r\n" + HOST + END,
    "10,000 headers": b"GET /health HTTP/1.1\r\n" + b"X-A: 1\r\n" * 10_000 + HOST + END,
    "10,000 parameters": (
        b"GET /compare.csv?" + b"&".join(b"p%d=1" % number for number in range(10_000)) + b" HTTP/1.1\r\n" + HOST + END
    ),
    "bad UTF-8 in the query": b"GET /compare.csv?places=%ff%fe&date=%C0%AE HTTP/1.1\r\n" + HOST + END,
    "raw bytes in the query": b"GET /compare.csv?\xff\xfe=\x80 HTTP/1.1\r\n" + HOST + END,
    "raw bytes in the path": b"GET /\xff\xfe HTTP/1.1\r\n" + HOST + END,
    "NUL in the path": b"GET /data/%00.csv HTTP/1.1\r\n" + HOST + END,
    "NUL below a folder": b"GET /assets/%00/icon.png HTTP/1.1\r\n" + HOST + END,
    "out of the folder": b"GET /assets/../dashboard.py HTTP/1.1\r\n" + HOST + END,
    "out of the folder, encoded": b"GET /assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + HOST + END,
    "out of the folder, encoded twice": b"GET /assets/%252e%252e/dashboard.py HTTP/1.1\r\n" + HOST + END,
    "out of the folder, backwards": b"GET /assets/..%5c..%5cdashboard.py HTTP/1.1\r\n" + HOST + END,
    "out of the releases": b"GET /data/releases/..%2f..%2f..%2fdashboard.zip HTTP/1.1\r\n" + HOST + END,
    "another server's path": b"GET //evil.example/x HTTP/1.1\r\n" + HOST + END,
    "an absolute address": b"GET http://evil.example/data/cases.csv HTTP/1.1\r\n" + HOST + END,
    "a line break in a parameter": b"GET /compare.csv?places=JPN,EU%0d%0aX-Injected:1 HTTP/1.1\r\n" + HOST + END,
    "a line break in the path": b"GET /data/a%0d%0aX-Injected:1.csv HTTP/1.1\r\n" + HOST + END,
    "a line break in the host": b"GET /feeds/changes.atom HTTP/1.1\r\nHost: a%0d%0aX-Injected:1\r\n" + END,
    "a folded host": b"GET /feeds/changes.atom HTTP/1.1\r\nHost: a\r\n X-Injected: 1\r\n" + END,
    "two hosts": b"GET /feeds/changes.atom HTTP/1.1\r\nHost: a\r\nHost: b\r\n" + END,
    "no host": b"GET /feeds/changes.atom HTTP/1.1\r\n" + END,
    "an empty host": b"GET /feeds/changes.atom HTTP/1.1\r\nHost:\r\n" + END,
    "a host that is markup": b'GET /feeds/changes.atom HTTP/1.1\r\nHost: "><script>alert(1)</script>\r\n' + END,
    "a host that is somebody": b"GET /feeds/changes.atom HTTP/1.1\r\nHost: 127.0.0.1@evil.example\r\n" + END,
    "a host with a port that is none": b"GET /feeds/changes.atom HTTP/1.1\r\nHost: a:99999999\r\n" + END,
    "an unknown method": b"BREW /data/cases.csv HTTP/1.1\r\n" + HOST + END,
    "a small method": b"get /data/cases.csv HTTP/1.1\r\n" + HOST + END,
    "a long method": b"G" * 5000 + b" / HTTP/1.1\r\n" + HOST + END,
    "TRACE": b"TRACE /data/cases.csv HTTP/1.1\r\nCookie: secret=1\r\n" + HOST + END,
    "CONNECT": b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + END,
    "OPTIONS *": b"OPTIONS * HTTP/1.1\r\n" + HOST + END,
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "another version": b"GET /health HTTP/9.9\r\n" + HOST + END,
    "HTTP/2 by surprise": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "two lengths": b"POST /health HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n" + HOST + END + b"hello",
    "a length that is none": b"POST /health HTTP/1.1\r\nContent-Length: -1\r\n" + HOST + END,
    "length and chunks": (
        b"POST /health HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n" + HOST + END + b"0\r\n\r\n"
    ),
    "an unknown coding": b"POST /health HTTP/1.1\r\nTransfer-Encoding: magic\r\n" + HOST + END,
    "a range beyond all": b"GET /assets/icon.png HTTP/1.1\r\nRange: bytes=18446744073709551616-\r\n" + HOST + END,
    "2,000 ranges": b"GET /assets/icon.png HTTP/1.1\r\nRange: bytes=" + b"0-1," * 2000 + b"0-1\r\n" + HOST + END,
    "a range that is none": b"GET /assets/icon.png HTTP/1.1\r\nRange: bytes=a-b\r\n" + HOST + END,
    "a day that is none": (
        b"GET /assets/icon.png HTTP/1.1\r\nIf-Modified-Since: Mon, 99 Foo 99999 99:99:99 GMT\r\n" + HOST + END
    ),
    "1,000 tags": b"GET /feeds/changes.atom HTTP/1.1\r\nIf-None-Match: " + b'"x", ' * 1000 + b'W/"y\r\n' + HOST + END,
    "weights that are none": (
        b"GET /geo/world_110m.json HTTP/1.1\r\nAccept-Encoding: gzip;q=nan, br;q=1e999, *;q=x\r\n" + HOST + END
    ),
    "an upgrade to nothing": (
        b"GET /_stcore/stream HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + HOST + b"\r\n"
    ),
    "a websocket elsewhere": (
        b"GET /data/cases.csv HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version:"
        b" 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + HOST + b"\r\n"
    ),
}


@pytest.mark.parametrize("case", RAW)
def test_no_bytes_on_the_wire_make_it_fail(server, case):
    quick(server, RAW[case])
    assert quick(server, b"GET /health HTTP/1.1\r\n" + HOST + END)[0] == 200


@pytest.mark.parametrize("path", flat())
@pytest.mark.parametrize(
    "query",
    [
        "&".join(f"p{number}=1" for number in range(10_000)),
        "&".join(["date=2026-01-12"] * 1000),
        "places=" + ",".join(["JPN"] * 20_000),
        "date=" + "9" * 60_000,
    ],
    ids=["10,000 parameters", "one parameter 1,000 times", "20,000 places", "a date of 60,000 digits"],
)
def test_no_amount_of_parameters_makes_a_route_fail(server, path, query):
    address = good(path)[0]
    _, headers, _ = quick(server, f"GET {address}?{query} HTTP/1.1\r\n".encode() + HOST + END)
    assert len(headers.get("content-disposition", "")) < 300


def test_nothing_outside_its_folder_is_served(server):
    cases = {case: request for case, request in RAW.items() if case.startswith("out of")}
    assert cases
    for case, request in cases.items():
        status, _, body = quick(server, request)
        assert status in (400, 404) and b"import" not in body, case


def test_nobody_gets_links_to_a_host_that_is_none(server):
    starts = ("a host", "two hosts", "an empty host", "a line break in the host")
    cases = {case: request for case, request in RAW.items() if case.startswith(starts)}
    assert all(any(case.startswith(start) for case in cases) for start in starts)
    for case, request in cases.items():
        status, _, body = quick(server, request)
        assert status == 400 and b"evil" not in body and b"<script>" not in body, case


def test_what_is_sent_at_random_makes_nothing_fail_and_nothing_grow(server, queries):
    """On the wire, with all that stands before our routes; the same process before and after."""
    quick(server, b"GET /data/regime-atlas.xlsx HTTP/1.1\r\n" + HOST + END)
    before = resident(server.process)
    own = [f"/{path}" for path in app_paths()] + [
        "/_stcore/health",
        "/_stcore/host-config",
        "/media/x",
        "/component/x/y",
        "/static/x",
        "/_stcore/upload_file/a/b",
    ]

    @rounds(150, 5_000)
    @given(
        st.one_of(PATHS, st.sampled_from(own)),
        queries,
        HEADERS,
        st.sampled_from(["GET"] * 8 + ["HEAD", "POST", "PUT", "TRACE"]),
        st.binary(max_size=6),
    )
    def search(path, query, headers, method, noise):
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        noisy = noise.replace(b"\r", b"").replace(b"\n", b"").replace(b" ", b"").replace(b"\x00", b"")
        quick(
            server,
            f"{method} {path}?{query}".encode("latin-1", "replace")
            + noisy
            + f" HTTP/1.1\r\n{lines}".encode("latin-1")
            + HOST
            + END,
        )

    search()
    assert resident(server.process) - before < MOST_GROWTH_BYTES


# Pages, as a browser runs them ------------------------------------------------------------------------------------

HUGE = [
    "&".join(f"p{number}=1" for number in range(10_000)),
    "find=" + "a" * 1_000_000,
    "&".join(["place=JPN"] * 2000),
    "places=" + "%2C".join(["JPN"] * 5000),
]


@pytest.mark.slow
@pytest.mark.parametrize("path", app_paths())
def test_no_address_makes_a_page_fail(server, path, queries):
    """Each run ends well and shows the page with its title: no exception, no half page.

    A new visitor for each address.
    """
    before = resident(server.process)
    hostile = [
        urlencode(dict.fromkeys(NAMES, value))
        for value in ("<script>alert(1)</script>", "\x00", "../../etc/passwd", "9" * 500)
    ]

    def run(query):
        COUNTED["requests"] += 1
        shown = in_time(lambda: read(query), query[:300])
        assert "<h1>" in shown and "Traceback" not in shown and "<script>alert" not in shown, query[:300]

    def read(query):
        with Visitor(server.url) as visitor:
            return visitor.open(path, query)

    for query in [
        *hostile,
        *HUGE,
        "%ff%fe=%00",
        "date=%ff",
        "=&==&&",
        "date=2026-01-12&date=2026-99-99",
        "[]=1&date[]=2",
        "date=2026-01-12%00",
        ";",
        "?",
    ]:
        run(query)

    @rounds(6, 250)
    @given(queries)
    def search(query):
        run(query)

    search()
    assert resident(server.process) - before < MOST_GROWTH_BYTES


# The data interface, by its own description -----------------------------------------------------------------------

DESCRIPTION = "/api/v1/openapi.json"


def test_the_data_interface_keeps_to_its_description():
    """schemathesis makes requests from the description, wrong ones too: every answer must be one that it describes."""
    import schemathesis
    from hypothesis.errors import Unsatisfiable
    from schemathesis import GenerationMode
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    schema = schemathesis.openapi.from_asgi(DESCRIPTION, served())
    for operation in (result.ok() for result in schema.get_all_operations()):
        for wrong in (False, True):

            @rounds(6, 150)
            @given(operation.as_strategy(GenerationMode.NEGATIVE if wrong else GenerationMode.POSITIVE))
            def search(case):
                COUNTED["requests"] += 1
                # A description cannot say which days lie in the window or that at most four ids are compared.
                case.call_and_validate(excluded_checks=[positive_data_acceptance])

            try:
                search()
            except Unsatisfiable:
                assert wrong, "no right request could be made"


@pytest.mark.skipif(not NIGHT, reason="the count is that of `make fuzz`")
def test_the_night_asked_often_enough():
    print(f"{COUNTED['requests']:,} requests")
    assert COUNTED["requests"] >= NIGHT_REQUESTS


def test_every_route_is_attacked():
    """The walk finds what is listed: a route that it would not see would be a hole in all of the above."""
    assert len(flat()) == len({route.path for route in ROUTES if hasattr(route, "path")}) and all(
        good(path) for path in flat()
    )
    assert {"date", "places", "w_control", "release"} <= set(KEYS) and len(KEYS) > 25
