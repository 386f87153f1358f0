"""Serves the data interface: `/api`, `/api/v1`, its description and its endpoints. Read-only, cached, open to every
origin.
"""

import json
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from atlas.law.standing import mark
from atlas.publish.dataset import json_ld
from atlas.publish.pin_release import pinned
from atlas.tables.atlas import Atlas
from atlas.tables.store import get_store
from atlas.templating import render
from atlas.web.api.encode import JSON, encode, page
from atlas.web.api.endpoints import ENDPOINTS
from atlas.web.api.openapi import openapi
from atlas.web.api.page import about
from atlas.web.api.parameters import CASE, RELEASE, Fault, Refused, read
from atlas.web.pages import html
from atlas.web.problems import no_data, problem
from atlas.web.public_address import Site, public_site
from atlas.web.response_cache import FIVE_MINUTES, NOT_KEPT, Body, Shelf, body, reply

ALLOWED = "GET, HEAD, OPTIONS"
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, X-Total-Count",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = OPEN | {
    "Allow": ALLOWED,
    "Access-Control-Allow-Methods": ALLOWED,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
MOST_NAMED = 20
VERSION, DESCRIPTION = "v1", "openapi.json"

shelf = Shelf()


class Interface:
    """The interface as one ASGI application, so that every method and every path below `/api` gets an answer of its
    kind.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        await (await self._answer(request))(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=PREFLIGHT)
        where, path = public_site(request), request.path_params.get("path", "").strip("/")
        if request.method not in ("GET", "HEAD"):
            return reply(
                request,
                problem(where.root, "method", 405, f"{request.method} is not allowed here.", {"Allow": ALLOWED}),
            )
        atlas = get_store().state.atlas
        if atlas is None:
            return reply(request, no_data(where.root))
        key = (atlas.digest, mark(atlas), where, path, str(request.query_params))
        # What is kept needs no thread of its own.
        found = shelf.get(key)
        if found is None:
            pairs = list(request.query_params.multi_items())
            found = await run_in_threadpool(_make, atlas, where, path, pairs, key)
        return reply(request, found, _cache(path))


def _make(atlas: Atlas, where: Site, path: str, query: list[tuple[str, str]], key: tuple) -> Body:
    """The answer to one address. Refusals are not kept: there is no end of them."""
    parts = path.split("/") if path else [VERSION]
    if parts == [VERSION]:
        return shelf.make(
            (*key[:3], VERSION),
            lambda: html(where, render("api.html", **about(atlas, where), json_ld=json_ld(atlas, where.base)), OPEN),
        )
    if parts == [VERSION, DESCRIPTION]:
        return shelf.make((*key[:3], DESCRIPTION), lambda: body(_json(openapi(atlas, where)), JSON, OPEN))
    name, _, kind = parts[-1].partition(".")
    if len(parts) != 2 or parts[0] != VERSION or name not in ENDPOINTS or kind not in ("", "csv", "json"):
        known = ", ".join(f"/api/{VERSION}/{one}" for one in ENDPOINTS)
        return problem(
            where.root, "not-found", 404, "There is no such path.", expected=f"one of {known}, each also with .csv"
        )
    endpoint = ENDPOINTS[name]
    takes = endpoint.takes_as_csv if kind == "csv" else endpoint.takes
    try:
        atlas = _pinned(atlas, query)
        asked = read(atlas, takes, query)
    except Refused as refused:
        first = refused.faults[0]
        return problem(
            where.root,
            "parameters",
            400,
            first.detail,
            parameter=first.parameter,
            expected=first.expected,
            errors=[vars(fault) for fault in refused.faults[:MOST_NAMED]],
        )

    def made() -> Body:
        return _with_access(encode(atlas, page(atlas, endpoint, asked, where.root), kind or "json", where))

    return made() if endpoint.typed else shelf.make(key, made)


def _cache(path: str) -> str:
    """How long an answer may be kept by others: what was asked in a visitor's own words not at all."""
    endpoint = ENDPOINTS.get(path.rpartition("/")[2].partition(".")[0])
    return NOT_KEPT if endpoint and endpoint.typed else FIVE_MINUTES


def _pinned(newest: Atlas, query: list[tuple[str, str]]) -> Atlas:
    """The data of the case and the release that an address asks for, else those served. Whether they are some `read`
    says.

    Raises:
        Refused: the release cannot be shown.
    """
    asked = dict(query)
    version, case = asked.get(RELEASE.name, ""), asked.get(CASE.name, "")
    if case in {one.id for one in newest.whole.cases}:
        newest = newest.of_case(case)
    if not version:
        return newest
    atlas, unshown = pinned(newest, version, get_store().folder)
    if unshown:
        raise Refused([Fault(RELEASE.name, unshown[0], RELEASE.expected(newest))])
    return atlas


def _json(content: dict) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False)


def _with_access(made: Body) -> Body:
    return replace(made, headers={**made.headers, **OPEN})


interface = Interface()
