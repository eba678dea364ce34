"""Children of the launcher: asked, insisted, forced; in sessions of their own; never outliving the launcher."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from peacekeeping.launcher.processes import Child, stop_all
from peacekeeping.launcher.state import ROOT
from tests.peacekeeping.embedded.holder import eventually, processes_naming

pytestmark = pytest.mark.processes

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)  # grandchild of " + sys.argv[1]])
print("ready", flush=True)
time.sleep(600)
"""


def started(log: Path, program: str, *arguments: str, insist: signal.Signals = signal.SIGKILL) -> Child:
    child = Child("example", [sys.executable, "-c", program, *arguments], os.environ, log, insist=insist)
    assert eventually(lambda: "ready" in child.last_lines())
    return child


def test_it_works(tmp_path: Path) -> None:
    child = started(tmp_path / "log", "import time; print('ready', flush=True); time.sleep(600)")
    assert os.getsid(child.process.pid) == child.process.pid != os.getsid(0)
    stop_all([child])
    assert child.process.returncode == -signal.SIGTERM


def test_one_that_ignores_the_wish_is_ended_with_all_it_started(tmp_path: Path) -> None:
    child = started(tmp_path / "log", STUBBORN, str(tmp_path))
    stop_all([child], patience=0.2)
    assert child.process.returncode == -signal.SIGKILL
    assert eventually(lambda: not processes_naming(f"grandchild of {tmp_path}"))


def test_the_signal_to_insist_comes_before_force(tmp_path: Path) -> None:
    program = (
        "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "signal.signal(signal.SIGQUIT, lambda *_: sys.exit(7)); print('ready', flush=True);"
        "[time.sleep(0.1) for _ in range(6000)]"
    )
    child = started(tmp_path / "log", program, insist=signal.SIGQUIT)
    stop_all([child], patience=0.2)
    assert child.process.returncode == 7


def ended_with_its_launcher(tmp_path: Path, child: str, processes: int) -> bool:
    """Start a launcher with one child (Python: how it is made and waited for), kill it; whether all of it went."""
    program = (
        "import os, signal, sys, time; from pathlib import Path\n"
        "from peacekeeping.launcher.processes import Child\n"
        f"{child}\n"
        "print('ready', flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    parent = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    try:
        assert parent.stdout.readline() == "ready\n"
        # A process that is just turning into its program has no name for a moment.
        assert eventually(lambda: len(processes_naming(str(tmp_path))) == processes)
    finally:
        parent.kill()
        parent.communicate()
    return eventually(lambda: not processes_naming(str(tmp_path)))


def test_it_ends_with_the_launcher(tmp_path: Path) -> None:
    child = "Child('example', [sys.executable, '-c', 'import time; time.sleep(600)', sys.argv[1]], os.environ, None)"
    assert ended_with_its_launcher(tmp_path, child, processes=2)


def test_one_that_does_not_listen_ends_with_the_launcher_too(tmp_path: Path) -> None:
    """A worker that is just connecting to a server which is gone looks at no signal for half a minute."""
    busy = "import signal, time; signal.signal(signal.SIGQUIT, signal.SIG_IGN); print('busy', flush=True)"
    child = (
        f"child = Child('example', [sys.executable, '-c', \"{busy}; time.sleep(600)\", sys.argv[1]], os.environ,"
        " Path(sys.argv[1]) / 'log', insist=signal.SIGQUIT, outlives=0.5)\n"
        "while 'busy' not in child.last_lines(): time.sleep(0.05)"
    )
    # The launcher, the program, its guard.
    assert ended_with_its_launcher(tmp_path, child, processes=3)


def test_the_guard_goes_with_its_program(tmp_path: Path) -> None:
    child = started(tmp_path / "log", "print('ready', flush=True)", str(tmp_path), insist=signal.SIGQUIT)
    assert child.wait() == 0
    assert eventually(lambda: not processes_naming(str(tmp_path)))


def test_the_log_is_its_owners_and_its_end_is_of_this_start_alone(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.touch(mode=0o600)
    log.write_text("ready from before\n")
    child = Child("example", [sys.executable, "-c", "print('one'); print('two')"], os.environ, log)
    assert child.wait() == 0
    assert child.last_lines() == "one\ntwo"
    assert child.last_lines(1) == "two"
    fresh = Child("example", [sys.executable, "-c", ""], os.environ, tmp_path / "fresh")
    fresh.wait()
    assert (tmp_path / "fresh").stat().st_mode & 0o777 == 0o600


def test_an_interrupted_wait_leaves_nothing(tmp_path: Path) -> None:
    child = started(tmp_path / "log", "import time; print('ready', flush=True); time.sleep(600)")

    class Interrupted(Exception):
        pass

    def interrupt(signum: int, frame: object) -> None:
        raise Interrupted

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(Interrupted):
            child.wait()
    finally:
        signal.signal(signal.SIGALRM, before)
    assert child.ended()
