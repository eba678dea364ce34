"""What every test stands on: servers of the run's own, folders of the test's own, no network."""

import gc
import os
import shutil
import socket
from itertools import zip_longest
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.own_servers import start_own_servers, stop_own_servers

# What is imported and collected stays: to look through it for garbage again and again is a fifth of the time it takes.
gc.disable()

# Before anything else: the settings read the environment once.
_services = start_own_servers()

import django  # noqa: E402

django.setup()
# The workers of pytest-xdist inherit the environment. With this name in it pytest-django reads the settings before they
# have set their own broker prefix and folders, and all of them would share one queue.
os.environ.pop("DJANGO_SETTINGS_MODULE", None)

from django.conf import settings as of_the_run  # noqa: E402
from django.template import Template  # noqa: E402
from django.utils import translation  # noqa: E402

# A real hash takes half a second for each user of a test; static files are found where they are written, not collected.
of_the_run.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
of_the_run.STORAGES = {
    **of_the_run.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Where a test does not say otherwise: a hundred examples of what asks a database are seconds.
hypothesis.settings.register_profile("of the run", max_examples=30, deadline=None)
hypothesis.settings.load_profile("of the run")

pytest_plugins = ["tests.databases"]
HERE = ("127.0.0.1", "::1", "localhost", "", None)
_render = Template._render  # type: ignore[attr-defined]
REAL_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_unconfigure() -> None:
    """Stop the servers when the run ends (in its first process only)."""
    if _services is not None:
        stop_own_servers(_services)


def pytest_xdist_auto_num_workers() -> int:
    """As many processes as processors: one more hides some waiting, but all of them then take a tenth longer."""
    return os.cpu_count() or 1


LONG_ONES_FIRST = ("browser", "long", "realdata")
DATABASES = {"django_db_setup", "db", "transactional_db"}


def pytest_collection_finish() -> None:
    """From here on garbage is looked for, though not among what was imported: that would take a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files in the order in which they are handed out; without the real release its tests are skipped."""
    place = {path: number for number, path in enumerate(_in_order(items))}
    items.sort(key=lambda item: place[item.path])  # the order within a file stays as it is
    if REAL_DATA.is_dir():
        return
    skip = pytest.mark.skip(reason="the real release is not here: no folder ../shared/data beside the checkout")
    for item in items:
        if "realdata" in item.keywords:
            item.add_marker(skip)


def _in_order(items: list[pytest.Item]) -> list[Path]:
    """Long files come first, so that no process is left alone with one: they are handed out whole (`--dist loadfile`).

    Files that start processes wait for them much of their time. Every second one is of another kind, so that the
    processors have something to do meanwhile; those that need no database go before, for it is made at the same time.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)

    def marked(path: Path, mark: str) -> bool:
        return any(mark in item.keywords for item in files[path])

    def needs_database(path: Path) -> bool:
        return any(not DATABASES.isdisjoint(getattr(item, "fixturenames", ())) for item in files[path])

    waiting = sorted((path for path in files if marked(path, "processes")), key=needs_database)
    long = [path for mark in LONG_ONES_FIRST for path in files if marked(path, mark) and path not in waiting]
    between = (path for pair in zip_longest(waiting, long) for path in pair if path is not None)
    return list(dict.fromkeys([*between, *sorted(files, key=lambda path: -len(files[path]))]))


@pytest.fixture(scope="session", autouse=True)
def templates_as_they_are(django_test_environment: None) -> None:
    """Django copies the context of every template that a page includes for its test client. Tests read what is sent."""
    Template._render = _render  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder with the real release; for tests marked `realdata`."""
    return REAL_DATA


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What a process remembers of one version of the data is no use to the next test: its transaction was undone."""
    from casualties.filters import forget_basis

    forget_basis()


@pytest.fixture(autouse=True)
def language_of_the_settings() -> None:
    """A page leaves its language in the process; a test begins in that of the settings."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def empty_folders() -> None:
    """A test finds the state folder of its process, with uploads, exports and briefs, empty."""
    for entry in os.scandir(of_the_run.STATE_DIR):
        shutil.rmtree(entry.path) if entry.is_dir() else os.unlink(entry.path)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that would leave this machine fails at once and says where it wanted to go."""
    connect, getaddrinfo = socket.socket.connect, socket.getaddrinfo

    def check(host: Any) -> None:
        if host not in HERE:
            raise AssertionError(f"A test tried to reach {host}: tests do not use the network.")

    def connect_here(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple):
            check(address[0])
        connect(self, address)

    def look_up_here(host: Any, *arguments: Any, **options: Any) -> list[Any]:
        check(host)
        return getaddrinfo(host, *arguments, **options)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
    monkeypatch.setattr(socket, "getaddrinfo", look_up_here)
