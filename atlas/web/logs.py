"""Keeps visitors' addresses out of the logs, whoever starts the app (`streamlit run` or uvicorn by itself)."""

import logging

SOCKETS = '%s - "WebSocket'


def _no_visitor(record: logging.LogRecord) -> bool:
    """False for what uvicorn writes of each websocket: the address of the visitor and the whole query."""
    return not str(record.msg).startswith(SOCKETS)


def forget_visitors() -> None:
    """Drops uvicorn's access log and its lines about websockets; its errors stay.

    Filters outlive its own set-up of logging.
    """
    access, errors = logging.getLogger("uvicorn.access"), logging.getLogger("uvicorn.error")
    if not access.filters:
        access.addFilter(lambda record: False)
    if _no_visitor not in errors.filters:
        errors.addFilter(_no_visitor)
