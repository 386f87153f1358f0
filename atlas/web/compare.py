"""A comparison as files. The address says which: `/compare.xlsx?places=JPN,EU&date=2026-11-23`."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas.charts.compare.view import FEWEST, INSTRUMENTS, MOST, PLACES, Comparison, comparison
from atlas.publish import compare_docx, compare_page, compare_text, compare_xlsx
from atlas.tables.atlas import Atlas
from atlas.tables.dates import is_real_day
from atlas.tables.store import get_store
from atlas.templating import render
from atlas.web.files import ASSETS

DEFAULT_TURNOVER, LONGEST_TURNOVER = 1_000_000_000, 13
TYPES = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class Asked:
    """What an address asks for."""

    mode: str
    ids: tuple[str, ...]
    day: str
    turnover: int


def asked(atlas: Atlas, query) -> Asked:
    """Reads a query.

    Raises:
        ValueError: it names unknown, too few or too many ids, or a day that does not exist; the text says which.
    """
    mode = INSTRUMENTS if INSTRUMENTS in query and PLACES not in query else PLACES
    known = atlas.jurisdictions.index if mode == PLACES else atlas.instruments.index
    ids = tuple(query.get(mode, "").split(","))
    if not FEWEST <= len(ids) == len(set(ids)) <= MOST or not all(one in known for one in ids):
        raise ValueError(f"{mode} takes {FEWEST} to {MOST} different known ids, separated by commas.")
    day = query.get("date", atlas.package.evidence_to)
    if not is_real_day(day):
        raise ValueError("date takes a day that exists, as YYYY-MM-DD.")
    turnover = query.get("turnover", str(DEFAULT_TURNOVER))
    if not (turnover.isascii() and turnover.isdigit() and len(turnover) <= LONGEST_TURNOVER):
        raise ValueError("turnover takes a whole number of US dollars.")
    return Asked(mode, ids, day, int(turnover))


def compare_file(request: Request) -> Response:
    """One comparison in one format."""
    atlas, kind = get_store().state.atlas, request.path_params["kind"]
    if atlas is None:
        return PlainTextResponse("No valid data are loaded.", status_code=503)
    if kind not in TYPES:
        return PlainTextResponse("No such format.", status_code=404)
    try:
        wanted = asked(atlas, request.query_params)
    except ValueError as fault:
        return PlainTextResponse(str(fault), status_code=400)
    view = comparison(atlas, wanted.mode, wanted.ids, wanted.day)
    link = f"{request.base_url}compare?{compare_page.query(view)}"
    headers = {"Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}
    if kind != "html":
        headers["Content-Disposition"] = (
            f'attachment; filename="regime-atlas-{"-".join(wanted.ids)[:80]}-{wanted.day}.{kind}"'
        )
    return Response(_content(atlas, view, kind, wanted.turnover, link), media_type=TYPES[kind], headers=headers)


def _content(atlas: Atlas, view: Comparison, kind: str, turnover: int, link: str) -> bytes | str:
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
