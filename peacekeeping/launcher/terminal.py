"""Signals and the terminal: how somebody stops a run."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


class Stopped(BaseException):
    """Somebody asked the run to stop: Ctrl-C, `make stop`, a closed terminal. Not an error."""


@contextmanager
def own_terminal() -> Iterator[None]:
    """Let Ctrl-C reach this process alone while it is in the foreground of a terminal.

    Otherwise `make` gets it too, and reports the orderly end of a run as an error. Ctrl-Z is ignored meanwhile: the
    shell watches `make`, and would not notice that only this process stands still.
    """
    try:
        terminal = sys.stdin.fileno()
        shell = os.tcgetpgrp(terminal)
    except (OSError, ValueError, AttributeError):  # no terminal
        shell = -1
    if shell != os.getpgrp() or os.getpid() == shell:
        yield
        return
    ignored = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGTTOU, signal.SIGTSTP)}
    os.setpgid(0, 0)
    os.tcsetpgrp(terminal, os.getpgrp())
    try:
        yield
    finally:
        with suppress(OSError):  # the terminal was closed
            os.tcsetpgrp(terminal, shell)
        for number, handler in ignored.items():
            signal.signal(number, handler)


@contextmanager
def stopped_by_signal() -> Iterator[None]:
    """Turn the signals that mean "stop" into Stopped."""

    def stop(signum: int, frame: FrameType | None) -> None:
        raise Stopped

    before = {number: signal.signal(number, stop) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def second_signal(act: Callable[[], None]) -> Iterator[None]:
    """While the run is being stopped: another Ctrl-C calls `act`, and nothing interrupts the order."""

    def insist(signum: int, frame: FrameType | None) -> None:
        act()

    before = {number: signal.signal(number, insist) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
