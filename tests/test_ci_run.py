""".ci/run: only tests that failed are run once more; whatever else goes wrong fails the run."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ("python", "ruff", "mypy", "lint-imports", "djade")
# Stands for every program of the environment: notes how it was called, and ends as the test says.
PROGRAM = """\
#!/bin/sh
echo "$*" >> calls
case "$*" in
  "-m tests.chromium") exit $BROWSER ;;
  "-m pytest -n "*) exit $FIRST ;;
  "-m pytest --last-failed "*) exit $AGAIN ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The real Makefile and .ci/run among programs that do nothing; an earlier run has left what failed then."""
    for name in (".ci/run", "Makefile", "requirements.txt", "requirements-embedded.txt", "requirements-dev.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy2(ROOT / name, tmp_path / name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for name in PROGRAMS:
        (tmp_path / ".venv" / "bin" / name).write_text(PROGRAM)
        (tmp_path / ".venv" / "bin" / name).chmod(0o755)
    for name in ("runtime.stamp", "development.stamp"):
        (tmp_path / ".venv" / name).touch()
    (tmp_path / ".pytest_cache").mkdir()
    (tmp_path / ".pytest_cache" / "ended").write_text("1")
    (tmp_path / ".pytest_cache" / "lastfailed").write_text("{}")
    return tmp_path


@pytest.mark.parametrize(
    ("browser", "first", "again", "good", "repeated"),
    [
        (0, 0, 0, True, False),
        (0, 1, 0, True, True),
        (0, 1, 1, False, True),
        (0, 2, 0, False, False),  # interrupted
        (0, 3, 0, False, False),  # failed itself
        (0, 137, 0, False, False),  # killed
        (1, 0, 0, False, False),  # never begun
    ],
)
def test_it_works(checkout: Path, *, browser: int, first: int, again: int, good: bool, repeated: bool) -> None:
    environment = {
        "PATH": os.environ["PATH"], "BROWSER": str(browser), "FIRST": str(first), "AGAIN": str(again),
    }  # fmt: skip
    done = subprocess.run([checkout / ".ci" / "run"], env=environment, capture_output=True, text=True, check=False)
    calls = (checkout / "calls").read_text()
    assert (done.returncode == 0) is good, done.stderr
    assert ("-m pytest --last-failed" in calls) is repeated
    assert not (checkout / ".pytest_cache" / "lastfailed").exists()
