"""A visitor without a browser, for tests with many of them: Streamlit's own protocol over a real websocket."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

PATIENCE = 60.0


def done(task: Coroutine) -> object:
    """The result of a coroutine, from a thread of its own: a browser test may have left a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, task).result()


class Visitor:
    """One open page. `with Visitor(url) as visitor: shown = visitor.open("compare", "date=2026-01-12")`."""

    def __init__(self, url: str, source: str | None = None):
        self.url, self.source = url, source

    def __enter__(self) -> "Visitor":
        self.socket = connect(
            f"{self.url.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=["streamlit"],
            origin=self.url,
            max_size=None,
            open_timeout=PATIENCE,
            proxy=None,
            source_address=(self.source, 0) if self.source else None,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, page: str = "", query: str = "") -> None:
        """Asks for a run and does not wait for it."""
        wish = BackMsg()
        wish.rerun_script.query_string, wish.rerun_script.page_name = query, page
        context = wish.rerun_script.context_info
        context.timezone, context.locale, context.url, context.color_scheme = "UTC", "en-GB", f"{self.url}/", "light"
        self.socket.send(wish.SerializeToString())

    def take(self, kind: str) -> ForwardMsg:
        """The next message of a kind, or with an element of that kind; those before it are dropped."""
        while True:
            message = ForwardMsg.FromString(self.socket.recv(timeout=PATIENCE))
            if kind in (message.WhichOneof("type"), message.delta.new_element.WhichOneof("type")):
                return message

    def open(self, page: str = "", query: str = "") -> str:
        """Runs a page as after typing its address.

        Returns:
            The HTML that it shows, all blocks together.

        Raises:
            AssertionError: the page shows an exception, or its run did not end well.
            TimeoutError: it did not answer.
        """
        self.send(page, query)
        shown = []
        while True:
            message = ForwardMsg.FromString(self.socket.recv(timeout=PATIENCE))
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                assert element.WhichOneof("type") != "exception", element.exception.message
                if element.WhichOneof("type") == "html":
                    shown.append(element.html.body)
            elif (
                kind == "script_finished"
                and message.script_finished != ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
            ):
                assert message.script_finished == ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY, (
                    f"{page}?{query[:200]}"
                )
                return "".join(shown)
