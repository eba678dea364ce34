"""A second session of the database of the test, for what holds between processes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def held_elsewhere(kind: int, number: int = 0) -> Iterator[None]:
    """Somebody else holds a lock of peacekeeping.session_locks for the time of the block."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [kind, number])
            yield
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind, number])  # closing would take effect later
    finally:
        other.close()
