"""Child processes: each in a session of its own, with a log, stopped in order, never outliving the launcher."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from peacekeeping.launcher.state import ROOT

BOUND = Path(__file__).with_name("bound.py")
LARGEST_LOG = 5_000_000


class Child:
    """A program that runs beside the others until it is stopped.

    Its session is its own: a Ctrl-C in the terminal reaches the launcher alone, which then stops all in order.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path | None,
        *,
        insist: signal.Signals = signal.SIGKILL,
        outlives: float = 5,
    ) -> None:
        """Start it.

        Args:
            log: where its output goes, which only its owner may read; None for the terminal.
            insist: the signal for one that does not end when asked to; also sent when the launcher dies.
            outlives: seconds that it then has to give back a task or to finish an answer, before force.
        """
        self.name = name
        self.log = log
        self.insist = insist
        self._log_start = 0
        output = None
        if log is not None:
            log.parent.mkdir(parents=True, exist_ok=True)
            if log.exists() and log.stat().st_size > LARGEST_LOG:
                log.replace(log.with_suffix(".log.1"))
            output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            self._log_start = os.fstat(output).st_size
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-I", str(BOUND), str(int(insist)), str(os.getpid()), str(outlives), *command],
                env=dict(environment),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        finally:
            if output is not None:
                os.close(output)

    def ended(self) -> bool:
        """Whether it is over."""
        return self.process.poll() is not None

    def last_lines(self, count: int = 15) -> str:
        """The end of what it wrote into its log since it was started."""
        if self.log is None:
            return ""
        with self.log.open("rb") as log:
            log.seek(self._log_start)
            return "\n".join(log.read().decode(errors="replace").splitlines()[-count:])

    def wait(self) -> int:
        """Wait until it is over, and return its exit code. Interrupted, stop it first."""
        try:
            return self.process.wait()
        finally:
            stop_all([self])

    def ask_to_end(self) -> None:
        """Let it finish what it is doing and end."""
        if not self.ended():
            self.process.terminate()

    def end_by_force(self, with_signal: signal.Signals) -> None:
        """End it with all that it started."""
        with suppress(ProcessLookupError):
            if with_signal == signal.SIGKILL:
                os.killpg(self.process.pid, signal.SIGKILL)
            elif not self.ended():
                self.process.send_signal(with_signal)


def kill_all(children: Sequence[Child]) -> None:
    """End children at once, with all that they started."""
    for child in children:
        child.end_by_force(signal.SIGKILL)


def stop_all(children: Sequence[Child], patience: float = 2.5) -> None:
    """Stop children: asked at once, insisted after `patience` seconds, and one second later by force.

    Celery and gunicorn finish what they do when asked. What takes longer is given up: tasks and requests are made to
    be repeated.
    """
    for child in children:
        child.ask_to_end()
    if not _all_ended(children, patience):
        for child in children:
            child.end_by_force(child.insist)
        _all_ended(children, 1.0)
    kill_all(children)  # a group outlives its leader when that one was killed
    for child in children:
        child.process.wait()


def _all_ended(children: Sequence[Child], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not all(child.ended() for child in children):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
