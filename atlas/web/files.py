"""Geometry as cacheable files. Only names of the manifest are served, so no path can leave the folder."""

import gzip
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas.maps.geometry import GEO, get_geometry

ASSETS = Path(__file__).resolve().parents[1] / "assets"
FOR_EVER = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"


@cache
def layers() -> dict[str, bytes]:
    """The geometry files that are what the manifest says, by name, read once.

    They are sent as never changing, so a file that a build has replaced, or was killed while replacing, must never go
    out under the address of another.
    """
    found = {name: content for name in get_geometry().manifest["files"] if (content := _content(GEO / name)) is not None}
    return {name: content for name, content in found.items() if sha256(content).hexdigest() == get_geometry().manifest["files"][name]["sha256"]}


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


@cache
def _packed(name: str) -> bytes:
    """A geometry file, compressed once."""
    return gzip.compress(layers()[name], compresslevel=9, mtime=0)


async def geometry_file(request: Request) -> Response:
    """A layer at its hashed address, or the empty base topology that Plotly asks for."""
    files = get_geometry().manifest["files"]
    name = request.path_params.get("name", "world_110m.json")
    digest = request.path_params.get("digest", "")
    if name not in layers() or (digest and not files[name]["sha256"].startswith(digest)) or (digest and len(digest) < 12):
        return PlainTextResponse("No such layer.", status_code=404)
    headers = {"Cache-Control": FOR_EVER if digest else AN_HOUR, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(_packed(name), media_type="application/json", headers={**headers, "Content-Encoding": "gzip"})
    return Response(layers()[name], media_type="application/json", headers=headers)
