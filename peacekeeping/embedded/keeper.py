"""Keeps one server process for exactly as long as somebody uses it.

Started by server.py as a file of its own (standard library only, no import of the project), in its own session:

    python -I keeper.py '{"command": [...], "users": "...", "keeper": "...", ...}'

Everybody who uses the server holds a shared lock on the file `users`. The kernel drops that lock when its holder
ends, however it ends, so the exclusive lock asked for below is granted at the moment when nobody is left, even after
`kill -9` of the last one. Then the server is stopped in order. If the keeper itself is killed, Linux sends the server
its stop signal (PR_SET_PDEATHSIG); elsewhere the next start finds the orphan and stops it.
"""

import ctypes
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType
from typing import Any

PR_SET_PDEATHSIG = 1


class Over(Exception):
    """The server has ended by itself, or the keeper was told to stop."""


def _over(signum: int, frame: FrameType | None) -> None:
    raise Over


def start(order: dict[str, Any]) -> "subprocess.Popen[bytes]":
    """Start the server as its own user, bound to the life of this process."""

    def bind() -> None:
        os.umask(0o077)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, order["stop_signal"])

    account: dict[str, Any] = {}
    if order["uid"] is not None:
        account = {"user": order["uid"], "group": order["gid"], "extra_groups": []}
    # The keeper has one thread, so that running Python between fork and exec is safe.
    return subprocess.Popen(
        order["command"],
        stdin=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
        preexec_fn=bind,  # noqa: PLW1509 - one thread
        **account,
    )


def stop(server: "subprocess.Popen[bytes]", stop_signal: int) -> None:
    """Stop the server in order; after 30 s with force, so that nothing is left in any case."""
    if server.poll() is None:
        server.send_signal(stop_signal)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def remove(folders: list[Path]) -> None:
    """Remove what a throwaway server has left; the last server of a state folder takes that folder with it."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    state = folders[-1].parent
    if not any(state.glob("*/keeper.lock")):
        shutil.rmtree(state, ignore_errors=True)


def main() -> int:
    """Hold the server until nobody uses it. Returns 1 when the server ended by itself."""
    order = json.loads(sys.argv[1])
    keeper = os.open(order["keeper"], os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(keeper, fcntl.LOCK_EX)
    users = os.open(order["users"], os.O_RDWR | os.O_CREAT, 0o600)
    server = start(order)
    crashed = False
    try:
        signal.signal(signal.SIGCHLD, _over)
        signal.signal(signal.SIGTERM, _over)
        if server.poll() is None:
            fcntl.flock(users, fcntl.LOCK_EX)
    except Over:
        crashed = True
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    stop(server, order["stop_signal"])
    if order["remove"]:
        remove([Path(folder) for folder in order["remove"]])
    return 1 if crashed else 0


if __name__ == "__main__":
    raise SystemExit(main())
