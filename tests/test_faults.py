"""Faults, each caused for real: what is served stays whole, says what is wrong, and comes back when the fault is gone."""

import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.testclient import TestClient
from visitor import Visitor
from websockets.exceptions import ConnectionClosed

from atlas.atomic import PART, YOUNG_SECONDS
from atlas.law.build_standing import law_key
from atlas.law.standing import _read
from atlas.law.standing import _times as build_times
from atlas.maps.geometry import GEO
from atlas.publish.make_release import keep
from atlas.tables import store as store_module
from atlas.tables.atlas import digest, load
from atlas.tables.kept_releases import releases
from atlas.tables.schema import DATA
from atlas.tables.store import Store, cache_folder
from atlas.web import files as web_files
from atlas.web.routes import ROUTES

ROOT = Path(__file__).resolve().parents[1]
FILE = "responses.csv"
SLOW = 60_000


# The data folder ---------------------------------------------------------------------------------------------------


@pytest.fixture
def store(broken, tmp_path, monkeypatch):
    """A store over data that an earlier process found good, so that no test waits for that first check."""
    monkeypatch.setenv("ATLAS_CACHE", str(tmp_path / "cache"))
    shutil.copytree(broken, cache_folder(broken) / f"checked-{digest(broken)}")
    return Store(broken)


def half(path):
    """Cut in the middle of a row, or it would be a shorter table and no fault."""
    raw = path.read_bytes()
    path.write_bytes(raw[: raw.index(b",", len(raw) // 2)])


def folder_in_place(path):
    path.unlink()
    path.mkdir()


FAULTS = {
    "rubbish": lambda path: path.write_bytes(b"\x00rubbish"),
    "empty": lambda path: path.write_bytes(b""),
    "cut": half,
    "not UTF-8": lambda path: path.write_bytes(path.read_bytes().replace(b"Grok", b"\xff\xfe\xfa", 1)),
    "another table": lambda path: shutil.copyfile(path.parent / "sources.csv", path),
    "deleted": lambda path: path.unlink(),
    "a folder in its place": folder_in_place,
    "a link to nowhere": lambda path: (path.unlink(), path.symlink_to("/nonexistent/file")),
    "a link to itself": lambda path: (path.unlink(), path.symlink_to(path)),
}


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        *((FILE, fault) for fault in FAULTS),
        *(
            ("datapackage.json", fault)
            for fault in ("rubbish", "empty", "deleted", "a folder in its place", "a link to itself")
        ),
    ],
)
def test_a_broken_file_leaves_the_last_good_data(store, broken, fault, name):
    good, original = store.state.atlas, (broken / name).read_bytes()
    FAULTS[fault](broken / name)
    state = store.settle()
    assert state.atlas is good and state.faults, fault
    again = Store(broken).state
    assert again.atlas is not None and again.atlas.digest == good.digest and again.faults, "a new process"
    if (broken / name).is_dir():
        (broken / name).rmdir()
    else:
        (broken / name).unlink(missing_ok=True)
    (broken / name).write_bytes(original)
    assert store.settle().faults == () and store.state.atlas.digest == good.digest


def test_a_file_that_may_not_be_read_leaves_the_last_good_data(store, broken, monkeypatch):
    """As the superuser may read everything, the refusal is made where files are copied."""

    def refuse(source, target):
        if Path(source).name == FILE:
            raise PermissionError(13, "Permission denied", str(source))
        return copy(source, target)

    copy, good = shutil.copyfile, store.state.atlas
    monkeypatch.setattr(shutil, "copyfile", refuse)
    os.utime(broken / FILE, (1, 1))
    state = store.settle()
    assert state.atlas is good and "Permission denied" in str(state.faults[0])
    monkeypatch.undo()
    os.utime(broken / FILE, (2, 2))
    assert store.settle().faults == ()


def test_the_folder_gone_and_back(store, broken):
    good = store.state.atlas
    broken.rename(broken.with_name("away"))
    assert store.settle().atlas is good and store.state.faults
    broken.with_name("away").rename(broken)
    assert store.settle().faults == ()


def test_a_file_cut_while_it_is_read_is_never_served(store, broken, monkeypatch):
    """The cut lies at the end of a row, so what was copied is a valid, shorter table: only its being changed gives it
    away.
    """

    def cut_after_copying(source, target):
        copy(source, target)
        if Path(source).name == "search_log.csv" and not done:
            done.append(True)
            lines = Path(target).read_bytes().splitlines(keepends=True)
            Path(target).write_bytes(b"".join(lines[:-1]))
            Path(source).write_bytes(whole + b" ")
            Path(source).write_bytes(whole)

    copy, done = shutil.copyfile, []
    whole, good = (broken / "search_log.csv").read_bytes(), store.state.atlas
    os.utime(broken / "search_log.csv", (1, 1))
    monkeypatch.setattr(shutil, "copyfile", cut_after_copying)
    assert store.settle().atlas is good and done
    state = store.settle()
    assert state.faults == () and state.atlas.digest == good.digest


def test_data_that_change_while_a_process_starts_are_not_served_unchecked(broken, tmp_path, monkeypatch):
    """Checked is one version, loaded would be the next, which has a fault that only the check knows."""
    monkeypatch.setenv("ATLAS_CACHE", str(tmp_path / "new"))

    def check_then_change(folder):
        faults = check(folder)
        path = folder / "responses.csv"
        path.write_text(path.read_text(encoding="utf-8").replace("2026-01-", "2026-13-", 1), encoding="utf-8")
        return faults

    check = store_module.check
    monkeypatch.setattr(store_module, "check", check_then_change)
    state = Store(broken).state
    assert state.atlas is None and store_module.CHANGING in str(state.faults[0])


def test_no_room_for_a_copy_leaves_the_last_good_data(store, broken, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    good = store.state.atlas
    monkeypatch.setattr(store_module.tempfile, "TemporaryDirectory", full)
    os.utime(broken / FILE, (1, 1))
    state = store.settle()
    assert state.atlas is good and "No space left" in str(state.faults[0])


@pytest.mark.slow
def test_data_replaced_while_twenty_visitors_click(broken, start):
    """Old or new, never broken, never a mixture, and the last version is the one that stays."""
    path = broken / "cases.csv"
    original = path.read_text(encoding="utf-8")
    served = start(broken)
    complaints, answers, stop = [], [0], threading.Event()

    def click(number):
        chance = random.Random(number)
        try:
            with Visitor(served.url) as visitor:
                while not stop.is_set():
                    shown = visitor.open(
                        chance.choice(["", "compare", "timeline", "jurisdiction", "evidence"]),
                        f"date=2026-0{chance.randint(1, 9)}-12",
                    )
                    answers[0] += "<h1>" in shown
        except (AssertionError, OSError, TimeoutError) as error:
            complaints.append(f"{number}: {error!r}")

    visitors = [threading.Thread(target=click, args=(number,), daemon=True) for number in range(20)]
    for visitor in visitors:
        visitor.start()
    versions = set()
    for turn in range(6):
        content = "" if turn % 2 else original.replace("Grok", f"GROK-{turn}", 1)
        path.write_text(content, encoding="utf-8")
        time.sleep(2.5)
        with urllib.request.urlopen(f"{served.url}/health", timeout=30) as answer:
            versions.add(json.load(answer)["status"])
    path.write_text(original.replace("Grok", "GROK-last", 1), encoding="utf-8")
    last = load(broken).digest
    until, health = time.monotonic() + 60, {}
    while time.monotonic() < until and not (health.get("digest") == last and health["status"] == "ok"):
        time.sleep(0.5)
        with urllib.request.urlopen(f"{served.url}/health", timeout=30) as answer:
            health = json.load(answer)
    stop.set()
    for visitor in visitors:
        visitor.join(60)
    assert complaints == [] and answers[0] >= 20
    assert health["digest"] == last and health["status"] == "ok" and versions <= {"ok", "serving_last_good"}


# Building ----------------------------------------------------------------------------------------------------------

LIMITED = """
import resource, runpy, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""


def limited(limit, module, *arguments):
    """Runs a module where no file may grow beyond a size: the system refuses to write on, as on a full disk."""
    return subprocess.run(
        [sys.executable, "-c", LIMITED, str(limit), module, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_a_full_disk_while_releasing_keeps_the_releases(broken):
    shutil.copytree(DATA / "releases", broken / "releases", dirs_exist_ok=True)
    for name in ("CODEBOOK.md", "CHANGELOG.md", "LICENSE.md"):
        shutil.copyfile(DATA / name, broken / name)
    described = json.loads((broken / "datapackage.json").read_text(encoding="utf-8")) | {"version": "99.0.0"}
    (broken / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in (broken / "releases").iterdir()}
    ended = limited(20_000, "atlas.publish.make_release", broken)
    assert ended.returncode != 0
    assert {path.name: path.read_bytes() for path in (broken / "releases").iterdir()} == before
    assert keep(broken).version == "99.0.0" and "99.0.0" in {release.version for release in releases(broken)}


@pytest.mark.slow
def test_a_full_disk_while_building_maps_keeps_the_maps(tmp_path):
    shutil.copytree(GEO, tmp_path / "geo")
    (tmp_path / "geo" / "world.json").write_text("{}")
    before = {path.name: path.read_bytes() for path in (tmp_path / "geo").iterdir()}
    ended = limited(100_000, "atlas.maps.build", "--out", tmp_path / "geo")
    assert ended.returncode != 0 and "File too large" in ended.stderr
    assert {path.name: path.read_bytes() for path in (tmp_path / "geo").iterdir()} == before


@pytest.fixture
def repository(tmp_path):
    """What `make build` needs, copied, with a disk so slow that a run can be met in the middle of writing."""
    place = tmp_path / "repository"
    shutil.copytree(ROOT / "atlas", place / "atlas", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", place / "data")
    for name in ("Makefile", "requirements.txt"):
        shutil.copyfile(ROOT / name, place / name)
    (tmp_path / "slow").mkdir()
    (tmp_path / "slow" / "sitecustomize.py").write_text(
        "import os, time\nflush = os.fsync\ndef slowly(opened):\n    time.sleep(0.5)\n    flush(opened)\nos.fsync ="
        " slowly\n"
    )
    return place


@pytest.fixture
def make_build():
    """Starts `make build` as a process group of its own, with the packages that run this test; none outlives the test."""
    started = []

    def start(place, **environment):
        venv = Path(sys.executable).parent.parent
        command = ["make", "build", f"VENV={venv}", "-o", f"{venv}/.runtime"]
        started.append(
            subprocess.Popen(
                command,
                cwd=place,
                env=os.environ | environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        )
        return started[-1]

    yield start
    for building in started:
        with suppress(ProcessLookupError):
            os.killpg(building.pid, signal.SIGKILL)
        building.wait(30)


def outdate(path):
    """Makes a built file say that it, and all that it names, was built of something else."""
    described = json.loads(path.read_text(encoding="utf-8"))
    for said in (described, *described.get("files", {}).values()):
        said.update({name: "older" for name in ("key", "inputs") if name in said})
    path.write_text(json.dumps(described), encoding="utf-8")


@pytest.mark.slow
def test_a_killed_build_is_recovered_by_the_next(repository, make_build):
    """Killed while it writes the maps, then while it writes the ranges; each time all that lies there is
    whole.
    """
    built = repository / "data" / "built"
    outdate(built / "geo" / "manifest.json")
    outdate(built / "standing.json")
    for place in (built / "geo", built):
        building = make_build(repository, PYTHONPATH=str(repository.parent / "slow"))
        until = time.monotonic() + 200
        while not list(place.glob(f"{PART}*/*")):
            assert time.monotonic() < until and building.poll() is None, (
                building.stderr.read().decode() if building.poll() is not None else "too slow"
            )
            time.sleep(0.02)
        os.killpg(building.pid, signal.SIGKILL)
        building.wait(30)
        assert list(place.glob(f"{PART}*")), "killed in the middle of writing"
        manifest = json.loads((built / "geo" / "manifest.json").read_text(encoding="utf-8"))
        for name in manifest["files"]:
            json.loads((built / "geo" / name).read_text(encoding="utf-8"))
        described, numbers = _read(built, build_times(built))
        assert described["days"] and all(
            np.isfinite(numbers[f"{number}.median"]).all() for number in range(len(described["days"]))
        )
    time.sleep(YOUNG_SECONDS)
    again = make_build(repository)
    assert again.wait(300) == 0, again.stderr.read().decode()
    assert list((repository / "data").rglob(f"{PART}*")) == []
    manifest = json.loads((built / "geo" / "manifest.json").read_text(encoding="utf-8"))
    for name, file in manifest["files"].items():
        assert sha256((built / "geo" / name).read_bytes()).hexdigest() == file["sha256"], name
    described, _ = _read(built, build_times(built))
    assert described["key"] == law_key(load(repository / "data"))


def test_a_layer_that_is_not_what_the_manifest_says_is_never_served(tmp_path, monkeypatch):
    """As after a build that was killed between two files: the new shapes must not be cached for ever under the old
    address.
    """
    shutil.copytree(GEO, tmp_path / "geo")
    digest = json.loads((tmp_path / "geo" / "manifest.json").read_text(encoding="utf-8"))["files"]["world.json"][
        "sha256"
    ]
    (tmp_path / "geo" / "world.json").write_text("{}")
    (tmp_path / "geo" / "hatch.json").unlink()
    monkeypatch.setattr(web_files, "GEO", tmp_path / "geo")
    web_files.layers.cache_clear()
    try:
        client = TestClient(Starlette(routes=ROUTES))
        assert client.get(f"/geo/{digest[:12]}/world.json").status_code == 404
        assert (
            "world.json" not in web_files.layers()
            and "hatch.json" not in web_files.layers()
            and "dots.json" in web_files.layers()
        )
    finally:
        web_files.layers.cache_clear()


# The clock ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jump", [-3600.0, 3600.0, -(10.0**9), 10.0**9])
def test_a_clock_that_jumps_changes_nothing(store, broken, monkeypatch, jump):
    """Served are the same data under the same tags, and a change of the data is still noticed."""
    good, real = store.state.atlas, time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: real() + jump)
    monkeypatch.setattr(time, "time", lambda: jump)
    assert store.state.atlas is good and store.settle().atlas is good
    path = broken / "cases.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Grok", "GROK", 1), encoding="utf-8")
    os.utime(path, (abs(jump), abs(jump)))
    # By the property that every page reads, not by `settle`, which forgets when it last looked.
    until = real() + 60
    while store.state.atlas is good and real() < until:
        time.sleep(0.05)
    assert store.state.atlas.digest != good.digest and store.state.faults == ()


@pytest.mark.parametrize("jump", [-(10.0**8), 10.0**8])
def test_tags_of_answers_stay_when_the_clock_jumps(monkeypatch, jump):
    client = TestClient(Starlette(routes=ROUTES))
    addresses = ["/feeds/changes.atom", "/feeds/upcoming.ics", "/data/responses.csv", "/data/regime-atlas.zip"]
    before = [(answer.headers["etag"], answer.content) for answer in map(client.get, addresses)]
    real_time, real_clock = time.time, time.monotonic
    monkeypatch.setattr(time, "time", lambda: real_time() + jump)
    monkeypatch.setattr(time, "monotonic", lambda: real_clock() + jump)
    assert [(answer.headers["etag"], answer.content) for answer in map(client.get, addresses)] == before


# The process and the line ------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_it_ends_within_ten_seconds_under_load(start):
    """Twenty visitors click and five programs download while it is told to end; nobody gets half an answer as a whole
    one.
    """
    served = start(DATA)
    stop, runs, complaints = threading.Event(), [0], []

    def click(number):
        # Being cut off is what this is about; a page that shows an exception is not.
        with suppress(OSError, TimeoutError, ConnectionClosed), Visitor(served.url) as visitor:
            while not stop.is_set():
                try:
                    visitor.open(("", "compare", "strength", "timeline")[number % 4], f"date=2026-0{1 + number % 9}-11")
                except AssertionError as error:
                    complaints.append(repr(error))
                runs[0] += 1

    def download():
        with suppress(OSError, http.client.IncompleteRead):
            while not stop.is_set():
                with urllib.request.urlopen(f"{served.url}/data/sources.csv", timeout=30) as answer:
                    if len(answer.read()) != int(answer.headers["Content-Length"]):
                        complaints.append("half a file")

    crowd = [
        *(threading.Thread(target=click, args=(number,), daemon=True) for number in range(20)),
        *(threading.Thread(target=download, daemon=True) for _ in range(5)),
    ]
    for one in crowd:
        one.start()
    until = time.monotonic() + 60
    while runs[0] < 40 and time.monotonic() < until:
        time.sleep(0.1)
    assert runs[0] >= 40
    begun = time.monotonic()
    # uvicorn ends what it was doing, then ends by the signal it was sent.
    assert served.stop() in (0, -signal.SIGTERM)
    assert time.monotonic() - begun < 10
    stop.set()
    for one in crowd:
        one.join(70)
    assert complaints == []


def _end(connection):
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


class Line:
    """A line between a browser and the app that can be cut: what passes is passed on, untouched."""

    def __init__(self, port):
        self.target, self.open, self.ends = port, True, set()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            if not self.open:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.target))
            self.ends |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    @staticmethod
    def _pass(one, other):
        try:
            while data := one.recv(65536):
                other.sendall(data)
        except OSError:
            pass
        for end in (one, other):
            _end(end)

    def cut(self):
        self.open = False
        for end in self.ends:
            _end(end)
        self.ends.clear()

    def mend(self):
        self.open = True

    def close(self):
        self.cut()
        self.listening.close()


@pytest.fixture
def line(server):
    opened = Line(server.port)
    yield opened
    opened.close()


@pytest.mark.browser
@pytest.mark.slow
def test_the_view_returns_after_the_line_was_cut_for_half_a_minute(line, page, offline):
    page.goto(f"{line.url}/?date=2026-01-17&place=IDN")
    title, card = page.locator(".ra-head h1"), page.locator(".ra-card h2")
    expect(title).to_contain_text("Three countries were restricting Grok", timeout=SLOW)
    expect(card).to_have_text("Indonesia")
    box = page.get_by_role("combobox", name="Jurisdiction")
    box.click()
    box.fill("Malaysia")
    page.get_by_role("option", name="Malaysia", exact=True).click()
    expect(card).to_have_text("Malaysia", timeout=SLOW)
    line.cut()
    page.wait_for_timeout(30_000)
    expect(title).to_contain_text("Three countries were restricting Grok")
    line.mend()
    page.wait_for_timeout(1000)
    # It answers again, and still knows what was chosen by address and by hand.
    expect(page.locator("[data-testid=stStatusWidget], [data-testid=stConnectionStatus]")).to_have_count(
        0, timeout=60_000
    )
    page.locator("input[type=date]").first.fill("2026-01-12")
    expect(title).to_contain_text("Indonesia and Malaysia were restricting Grok", timeout=60_000)
    expect(card).to_have_text("Malaysia")
    assert "place=MYS" in page.url and "date=2026-01-12" in page.url


# What a visitor is told ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_error_of_ours_shows_no_code_to_visitors(tmp_path, free_port):
    """With the settings of the repository: the visitor learns that something failed, and nothing of where and how."""
    script = tmp_path / "fails.py"
    script.write_text("secret = 'told to nobody'\nraise RuntimeError(secret)\n")
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        "--server.port",
        str(free_port),
        "--server.address",
        "127.0.0.1",
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        until = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{free_port}/_stcore/health", timeout=2).close()
                break
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.2)
        with Visitor(f"http://127.0.0.1:{free_port}") as visitor:
            visitor.send()
            messages = [bytes(visitor.take(kind).SerializeToString()) for kind in ("exception", "script_finished")]
    finally:
        process.terminate()
        logged, _ = process.communicate(timeout=15)
    told = b"".join(messages)
    assert b"told to nobody" not in told and b"fails.py" not in told and b"RuntimeError" not in told
    assert "told to nobody" in logged, "the log has it"
