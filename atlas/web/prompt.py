"""Small messages leave at once.

Streamlit binds its socket without naming the protocol, so asyncio does not see that it is TCP and leaves Nagle's
algorithm on: the last message of a run then waits for the client to acknowledge the one before, 40 ms on Linux.
(`_set_nodelay` in asyncio/base_events.py wants `IPPROTO_TCP`; `_bind_socket` in Streamlit's starlette_server.py
gives none.) A server that is not uvicorn, or already does so, is left alone.
"""

import socket
from contextlib import suppress

from starlette.types import ASGIApp, Receive, Scope, Send


class Prompt:
    """Turns Nagle's algorithm off on each websocket."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            transport = getattr(getattr(send, "__self__", None), "transport", None)
            connection = transport.get_extra_info("socket") if transport is not None else None
            if connection is not None:
                with suppress(OSError):
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self.app(scope, receive, send)
