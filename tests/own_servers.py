"""PostgreSQL and Valkey of one test run's own, in a temporary folder, and an environment that leads to nothing else.

The run's first process starts them before Django reads its settings; the workers of pytest-xdist inherit the
environment. When that process ends, however it ends, the servers stop and their folder goes.
"""

import os
import shutil
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg2

from peacekeeping.embedded import Services, start_services

MARK = "PEACEKEEPING_TEST_RUN"
MEMORY = Path("/dev/shm")
ENOUGH = 6 * 2**30  # bytes; a run's databases take one and a half GB


def start_own_servers() -> Services | None:
    """Start the servers of this run and set the environment. None in a worker, which inherits it."""
    services = None
    if MARK not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="peacekeeping-test-", dir=in_memory()))
        folder.chmod(0o755)  # the servers' own user passes through it, into folders that only he can read
        services = start_services(folder, {}, throwaway=True)
        os.environ.update(services.environment)
        os.environ[MARK] = str(folder)
        _leave_tidying_aside(services)
    folder = Path(os.environ[MARK])
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    os.environ.update(
        SECRET_KEY="the tests use a key that protects nothing",
        DEBUG="0",
        ALLOWED_HOSTS="localhost,127.0.0.1,testserver",
        CSRF_TRUSTED_ORIGINS="",
        PUBLIC_READING="1",
        OPEN_DATA_URL="http://127.0.0.1:9/nobody-listens",
        STATE_DIR=str(folder / "state" / worker),
        STATIC_ROOT=str(folder / "static"),
        BROKER_PREFIX=f"{worker}:",
        DJANGO_SETTINGS_MODULE="peacekeeping.settings",
    )
    for name in ("STATE_DIR", "STATIC_ROOT"):
        Path(os.environ[name]).mkdir(parents=True, exist_ok=True)
    return services


def in_memory() -> Path | None:
    """Where files are memory, if there is room: a database is copied for each module, and nothing of it is kept."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH
    return MEMORY if roomy else None


def _leave_tidying_aside(services: Services) -> None:
    """The server is gone before its tables want tidying: what autovacuum does meanwhile is taken from the tests."""
    with closing(psycopg2.connect(services.environment["DATABASE_URL"])) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("ALTER SYSTEM SET autovacuum = off")
            cursor.execute("SELECT pg_reload_conf()")


def stop_own_servers(services: Services) -> None:
    """Stop the servers of this run; its folder goes with them."""
    services.stop()
    del os.environ[MARK]
