"""Conditional requests (RFC 9110, 13): one answer to them for everything that is served, ours and Streamlit's."""

import re
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# An entity tag; what stands between its quotes may hold commas.
_TAG = re.compile(r'(?:W/)?("[^"]*")')
# What describes a body, and so has no place in an answer without one.
_OF_A_BODY = ("content-length", "content-type", "content-encoding", "content-range", "content-disposition")


def unchanged(request: Headers, answer: Mapping[str, str]) -> bool:
    """Whether the client holds what would be sent: by any of its tags, weak or strong, by `*`, or by its time.

    Args:
        request: headers of the request; `If-None-Match` may stand in it more than once.
        answer: headers of the answer, of which `ETag` and `Last-Modified` count; names in any case.
    """
    sent = {name.lower(): value for name, value in answer.items()}
    asked = ",".join(request.getlist("if-none-match")).strip()
    if asked:
        # A tag decides alone: a time beside it counts only for who knows no tags.
        tag = _TAG.fullmatch(sent.get("etag", ""))
        return asked == "*" or (tag is not None and tag[1] in _TAG.findall(asked))
    return _not_later(sent.get("last-modified", ""), request.get("if-modified-since", ""))


def _not_later(changed: str, held: str) -> bool:
    """Whether one HTTP date is not later than another; False if either is none."""
    if not changed or not held:
        return False
    try:
        times = [parsedate_to_datetime(text) for text in (changed, held)]
    except (ValueError, TypeError, OverflowError):
        return False
    first, second = (time if time.tzinfo else time.replace(tzinfo=UTC) for time in times)
    return first <= second


class Conditional:
    """Turns an answer that the client holds into 304, for what answers without asking `unchanged` itself."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        request, held = Headers(scope=scope), False

        async def spared(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                held = message["status"] in (200, 206) and unchanged(request, headers)
                if held:
                    message["status"] = 304
                    for name in _OF_A_BODY:
                        del headers[name]
            elif held:
                if message.get("more_body"):
                    return
                message = {"type": "http.response.body", "body": b""}
            await send(message)

        await self.app(scope, receive, spared)
