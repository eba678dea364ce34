"""`real_release`: the real release of 28 November 2023, imported once per test process into a database of its own.

The database is a copy of the empty test database, so that other tests never see its people, nor do their truncations
reach it. A module whose tests ask for the fixture stands in that database from its first test to its last; everything
is committed there, so that files, which are read on connections of their own, see it too. Tests may write: they are
rolled back as always. Transactional tests must not ask for it, since they would empty the tables.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

SUFFIX = "_real"


@pytest.fixture(scope="session")
def real_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Name of the database that holds the release; it goes when the process ends."""
    plain = connection.settings_dict["NAME"]
    name = f"{plain}{SUFFIX}"
    with django_db_blocker.unblock():
        connection.close()  # a database that is in use cannot be copied
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{plain}"')
        _enter(name)
        try:
            with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("uploads")):
                _load(settings.BASE_DIR.parent / "shared" / "data" / "fatalities-2023-11-28.csv")
        finally:
            _enter(plain)
    yield name
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


@pytest.fixture(scope="module")
def real_release(real_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Stand in the database with the real release for the rest of the module."""
    plain = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        _enter(real_database)
    yield
    with django_db_blocker.unblock():
        _enter(plain)


def _enter(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _load(release: Path) -> None:
    """Reference facts, the release through the steps of the intake, and the windows of it."""
    from casualties.intake import import_at_once, stage_upload
    from casualties.trends.rebuild import rebuild
    from missions.reference.load import load_reference

    load_reference()
    with release.open("rb") as file:
        batch = import_at_once(stage_upload(file, name=release.name, by_user=None))
    batch.refresh_from_db()
    if batch.persons != 4344:
        raise AssertionError(f"the real release was not loaded: {batch.state}, {batch.message}")
    rebuild(asked_by="tests")
