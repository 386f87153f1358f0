"""Answers made once and kept: bytes with their compressed twin and their tag, for a bounded number of addresses.

The tag is a hash of the bytes, so it changes with whatever goes into them: data, built files, words, code.
"""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

WORTH_PACKING = 1024
FIVE_MINUTES = "public, max-age=300"
MOST_KEPT, MOST_BYTES = 512, 48_000_000


@dataclass(frozen=True)
class Body:
    """One answer: its bytes, the same compressed (empty where that is not worth it), tag, type and headers of its own."""

    raw: bytes
    packed: bytes
    tag: str
    media_type: str
    headers: Mapping[str, str]
    status: int = 200

    @property
    def size(self) -> int:
        return len(self.raw) + len(self.packed)


@dataclass(frozen=True)
class Site:
    """Where this server stands: `root`, its path, and `base`, its whole address; both without a slash at the end."""

    root: str
    base: str


def site(request: Request) -> Site:
    """The site as the visitor addressed it."""
    return Site(request.scope.get("root_path", "").rstrip("/"), str(request.base_url).rstrip("/"))


def body(content: str | bytes, media_type: str, headers: Mapping[str, str] | None = None, status: int = 200) -> Body:
    """Packs and tags an answer."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    packed = gzip.compress(raw, compresslevel=6, mtime=0) if len(raw) >= WORTH_PACKING else b""
    # Weak, since the compressed bytes carry the same tag.
    return Body(raw, packed, f'W/"{sha256(raw).hexdigest()[:24]}"', media_type, dict(headers or {}), status)


class Shelf:
    """The answers used last, bounded in number and in bytes. Safe to use from many threads."""

    def __init__(self, most: int = MOST_KEPT, most_bytes: int = MOST_BYTES):
        self._most, self._most_bytes = most, most_bytes
        self._held: OrderedDict[Hashable, Body] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Body | None:
        """The kept answer, or None."""
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
            return found

    def make(self, key: Hashable, work: Callable[[], Body]) -> Body:
        """The kept answer, else a new one, which is kept. Two threads may both work; either result is right."""
        found = self.get(key)
        if found is not None:
            return found
        made = work()
        with self._lock:
            old = self._held.pop(key, None)
            self._bytes -= old.size if old else 0
            self._held[key] = made
            self._bytes += made.size
            while self._held and (len(self._held) > self._most or self._bytes > self._most_bytes):
                self._bytes -= self._held.popitem(last=False)[1].size
        return made

    @property
    def counts(self) -> tuple[int, int]:
        """How many answers are kept, and their bytes."""
        with self._lock:
            return len(self._held), self._bytes


def _accepts_gzip(request: Request) -> bool:
    for part in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, quality = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _unchanged(request: Request, tag: str) -> bool:
    asked = request.headers.get("if-none-match", "")
    bare = tag.removeprefix("W/")
    return asked.strip() == "*" or any(part.strip().removeprefix("W/") == bare for part in asked.split(","))


def reply(request: Request, answer: Body, cache: str = FIVE_MINUTES) -> Response:
    """The answer as this request wants it: compressed, without body for HEAD, or 304 where the visitor has it already."""
    headers = {"Vary": "Accept-Encoding, Host", "X-Content-Type-Options": "nosniff", **answer.headers}
    if answer.status == 200:
        headers |= {"ETag": answer.tag, "Cache-Control": cache}
        if _unchanged(request, answer.tag):
            return Response(status_code=304, headers=headers)
    else:
        headers["Cache-Control"] = "no-store"
    content = answer.raw
    if answer.packed and _accepts_gzip(request):
        content, headers["Content-Encoding"] = answer.packed, "gzip"
    if request.method == "HEAD":
        headers["Content-Length"] = str(len(content))
        content = b""
    return Response(content, status_code=answer.status, media_type=answer.media_type, headers=headers)
