"""`/embed/<chart>?…`: one chart as a light page for frames on other sites."""

from starlette.requests import Request
from starlette.responses import Response

from atlas.charts.options import one_of
from atlas.publish import embeds
from atlas.publish.embeds import THEMES, Embed
from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store
from atlas.web.charts import LIVE, OPEN, asked_by, kept, same
from atlas.web.public_address import Site, public_site
from atlas.web.response_cache import LATER, Body, body, reply
from atlas.words import texts

HTML = "text/html; charset=utf-8"
THEME = one_of("theme", lambda atlas: THEMES, "auto", texts()["embed"]["theme"])


async def embed(request: Request) -> Response:
    """The chart; a designed 404 for an unknown one, 503 while there are no data."""
    atlas = get_store().state.atlas
    if atlas is None:
        return reply(request, _page(embeds.message("no_data", public_site(request).base), 503, LATER))
    return reply(request, await kept(request, atlas, _made), LIVE)


def _made(atlas: Atlas, where: Site, request: Request) -> Body:
    try:
        asked = asked_by(atlas, request, (THEME,))
    except KeyError:
        return _page(embeds.message("missing", where.base, request.path_params["slug"]), 404)
    theme = asked.own[THEME.name]
    return same(atlas, where, asked, "embed", lambda: _page(embeds.embed(asked, where.base, theme)))


def _page(content: Embed, status: int = 200, headers: dict[str, str] | None = None) -> Body:
    policy = embeds.policy(content.style, content.script)
    return body(content.html, HTML, OPEN | {"Content-Security-Policy": policy} | (headers or {}), status)
