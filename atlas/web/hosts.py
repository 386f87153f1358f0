"""The names under which the app answers: a request that names another one gets no page, and no link made from it."""

import re
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?\.?)(?::\d{1,5})?", re.IGNORECASE)
PATTERN = re.compile(r"(\*\.)?[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?|\[[0-9a-f:.]+\]", re.IGNORECASE)
# Load balancers ask for these at the address of a machine.
PROBES = frozenset({"/health", "/_stcore/health"})


def allowed_hosts(text: str) -> tuple[str, ...]:
    """Host names by a setting, separated by commas or spaces; `*.example.org` takes all names below it; empty for all.

    Raises:
        ValueError: one of them is no host name; the message names it.
    """
    names = text.replace(",", " ").lower().split()
    for name in names:
        if not PATTERN.fullmatch(name):
            raise ValueError(
                f"ATLAS_ALLOWED_HOSTS: {name!r} is no host name. Expected names like example.org or *.example.org,"
                " without scheme or port"
            )
    return tuple(names)


class Hosts:
    """Refuses requests, websockets included, whose `Host` is malformed, doubled or not allowed.

    Args:
        app: what answers the others.
        allowed: from `allowed_hosts`; empty lets every well-formed name pass.
    """

    def __init__(self, app: ASGIApp, allowed: Sequence[str] = ()):
        self.app, self.allowed = app, tuple(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or self._passes(scope):
            await self.app(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        await PlainTextResponse("This host name is not served here.", status_code=400)(scope, receive, send)

    def _passes(self, scope: Scope) -> bool:
        named = Headers(scope=scope).getlist("host")
        # HTTP/1.0 knows no Host; it is then as good as any where any is.
        if not named:
            return not self.allowed
        found = HOST.fullmatch(named[0])
        if len(named) > 1 or found is None:
            return False
        name = found[1].lower().rstrip(".")
        return not self.allowed or scope["path"] in PROBES or any(self._is(name, pattern) for pattern in self.allowed)

    @staticmethod
    def _is(name: str, pattern: str) -> bool:
        return name.endswith(pattern[1:]) if pattern.startswith("*.") else name == pattern
