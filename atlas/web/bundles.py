"""Streamlit's own scripts and styles, compressed. Streamlit sends them as they are: 8 MB on a first visit.

A middleware, since Streamlit keeps `/static/` for itself. It answers only for files that lie in Streamlit's folder
and compress well, and only where the client takes a compressed copy and asks for no range of bytes; everything else
is answered by Streamlit, so that nothing is lost if this is.
"""

from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from atlas.web.compressed_files import GZIP, Packer, accepted
from atlas.web.conditional import unchanged
from atlas.web.files import FOR_EVER
from atlas.web.headers import route_path

# Kinds of files that compress; fonts and pictures are compressed already.
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".txt": "text/plain",
    ".ttf": "font/ttf",
}
# Below this a copy saves less than its headers cost.
SMALLEST = 400


class Bundles:
    """Answers requests for Streamlit's static files with compressed copies.

    Args:
        app: what answers everything else.
        folder: Streamlit's folder, the one that holds `static/`.
        packer: keeper of the copies.
        base: `server.baseUrlPath`, with a leading slash, or empty.
    """

    def __init__(self, app: ASGIApp, folder: Path, packer: Packer, base: str = ""):
        self.app, self.packer, self.base = app, packer, base
        # Names as they stand in addresses: nothing but these is looked up, so no path can leave the folder.
        self.files = {f"/{path.relative_to(folder).as_posix()}": path for path in compressible(folder)}
        # The start page alone is left uncompressed by Streamlit; other pages pass its own compression.
        self.start_page = GZipMiddleware(app, minimum_size=SMALLEST)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        path = route_path(scope, self.base)
        if path in ("", "/"):
            packs = GZIP in accepted(Headers(scope=scope).get("accept-encoding", ""))
            await (self.start_page if packs else self.app)(scope, receive, _weak(_varying(send)))
            return
        file = self.files.get(path)
        if file is None:
            await self.app(scope, receive, send)
            return
        response = await self._copy(Request(scope), file)
        if response is None:
            await self.app(scope, receive, _varying(send))
            return
        await response(scope, receive, send)

    async def _copy(self, request: Request, file: Path) -> Response | None:
        """The compressed answer, 304 if the client has it; none where Streamlit must answer."""
        codings = accepted(request.headers.get("accept-encoding", ""))
        if not codings or "range" in request.headers:
            return None
        try:
            copy = await to_thread.run_sync(self.packer.best, file, codings)
        except OSError:
            return None
        if copy is None:
            return None
        headers = {
            "Cache-Control": FOR_EVER,
            "Vary": "Accept-Encoding",
            "ETag": copy.tag,
            "Content-Encoding": copy.coding,
            "X-Content-Type-Options": "nosniff",
        }
        if unchanged(request.headers, headers):
            headers.pop("Content-Encoding")
            return Response(status_code=304, headers=headers)
        media_type = TYPES[file.suffix]
        if request.method == "HEAD":
            return Response(headers=headers | {"Content-Length": str(len(copy.body))}, media_type=media_type)
        return Response(copy.body, headers=headers, media_type=media_type)


def compressible(folder: Path) -> list[Path]:
    """The files under `static/` of a folder that are worth a compressed copy."""
    return [
        path
        for path in sorted((folder / "static").rglob("*"))
        if path.suffix in TYPES and path.is_file() and path.stat().st_size >= SMALLEST
    ]


def _weak(send: Send) -> Send:
    """Makes the validator of a compressed answer a weak one: Streamlit gives it the same as the answer as it is."""

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            tag = headers.get("etag", "")
            if "content-encoding" in headers and tag.startswith('"'):
                headers["ETag"] = f"W/{tag}"
        await send(message)

    return marked


def _varying(send: Send) -> Send:
    """Marks an answer as one of several for its address, so that no cache in between gives it to everybody."""

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            named = [*headers.get("vary", "").split(","), "Accept-Encoding"]
            # What names it already, and what Starlette's own compression adds again, is named once.
            once = {name.strip().lower(): name.strip() for name in reversed(named) if name.strip()}
            headers["Vary"] = ", ".join(reversed(once.values()))
        await send(message)

    return marked
