"""Nothing is asked of any other host: not at the start, not by a visitor's request, not in a build.

The fixture `only_this_machine` watches every other test in the same way; here are the ways to start and to build.
"""

import os
import shutil
import socket
import socketserver
import subprocess
import sys
import textwrap
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from visitor import Visitor
from watching import asked_of_others, watched
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

ROOT = Path(__file__).resolve().parents[1]
STREAMLIT = ["-m", "streamlit", "run"]
# How README, the containers and a server of one's own start the app, and from where.
WAYS = {
    "make run": (ROOT, [*STREAMLIT, "dashboard.py", "--server.port"]),
    "container, from another folder": (
        Path("/"),
        [*STREAMLIT, str(ROOT / "dashboard.py"), "--server.address", "0.0.0.0", "--server.port"],
    ),
    "uvicorn": (ROOT, ["-m", "uvicorn", "dashboard:app", "--port"]),
}


class Proxy(socketserver.ThreadingTCPServer):
    """Takes every connection, keeps the first line of what it is asked, and answers that the host is away."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        self.lines: list[str] = []
        super().__init__(("127.0.0.1", 0), _Away)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def environment(self) -> dict[str, str]:
        """Settings that send a client here for every host but this one."""
        url = f"http://127.0.0.1:{self.server_address[1]}"
        names = ("http_proxy", "https_proxy", "all_proxy")
        return {**dict.fromkeys(names, url), **{name.upper(): url for name in names}, "no_proxy": "127.0.0.1,localhost"}


class _Away(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.lines.append(self.rfile.readline().decode("latin-1").strip())
        self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@pytest.fixture
def proxy():
    with Proxy() as found:
        yield found
        found.shutdown()


def healthy(url: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + 90
    while True:
        try:
            urllib.request.urlopen(f"{url}/health", timeout=2).close()
            return
        except OSError:
            assert time.monotonic() < until and process.poll() is None
            time.sleep(0.2)


def foreign_origin(url: str) -> None:
    """A page of another host opens the websocket: Streamlit compares its name with those of this machine."""
    with pytest.raises(InvalidStatus):
        connect(
            f"{url.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=["streamlit"],
            origin="https://other.example",
            proxy=None,
        )


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_a_start_and_a_visit_ask_nobody(proxy, free_port, tmp_path, way):
    folder, command = WAYS[way]
    url, asked, log = f"http://127.0.0.1:{free_port}", tmp_path / "asked", tmp_path / "log"
    environment = os.environ | proxy.environment | watched(asked)
    environment |= {"ATLAS_CACHE": str(tmp_path / "cache"), "PYTHONUNBUFFERED": "1"}
    if way == "uvicorn":
        environment["PYTHONPATH"] = f"{environment['PYTHONPATH']}:{ROOT}"
    with open(log, "wb") as out:
        process = subprocess.Popen(
            [sys.executable, *command, str(free_port)], cwd=folder, env=environment, stdout=out, stderr=out
        )
        try:
            healthy(url, process)
            with Visitor(url) as visitor:
                assert "<h1>" in visitor.open("evidence", "find=order")
            foreign_origin(url)
        finally:
            process.terminate()
            process.wait(15)
    assert str(free_port) in log.read_text(encoding="utf-8", errors="replace"), "it says where it is served"
    assert (proxy.lines, asked_of_others(asked)) == ([], [])


# What `make build` and `make site` run, over a copy of the data. They draw and count less, by the same code.
BUILDS = {
    "geometry": "import atlas.maps.build as made; sys.argv = ['', '--data', copy, '--out', copy + '/geo']; made.main()",
    "all but geometry": (
        """
import atlas.build as made
import atlas.law.agreement as agreement
import atlas.law.build_standing as standing
agreement.RESAMPLES = 3
standing.facts_settings()["draws"] = 20
standing.priorities_settings()["steps"] = 4
made.STEPS = tuple(step for step in made.STEPS if step is not made.geometry)
assert made.build(Path(copy), afresh=True) == 0
"""
    ),
    "site": (
        """
import atlas.publish.site.__main__ as made
from dataclasses import replace
plan, build = made.plan, made.build
def few(atlas):
    whole = plan(atlas)
    return replace(whole, views=tuple(view for view in whole.views if view.group == "compare")[:2])
made.plan, made.build = few, lambda atlas, plan, places, wanted: build(atlas, plan, places[:1], wanted)
assert made.main(["--to", copy + "/site", "--workers", "2"]) == 0
"""
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("build", BUILDS)
def test_a_build_asks_nobody(proxy, tmp_path, build):
    copy, asked = tmp_path / "data", tmp_path / "asked"
    shutil.copytree(ROOT / "data", copy)
    code = (
        f"import sys\nfrom pathlib import Path\ncopy = {str(copy)!r}\nif __name__ == '__main__':\n"
        + textwrap.indent(BUILDS[build], "    ")
    )
    script = tmp_path / "build.py"
    script.write_text(code, encoding="utf-8")
    environment = os.environ | proxy.environment | watched(asked)
    environment["PYTHONPATH"] = f"{environment['PYTHONPATH']}:{ROOT}"
    run = subprocess.run(
        [sys.executable, script], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert run.returncode == 0, run.stderr
    assert (proxy.lines, asked_of_others(asked)) == ([], [])


@pytest.mark.parametrize(
    "asking",
    [
        "import urllib.request as u; u.urlopen('http://other.example/', timeout=5)",
        "import socket; socket.getaddrinfo('other.example', 80)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 1))",
        (
            "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import socket;"
            ' socket.gethostbyname("other.example")\'])'
        ),
    ],
    ids=["by the proxy", "by name", "by address", "by a child"],
)
def test_the_watch_sees_what_is_asked(proxy, tmp_path, asking):
    asked = tmp_path / "asked"
    environment = os.environ | proxy.environment | watched(asked)
    subprocess.run([sys.executable, "-c", asking], env=environment, capture_output=True, timeout=60, check=False)
    assert proxy.lines if "urlopen" in asking else asked_of_others(asked)


def test_the_watch_is_on_here(only_this_machine):
    with pytest.raises(OSError):
        socket.getaddrinfo("other.invalid", 1)
    assert "other.invalid" in only_this_machine.read_text(encoding="utf-8")
    only_this_machine.write_text("", encoding="utf-8")
