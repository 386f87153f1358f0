"""Geometry as cacheable files. Only names of the manifest are served, so no path can leave the folder."""

import os
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from atlas.maps.geometry import GEO, get_geometry
from atlas.tables.store import cache_root
from atlas.web.compressed_files import Packer, accepted
from atlas.web.conditional import unchanged

ASSETS = Path(__file__).resolve().parents[1] / "assets"
FOR_EVER = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"


class Assets(StaticFiles):
    """Our own files; one that is asked for by version, as `track.js?v=…`, may be kept for ever."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = FileResponse(full_path, status_code=status_code, stat_result=stat_result)
        # Starlette's tag is of the time of the file, which differs between replicas that hold the same one.
        response.headers["ETag"] = _tag_of(Path(full_path), stat_result.st_mtime_ns, stat_result.st_size)
        response.headers["Cache-Control"] = FOR_EVER if scope["query_string"].startswith(b"v=") else "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        if unchanged(Headers(scope=scope), response.headers):
            return NotModifiedResponse(response.headers)
        return response


@lru_cache(maxsize=256)
def _tag_of(path: Path, changed: int, size: int) -> str:
    """Strong tag of a file's content; read again when its time or size has changed."""
    return f'"{sha256(path.read_bytes()).hexdigest()[:24]}"'


@cache
def layers() -> dict[str, bytes]:
    """The geometry files that are what the manifest says, by name, read once.

    They are sent as never changing, so a file that a build has replaced, or was killed while replacing, must never go
    out under the address of another.
    """
    found = {
        name: content for name in get_geometry().manifest["files"] if (content := _content(GEO / name)) is not None
    }
    return {
        name: content
        for name, content in found.items()
        if sha256(content).hexdigest() == get_geometry().manifest["files"][name]["sha256"]
    }


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


@cache
def _packer() -> Packer:
    """The keeper of compressed geometry."""
    return Packer(cache_root() / "geometry")


def geometry_file(request: Request) -> Response:
    """A layer at its hashed address, or the empty base topology that Plotly asks for."""
    files = get_geometry().manifest["files"]
    name = request.path_params.get("name", "world_110m.json")
    digest = request.path_params.get("digest", "")
    if (
        name not in layers()
        or (digest and not files[name]["sha256"].startswith(digest))
        or (digest and len(digest) < 12)
    ):
        return PlainTextResponse("No such layer.", status_code=404)
    content = layers()[name]
    copy = _packer().best_of(content, accepted(request.headers.get("accept-encoding", "")))
    headers = {
        "Cache-Control": FOR_EVER if digest else AN_HOUR,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
        "ETag": copy.tag if copy else f'"{files[name]["sha256"][:16]}"',
    }
    if unchanged(request.headers, headers):
        return Response(status_code=304, headers=headers)
    if copy is None:
        return Response(content, media_type="application/json", headers=headers)
    return Response(copy.body, media_type="application/json", headers=headers | {"Content-Encoding": copy.coding})
