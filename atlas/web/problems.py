"""Refusals as `application/problem+json` (RFC 9457). Each type is described on the page of the data interface."""

import json

from atlas.web.response_cache import LATER, NO_DATA, Body, body
from atlas.words import texts

PROBLEM = "application/problem+json"


def problem(
    root: str, name: str, status: int, detail: str, headers: dict[str, str] | None = None, **more: object
) -> Body:
    """One refusal.

    Args:
        root: path of the site, without a slash at its end.
        name: its type, a key of `problems` in data/texts/api.json.
        detail: what is wrong with this request.
        more: members of its own, such as `parameter`.
    """
    content = {
        "type": f"{root}/api/v1#problem-{name}",
        "title": texts()["api"]["problems"][name]["title"],
        "status": status,
        "detail": detail,
        **more,
    }
    return body(
        json.dumps(content, ensure_ascii=False),
        PROBLEM,
        {"Access-Control-Allow-Origin": "*", **(headers or {})},
        status,
    )


def no_data(root: str) -> Body:
    """The answer while there are no data to serve, for a program."""
    return problem(root, "no-data", 503, NO_DATA, LATER)
