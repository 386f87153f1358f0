"""Compressed copies of files, made once, and which of them a client may be sent.

Copies are named by the content of their file, so that a changed file never meets an old copy. gzip is made when it
is first asked for, in milliseconds. Brotli is a fifth smaller and takes seconds, so one thread makes it in the
background and it is sent from then on; both are kept in the cache folder for the next start.
"""

import gzip
import queue
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from atlas.atomic import write_file

GZIP, BROTLI = "gzip", "br"
# In order of preference.
CODINGS = (BROTLI, GZIP)
_WEIGHT = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")
GZIP_LEVEL, BROTLI_QUALITY = 9, 10


def accepted(header: str) -> tuple[str, ...]:
    """The codings of ours that an `Accept-Encoding` header allows, the one it likes most first (RFC 9110, 12.5.3).

    None of those that it likes less than the answer as it is.
    """
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                weight = float(value.strip()) if _WEIGHT.fullmatch(value.strip()) else 0.0
        # The old name of gzip means the same (8.4.1.3).
        weights["gzip" if name == "x-gzip" else name] = weight
    least = weights.get("identity", 0.0)
    liked = {coding: weights.get(coding, weights.get("*", 0.0)) for coding in CODINGS}
    allowed = [coding for coding in CODINGS if liked[coding] > 0 and liked[coding] >= least]
    return tuple(sorted(allowed, key=liked.__getitem__, reverse=True))


@dataclass(frozen=True)
class Copy:
    """A compressed copy: its bytes, its coding, and a strong validator that differs by content and by coding."""

    body: bytes
    coding: str
    tag: str


def _identified(content: bytes) -> str:
    return sha256(content).hexdigest()[:32]


def _compress(content: bytes, coding: str) -> bytes:
    if coding == GZIP:
        return gzip.compress(content, GZIP_LEVEL, mtime=0)
    import brotli

    return brotli.compress(content, quality=BROTLI_QUALITY)


class Packer:
    """Copies of files, kept in memory and in a folder. Safe to use from many threads.

    Args:
        folder: where copies are kept between starts.
        sources: the files it is for; kept copies of anything else are removed, as after an upgrade.
    """

    def __init__(self, folder: Path, sources: tuple[Path, ...] = ()):
        self.folder, self.sources = folder, sources
        self._identities: dict[Path, tuple[int, int, str]] = {}
        self._copies: dict[tuple[str, str], Copy] = {}
        self._wanted: queue.SimpleQueue[tuple[str, Callable[[], bytes]]] = queue.SimpleQueue()
        self._queued: set[str] = set()
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None

    def best(self, path: Path, codings: tuple[str, ...]) -> Copy | None:
        """The best copy of a file that is there or quickly made; none if the client takes neither coding.

        Raises:
            OSError: the file cannot be read.
        """
        return self._best(self._identity(path), path.read_bytes, codings)

    def best_of(self, content: bytes, codings: tuple[str, ...]) -> Copy | None:
        """The same for a content at hand."""
        return self._best(_identified(content), lambda: content, codings)

    def _best(self, identity: str, read: Callable[[], bytes], codings: tuple[str, ...]) -> Copy | None:
        for coding in codings:
            copy = self._known(identity, coding)
            if copy is None and coding == GZIP:
                copy = self._make(identity, read(), GZIP)
            if copy:
                return copy
            self._later(identity, read)
        return None

    def _later(self, identity: str, read: Callable[[], bytes]) -> None:
        """Makes a Brotli copy in the background."""
        self._wanted.put((identity, read))
        with self._lock:
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, daemon=True, name="brotli")
                self._worker.start()

    def settle(self, seconds: float = 60.0) -> None:
        """Waits until what was asked for in the background is made (for tests and benchmarks)."""
        worker = self._worker
        if worker is not None:
            worker.join(seconds)

    def _prune(self) -> None:
        current = {self._identity(path) for path in self.sources}
        for kept in self.folder.glob("*.*"):
            if kept.is_file() and kept.stem not in current:
                kept.unlink(missing_ok=True)

    def _work(self) -> None:
        if self.sources:
            with suppress(OSError):
                self._prune()
            self.sources = ()
        while True:
            with self._lock:
                try:
                    identity, read = self._wanted.get_nowait()
                except queue.Empty:
                    self._worker = None
                    return
            try:
                if identity not in self._queued and not self._known(identity, BROTLI):
                    self._queued.add(identity)
                    content = read()
                    # A file that was replaced meanwhile is another content.
                    if _identified(content) == identity:
                        self._make(identity, content, BROTLI)
            except (OSError, ImportError):
                # gzip goes on being sent.
                continue

    def _identity(self, path: Path) -> str:
        """SHA-256 of the content, read again only when the file's time or size has changed."""
        stat = path.stat()
        known = self._identities.get(path)
        if known is None or known[:2] != (stat.st_mtime_ns, stat.st_size):
            known = (stat.st_mtime_ns, stat.st_size, _identified(path.read_bytes()))
            self._identities[path] = known
        return known[2]

    def _known(self, identity: str, coding: str) -> Copy | None:
        """A copy from memory or from the folder."""
        copy = self._copies.get((identity, coding))
        if copy is None:
            try:
                copy = self._keep(identity, coding, (self.folder / f"{identity}.{coding}").read_bytes())
            except OSError:
                return None
        return copy

    def _make(self, identity: str, content: bytes, coding: str) -> Copy:
        body = _compress(content, coding)
        # A folder that cannot be written costs the next start a little time and nothing else.
        with suppress(OSError):
            write_file(self.folder / f"{identity}.{coding}", body)
        return self._keep(identity, coding, body)

    def _keep(self, identity: str, coding: str, body: bytes) -> Copy:
        copy = Copy(body, coding, f'"{identity[:16]}-{coding}"')
        self._copies[identity, coding] = copy
        return copy
