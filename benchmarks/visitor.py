"""One visitor without a browser: speaks Streamlit's protocol over a real websocket, as its own page does.

It keeps what the page keeps: the state of each widget, the hashes of the messages it may be referred to, the
pages of the menu. Bytes are counted on the socket, after compression, frames included.
"""

import asyncio
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60.0
# Which field of a widget's state carries its value.
TEXT, TEXTS, NUMBER, NUMBERS, TRUTH = (
    "string_value",
    "string_array_value",
    "double_value",
    "double_array_value",
    "bool_value",
)


class _Counting(ClientConnection):
    """Counts what arrives at the socket."""

    arrived = 0

    def data_received(self, data: bytes) -> None:
        self.arrived += len(data)
        super().data_received(data)


@dataclass
class Answer:
    """One run of the page as the visitor met it.

    Attributes:
        seconds: from sending the wish to the end of the run.
        wire: bytes that arrived on the socket meanwhile.
        raw: bytes of the messages, uncompressed.
        kinds: raw bytes by kind of message.
        errors: number of exceptions shown.
    """

    seconds: float = 0.0
    wire: int = 0
    raw: int = 0
    kinds: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    messages: list[tuple[str, int]] = field(default_factory=list)
    errors: int = 0


def kind(message: ForwardMsg) -> str:
    """The kind of a message: of an element its type, of others the message's own."""
    outer = message.WhichOneof("type") or "none"
    if outer != "delta":
        return outer
    inner = message.delta.WhichOneof("type") or "none"
    return message.delta.new_element.WhichOneof("type") or "none" if inner == "new_element" else inner


class Visitor:
    """One open page. `async with Visitor(url) as visitor: await visitor.open("/compare")`."""

    def __init__(self, url: str, compressed: bool = True, detailed: bool = False, cookie: str = ""):
        self.address = url.replace("http://", "ws://").rstrip("/") + "/_stcore/stream"
        self.page_url = url.rstrip("/")
        self.compressed, self.detailed, self.cookie = compressed, detailed, cookie
        self.states: dict[str, WidgetState] = {}
        self.ids: dict[str, str] = {}
        self.hashes: dict[str, int] = {}
        self.pages: dict[str, str] = {}
        self.page, self.query, self.most_age, self.bodies = "", "", 2, []

    async def __aenter__(self) -> "Visitor":
        self.socket = await connect(
            self.address,
            subprotocols=["streamlit"],
            compression="deflate" if self.compressed else None,
            create_connection=_Counting,
            max_size=None,
            additional_headers={"Cookie": self.cookie} if self.cookie else None,
            open_timeout=PATIENCE,
            ping_interval=None,
            proxy=None,
            origin=self.page_url,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()

    async def open(self, path: str = "", query: str = "") -> Answer:
        """The first run of a page, as after typing its address."""
        self.query = query
        return await self._run(page_name=path)

    async def go(self, path: str) -> Answer:
        """Another page by the menu."""
        self.states.clear()
        self.page, self.query = self.pages[path], ""
        return await self._run()

    async def act(self, key: str, kind: str, value: object) -> Answer:
        """Sets one widget by its key and waits for the run that follows."""
        state = WidgetState(id=self.ids[key])
        if kind in (TEXTS, NUMBERS):
            getattr(state, kind).data.extend(value)
        else:
            setattr(state, kind, value)
        self.states[key] = state
        return await self._run()

    async def trigger(self, key: str, event: str, value: object) -> Answer:
        """An event of a component of the app's own, as our date track sends one."""
        what = json.dumps([{"event": event, "value": value}])
        return await self._run(
            event=WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{self.ids[key]}__events", json_trigger_value=what)
        )

    async def _run(self, page_name: str = "", event: WidgetState | None = None) -> Answer:
        message = BackMsg()
        wish = message.rerun_script
        wish.query_string, wish.page_script_hash, wish.page_name = self.query, self.page, page_name
        wish.cached_message_hashes.extend(self.hashes)
        wish.widget_states.widgets.extend(self.states.values())
        if event is not None:
            wish.widget_states.widgets.append(event)
        context = wish.context_info
        context.timezone, context.locale, context.url, context.color_scheme = (
            "UTC",
            "en-GB",
            f"{self.page_url}/",
            "light",
        )
        answer, before, start = Answer(), self.socket.arrived, time.perf_counter()
        self.bodies = []
        await self.socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self._take(await self.socket.recv(), answer):
                pass
        answer.seconds, answer.wire = time.perf_counter() - start, self.socket.arrived - before
        self.hashes = {name: age + 1 for name, age in self.hashes.items() if age < self.most_age}
        return answer

    def _take(self, data: bytes, answer: Answer) -> bool:
        """Keeps what the page would keep of a message; true at the end of a run."""
        message = ForwardMsg.FromString(data)
        what = message.WhichOneof("type")
        answer.raw += len(data)
        if self.detailed:
            answer.kinds[kind(message)] += len(data)
            answer.messages.append((kind(message), len(data)))
        if message.metadata.cacheable:
            self.hashes[message.hash] = 0
        if what == "ref_hash":
            self.hashes[message.ref_hash] = 0
        elif what == "delta":
            self._element(message, answer)
        elif what == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif what == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            self.page = message.navigation.page_script_hash
        elif what == "new_session":
            self.most_age = message.new_session.config.max_cached_message_age
        return what == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _element(self, message: ForwardMsg, answer: Answer) -> None:
        if message.delta.WhichOneof("type") == "add_block":
            self._remember(message.delta.add_block.id)
            return
        element = message.delta.new_element
        name = element.WhichOneof("type")
        answer.errors += name == "exception"
        if name == "html":
            self.bodies.append(element.html.body)
        self._remember(getattr(getattr(element, name), "id", "") if name else "")

    def _remember(self, identity: str) -> None:
        """The id of a widget, by the key that the app gave it."""
        if identity.count("-") >= 2:
            self.ids[identity.split("-", 2)[2]] = identity
