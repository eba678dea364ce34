"""Becomes another program that gets a signal when the process that started it dies.

    python -I bound.py SIGNAL PARENT COMMAND...

A file of its own and the standard library only, so that it costs some milliseconds. Linux; elsewhere only the program.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Ask for the signal, make sure that the parent has not died before, and become the command."""
    death_signal, parent, *command = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != int(parent):
            raise SystemExit("the process that started this one has died already")
    os.execvp(command[0], command)  # noqa: S606 - the command is the launcher's own


if __name__ == "__main__":
    main()
