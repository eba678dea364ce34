"""`make run` with everything real: services, web, worker, timetable; and every way in which it can end."""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from peacekeeping import assets
from peacekeeping.launcher.__main__ import main
from peacekeeping.launcher.state import ROOT
from tests.peacekeeping.embedded.holder import eventually, processes_naming
from tests.ports import free_port

pytestmark = pytest.mark.processes

# What the test run sets for itself must not lead the product's own run to the servers of the tests.
OF_THE_TESTS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "BROKER_PREFIX", "STATIC_ROOT", "DJANGO_SETTINGS_MODULE")
RELEASE = """\
id,incident_date,casualty_id,mission_acronym,type_of_casualty,gender,casualty_nationality,casualty_personnel_type,\
type_of_incident,m49_code,isocode3,last_update
1,2014-09-18,MINUSMA-2014-09-00001,MINUSMA,Fatality,M,Chad,Military,Malicious Act,148.0,TCD,2023-12-31
2,2014-09-18,MINUSMA-2014-09-00002,MINUSMA,Fatality,M,Chad,Military,Malicious Act,148.0,TCD,2023-12-31
3,2015-03-02,UNTSO-2015-03-00001,UNTSO,Fatality,F,Norway,Military,Illness,578.0,NOR,2023-12-31
"""
# Python runs a module of this name at its start. The static files are compressed as always, only not to the last byte,
# which takes ten seconds of a processor.
QUICKLY = """\
import functools

import brotli

brotli.compress = functools.partial(brotli.compress, quality=1)
"""


class Run:
    """A launcher in a process of its own, with what it says."""

    def __init__(self, state: Path, *arguments: str) -> None:
        self.port = free_port()
        environment = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "peacekeeping.launcher", "run", f"--port={self.port}", *arguments],
            cwd=ROOT,
            env={**environment, "STATE_DIR": str(state), "PYTHONPATH": str(state.parent / "quickly")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait_ready(self) -> None:
        self.wait_for("Logs are in")

    def wait_for(self, beginning: str) -> None:
        """Read what it says until a line begins so."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if line.startswith(beginning):
                return
        self.end()
        pytest.fail(f"it ended before it said {beginning}:\n{self.said}")

    def end(self, with_signal: signal.Signals | None = None) -> int:
        """Send a signal, if any, wait for the end and return the exit code."""
        if with_signal is not None:
            self.process.send_signal(with_signal)
        said, _ = self.process.communicate(timeout=60)
        self.said += said
        return self.process.returncode

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of one of its pages."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def pid_of(self, name: str) -> int:
        """The first process of a child, the one the launcher started."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        [pid] = [int(pid) for pid in children if name in Path(f"/proc/{pid}/cmdline").read_text()]
        return pid


@dataclass(frozen=True)
class FirstRun:
    """A state folder after a first run with a release, and what was said until `make stop` ended it."""

    state: Path
    said: str
    ready: int  # the status of /readyz
    port: int
    second: tuple[int, str]  # another start on the folder meanwhile: its exit code and what it said
    clean: tuple[int, str]  # `make clean` meanwhile
    stop: tuple[int, str]
    code: int  # with which the run ended
    left: dict[int, str]  # processes of it that were still there

    @property
    def release(self) -> Path:
        """The file that it loaded."""
        return self.state.parent / "release.csv"


@pytest.fixture(scope="module")
def first_run() -> Iterator[FirstRun]:
    """From an empty folder. Everything that can be seen while it runs is tried in this one run."""
    assert assets.up_to_date(), "the front-end files are missing: `make assets` fetches them"
    parent = Path(tempfile.mkdtemp(prefix="pk-"))
    parent.chmod(0o755)
    state, release = parent / "var", parent / "release.csv"
    release.write_text(RELEASE)
    (parent / "quickly").mkdir()
    (parent / "quickly" / "sitecustomize.py").write_text(QUICKLY)
    run = Run(state, f"--data={release}")
    try:
        run.wait_ready()
        ready, _ = run.get("/readyz")
        another = Run(state)
        second = another.end(), another.said
        clean, stop = command(state, "clean"), command(state, "stop")
        code = run.end()
    finally:
        if run.process.poll() is None:
            run.end(signal.SIGKILL)
    yield FirstRun(state, run.said, ready, run.port, second, clean, stop, code, processes_naming(str(parent)))
    shutil.rmtree(parent)


def command(state: Path, name: str) -> tuple[int, str]:
    """The exit code of the launcher's command, and what it printed."""
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(said):
        patch.setenv("STATE_DIR", str(state))
        return main([name]), said.getvalue()


@pytest.fixture
def start(first_run: FirstRun) -> Iterator[Callable[..., Run]]:
    """Start another run on that state folder. Whatever happens, nothing of it may be left after the test."""
    state = first_run.state
    runs: list[Run] = []

    def started(*arguments: str) -> Run:
        runs.append(Run(state, *arguments))
        return runs[-1]

    yield started
    for run in runs:
        if run.process.stdout is not None and not run.process.stdout.closed:
            run.end(signal.SIGKILL)
    assert eventually(lambda: processes_naming(str(state)) == {}), processes_naming(str(state))


def test_it_works(first_run: FirstRun) -> None:
    state, said = first_run.state, first_run.said
    assert re.search(r"Ready after [\d.]+ s:  http://127\.0\.0\.1:\d+/\n", said)
    assert first_run.ready == 200
    assert "3 new" in said
    email, password = (state / "first-sign-in.txt").read_text().split()
    assert f"Sign in as  {email}  password  {password}" in said
    assert said.rstrip().endswith("Stopped. Everything is kept for the next start.")
    assert not any(password in path.read_text() for path in (state / "log").iterdir())


def test_it_can_be_stopped_from_elsewhere_and_not_started_twice_or_cleaned(first_run: FirstRun) -> None:
    code, said = first_run.second
    assert code == 1
    assert f"`make run` is already running here: http://127.0.0.1:{first_run.port}/." in said
    code, said = first_run.clean
    assert code == 1
    assert "stop it with `make stop`" in said
    assert first_run.stop == (0, "Stopped.\n")
    assert first_run.code == 0
    assert first_run.left == {}


def test_a_second_start_does_nothing_again_and_its_kill_leaves_nothing(
    first_run: FirstRun, start: Callable[..., Run]
) -> None:
    run = start(f"--data={first_run.release}")
    run.wait_ready()
    steps = re.findall(r"^  (\S[\w ,]*?)  +(.*) \(\d+\.\d s\)$", run.said, flags=re.MULTILINE)
    assert [name for name, result in steps if result != "as before"] == ["services", "web, worker"]
    assert len(steps) == 6
    run.end(signal.SIGKILL)
    assert eventually(lambda: processes_naming(str(first_run.state)) == {})


def test_a_part_that_dies_stops_everything_by_name(first_run: FirstRun, start: Callable[..., Run]) -> None:
    run = start()
    run.wait_ready()
    os.kill(run.pid_of("worker"), signal.SIGKILL)
    assert run.end() == 1
    log = first_run.state / "log" / "worker.log"
    assert f"The worker process ended by itself (exit code -9). The end of {log}:" in run.said


def test_stopped_in_the_middle_of_the_start(start: Callable[..., Run]) -> None:
    run = start()
    run.wait_for("  services")
    assert run.end(signal.SIGINT) == 0
    assert "Ready" not in run.said


def test_commands_find_the_data_of_the_run(first_run: FirstRun) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
    environment["STATE_DIR"] = str(first_run.state)
    words = [sys.executable, str(ROOT / "manage.py"), "figure", "mission=MINUSMA", "--json"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["figures"][0]["persons"] == 2
