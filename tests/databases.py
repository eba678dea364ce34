"""Databases of the test run: made once by whichever process comes first, copied by the others.

`django_db_setup` replaces that of pytest-django: migrating takes seconds, and copying a migrated database a fraction of
one. `reference_facts` is a database with the missions, countries and person-years that come with the product.
`real_release` is the real release of 28 November 2023 in a database of its own, so that other tests never see its
people, nor do their truncations reach it. A module whose tests ask for it stands in that database from its first test
to its last; everything is committed there, so that files, which are read on connections of their own, see it too. Tests
may write: they are rolled back as always. Transactional tests must not ask for it, since they would empty the tables.

Nothing is removed at the end: the server goes with the run, and its folder with it.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests.own_servers import MARK

EMPTY, FACTS, REAL = "empty_template", "reference_template", "real_template"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A migrated database for this process, which transactional tests leave as migrations made it."""
    with django_db_blocker.unblock():
        _copy_of(EMPTY, _migrate, name=f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
        filled_by_migrations = _filled_tables()
    with pytest.MonkeyPatch.context() as patch:
        # Django would empty every table and then make content types and permissions anew: most of a second each time.
        patch.setattr(
            TransactionTestCase, "_fixture_teardown", lambda _self: _empty(_filled_tables() - filled_by_migrations)
        )
        yield


@pytest.fixture(scope="module")
def reference_facts(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Stand in the database with the reference facts for the rest of the module.

    A transactional test empties it; the next module then gets a new copy.
    """
    plain = str(connection.settings_dict["NAME"])
    with django_db_blocker.unblock():
        name = f"{plain}_facts"
        if not _exists(name) or not _has_facts(name):
            _copy_of(FACTS, _load_facts, name=name)
        _enter(name)
    yield
    with django_db_blocker.unblock():
        _enter(plain)


@pytest.fixture
def other_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> str:
    """The address of a migrated database that this process does not use: for processes that a test starts."""
    plain = str(connection.settings_dict["NAME"])
    with django_db_blocker.unblock():
        _copy_of(EMPTY, _migrate, name=f"{plain}_other")
        _enter(plain)
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{plain}_other"))


@pytest.fixture(scope="session")
def real_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> str:
    """Name of this process's database that holds the release."""
    plain = str(connection.settings_dict["NAME"])
    with django_db_blocker.unblock():
        _copy_of(REAL, _load_release, name=f"{plain}_real")
        _enter(plain)
    return f"{plain}_real"


@pytest.fixture(scope="module")
def real_release(real_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Stand in the database with the real release for the rest of the module."""
    plain = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        _enter(real_database)
    yield
    with django_db_blocker.unblock():
        _enter(plain)


def _copy_of(template: str, fill: Callable[[], None], *, name: str) -> None:
    """Make the database `name` as a copy of `template`, which is made and filled if it is not there yet; enter it."""
    with _one_process_at_a_time(template):
        if not _exists(template):
            fill()
        connection.close()  # a database that is in use cannot be copied
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    _enter(name)


@cache
def _tables() -> list[str]:
    return connection.introspection.table_names()


def _filled_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"(SELECT '{name}' FROM \"{name}\" LIMIT 1)" for name in _tables()))
        return {name for (name,) in cursor.fetchall()}


def _empty(tables: set[str]) -> None:
    """Delete the few rows of a test, past triggers and foreign keys. TRUNCATE takes a tenth of a second: new files."""
    if tables:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for name in sorted(tables):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")


def _migrate() -> None:
    _begin(EMPTY, "template0")
    call_command("migrate", verbosity=0, interactive=False)
    _finish(EMPTY)


def _load_facts() -> None:
    from missions.reference.load import load_reference

    _begin(FACTS, EMPTY)
    load_reference()
    _finish(FACTS)


def _has_facts(name: str) -> bool:
    from missions.models import Mission

    _enter(name)
    return Mission.objects.exists()


def _load_release() -> None:
    """Reference facts, the release through the steps of the intake, and the windows of it."""
    from casualties.filters import forget_basis
    from casualties.intake import import_at_once, stage_upload
    from casualties.trends.rebuild import rebuild
    from missions.reference.load import load_reference

    _begin(REAL, EMPTY)
    forget_basis()
    load_reference()
    release = settings.BASE_DIR.parent / "shared" / "data" / "fatalities-2023-11-28.csv"
    with release.open("rb") as file:
        batch = import_at_once(stage_upload(file, name=release.name, by_user=None))
    batch.refresh_from_db()
    if batch.persons != 4344:
        raise AssertionError(f"the real release was not loaded: {batch.state}, {batch.message}")
    rebuild(asked_by="tests")
    forget_basis()
    _finish(REAL)


def _begin(template: str, copied_from: str) -> None:
    """A template has its name only when it is whole: a process that dies while it makes it leaves no half of one."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "unfinished_{template}"')
        cursor.execute(f'CREATE DATABASE "unfinished_{template}" TEMPLATE "{copied_from}"')
    _enter(f"unfinished_{template}")


def _finish(template: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # the server of a test run does not do it by itself
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "unfinished_{template}" RENAME TO "{template}"')


def _exists(name: str) -> bool:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_database WHERE datname = %s)", [name])
        return bool(cursor.fetchone()[0])


def _enter(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


@contextmanager
def _one_process_at_a_time(work: str) -> Iterator[None]:
    with (Path(os.environ[MARK]) / f"{work}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
