"""What no route and no page answers: a page of ours that says so and leads on.

Without it, Streamlit would answer any address with an empty app.
"""

from collections.abc import Callable, Collection, Mapping

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from atlas.tables.store import get_store
from atlas.web.headers import route_path
from atlas.web.lazy_routes import Late

# Prefixes below which Streamlit answers, also under the path of a page.
STREAMLIT = ("_stcore", "static", "media", "component", "app")
LONGEST_SHOWN = 80


class Missing(Route):
    """Answers 404 for every GET that neither a page nor Streamlit knows. Stands last among the routes.

    Args:
        pages: titles of the pages by path, the start page's empty.
        files: names at the root that Streamlit serves itself.
    """

    def __init__(self, pages: Mapping[str, str], files: Collection[str]):
        super().__init__("/{path:path}", Late(self._made), methods=["GET"])
        self._pages, self._known = dict(pages), {*pages, *files}

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        takes = self.methods or ()
        if scope["type"] != "http" or scope["method"] not in takes or self._is_streamlits(route_path(scope)):
            return Match.NONE, {}
        return super().matches(scope)

    def _is_streamlits(self, path: str) -> bool:
        return path.strip("/") in self._known or any(part in STREAMLIT for part in path.strip("/").split("/")[:2])

    def _made(self) -> Callable[[Request], Response]:
        from atlas.templating import render
        from atlas.web.pages import frame, html
        from atlas.web.public_address import public_site
        from atlas.web.response_cache import reply
        from atlas.words import texts

        def answer(request: Request) -> Response:
            prose, atlas, where = texts()["site"]["missing"], get_store().state.atlas, public_site(request)
            path = route_path(request.scope)
            said = prose["said"].format(path=path if len(path) <= LONGEST_SHOWN else path[:LONGEST_SHOWN] + "…")
            if atlas is None:
                return PlainTextResponse(f"{prose['title']}. {said}", status_code=404)
            values = frame(atlas, where, prose["title"], said, "")
            return reply(
                request, html(where, render("missing.html", **values, prose=prose, pages=self._pages), status=404)
            )

        return answer
