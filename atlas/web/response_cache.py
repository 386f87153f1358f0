"""Answers made once and kept: bytes with their compressed twin and their tag, for a bounded number of addresses.

The tag is a hash of the bytes, so it changes with whatever goes into them: data, built files, words, code.
"""

import gzip
import re
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from atlas.web.compressed_files import GZIP, accepted
from atlas.web.conditional import unchanged

WORTH_PACKING = 1024
FIVE_MINUTES, NOT_KEPT = "public, max-age=300", "no-store"
MOST_KEPT, MOST_BYTES = 512, 48_000_000
# Kinds that compression makes smaller; pictures, documents and archives are compressed in themselves.
TEXT = re.compile(r"text/|application/([\w.-]+\+)?(json|xml)\b|image/svg\+xml")
# What an answer depends on beside its address: which form of it is sent, and which site its links name.
VARY = "Accept-Encoding, Host, X-Forwarded-Proto"
NO_DATA, LATER = "No valid data are loaded.", {"Retry-After": "60"}


@dataclass(frozen=True)
class Body:
    """One answer: its bytes, the same compressed (empty where that is not worth it), tag, type and headers of
    its own.
    """

    raw: bytes
    packed: bytes
    tag: str
    media_type: str
    headers: Mapping[str, str]
    status: int = 200

    @property
    def size(self) -> int:
        return len(self.raw) + len(self.packed)


def body(content: str | bytes, media_type: str, headers: Mapping[str, str] | None = None, status: int = 200) -> Body:
    """Packs and tags an answer."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    worth = len(raw) >= WORTH_PACKING and TEXT.match(media_type)
    packed = gzip.compress(raw, compresslevel=6, mtime=0) if worth else b""
    # Weak, since the compressed bytes carry the same tag.
    return Body(raw, packed, f'W/"{sha256(raw).hexdigest()[:24]}"', media_type, dict(headers or {}), status)


def no_data() -> Body:
    """The answer while there are no data to serve, for whoever wants a file."""
    return body(NO_DATA, "text/plain; charset=utf-8", LATER, 503)


class Shelf:
    """The answers used last, bounded in number and in bytes. Safe to use from many threads.

    One answer may stand under several keys, as where two addresses mean the same; it is held and counted once.
    """

    def __init__(self, most: int = MOST_KEPT, most_bytes: int = MOST_BYTES):
        self._most, self._most_bytes = most, most_bytes
        self._held: OrderedDict[Hashable, Body] = OrderedDict()
        # Under how many keys each answer stands, by its identity.
        self._uses: Counter[int] = Counter()
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
            self._drop(key)
            self._held[key] = made
            self._uses[id(made)] += 1
            if self._uses[id(made)] == 1:
                self._bytes += made.size
            while self._held and (len(self._held) > self._most or self._bytes > self._most_bytes):
                self._drop(next(iter(self._held)))
        return made

    def _drop(self, key: Hashable) -> None:
        """Forgets a key, and the answer with it if it stands under no other."""
        old = self._held.pop(key, None)
        if old is None:
            return
        self._uses[id(old)] -= 1
        if not self._uses[id(old)]:
            del self._uses[id(old)]
            self._bytes -= old.size

    @property
    def counts(self) -> tuple[int, int]:
        """How many answers are kept, and their bytes."""
        with self._lock:
            return len(self._uses), self._bytes


def reply(request: Request, answer: Body, cache: str = FIVE_MINUTES) -> Response:
    """The answer as this request wants it: compressed, without body for HEAD, or 304 where the visitor has it
    already.
    """
    headers = {"Vary": VARY, "X-Content-Type-Options": "nosniff", **answer.headers}
    if answer.status == 200:
        headers |= {"ETag": answer.tag, "Cache-Control": cache}
        if unchanged(request.headers, headers):
            headers.pop("Content-Disposition", None)
            return Response(status_code=304, headers=headers)
    else:
        headers.setdefault("Cache-Control", "no-store")
    content = answer.raw
    if answer.packed and GZIP in accepted(request.headers.get("accept-encoding", "")):
        content, headers["Content-Encoding"] = answer.packed, GZIP
    if request.method == "HEAD":
        headers["Content-Length"] = str(len(content))
        content = b""
    return Response(content, status_code=answer.status, media_type=answer.media_type, headers=headers)
