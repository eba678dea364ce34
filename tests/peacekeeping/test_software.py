"""The state of the software moves with every file that figures and pages are made of, and with no other."""

import os
import time
from pathlib import Path

import pytest

from peacekeeping.software import HERE, files_of, read_software, software

MADE_OF = (
    "casualties/choices.py",
    "missions/reference/missions.csv",
    "peacekeeping/tables/writing.py",
    "peacekeeping/locale/fr/LC_MESSAGES/django.mo",
    "templates/base.html",
    "requirements.txt",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small software."""
    for name in MADE_OF:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one")
    return tmp_path


def test_it_works() -> None:
    assert software() is software()
    assert len(software().state) == 64
    assert 0 < software().since <= time.time()
    assert set(files_of(HERE)) >= set(MADE_OF)


@pytest.mark.parametrize("name", MADE_OF)
def test_another_content_of_the_same_length_and_time_is_another_state(folder: Path, name: str) -> None:
    before, times = read_software(folder), (folder / name).stat()
    (folder / name).write_text("two")
    os.utime(folder / name, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert read_software(folder).state != before.state


def test_a_file_that_is_moved_is_another_state(folder: Path) -> None:
    before = read_software(folder)
    (folder / MADE_OF[0]).rename(folder / "casualties/other.py")
    assert read_software(folder).state != before.state


def test_the_same_files_elsewhere_and_compiled_are_the_same_state(folder: Path) -> None:
    before = read_software(folder)
    (folder / "casualties" / "__pycache__").mkdir()
    (folder / "casualties" / "__pycache__" / "counting.cpython-311.pyc").write_bytes(b"code")
    for name in MADE_OF:
        os.utime(folder / name, (1, 1))
    assert read_software(folder).state == before.state


def test_a_file_that_kept_its_time_when_it_was_copied_is_as_new_as_its_copy(folder: Path) -> None:
    before = time.time() - 1
    for name in MADE_OF:
        os.utime(folder / name, (1, 1))
    assert read_software(folder).since > before
