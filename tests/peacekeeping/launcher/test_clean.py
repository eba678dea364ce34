"""`make clean`: what it removes, and what other runs of the checkout still serve."""

from pathlib import Path

import pytest

from peacekeeping.launcher import __main__ as launcher


@pytest.fixture
def vendor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Fetched front-end files, and a state folder "own" that stands for the checkout's."""
    folder = tmp_path / "vendor"
    folder.mkdir()
    own = (tmp_path / "own").resolve()
    monkeypatch.delenv("STATE_DIR", raising=False)
    monkeypatch.setattr(launcher, "VENDOR", folder)
    monkeypatch.setattr(launcher, "state_folder", lambda given: Path(given.get("STATE_DIR") or own))
    for name in ("own", "other"):
        (tmp_path / name / "log").mkdir(parents=True)
    return folder


def test_it_removes_the_state_of_the_checkout_and_what_was_fetched(vendor: Path, tmp_path: Path) -> None:
    assert launcher.main(["clean"]) == 0
    assert not (tmp_path / "own").exists()
    assert not vendor.exists()


def test_another_state_folder_leaves_what_was_fetched(
    vendor: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "other"))
    assert launcher.main(["clean"]) == 0
    assert not (tmp_path / "other").exists()
    assert (tmp_path / "own").exists()
    assert vendor.exists()
