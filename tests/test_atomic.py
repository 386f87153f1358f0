"""Files and folders appear whole or not at all: full disks and killed runs, caused for real."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from atlas import atomic
from atlas.atomic import PART, new_folder, write_file, write_files

ROOT = Path(__file__).resolve().parents[1]


def left_over(folder):
    return [path.name for path in folder.iterdir() if path.name.startswith(PART)]


def run(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_file_is_replaced(tmp_path):
    write_file(tmp_path / "deep" / "a.txt", "één")
    write_file(tmp_path / "deep" / "a.txt", b"two")
    assert (tmp_path / "deep" / "a.txt").read_bytes() == b"two" and os.listdir(tmp_path / "deep") == ["a.txt"]


def test_a_folder_is_replaced_as_a_whole(tmp_path):
    for word in ("first", "second"):
        with new_folder(tmp_path / "site") as made:
            (made / word).mkdir()
            (made / word / "page.html").write_text(word)
            assert not (tmp_path / "site" / word).exists()
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["second"] and left_over(tmp_path) == []
    assert oct((tmp_path / "site").stat().st_mode)[-3:] != "700"


def test_a_system_that_cannot_exchange_folders_renames_twice(tmp_path, monkeypatch):
    monkeypatch.setattr(atomic, "_exchange", lambda one, other: False)
    test_a_folder_is_replaced_as_a_whole(tmp_path)


def test_a_run_killed_between_the_two_renames_is_mended_by_the_next(tmp_path):
    left = tmp_path / f"{PART}site-abc"
    (left / "old").mkdir(parents=True)
    (left / "old" / "page.html").write_text("first")
    os.utime(left, (0, 0))
    with new_folder(tmp_path / "site") as made:
        assert (tmp_path / "site" / "page.html").read_text() == "first"
        (made / "page.html").write_text("second")
    assert (tmp_path / "site" / "page.html").read_text() == "second" and left_over(tmp_path) == []


def test_an_error_while_building_keeps_the_old_folder(tmp_path):
    with new_folder(tmp_path / "site") as made:
        (made / "page.html").write_text("first")
    with pytest.raises(ZeroDivisionError), new_folder(tmp_path / "site") as made:
        (made / "page.html").write_text("half")
        raise ZeroDivisionError
    assert (tmp_path / "site" / "page.html").read_text() == "first" and left_over(tmp_path) == []


# The system itself refuses to write more: the nearest to a full disk that needs no disk of its own.
FULL = """
import resource, sys
from pathlib import Path
from atlas.atomic import new_folder, write_files
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    if sys.argv[2] == "files":
        write_files(Path(sys.argv[1]), {"a": b"new", "b": b"n" * 300_000, "c": b"new"})
    else:
        with new_folder(Path(sys.argv[1])) as made:
            for name in "abc":
                (made / name).write_bytes(b"n" * 300_000)
except OSError as error:
    print("refused", error.errno)
"""


@pytest.mark.parametrize("way", ["files", "folder"])
def test_a_full_disk_leaves_everything_as_it_was(tmp_path, way):
    place = tmp_path / "place"
    write_files(place, dict.fromkeys("abc", b"old"))
    ended = run(FULL, place, way)
    said, complaint = ended.communicate(timeout=60)
    assert said.startswith("refused"), complaint
    assert {path.name: path.read_bytes() for path in place.iterdir()} == dict.fromkeys("abc", b"old")
    assert left_over(tmp_path) == []


# Each file begins with the digest of its rest, so that a reader can tell a whole one.
WRITER = """
import hashlib, sys
from pathlib import Path
from atlas.atomic import new_folder, write_files
def content(word):
    body = word.encode() * 40_000
    return hashlib.sha256(body).hexdigest().encode() + body
place, way = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
for turn in range(int(sys.argv[3]), int(sys.argv[3]) + int(sys.argv[4])):
    files = {name: content(f"{name}{turn:06}") for name in "abcdef"}
    if way == "files":
        write_files(place, files)
    else:
        with new_folder(place) as made:
            for name, bytes_ in files.items():
                (made / name).write_bytes(bytes_)
"""


@pytest.mark.slow
@pytest.mark.parametrize("way", ["files", "folder"])
def test_a_killed_run_leaves_whole_files_and_the_next_one_tidies_up(tmp_path, way):
    place = tmp_path / "place"
    chance = random.Random(7)
    run(WRITER, place, way, 0, 1).communicate(timeout=60)
    beside = place if way == "files" else tmp_path
    for turn in range(8):
        writer = run(WRITER, place, way, 1000 * turn, 100_000)
        writer.stdout.readline()
        until = time.monotonic() + chance.uniform(0.02, 0.3)
        while time.monotonic() < until:
            assert_whole(place, way)
        writer.send_signal(signal.SIGKILL)
        writer.communicate(timeout=10)
        assert_whole(place, way)
    time.sleep(atomic.YOUNG_SECONDS + 0.1)
    assert run(WRITER, place, way, 9_000_000, 1).wait(timeout=60) == 0
    assert left_over(beside) == [] and {path.read_bytes()[64:72] for path in place.iterdir()} == {
        f"{name}9000000".encode() for name in "abcdef"
    }


def assert_whole(place, way):
    """Every file whole; a folder, moreover, of one turn: opened once, it is read through that one handle."""
    opened = os.open(place, os.O_RDONLY)
    try:
        turns = set()
        for name in "abcdef":
            try:
                file = os.open(name, os.O_RDONLY, dir_fd=opened)
            except FileNotFoundError:
                # The folder that was opened has just been replaced and is being removed.
                assert way == "folder"
                return
            with os.fdopen(file, "rb") as readable:
                raw = readable.read()
            assert hashlib.sha256(raw[64:]).hexdigest().encode() == raw[:64], name
            turns.add(raw[65:71])
        assert way == "files" or len(turns) == 1
    finally:
        os.close(opened)


def test_a_run_at_work_is_not_robbed_of_its_part(tmp_path):
    with new_folder(tmp_path / "site") as made:
        (made / "page.html").write_text("slow")
        os.utime(made.parent, (0, 0))
        ended = run(
            "import sys; from pathlib import Path; from atlas.atomic import write_file; write_file(Path(sys.argv[1]),"
            " 'x')",
            tmp_path / "other.txt",
        )
        assert ended.wait(timeout=60) == 0
    assert (tmp_path / "site" / "page.html").read_text() == "slow"
