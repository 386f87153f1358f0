"""Writes down every other host that a Python process looks up or speaks to, whether or not it minds a proxy.

Python imports this by itself at its start where this folder is on PYTHONPATH, so the processes that a test starts,
and those that they start, are watched too. Nothing is refused: what is asked goes into the file that HOSTS_ASKED names.
"""

import contextlib
import ipaddress
import os
import sys
import traceback

FILE = "HOSTS_ASKED"
# Event -> where the host stands among its arguments. An address of `connect` or `sendto` is a tuple (host, port, …).
EVENTS = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
}


def is_here(host: object) -> bool:
    """Whether an address or name is that of this machine: loopback, a wildcard to listen on, a socket in a file."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str) or host in ("", "localhost") or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host.startswith("/") or host.startswith("\0")
    return address.is_loopback or address.is_unspecified


def _watch(event: str, arguments: tuple) -> None:
    if event not in EVENTS:
        return
    host = arguments[EVENTS[event]]
    host = host[0] if isinstance(host, tuple) and host else host
    if is_here(host):
        return
    caller = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(traceback.extract_stack()[-8:-1]))
    with contextlib.suppress(OSError), open(os.environ[FILE], "a", encoding="utf-8") as out:
        out.write(f"{event} {host!r} by {' '.join(sys.orig_argv[:6])!r}: {caller}\n")


if os.environ.get(FILE):
    sys.addaudithook(_watch)
