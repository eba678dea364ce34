"""Ports for servers that tests start in processes of their own, seconds after the port was chosen."""

import os
import socket
from collections.abc import Iterator

# Below those that the system gives to whoever asks for any (from 32,768 on): such a server of another test would take
# the port meanwhile. Each process begins elsewhere, further apart than it needs ports, and gives none twice.
FIRST, MANY, APART = 20_000, 12_000, 97


def _numbers() -> Iterator[int]:
    for step in range(MANY):
        yield FIRST + (os.getpid() * APART + step) % MANY


_left = _numbers()


def free_port() -> int:
    """A port of this machine that nobody uses, and that no other test will be given."""
    for port in _left:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError("every port was given once")
