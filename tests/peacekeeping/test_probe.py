"""The health checks of containers: 0 when the part is alive, else 1 and the reason."""

import os
import time
from pathlib import Path

import pytest

from peacekeeping import probe


def test_it_works(tmp_path: Path) -> None:
    (tmp_path / "schedule.db").touch()  # the ending that some systems give it
    assert probe.main(["beat", str(tmp_path / "schedule")]) == 0


@pytest.mark.parametrize("written", [True, False])
def test_a_timetable_that_is_silent_or_never_wrote(
    written: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if written:
        (tmp_path / "schedule").touch()
        long_ago = time.time() - probe.LONGEST_SILENCE_SECONDS - 1
        os.utime(tmp_path / "schedule", (long_ago, long_ago))
    assert probe.main(["beat", str(tmp_path / "schedule")]) == 1
    assert "has not written" in capsys.readouterr().err


def test_a_web_process_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BIND", "0.0.0.0:9")
    assert probe.main(["web"]) == 1
    assert "refused" in capsys.readouterr().err


def test_a_worker_that_does_not_answer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(probe, "WORKER_ANSWERS_WITHIN_SECONDS", 0.1)
    monkeypatch.setenv("BROKER_PREFIX", "nobody:")
    assert probe.main(["worker"]) == 1
    assert "has not answered" in capsys.readouterr().err


def test_a_broker_that_does_not_answer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:9/0")
    assert probe.main(["worker"]) == 1
    assert "the broker does not answer" in capsys.readouterr().err


def test_anything_else_is_explained() -> None:
    with pytest.raises(SystemExit, match="python -m peacekeeping"):
        probe.main(["timetable"])
