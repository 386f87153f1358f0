"""Kept data releases as downloads. Only versions of the index are served."""

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from atlas.tables.releases import archive_path, releases
from atlas.tables.store import get_store
from atlas.web.files import FOR_EVER


def download_release(request: Request) -> Response:
    """One release, as it was kept; it never changes, so it may be cached for ever."""
    folder = get_store().folder
    release = next((row for row in releases(folder) if row.version == request.path_params["version"]), None)
    if release is None or not archive_path(release, folder).is_file():
        return PlainTextResponse("No such release.", status_code=404)
    return FileResponse(
        archive_path(release, folder),
        media_type="application/zip",
        filename=f"regime-atlas-{release.version}.zip",
        headers={
            "Cache-Control": FOR_EVER,
            "ETag": f'"{release.sha256[:16]}"',
            "Access-Control-Allow-Origin": "*",
            "X-Content-Type-Options": "nosniff",
        },
    )
