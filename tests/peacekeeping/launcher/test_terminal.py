"""Ctrl-C in a terminal reaches the launcher alone, so that `make run` ends with exit code 0."""

import os
import pty
import select
import signal
import sys
import time
from pathlib import Path

import pytest

from peacekeeping.launcher.state import ROOT

pytestmark = pytest.mark.processes

PROGRAM = """
import time
from peacekeeping.launcher.terminal import Stopped, own_terminal, stopped_by_signal
with own_terminal(), stopped_by_signal():
    try:
        print("running", flush=True)
        while True:  # a signal just before one long sleep would be noticed only after it
            time.sleep(0.1)
    except Stopped:
        print("stopped in order", flush=True)
"""


def type_into_terminal(command: list[str], wait_for: bytes, keys: bytes) -> tuple[int, bytes]:
    """Run a command in a terminal of its own, type when it has said something; its exit code and what it said.

    Keys come one after the other, as from a person: a terminal throws away what it holds when it sends a signal.
    """
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        os.execvp(command[0], command)
    said, typed = b"", False
    while select.select([terminal], [], [], 60)[0]:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # the other side has gone
            break
        if not part:
            break
        said += part
        if not typed and wait_for in said:
            for key in keys:
                os.write(terminal, bytes([key]))
                time.sleep(0.3)
            typed = True
    else:
        os.kill(pid, signal.SIGKILL)  # nothing was said for a minute: it does not end
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), said


@pytest.mark.parametrize("keys", [b"\x03", b"\x1a\x03"], ids=["Ctrl-C", "Ctrl-Z Ctrl-C"])
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_make_ends_well(tmp_path: Path, keys: bytes) -> None:
    (tmp_path / "program.py").write_text(PROGRAM)
    (tmp_path / "Makefile").write_text(f"run:\n\t@PYTHONPATH={ROOT} {sys.executable} {tmp_path}/program.py\n")
    code, said = type_into_terminal(["make", "-f", str(tmp_path / "Makefile"), "run"], b"running", keys)
    assert b"stopped in order" in said
    assert code == 0, said
