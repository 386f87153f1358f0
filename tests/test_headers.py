"""What each answer tells the browser to refuse, and the names under which the app answers."""

import http.server
import threading

import pytest
from addresses import app_paths, flat, good, served
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from atlas.web.headers import SecurityHeaders
from atlas.web.hosts import Hosts, allowed_hosts
from atlas.web.policy import document_policy, frame_ancestors, page_policy
from atlas.web.routes import ROUTES

SLOW = 60_000


def directives(answer) -> dict[str, list[str]]:
    """A policy as directive -> sources."""
    return {
        name: sources
        for name, *sources in (part.split() for part in answer.headers["content-security-policy"].split(";"))
    }


@pytest.fixture(scope="module")
def client():
    return TestClient(served())


@pytest.mark.parametrize("path", flat())
def test_every_route_of_ours_is_guarded(client, path):
    for address in good(path):
        answer = client.get(address)
        assert answer.headers["x-content-type-options"] == "nosniff", address
        assert answer.headers["referrer-policy"] in ("same-origin", "no-referrer"), address
        assert "camera=()" in answer.headers["permissions-policy"]
        policy = directives(answer)
        assert policy["default-src"] == policy["base-uri"] == ["'none'"], address
        # Pages with the search may send its form to this host; nothing else may send one.
        searched = 'role="search"' in answer.text and answer.headers["content-type"].startswith("text/html")
        assert policy["form-action"] == (["'self'"] if searched else ["'none'"]), address
        assert policy.get("object-src", ["'none'"]) == ["'none'"], address
        # An embed names nobody: `*` would leave out pages that lie on a disk.
        framed = [None] if address.startswith("/embed/") else [["'none'"], ["'self'"]]
        assert policy.get("frame-ancestors") in framed, address
        foreign = [
            source
            for sources in policy.values()
            for source in sources
            if not source.startswith("'") and source not in ("data:", "blob:")
        ]
        assert foreign == [], address
        scripts = policy.get("script-src", [])
        assert "'unsafe-inline'" not in scripts and "'unsafe-eval'" not in scripts, address


def test_an_unknown_path_of_ours_is_guarded_too(client):
    answer = client.get("/data/none.csv")
    assert answer.status_code == 404 and directives(answer)["frame-ancestors"] == ["'none'"]


@pytest.fixture(scope="module")
def sample():
    """An app with one of each kind: an embed, a document with a script of its own, data, a page of the app, Streamlit's
    fallback.
    """

    async def document(request):
        return HTMLResponse(
            "<p>",
            headers=(
                {"Content-Security-Policy": document_policy(["p {}"], ["run()"])} if "own" in request.url.path else {}
            ),
        )

    async def data(request):
        return JSONResponse({})

    ours = [Route("/embed/map", document), Route("/own", document), Route("/api/x", data), Route("/compare", document)]
    around = Middleware(
        SecurityHeaders,
        page=page_policy("<script>\nboot\n</script>"),
        routes=ours,
        pages=("", "compare"),
        framed_by="'self'",
    )
    return TestClient(Starlette(routes=[*ours, Route("/{rest:path}", document)], middleware=[around]))


def test_only_embeds_may_be_framed_by_anybody(sample):
    assert "frame-ancestors" not in directives(sample.get("/embed/map"))
    assert directives(sample.get("/own"))["frame-ancestors"] == ["'none'"]
    assert directives(sample.get("/api/x"))["frame-ancestors"] == ["'none'"]
    assert directives(sample.get("/compare"))["frame-ancestors"] == ["'self'"]
    assert directives(sample.get("/"))["frame-ancestors"] == ["'self'"]


def test_a_document_may_allow_its_own_script_and_nothing_else(sample):
    policy = directives(sample.get("/own"))
    assert policy["script-src"] == ["'sha256-AvyuiL0SD1mVY3NNxR+V2uo+lhk6RMFrytWmRt6CrJQ='"]
    assert policy["style-src"] == ["'self'", "'sha256-SNJDlN1Iy2mnt7DOjQIyDb2LQE6O5PQiSZomcdzawQ4='"]
    assert "connect-src" not in policy and "script-src" not in directives(sample.get("/embed/map"))
    assert "style-src" not in directives(sample.get("/api/x"))


def test_a_page_may_run_its_shell_and_files_of_this_host(sample):
    policy = directives(sample.get("/compare"))
    assert policy["script-src"][:2] == ["'self'", "'sha256-ENP79PzkM/FvfBzFUUqsQJldTYoWwbb/x8TRS4SAOX8='"]
    assert "'unsafe-inline'" not in policy["script-src"] and "'unsafe-eval'" not in policy["script-src"]
    assert (
        policy["connect-src"] == ["'self'"]
        and policy["object-src"] == ["'none'"]
        # The forms of its first view lead to this host and no other.
        and policy["form-action"] == ["'self'"]
    )


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("", "'none'"),
        ("'self'", "'self'"),
        ("*", "*"),
        ("https://example.org  http://localhost:8080", "https://example.org http://localhost:8080"),
        ("https://*.example.org", "https://*.example.org"),
    ],
)
def test_who_may_frame_the_app_is_a_setting(text, sources):
    assert frame_ancestors(text) == sources


@pytest.mark.parametrize(
    "text",
    [
        "example.org",
        "https:",
        "data:",
        "https://a.org; script-src *",
        "https://a.org/path",
        "'none'",
        "https://a.org\r\nX: y",
        "javascript:x",
        "https://*",
    ],
)
def test_a_wrong_setting_is_refused_at_the_start(text):
    with pytest.raises(ValueError, match="ATLAS_FRAME_ANCESTORS"):
        frame_ancestors(text)


@pytest.mark.parametrize("text", ["https://a.org", "a.org:80", "*", "a b c/d", "*.*.org", "a..\r\n"])
def test_a_wrong_list_of_hosts_is_refused_at_the_start(text):
    with pytest.raises(ValueError, match="ATLAS_ALLOWED_HOSTS"):
        allowed_hosts(text)


def behind(allowed):
    async def answer(request):
        return JSONResponse({})

    return TestClient(
        Starlette(
            routes=[Route("/{rest:path}", answer)], middleware=[Middleware(Hosts, allowed=allowed_hosts(allowed))]
        )
    )


@pytest.mark.parametrize(
    ("allowed", "host", "status"),
    [
        ("", "anything.example", 200),
        ("", "[::1]:8501", 200),
        ("", "127.0.0.1:8501", 200),
        ("", "a b", 400),
        ("", "a/b", 400),
        ("", 'a"onload=', 400),
        ("", "a@b", 400),
        ("", "", 400),
        ("", "a:port", 400),
        ("", "-a", 400),
        ("atlas.example, *.atlas.example", "ATLAS.example:443", 200),
        ("atlas.example, *.atlas.example", "www.atlas.example", 200),
        ("atlas.example", "atlas.example.evil.org", 400),
        ("*.atlas.example", "evilatlas.example", 400),
        ("atlas.example", "127.0.0.1", 400),
    ],
)
def test_hosts(allowed, host, status):
    assert behind(allowed).get("/map", headers={"Host": host}).status_code == status


def test_a_load_balancer_may_ask_for_health_at_an_address():
    assert behind("atlas.example").get("/health", headers={"Host": "10.0.0.7:8501"}).status_code == 200


def test_our_routes_are_known_to_the_headers():
    added = {one.cls: position for position, one in enumerate(served().user_middleware)}
    assert added[SecurityHeaders] < added[Hosts]
    known = served().user_middleware[added[SecurityHeaders]].kwargs
    ours = [route for route in ROUTES if hasattr(route, "path")]
    assert [route for route in known["routes"] if route in ours] == ours and "compare" in known["pages"]


class Elsewhere(http.server.ThreadingHTTPServer):
    """Another origin: `/?<address>` is a page that frames an address; what it is asked for is kept."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Frame)
        self.asked: list[str] = []
        self.url = f"http://localhost:{self.server_port}"


class Frame(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b'<iframe width=1000 height=700 src="' + self.path.partition("?")[2].encode() + b'"></iframe>')

    def log_message(self, *parts):
        pass


@pytest.fixture
def elsewhere():
    with Elsewhere() as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield listening
        listening.shutdown()


@pytest.mark.first_visit
@pytest.mark.browser
def test_no_page_breaks_the_policy_it_is_sent_with(server, page, offline):
    """`offline` fails on a violation; here each page is opened in turn, with its policy read first."""
    page.add_init_script(
        "window.broken = []; document.addEventListener('securitypolicyviolation', e =>"
        " window.broken.push(e.effectiveDirective + ' ' + e.blockedURI))"
    )
    for path in app_paths():
        answer = page.goto(f"{server.url}/{path}")
        policy = answer.headers["content-security-policy"]
        assert (
            policy.startswith("default-src 'none'")
            and policy.endswith("frame-ancestors 'none'")
            and "unsafe-eval'" not in policy.replace("wasm-unsafe-eval'", "")
        )
        expect(page.locator(".ra-head h1")).to_be_visible(timeout=SLOW)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.broken") == [], path


@pytest.mark.browser
def test_the_policy_stops_what_text_from_data_could_try(server, page, elsewhere):
    """Even if markup came through, it could not run, phone home or turn the page into a form."""
    page.goto(server.url)
    expect(page.locator(".ra-head h1")).to_be_visible(timeout=SLOW)
    page.evaluate(
        """there => {
        window.hacked = 0;
        window.stopped = new Set();
        document.addEventListener('securitypolicyviolation', e => window.stopped.add(e.effectiveDirective));
        const box = document.createElement('div');
        box.innerHTML = `<img src="${there}/a.png"><img src=x onerror="window.hacked = 1"><iframe src="${there}/"></iframe><object data="${there}/"></object>`;
        document.body.append(box);
        const script = document.createElement('script');
        script.textContent = 'window.hacked = 2';
        document.body.append(script);
        // Later, since the browser's tools may compile code in the call itself.
        setTimeout(() => { try { window.hacked = new Function('return 3')(); } catch (refused) { window.refused = true; } });
        fetch(there).catch(() => {});
    }""",
        elsewhere.url,
    )
    stopped = {"img-src", "script-src-attr", "script-src-elem", "script-src", "frame-src", "object-src", "connect-src"}
    page.wait_for_function("names => names.every(name => window.stopped.has(name))", arg=sorted(stopped), timeout=SLOW)
    assert page.evaluate("window.hacked") == 0 and page.evaluate("window.refused") is True
    assert elsewhere.asked == []


@pytest.mark.browser
def test_a_foreign_page_cannot_frame_the_app(server, page, elsewhere):
    page.goto(f"{elsewhere.url}/?{server.url}/")
    page.wait_for_timeout(3000)
    frame = page.frames[1]
    assert frame.locator(".ra-head h1").count() == 0 and "chrome-error" in frame.url


@pytest.mark.browser
@pytest.mark.slow
def test_a_page_that_is_named_may_frame_the_app(broken, tmp_path, monkeypatch, page, elsewhere, start):
    monkeypatch.setenv("ATLAS_FRAME_ANCESTORS", elsewhere.url)
    monkeypatch.setenv("ATLAS_ALLOWED_HOSTS", "127.0.0.1")
    opened = start(broken)
    page.goto(f"{elsewhere.url}/?{opened.url}/?embed=true")
    expect(page.frame_locator("iframe").locator(".ra-head h1")).to_be_visible(timeout=SLOW)
    page.goto(f"http://localhost:{opened.port}/")
    expect(page.locator("body")).to_have_text("This host name is not served here.")
