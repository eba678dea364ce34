"""What a killed process left in our folder of temporary files goes; what is in use and what is not ours stays."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from peacekeeping.temporary_files import LOST_AFTER, forget_lost

NOW = datetime(2024, 1, 10, tzinfo=UTC)


def leave(folder: Path, name: str, *, age: timedelta) -> None:
    path = folder / name
    if name.startswith("workbook-"):
        path.mkdir(parents=True)
        (path / "rows").write_text("a name")
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a name")
    os.utime(path, ((NOW - age).timestamp(),) * 2)


def test_what_was_lost_goes(settings: Any, tmp_path: Path) -> None:
    settings.STATE_DIR, settings.TEMPORARY_FILES = tmp_path, tmp_path / "tmp"
    for name in ("a.upload", "workbook-a"):
        leave(tmp_path / "tmp", name, age=LOST_AFTER + timedelta(seconds=1))
    for name in ("b.upload", "workbook-b"):
        leave(tmp_path / "tmp", name, age=LOST_AFTER - timedelta(seconds=1))
    forget_lost(NOW)
    assert sorted(path.name for path in (tmp_path / "tmp").iterdir()) == ["b.upload", "workbook-b"]


def test_a_folder_of_others_is_left(settings: Any, tmp_path: Path) -> None:
    settings.STATE_DIR, settings.TEMPORARY_FILES = tmp_path / "state", tmp_path / "tmp"
    leave(tmp_path / "tmp", "a.upload", age=timedelta(days=9))
    forget_lost(NOW)
    settings.TEMPORARY_FILES = None
    forget_lost(NOW)
    assert (tmp_path / "tmp" / "a.upload").exists()
