"""Endpoints that are loaded when they are first asked for, or when the server has time: a start waits for none
of them.
"""

from collections.abc import Callable, Collection, Iterable
from importlib import import_module
from inspect import isroutine
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Route, request_response
from starlette.types import ASGIApp, Receive, Scope, Send


class Late:
    """An endpoint behind what makes it.

    Args:
        make: gives the endpoint: a function of a request, or an ASGI application.
    """

    def __init__(self, make: Callable[[], Callable]):
        self._make = make
        self._app: ASGIApp | None = None

    def load(self) -> ASGIApp:
        """The endpoint as an application; made once. Two who ask at a time make it twice, which does no harm."""
        if self._app is None:
            made = self._make()
            self._app = request_response(made) if isroutine(made) else made
        return self._app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = await run_in_threadpool(self.load) if self._app is None else self._app
        await app(scope, receive, send)


def late(path: str, name: str, methods: Collection[str] | None = ("GET",), **options: Any) -> Route:
    """A route for GET to `module.function` below `atlas.web`."""
    module, _, function = name.rpartition(".")
    return Route(
        path,
        Late(lambda: getattr(import_module(f"atlas.web.{module}"), function)),
        methods=methods,
        name=function,
        **options,
    )


def load(routes: Iterable[BaseRoute]) -> None:
    """Loads what has not been asked for yet."""
    for route in routes:
        endpoint = getattr(route, "endpoint", None)
        if isinstance(endpoint, Late):
            endpoint.load()
