"""The data that the app serves: always a version that passed the check.

At start the folder is checked and loaded. Later changes are noticed by file times, copied aside, checked in
a process of their own (so that visitors do not wait for it) and loaded from that copy: what is served is
exactly what was checked. A broken change leaves the last good version in place and its faults on record.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from atlas.atomic import new_folder
from atlas.tables.atlas import Atlas, digest, load
from atlas.tables.check import check
from atlas.tables.fault import Fault
from atlas.tables.schema import DATA, DESCRIPTOR

CHECK_EVERY_SECONDS = 2.0
CHANGING = "the files changed while they were read"
ROOT = Path(__file__).resolve().parents[2]


def cache_root() -> Path:
    """Where what can be made again is kept between starts; `ATLAS_CACHE` overrides the place."""
    return Path(os.environ.get("ATLAS_CACHE", ROOT / ".cache"))


def cache_folder(folder: Path) -> Path:
    """Where checked copies of one data folder are kept."""
    own = sha256(str(folder.resolve()).encode()).hexdigest()[:8]
    return cache_root() / own


@dataclass(frozen=True)
class State:
    """What a visitor gets, and what is wrong with what lies in the folder, if anything."""

    atlas: Atlas | None
    faults: tuple[Fault, ...]


class Store:
    """Serves the last good version of one data folder. Safe to use from many threads."""

    def __init__(self, folder: Path = DATA):
        self.folder = folder
        self._lock = threading.Lock()
        self._looked = 0.0
        self._worker: threading.Thread | None = None
        self._signature = self._times()
        self._state = self._first()

    @property
    def state(self) -> State:
        """The current state; starts a look at the folder if the last one is old."""
        now = time.monotonic()
        # A clock that was set back must not stop the looking.
        if not 0 <= now - self._looked <= CHECK_EVERY_SECONDS and self._lock.acquire(blocking=False):
            try:
                self._looked = now
                signature = self._times()
                busy = self._worker is not None and self._worker.is_alive()
                if signature != self._signature and not busy:
                    self._worker = threading.Thread(target=self._take, args=(signature,), daemon=True)
                    self._worker.start()
            finally:
                self._lock.release()
        return self._state

    def settle(self, seconds: float = 60.0) -> State:
        """Looks at the folder now and waits until a change is taken or refused (for tests and scripts)."""
        self._looked = 0.0
        self.state  # noqa: B018 - the property starts the look
        if self._worker is not None:
            self._worker.join(seconds)
        return self._state

    def _times(self) -> tuple:
        """Names, sizes and times of the files: cheap enough for every run."""
        try:
            entries = [
                (entry.name, entry.stat())
                for entry in os.scandir(self.folder)
                if entry.name.endswith((".csv", ".json"))
            ]
        except OSError:
            return ()
        return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in entries))

    def _first(self) -> State:
        """Loads at start; falls back on the copy that an earlier process found good."""
        try:
            identity = digest(self.folder)
            known = (cache_folder(self.folder) / f"checked-{identity}").exists()
        except OSError:
            identity, known = "", False
        faults = [] if known else check(self.folder)
        if not faults:
            try:
                atlas = load(self.folder)
                if atlas.digest != identity:
                    raise ValueError(CHANGING)
                self._remember(self.folder, atlas.digest)
                return State(atlas, ())
            except (OSError, ValueError) as error:
                faults = [Fault(self.folder.name, 0, "", str(error), "data that load")]
        return State(self._kept(), tuple(faults))

    def _take(self, signature: tuple) -> None:
        """Checks a copy of the changed folder and serves it, or records why not."""
        try:
            with tempfile.TemporaryDirectory() as temporary:
                copy = Path(temporary) / "data"
                copy.mkdir()
                for name, *_ in signature:
                    shutil.copyfile(self.folder / name, copy / name)
                faults = self._check_apart(copy)
                # A file cut at the end of a row may pass the check: what is still being written is
                # left to the next look.
                if self._times() != signature:
                    return
                if not faults:
                    atlas = load(copy)
                    self._remember(copy, atlas.digest)
                    self._state = State(atlas, ())
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            faults = [Fault(self.folder.name, 0, "", str(error), "data that can be read and checked")]
        if faults:
            self._state = State(self._state.atlas, tuple(faults))
        self._signature = signature

    @staticmethod
    def _check_apart(folder: Path) -> list[Fault]:
        run = subprocess.run(
            [sys.executable, "-m", "atlas.tables.check", "--json", str(folder)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        if not run.stdout.strip():
            raise subprocess.SubprocessError(run.stderr[-500:] or "the check gave no answer")
        return [Fault(**fault) for fault in json.loads(run.stdout.strip().splitlines()[-1])]

    def _remember(self, checked: Path, identity: str) -> None:
        """Keeps a checked copy for the next start. A cache that cannot be written is only a slower start."""
        mark = cache_folder(self.folder) / f"checked-{identity}"
        if mark.exists():
            return
        try:
            with new_folder(mark) as copy:
                for path in [checked / DESCRIPTOR, *checked.glob("*.csv")]:
                    shutil.copyfile(path, copy / path.name)
            for old in set(mark.parent.glob("checked-*")) - {mark}:
                shutil.rmtree(old, ignore_errors=True)
        except OSError:
            pass

    def _kept(self) -> Atlas | None:
        """The version that an earlier process found good in this folder, if there is one."""
        for mark in cache_folder(self.folder).glob("checked-*"):
            try:
                return load(mark)
            except (OSError, ValueError):
                continue
        return None


_store: Store | None = None
_store_lock = threading.Lock()


def get_store() -> Store:
    """The store of this process, for `ATLAS_DATA` or the repository's `data/`."""
    global _store
    with _store_lock:
        if _store is None:
            _store = Store(Path(os.environ.get("ATLAS_DATA", DATA)))
        return _store
