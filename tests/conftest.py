"""Fixtures: the data of the repository, copies to break, a served app and a browser that is kept offline."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from watching import _watch, only_this_machine  # noqa: F401 - fixtures

from atlas.tables.atlas import load
from atlas.tables.schema import DATA

ROOT = Path(__file__).resolve().parents[1]
os.environ.setdefault("ATLAS_CACHE", str(ROOT / ".cache" / "tests"))


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


def unused_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Server:
    """The app as a visitor's browser meets it."""

    def __init__(self, data: Path, cache: Path):
        self.port = unused_port()
        self.url = f"http://127.0.0.1:{self.port}"
        environment = os.environ | {"ATLAS_DATA": str(data), "ATLAS_CACHE": str(cache)}
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
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._wait()

    def _wait(self, seconds: float = 60.0) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
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


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    started = Server(DATA, tmp_path_factory.mktemp("cache"))
    yield started
    started.stop()


@pytest.fixture
def own_server(broken, tmp_path):
    """A server over a copy of the data, for tests that change it."""
    started = Server(broken, tmp_path / "cache")
    yield started
    started.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if chromium is None:
        return browser_type_launch_args
    quiet = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    return {**browser_type_launch_args, "executable_path": chromium, "args": quiet}


@pytest.fixture
def free_port():
    return unused_port()


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
def offline(context):
    """Refuses and records every request to another host, and what the content security policy stopped; a test that ends with one on record fails."""
    foreign, broken_policy = [], []
    context.on(
        "console",
        lambda message: broken_policy.append(message.text) if "Content Security Policy" in message.text else None,
    )

    def decide(route):
        host = route.request.url.split("/")[2].split(":")[0] if "://" in route.request.url else ""
        if host in ("127.0.0.1", "localhost", ""):
            route.continue_()
        else:
            foreign.append(route.request.url)
            route.abort()

    context.route("**/*", decide)
    yield foreign
    assert foreign == [], f"requests to other hosts: {foreign}"
    assert broken_policy == [], f"stopped by the content security policy: {broken_policy}"
