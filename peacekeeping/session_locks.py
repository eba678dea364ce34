"""Locks that end with the database session that holds them, so that a killed process holds none.

A lock is a kind, which each user of this module chooses once for itself, and a number within it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error, connection


@contextmanager
def hold(kind: int, number: int, *, wait: bool = False) -> Iterator[bool]:
    """Hold the lock for the time of the block; gives False when another session holds it, unless told to wait for it.

    Tasks do not wait: whoever waits keeps a process of the worker from all other work.
    """
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [kind, number])
            held = True
        else:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [kind, number])
            held = bool(cursor.fetchone()[0])
    try:
        yield held
    finally:
        if held:
            _let_go(kind, number)


def _let_go(kind: int, number: int) -> None:
    # With the session the lock is gone, too.
    with suppress(Error), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind, number])


def held_numbers(kind: int) -> set[int]:
    """The numbers of that kind that some session holds at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT objid::bigint FROM pg_locks
            WHERE locktype = 'advisory' AND objsubid = 2 AND granted AND classid = %s
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """,
            [kind],
        )
        return {row[0] for row in cursor.fetchall()}
