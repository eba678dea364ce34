"""Becomes another program that gets a signal when the process that started it dies.

    python -I bound.py SIGNAL PARENT SECONDS COMMAND...

A program may be too busy for a signal that only asks: a worker that is just looking for a server which is gone too
tries for half a minute before it looks at anything else. So a guard stands beside it, and ends it with all that it
started when it is still there that many seconds after its parent's death.

A file of its own and the standard library only, so that it costs some milliseconds. Linux; elsewhere only the program.
"""

import ctypes
import os
import select
import signal
import sys
import time

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Ask for the signal, make sure that the parent has not died before, and become the command."""
    death_signal, parent, seconds, *command = sys.argv[1:]
    if sys.platform == "linux":
        _die_with_parent(int(death_signal))
        if os.getppid() != int(parent):
            raise SystemExit("the process that started this one has died already")
        if int(death_signal) != signal.SIGKILL:
            _guard(int(parent), float(seconds))
    os.execvp(command[0], command)  # noqa: S606 - the command is the launcher's own


def _die_with_parent(death_signal: int) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, death_signal)


def _guard(parent: int, seconds: float) -> None:
    """Start the guard, a child of this process; it goes with it."""
    program = os.getpid()
    alive = os.pidfd_open(parent)
    if os.fork():
        os.close(alive)
        return
    _die_with_parent(signal.SIGKILL)
    if os.getppid() != program:
        os._exit(0)
    select.select([alive], [], [])  # readable when the process is over
    time.sleep(seconds)
    os.killpg(0, signal.SIGKILL)  # of a child of the launcher: its session is its own


if __name__ == "__main__":
    main()
