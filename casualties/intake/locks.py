"""Locks that end with the session that holds them, so that a killed process holds none."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error, connection

BATCH = 7_301_101  # with a batch's id: somebody is working on it
APPLY = 7_301_102  # with 0: somebody is writing an import


@contextmanager
def working_on(batch_id: int) -> Iterator[bool]:
    """Hold the batch for the time of the block; gives False when another process holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [BATCH, batch_id])
        held = bool(cursor.fetchone()[0])
    try:
        yield held
    finally:
        if held:
            # With the session the lock is gone, too.
            with suppress(Error), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [BATCH, batch_id])


def wait_for_turn_to_write() -> None:
    """Wait until no other import is being written; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [APPLY])


def batches_being_worked_on() -> set[int]:
    """Ids of the batches that some process is working on at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT objid::bigint FROM pg_locks
            WHERE locktype = 'advisory' AND objsubid = 2 AND granted AND classid = %s
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """,
            [BATCH],
        )
        return {row[0] for row in cursor.fetchall()}
