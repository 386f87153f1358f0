"""Security headers on every answer.

Three kinds of answers get three policies (`atlas.web.policy`): pages of the app, documents of our own routes, and
everything else. Only `/embed/` may be framed by others: it names nobody, since even `*` leaves out pages that a
newsroom opens from a disk. A route that needs something else sends a policy of its own, made by `document_policy`; who
may frame it is added unless it says so itself.
"""

from collections.abc import Collection, Sequence

from starlette.datastructures import MutableHeaders
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from atlas.web.policy import NOBODY, document_policy, file_policy

FRAMED = "/embed/"
POLICY, FRAMING = "content-security-policy", "frame-ancestors"
DOCUMENTS = ("text/html", "image/svg+xml", "application/xhtml+xml", "application/xml", "text/xml")
# Nothing of ours asks for these; a page that frames an embed cannot ask in its name.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "screen-wake-lock",
        "usb",
        "xr-spatial-tracking",
    )
)
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": PERMISSIONS,
    "x-permitted-cross-domain-policies": "none",
}


def route_path(scope: Scope, base: str = "") -> str:
    """The path of a request below the prefix at which the app is mounted.

    Args:
        base: a prefix that the server takes away itself only later, with a leading slash, such as `server.baseUrlPath`.
    """
    path = scope["path"]
    for prefix in (scope.get("root_path", "").rstrip("/"), base.rstrip("/")):
        if prefix and path.startswith(prefix + "/"):
            path = path[len(prefix) :]
    return path


class SecurityHeaders:
    """Adds the headers to answers over HTTP; websockets pass untouched.

    Args:
        app: what answers.
        page: policy of the app's pages.
        routes: our own routes; what none of them answers is Streamlit's.
        pages: paths of the app's pages, without slashes, of which one of our routes may send the HTML.
        framed_by: who may frame the app's pages, as sources of `frame-ancestors`.
    """

    def __init__(
        self,
        app: ASGIApp,
        page: str,
        routes: Sequence[BaseRoute] = (),
        pages: Collection[str] = (),
        framed_by: str = NOBODY,
    ):
        self.app, self.page, self.routes, self.pages, self.framed_by = (
            app,
            page,
            tuple(routes),
            frozenset(pages),
            framed_by,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        # Read before the app runs: a mount rewrites the scope.
        path = route_path(scope)
        framed, own = path.startswith(FRAMED), self._is_own(scope, path)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
                if framed or own:
                    policy = headers.get(POLICY) or _own(headers)
                    headers[POLICY] = policy if framed or FRAMING in policy else f"{policy}; {FRAMING} {NOBODY}"
                elif _kind(headers).startswith("text/html"):
                    headers[POLICY] = f"{self.page}; {FRAMING} {self.framed_by}"
            await send(message)

        await self.app(scope, receive, guarded)

    def _is_own(self, scope: Scope, path: str) -> bool:
        return path.strip("/") not in self.pages and any(route.matches(scope)[0] != Match.NONE for route in self.routes)


def _kind(headers: MutableHeaders) -> str:
    return headers.get("content-type", "")


def _own(headers: MutableHeaders) -> str:
    return document_policy() if _kind(headers).startswith(DOCUMENTS) else file_policy()
