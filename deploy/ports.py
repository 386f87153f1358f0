"""Ports for processes that are started side by side on one machine, by tests, benchmarks and the proof of the
deployment.
"""

import itertools
import os
import socket

# Below the range from which systems give ports to outgoing connections (Linux: from 32768), so that no browser takes
# one between the asking and the binding; each process asks in a hundred of its own.
FIRST, EACH, BLOCKS = 10_000, 100, 220
_turn = itertools.count()


def unused_ports(count: int) -> list[int]:
    """Ports of this machine's loopback that nobody listens on.

    Raises:
        OSError: all of this process's hundred are in use.
    """
    found: list[int] = []
    for _ in range(EACH):
        port = FIRST + os.getpid() % BLOCKS * EACH + next(_turn) % EACH
        with socket.socket() as free:
            try:
                free.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            return found
    raise OSError(f"fewer than {count} ports are free from {FIRST + os.getpid() % BLOCKS * EACH}")
