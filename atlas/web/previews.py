"""The app's pages as they are first sent: Streamlit's shell, which says for itself what the page shows.

Streamlit sends the same empty shell for every address. Here each page's address gets its finding as title and
description, its picture, and the data set's description, and without scripts the finding and a way to the chart.
"""

from collections.abc import Awaitable, Callable

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from atlas.draw.sizes import SIZES
from atlas.publish.dataset import json_ld
from atlas.publish.feeds import alternates
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
        atlas = get_store().state.atlas
        # Without data the page itself says so.
        return reply(request, plain if atlas is None else await kept(request, atlas, made), FRESH)

    return answer


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
    noscript = render(
        "page_noscript.html",
        page=found,
        prose=texts()["embed"]["noscript"],
        base=where.base,
        data=f"{where.base}/data/regime-atlas.zip",
    )
    return rewrite(shell, f"{head}\n", f"{noscript}\n")
