"""`/table/<chart>.csv|.json` and `/qr/<chart>.svg|.png`: the table of a view, and its link as a QR code."""

from starlette.requests import Request
from starlette.responses import Response

from atlas.publish import qr
from atlas.publish import table_file as twin
from atlas.publish.chart_addresses import links
from atlas.publish.chart_request import Asked
from atlas.web.chart_files import Refused, file_of_chart, named
from atlas.web.public_address import Site
from atlas.web.response_cache import Body, body

TABLES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
CODES = {"svg": "image/svg+xml", "png": "image/png"}


async def table(request: Request) -> Response:
    """The table twin of a chart."""
    return await file_of_chart(request, tuple(TABLES), _table)


async def code(request: Request) -> Response:
    """The QR code of a view's own permalink; no other text can be asked for."""
    return await file_of_chart(request, tuple(CODES), _code)


def _table(asked: Asked, where: Site, kind: str) -> Body:
    view = asked.view()
    content = twin.as_csv(view) if kind == "csv" else twin.as_json(asked, view, links(asked, where.base).page)
    return body(content, TABLES[kind], named(asked, view.as_of, kind))


def _code(asked: Asked, where: Site, kind: str) -> Body:
    link = links(asked, where.base).page
    try:
        content = qr.svg(link) if kind == "svg" else qr.png(link)
    except ValueError as error:
        raise Refused(400, str(error)) from error
    return body(content, CODES[kind], named(asked, asked.values["date"], kind, "-qr"))
