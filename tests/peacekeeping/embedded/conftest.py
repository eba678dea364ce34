"""Folders for embedded servers, and the proof after each test that nothing of them is left."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from peacekeeping.embedded.account import elsewhere
from tests.own_servers import in_memory
from tests.peacekeeping.embedded.holder import eventually, processes_naming


@pytest.fixture
def folder() -> Iterator[Path]:
    """A state folder that every user of this machine can pass through. Nothing may be left of its servers."""
    parent = Path(tempfile.mkdtemp(prefix="pk-", dir=in_memory()))
    parent.chmod(0o755)
    yield from _state_folder(parent)


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A state folder under one that nobody but its owner can pass through, as under /root."""
    parent = Path(tempfile.mkdtemp(prefix="pk-", dir=in_memory()))
    assert parent.stat().st_mode & 0o077 == 0
    yield from _state_folder(parent)


@pytest.fixture(scope="session")
def folder_of_the_process() -> Iterator[Path]:
    """A state folder for several tests: making the data of a server takes longer than most of what is done with it."""
    parent = Path(tempfile.mkdtemp(prefix="pk-", dir=in_memory()))
    parent.chmod(0o755)
    yield from _state_folder(parent)


@pytest.fixture
def used_folder(folder_of_the_process: Path) -> Iterator[Path]:
    """One state folder for all of them, in which a server may have run before. Nothing may be left of this test's."""
    yield folder_of_the_process
    left = eventually(lambda: not processes_naming(str(folder_of_the_process)))
    assert left, processes_naming(str(folder_of_the_process))


def _state_folder(parent: Path) -> Iterator[Path]:
    state = parent / "var"
    yield state
    left = eventually(lambda: not processes_naming(str(parent)))
    for name in ("postgres", "valkey"):
        shutil.rmtree(elsewhere(state / name), ignore_errors=True)
    shutil.rmtree(parent)
    assert left, processes_naming(str(parent))


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to let another user run the servers")
