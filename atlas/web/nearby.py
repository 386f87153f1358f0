"""Addresses that are nearly right: a slash too many, or another case, leads to the one that is meant, with its query.

The way leads only to paths that a route of ours or a page has, below the root of this site; nothing of what was asked
for is taken over but the query. So no address can make it lead to another host.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any, NoReturn
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, NoMatchFound, Route
from starlette.types import Receive, Scope, Send

from atlas.web.headers import route_path
from atlas.web.public_address import public_site

# Paths whose case has a meaning, and what is not ours to lead: hashes, files of Streamlit's and of ours.
EXACT = ("geo", "assets", "app", "static", "media", "component", "_stcore")
RECORD = "record"
# What of a query may stand in a header as it is; all else is written with percent signs.
QUERY_SAFE = "%/?:@!$&'()*+,;=-._~[]"
FOR_AN_HOUR = "public, max-age=3600"


def led_to(request: Request, path: str) -> Response:
    """The way to another path of this site, query kept; for ever, so that links are mended.

    Args:
        path: from the site's root, beginning with one slash.
    """
    query = quote(request.scope.get("query_string", b"").decode("latin-1"), safe=QUERY_SAFE)
    location = f"{public_site(request).root}{quote(path)}" + (f"?{query}" if query else "")
    return Response(status_code=308, headers={"Location": location, "Cache-Control": FOR_AN_HOUR})


class Nearby(BaseRoute):
    """Answers what is nearly an address of ours; stands before all routes and leaves alone whatever is right or
    unknown.

    Args:
        routes: ours.
        pages: gives the paths of the pages, the start page's empty; asked when it is first needed.
        charts: gives the names of the charts, in the same way.
    """

    def __init__(
        self, routes: Sequence[BaseRoute], pages: Callable[[], Collection[str]], charts: Callable[[], Collection[str]]
    ):
        self._routes = [route for route in routes if isinstance(route, Route)]
        self._pages, self._charts = pages, charts
        # By their path in small letters.
        self._fixed = {route.path.lower(): route.path for route in self._routes if "{" not in route.path}

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return Match.NONE, {}
        right = self.right(route_path(scope))
        return (Match.FULL, {"nearby": right}) if right else (Match.NONE, {})

    def url_path_for(self, name: str, /, **path_params: Any) -> NoReturn:
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await led_to(Request(scope), scope["nearby"])(scope, receive, send)

    def right(self, path: str) -> str:
        """The path that a nearly right one means; empty for one that is right, and for one that means nothing."""
        parts = [part for part in path.split("/") if part]
        neat = "/" + "/".join(parts)
        small = neat.lower()
        if small in self._fixed:
            return self._fixed[small] if self._fixed[small] != path else ""
        if small == path or not parts or parts[0].lower() in EXACT:
            return ""
        if parts[0].lower() == RECORD:
            # Ids have a case of their own, which the page of records knows.
            meant = "/".join(["", RECORD, *parts[1:]])
            return meant if meant != path and len(parts) > 1 else ""
        return small if small[1:] in self._pages() or self._has(small) else ""

    def _has(self, small: str) -> bool:
        """Whether a route of ours has a path."""
        for route in self._routes:
            found = route.path_regex.match(small)
            if found and "{" in route.path:
                slug = found.groupdict().get("slug")
                return slug is None or slug in self._charts()
        return False
