"""What stops a run before anything is started: one clear sentence, exit code 1."""

import socket
from pathlib import Path

import pytest

from peacekeeping.launcher import run
from peacekeeping.launcher.__main__ import main


@pytest.fixture(autouse=True)
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "var"))
    return tmp_path / "var"


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "80.5"])
def test_a_port_that_is_none(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", f"--port={port}"]) == 1
    assert f"PORT must be a number from 1 to 65535, not '{port}'." in capsys.readouterr().err


def test_a_port_in_use_is_named(
    capsys: pytest.CaptureFixture[str], state_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "SECONDS_TO_LET_GO", 0.1)
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", 0))
        somebody.listen()
        port = somebody.getsockname()[1]
        assert main(["run", f"--port={port}"]) == 1
    assert f"Port {port} is in use by another program" in capsys.readouterr().err
    assert not (state_folder / "postgres").exists()


def test_a_release_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["run", f"--data={tmp_path / 'none.csv'}"]) == 1
    assert f"DATA names {tmp_path / 'none.csv'}, and there is no such file." in capsys.readouterr().err


def test_stop_without_a_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stop"]) == 0
    assert capsys.readouterr().out == "Nothing is running here.\n"
