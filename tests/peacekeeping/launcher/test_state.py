"""What a run keeps: one launcher at a time, a key of its own, what is done; and what `make clean` may remove."""

import re
from pathlib import Path

import pytest

from peacekeeping.launcher.errors import LauncherError
from peacekeeping.launcher.state import ROOT, State, fingerprint


def test_it_works(tmp_path: Path) -> None:
    state = State(tmp_path / "var")
    assert state.running() is None
    with state.held("http://127.0.0.1:8000/"):
        assert state.running() is not None
    assert state.running() is None


def test_a_second_launcher_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    with (
        State(tmp_path).held("http://127.0.0.1:8000/"),
        pytest.raises(LauncherError, match=r"already running here: http://127.0.0.1:8000/"),
        State(tmp_path).held("http://127.0.0.1:8001/"),
    ):
        pass


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    key = State(tmp_path).secret_key()
    assert len(key) >= 50
    assert State(tmp_path).secret_key() == key
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_step_is_done_until_its_ingredients_change(tmp_path: Path) -> None:
    state, file = State(tmp_path / "var"), tmp_path / "one.txt"
    file.write_text("a")
    state.folder.mkdir()
    assert state.last_done("step") == []
    state.mark_done("step", ["database 1", fingerprint([file])])
    assert state.last_done("step") == ["database 1", fingerprint([file])]
    file.write_text("b")
    assert state.last_done("step") != ["database 1", fingerprint([file])]
    assert fingerprint([file]) != fingerprint([file], "a fact")


def test_cleaning_removes_everything_that_the_documentation_names(tmp_path: Path) -> None:
    table = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").split("### Variables")[0]
    named = set(re.findall(r"`var/([a-z-]+(?:\.txt)?)`", table))
    assert {"briefs", "exports", "uploads", "postgres", "secret-key"} <= named
    state = State(tmp_path / "var")
    for name in named:
        (state.folder / name / "1").mkdir(parents=True)
    state.remove()
    assert not state.folder.exists()


def test_cleaning_leaves_what_no_run_has_put_there(tmp_path: Path) -> None:
    state = State(tmp_path / "var")
    state.folder.mkdir()
    state.secret_key()
    state.mark_done("step", ["x"])
    mine = state.folder / "my-notes.txt"
    mine.write_text("keep")
    state.remove()
    assert [path.name for path in state.folder.iterdir()] == ["my-notes.txt"]
    mine.unlink()
    state.remove()
    assert not state.folder.exists()
