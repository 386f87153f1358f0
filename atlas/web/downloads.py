"""Downloads of the data, generated from what is served (not from what lies on disk), and the releases as they were
kept.
"""

import re
from collections.abc import Callable
from functools import partial

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from atlas.charts.options import reason
from atlas.law.standing import mark
from atlas.publish import coverage
from atlas.publish import tables as publish
from atlas.publish.pin_release import release_option
from atlas.tables.atlas import Atlas
from atlas.tables.kept_releases import Unreadable, archive_path, load_release, releases
from atlas.tables.store import get_store
from atlas.web.files import FOR_EVER
from atlas.web.response_cache import Body, Shelf, body, no_data, reply

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV, ZIP = "text/csv; charset=utf-8", "application/zip"
TABLE_NAME = re.compile(r"[a-z_]{1,40}")
# Asked for anew each time, and sent only if it has changed.
FRESH = "no-cache"
OPEN = {"Access-Control-Allow-Origin": "*"}

# A workbook and an archive of each of a few releases, and their tables.
shelf = Shelf(200, 30_000_000)


def _refused(status: int, reason: str) -> Body:
    return body(reason, "text/plain; charset=utf-8", OPEN, status)


async def _file(request: Request, make: Callable[[Atlas], bytes | None], media_type: str, name: str) -> Response:
    """A file of the data served, or of the release that the address asks for, as it was; 404 where `make` has none."""
    newest, folder = get_store().state.atlas, get_store().folder
    if newest is None:
        return reply(request, no_data())
    version = request.query_params.get("release", "")

    def made() -> Body:
        atlas = newest
        if version:
            release = next((row for row in releases(folder) if row.version == version), None)
            if release is None:
                return _refused(400, reason(newest, release_option(lambda: folder), version))
            try:
                atlas = load_release(release, folder)
            except Unreadable as error:
                return _refused(400, f"Data release {version} cannot be read: {error}.")
        stem, _, kind = name.rpartition(".")
        called = f"{stem}-data-{version}.{kind}" if version else name
        key = (newest.digest, mark(newest), atlas.digest, called)
        found = shelf.get(key)
        if found is not None:
            return found
        content = make(atlas)
        if content is None:
            return _refused(404, "No such table.")
        headers = OPEN | {"Content-Disposition": f'attachment; filename="{called}"'}
        return shelf.make(key, lambda: body(content, media_type, headers))

    return reply(request, await to_thread.run_sync(made), FRESH)


async def download_table(request: Request) -> Response:
    """One table as CSV, as a spreadsheet opens it; under `coverage` the matrix of what was read."""
    name = request.path_params["table"]
    make = partial(_table, name)
    return await _file(request, make, CSV, f"{name if TABLE_NAME.fullmatch(name) else 'table'}.csv")


def _table(name: str, atlas: Atlas) -> bytes | None:
    if name == "coverage":
        return coverage.as_csv(atlas)
    return publish.as_csv(atlas, name) if name in atlas.tables else None


async def download_workbook(request: Request) -> Response:
    """All tables as one workbook."""
    return await _file(request, publish.workbook, XLSX, "regime-atlas.xlsx")


async def download_package(request: Request) -> Response:
    """The data package, zipped: descriptor, tables, codebook, licence, change log."""
    version = request.query_params.get("release", "")
    if version and get_store().state.atlas is not None:
        return _kept(request, version)
    return await _file(request, publish.zipped, ZIP, "regime-atlas.zip")


def download_release(request: Request) -> Response:
    """One release, as it was kept; it never changes, so it may be cached for ever.

    Only versions of the index are served.
    """
    return _kept(request, request.path_params["version"])


def _kept(request: Request, version: str) -> Response:
    folder = get_store().folder
    release = next((row for row in releases(folder) if row.version == version), None)
    if release is None or not archive_path(release, folder).is_file():
        return reply(request, _refused(404, "No such release."))
    headers = OPEN | {"Content-Disposition": f'attachment; filename="regime-atlas-{release.version}.zip"'}
    return reply(request, body(archive_path(release, folder).read_bytes(), ZIP, headers), FOR_EVER)
