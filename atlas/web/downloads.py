"""Downloads of the data, generated from what is served (not from what lies on disk)."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas.publish import tables as publish
from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _served() -> Atlas | None:
    return get_store().state.atlas


def _file(content: bytes, media_type: str, name: str, atlas: Atlas) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "ETag": f'"{atlas.digest[:16]}"',
        "Cache-Control": "no-cache",
        "Access-Control-Allow-Origin": "*",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=media_type, headers=headers)


def _no_data() -> Response:
    return PlainTextResponse("No valid data are loaded.", status_code=503)


def download_table(request: Request) -> Response:
    """One table as CSV, with cells that a spreadsheet would run as formulas made harmless."""
    atlas, name = _served(), request.path_params["table"]
    if atlas is None:
        return _no_data()
    if name not in atlas.tables:
        return PlainTextResponse("No such table.", status_code=404)
    return _file(publish.as_csv(atlas, name), "text/csv; charset=utf-8", f"{name}.csv", atlas)


def download_workbook(request: Request) -> Response:
    """All tables as one workbook."""
    atlas = _served()
    return _no_data() if atlas is None else _file(publish.workbook(atlas), XLSX, "regime-atlas.xlsx", atlas)


def download_package(request: Request) -> Response:
    """The data package, zipped: descriptor, tables, codebook, licence, change log."""
    atlas = _served()
    return _no_data() if atlas is None else _file(publish.zipped(atlas), "application/zip", "regime-atlas.zip", atlas)
