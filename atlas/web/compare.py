"""A comparison as files. The address says which: `/compare.xlsx?places=JPN,EU&date=2026-11-23`."""

from starlette.requests import Request
from starlette.responses import Response

from atlas.charts.compare.view import INSTRUMENTS, PLACES, Comparison
from atlas.charts.options import TURNOVER
from atlas.publish.chart_addresses import links
from atlas.publish.chart_request import Asked
from atlas.publish.comparison import docx as compare_docx
from atlas.publish.comparison import page as compare_page
from atlas.publish.comparison import text as compare_text
from atlas.publish.comparison import xlsx as compare_xlsx
from atlas.templating import render
from atlas.web.chart_files import Refused, file_of_chart
from atlas.web.charts import OPEN
from atlas.web.files import ASSETS
from atlas.web.public_address import Site
from atlas.web.response_cache import Body, body, reply
from atlas.words import texts

CHART, LONGEST_NAME = "compare", 80
TYPES = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


async def compare_file(request: Request) -> Response:
    """One comparison in one format. Unlike a page, a file is made of nothing but what was asked for by name."""
    if not {PLACES, INSTRUMENTS} & set(request.query_params):
        return reply(request, Refused(400, texts()["compare"]["file_of_nothing"]).body)
    return await file_of_chart(request, tuple(TYPES), _made, (TURNOVER,), CHART)


def _made(asked: Asked, where: Site, kind: str) -> Body:
    headers = OPEN
    if kind != "html":
        ids = asked.values[asked.values["by"]].replace(",", "-")[:LONGEST_NAME]
        name = f"regime-atlas-{ids}-{asked.values['date']}.{kind}"
        headers = OPEN | {"Content-Disposition": f'attachment; filename="{name}"'}
    return body(_content(asked, kind, links(asked, where.base).page), TYPES[kind], headers)


def _content(asked: Asked, kind: str, link: str) -> bytes | str:
    atlas, view, turnover = asked.atlas, asked.view(), int(asked.own[TURNOVER.name])
    assert isinstance(view, Comparison)
    if kind == "html":
        style = (ASSETS / "compare_print.css").read_text(encoding="utf-8")
        return render("compare_print.html", **compare_page.printable(atlas, view, turnover, style, link))
    if kind == "xlsx":
        return compare_xlsx.workbook(atlas, view, turnover, link)
    if kind == "docx":
        return compare_docx.brief(atlas, view, turnover, link)
    if kind == "md":
        return compare_text.as_markdown(atlas, view, turnover, link)
    return compare_text.as_csv(atlas, view)
