"""A part of the run that ends is noticed, and named with the end of its log."""

import os
import sys
from pathlib import Path

import pytest

from peacekeeping.embedded import Postgres, Services
from peacekeeping.launcher.errors import LauncherError
from peacekeeping.launcher.processes import Child, stop_all
from peacekeeping.launcher.watching import ask_ready, look_after
from tests.peacekeeping.embedded.holder import eventually

pytestmark = pytest.mark.processes


def test_it_works(tmp_path: Path) -> None:
    child = Child("web", [sys.executable, "-c", "import time; time.sleep(600)"], os.environ, tmp_path / "web.log")
    look_after([child], Services([], {}))
    stop_all([child])


def test_a_child_that_ends(tmp_path: Path) -> None:
    program = "import sys; print('first'); print('the reason'); sys.exit(3)"
    child = Child("web", [sys.executable, "-c", program], os.environ, tmp_path / "web.log")
    assert eventually(child.ended)
    with pytest.raises(LauncherError, match=r"(?s)The web process ended by itself \(exit code 3\).*the reason"):
        look_after([child], Services([], {}))


def test_a_server_that_ends(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path / "postgres", "peacekeeping")
    postgres.start()
    look_after([], Services([postgres], {}))
    os.kill(int((tmp_path / "postgres" / "data" / "postmaster.pid").read_text().split("\n", 1)[0]), 9)
    assert eventually(lambda: not postgres.running())
    with pytest.raises(LauncherError, match=r"PostgreSQL ended by itself\. The end of .*server\.log"):
        look_after([], Services([postgres], {}))
    postgres.stop()


def test_nobody_answers() -> None:
    assert ask_ready("127.0.0.1", 9) == (0, "")
