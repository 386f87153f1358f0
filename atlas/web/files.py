"""Geometry as cacheable files. Only names of the manifest are served, so no path can leave the folder."""

from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from atlas.maps.geometry import GEO, get_geometry
from atlas.tables.store import cache_root
from atlas.web.packed import Packer, accepted

ASSETS = Path(__file__).resolve().parents[1] / "assets"
FOR_EVER = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"


class Assets(StaticFiles):
    """Our own files; one that is asked for by version, as `track.js?v=…`, may be kept for ever."""

    def file_response(self, full_path, stat_result, scope, status_code=200) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = FOR_EVER if scope["query_string"].startswith(b"v=") else "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


@cache
def _packer() -> Packer:
    """The keeper of compressed geometry."""
    return Packer(cache_root() / "geometry", tuple(GEO / name for name in get_geometry().manifest["files"]))


def geometry_file(request: Request) -> Response:
    """A layer at its hashed address, or the empty base topology that Plotly asks for."""
    files = get_geometry().manifest["files"]
    name = request.path_params.get("name", "world_110m.json")
    digest = request.path_params.get("digest", "")
    if name not in files or (digest and not files[name]["sha256"].startswith(digest)) or (digest and len(digest) < 12):
        return PlainTextResponse("No such layer.", status_code=404)
    headers = {"Cache-Control": FOR_EVER if digest else AN_HOUR, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    copy = _packer().best(GEO / name, accepted(request.headers.get("accept-encoding", "")))
    if copy is None:
        return FileResponse(GEO / name, media_type="application/json", headers=headers)
    return Response(copy.body, media_type="application/json", headers={**headers, "Content-Encoding": copy.coding})
