"""Fixtures: the data of the repository, copies to break, a served app and a browser that is kept offline."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from kept_pages import KeptPages
from playwright.sync_api import expect
from two_releases import two_releases  # noqa: F401 - a fixture
from watching import _watch, asked_of_others, only_this_machine  # noqa: F401 - fixtures

from atlas.tables.atlas import digest, load
from atlas.tables.schema import DATA
from atlas.tables.store import cache_folder
from deploy.ports import unused_ports
from deploy.programs import chromium

ROOT = Path(__file__).resolve().parents[1]
SHARED = "server.json"
os.environ.setdefault("ATLAS_CACHE", str(ROOT / ".cache" / "tests"))


# How long a test of a kind may take, in seconds and roughly: only to begin with the longest files.
ROUGHLY = {"slow": 12, "browser": 5, "": 0.3}


# Fixtures that start the app: tests that ask for one are marked `server` by that.
SERVERS = {"server", "own_server", "start"}
may_start = True


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """`make test-quick` leaves out what is marked, so that only marked tests may start the app (see `Server`)."""
    global may_start
    may_start = any(item.get_closest_marker(mark) for mark in ("browser", "server", "slow"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """With several workers (`-n`), tests of one file share a worker, and with it the fixtures of the file; those in the
    browser are a share of their own. The longest shares come first, so that none is begun when the others are done.
    """
    share, length = {}, Counter()
    for item in items:
        given = set(item.fixturenames) - set(item.callspec.params if hasattr(item, "callspec") else ())
        if given & SERVERS:
            item.add_marker(pytest.mark.server)
        marked = item.get_closest_marker("xdist_group")
        in_browser = "-browser" if item.get_closest_marker("browser") else ""
        share[item] = marked.args[0] if marked else f"{item.path.stem}{in_browser}"
        if not marked:
            item.add_marker(pytest.mark.xdist_group(share[item]))
        length[share[item]] += sum(seconds for kind, seconds in ROUGHLY.items() if not kind or kind in item.keywords)
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: -length[share[item]])


def pytest_collection_finish(session):
    """A version of pytest that hides the shares from the plugin makes each test a share of its own, and each worker the
    fixtures of each file: several times as slow, without a word.
    """
    # A test that runs pytest hands its worker's name on, but no shares.
    if hasattr(session.config, "workerinput"):
        lost = [item.nodeid for item in session.items if not item.nodeid.endswith(f"@{_share(item)}")]
        assert not lost, f"the share is not in the id of {lost[0]} and {len(lost) - 1} others"


def _share(item) -> str:
    return item.get_closest_marker("xdist_group").args[0]


def pytest_runtest_logreport(report):
    """A fault is told at once, so that a run that is cut off has named what it found."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        print(f"\nFAILED {report.nodeid} ({report.when})\n{report.longreprtext[-1500:]}", file=sys.stderr, flush=True)


@pytest.fixture(scope="session")
def atlas():
    return load(DATA)


@pytest.fixture
def broken(tmp_path):
    """A copy of the data that a test may break."""
    folder = tmp_path / "data"
    folder.mkdir()
    for path in [*DATA.glob("*.csv"), DATA / "datapackage.json"]:
        shutil.copyfile(path, folder / path.name)
    return folder


def known_to_be_good(data: Path, cache: Path) -> None:
    """Leaves the mark of an earlier start where the data are the repository's, which a test of its own checks."""
    identity = digest(data)
    mark = cache / cache_folder(data).name / f"checked-{identity}"
    if identity == digest(DATA) and not mark.exists():
        shutil.copytree(
            data, mark, ignore=lambda _, names: [one for one in names if not one.endswith((".csv", ".json"))]
        )


class Server:
    """The app as a visitor's browser meets it."""

    def __init__(self, data: Path, cache: Path, log: Path | None = None, **environment: str):
        assert may_start, "a test that starts the app is marked `server`, `browser` or `slow`"
        with suppress(OSError):
            known_to_be_good(data, cache)
        (self.port,) = unused_ports(1)
        self.url = f"http://127.0.0.1:{self.port}"
        environment = os.environ | {"ATLAS_DATA": str(data), "ATLAS_CACHE": str(cache)} | environment
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "dashboard.py",
            "--server.port",
            str(self.port),
            "--server.address",
            "127.0.0.1",
        ]
        with open(log or os.devnull, "ab") as said:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said)
        try:
            self._wait()
        except TimeoutError:
            self.process.kill()
            raise

    def _wait(self, seconds: float = 180.0) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"the app stopped at its start ({self.process.returncode})")
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.2)
        raise TimeoutError("the app did not become healthy")

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(10)


class Shared:
    """The server of another worker, by its address."""

    def __init__(self, port: int):
        self.port, self.url = port, f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The app over the repository's data, one for all workers. The first that wants it starts it; it is stopped at the
    end of the whole run (`pytest_sessionfinish`). Tests that measure the process itself start their own.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        started = Server(DATA, folder / "cache")
        yield started
        started.stop()
        return
    with (folder.parent / "server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = folder.parent / SHARED
        if not known.exists():
            started = Server(DATA, folder.parent / "cache", HOSTS_ASKED=str(folder.parent / "asked"))
            known.write_text(json.dumps({"port": started.port, "process": started.process.pid}), encoding="utf-8")
    yield Shared(json.loads(known.read_text(encoding="utf-8"))["port"])
    assert asked_of_others(folder.parent / "asked") == [], "what the server asked of other hosts, for whichever worker"


def pytest_sessionfinish(session):
    """Stops the server that the workers shared, once, from the process that started them."""
    factory = getattr(session.config, "_tmp_path_factory", None)
    if "PYTEST_XDIST_WORKER" not in os.environ and factory is not None:
        known = factory.getbasetemp() / SHARED
        if known.exists():
            with suppress(ProcessLookupError):
                os.kill(json.loads(known.read_text(encoding="utf-8"))["process"], signal.SIGTERM)


@pytest.fixture
def own_server(broken, tmp_path):
    """A server over a copy of the data, for tests that change it."""
    started = Server(broken, tmp_path / "cache")
    yield started
    started.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    found = chromium()
    if found is None:
        return browser_type_launch_args
    quiet = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        # Letters as wide as in a Chromium with windows, which does not fit them to the pixels of a screen.
        "--font-render-hinting=none",
        # No other host has an address, whatever a page asks for.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ]
    return {**browser_type_launch_args, "executable_path": found, "args": quiet}


# A machine that is busy with other tests may take long over a page that is right.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def kept_pages(browser):
    return KeptPages(browser, PATIENCE)


@pytest.fixture
def page(request, kept_pages, new_context):
    """A page as new; one that is new where the test is marked `first_visit`."""
    if request.node.get_closest_marker("first_visit"):
        context = new_context()
        context.set_default_timeout(PATIENCE)
        yield context.new_page()
    else:
        with kept_pages.lend() as page:
            yield page


@pytest.fixture
def page_with(kept_pages):
    """Lends pages with settings as `browser.new_context()` takes them, until the end of the test."""
    with ExitStack() as lent:
        yield lambda **wishes: lent.enter_context(kept_pages.lend(**wishes))


@pytest.fixture
def context(page):
    return page.context


@pytest.fixture
def free_port():
    return unused_ports(1)[0]


@pytest.fixture
def start(tmp_path):
    """Starts servers over folders of data, with the environment as the test has set it, and stops what still runs."""
    started = []

    def one(data: Path) -> Server:
        started.append(Server(data, tmp_path / "cache"))
        return started[-1]

    yield one
    for server in started:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture
def offline(context, page):
    """Records every request to another host, and what the content security policy stopped; a test that ends
    with one on record fails.
    """
    foreign, broken_policy = [], []
    context.on(
        "console",
        lambda message: broken_policy.append(message.text) if "Content Security Policy" in message.text else None,
    )

    def note(asked):
        host = urlsplit(asked.url).hostname
        if host not in (None, "127.0.0.1", "localhost"):
            foreign.append(asked.url)

    # Only listened to: a request that a test stops and lets go passes through Python, and past Chromium's cache. That no
    # other host is reached is seen to where Chromium starts.
    context.on("request", note)
    page.on("websocket", note)
    yield foreign
    assert foreign == [], f"requests to other hosts: {foreign}"
    assert broken_policy == [], f"stopped by the content security policy: {broken_policy}"


@pytest.fixture(scope="session")
def frozen(atlas, tmp_path_factory):
    """A site with one view of each group, in all themes, and one place."""
    from atlas.charts.catalogue import CHARTS
    from atlas.publish.site.build import Wanted, build
    from atlas.publish.site.plan import PictureOf, Plan, Set, plan

    files = Set(("auto", "light", "dark"), (PictureOf("svg", "wide", "light"),))
    whole = plan(atlas)
    first = {view.group: view for view in reversed(whole.views)}
    views = tuple(replace(view, files=files) for view in first.values())
    assert {view.slug for view in views} == set(CHARTS)
    place = tmp_path_factory.mktemp("frozen") / "site"
    build(atlas, Plan(views, whole.most_png, whole.most_megabytes), ("JPN",), Wanted(DATA, place))
    return place
