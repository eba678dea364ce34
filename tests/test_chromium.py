"""The browser that the browser tests drive."""

from pathlib import Path

import pytest

from tests.chromium import installed


@pytest.mark.parametrize(
    ("there", "taken"),
    [
        (["google-chrome", "chromium"], "chromium"),
        (["chromium", "chromium-headless-shell"], "chromium-headless-shell"),
    ],
)
def test_the_leanest_browser_of_the_machine_is_taken(
    there: list[str], taken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in there:
        (tmp_path / name).touch(mode=0o755)
    assert installed() == str(tmp_path / taken)


def test_another_one_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/opt/another")
    assert installed() == "/opt/another"
