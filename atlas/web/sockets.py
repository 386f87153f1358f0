"""The sockets: what is small leaves at once, and the text of pages is compressed over a window that fits it."""

import socket
from contextlib import suppress

from starlette.types import ASGIApp, Receive, Scope, Send

# As powers of two: 32 kB of what was sent before may be referred to; uvicorn's 4 kB are less than one receipt.
WINDOW_BITS, CLIENT_WINDOW_BITS, MEMORY_LEVEL = 15, 12, 6


def widen_window() -> None:
    """Lets uvicorn compress messages over a wider window (RFC 7692): a fifth to a half off what a page sends.

    It costs 160 kB a connection instead of 32. uvicorn has no setting for it, so its factory is replaced; one that
    has another shape is left alone, and `tests/test_wire.py` then says so.
    """
    with suppress(ImportError, AttributeError):
        from uvicorn.protocols.websockets import websockets_sansio_impl as served

        factory = served.ServerPerMessageDeflateFactory

        def wider(**_: object) -> object:
            return factory(
                server_max_window_bits=WINDOW_BITS,
                client_max_window_bits=CLIENT_WINDOW_BITS,
                compress_settings={"memLevel": MEMORY_LEVEL},
            )

        setattr(served, "ServerPerMessageDeflateFactory", wider)  # noqa: B010 - a class there, for a type checker


class Prompt:
    """Turns Nagle's algorithm off on each connection.

    Streamlit binds its socket without naming the protocol, so asyncio does not see that it is TCP and leaves the
    algorithm on: the last message of a run, and the body of an answer after its head, then wait until the client has
    acknowledged what went before, a round trip or 40 ms. (`_set_nodelay` in asyncio/base_events.py wants
    `IPPROTO_TCP`; `_bind_socket` in Streamlit's
    starlette_server.py gives none.) A server that is not uvicorn, or does so itself, is left alone.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            transport = getattr(getattr(receive, "__self__", None), "transport", None)
            connection = transport.get_extra_info("socket") if transport is not None else None
            if connection is not None:
                with suppress(OSError):
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self.app(scope, receive, send)
