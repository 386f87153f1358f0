"""The app's pages as they are first sent: Streamlit's shell, which says for itself what the page shows.

Streamlit sends the same empty shell for every address. Here each page's address gets its finding as title and
description, its picture, the data set's description, and its view as a page that needs no scripts.
"""

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from atlas.draw.sizes import SIZES
from atlas.publish.chart_request import Asked
from atlas.publish.dataset import json_ld
from atlas.publish.feeds import alternates
from atlas.publish.first_view import first_view
from atlas.publish.preview import preview
from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store
from atlas.templating import render
from atlas.web.charts import kept
from atlas.web.public_address import Site
from atlas.web.response_cache import Body, body, reply
from atlas.web.shell import rewrite
from atlas.words import texts

HTML = "text/html; charset=utf-8"
# Asked for anew each time, and sent only if it has changed: an upgrade must not meet an old shell.
FRESH = "no-cache"
# Options that take several values, as the fields of a form name them one by one.
LISTS = ("places", "instruments", "actions", "bodies", "regions", "unfold")


def page_answer(page: str, shell: str) -> Callable[[Request], Awaitable[Response]]:
    """What answers for a page of the app.

    Args:
        page: its path, the start page's empty.
        shell: Streamlit's `index.html`.
    """
    plain = body(rewrite(shell, f"    <title>{texts()['site']['name']}</title>\n"), HTML)

    def made(atlas: Atlas, where: Site, request: Request) -> Body:
        return body(_document(atlas, where, page, request, shell), HTML)

    async def answer(request: Request) -> Response:
        if joined := _joined(request):
            return RedirectResponse(joined, status_code=303, headers={"Cache-Control": FRESH})
        atlas = get_store().state.atlas
        # Without data the page itself says so.
        return reply(request, plain if atlas is None else await kept(request, atlas, made), FRESH)

    return answer


def _joined(request: Request) -> str:
    """Where a form without scripts meant to lead: its choices of one name stand apart, in an address of ours they stand
    together. Empty where no name stands twice."""
    given = request.query_params.multi_items()
    apart = {name for name in LISTS if sum(one == name for one, _ in given) > 1}
    if not apart:
        return ""
    together: dict[str, list[str]] = {}
    for name, value in given:
        values = together.setdefault(name, [])
        if name in apart:
            values += [part for part in value.split(",") if part and part not in values]
        else:
            values[:] = [value]
    query = urlencode({name: ",".join(values) for name, values in together.items()}, safe=",")
    return f"{request.url.path.rpartition('/')[2] or './'}?{query}"


def _document(atlas: Atlas, where: Site, page: str, request: Request, shell: str) -> str:
    found = preview(atlas, get_store().folder, page, request.query_params, where.base)
    size = SIZES["wide"]
    head = render(
        "page_head.html",
        page=found,
        site=texts()["site"],
        width=size.width,
        height=size.height,
        feeds=alternates(where.base),
        data=Markup(json_ld(atlas, where.base)),
    )
    return rewrite(shell, f"{head}\n", f"<noscript>{_first(found.asked, page, request, where)}</noscript>\n")


def _first(asked: Asked, page: str, request: Request, where: Site) -> str:
    """The first view; none where it cannot be made, which the log says: the app then starts without it."""
    try:
        return first_view(asked, page, request.query_params, where.base)
    except Exception:
        logging.getLogger(__name__).exception("no first view of /%s", page)
        return ""
