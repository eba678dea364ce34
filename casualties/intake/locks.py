"""Locks of imports: who works on a batch, and whose turn it is to write."""

from contextlib import AbstractContextManager

from django.db import connection

from peacekeeping.session_locks import held_numbers, hold

BATCH = 7_301_101  # with a batch's id: somebody is working on it
APPLY = 7_301_102  # with 0: somebody is writing an import


def working_on(batch_id: int) -> AbstractContextManager[bool]:
    """Hold the batch for the time of the block; gives False when another process holds it."""
    return hold(BATCH, batch_id)


def wait_for_turn_to_write() -> None:
    """Wait until no other import is being written; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [APPLY])


def batches_being_worked_on() -> set[int]:
    """Ids of the batches that some process is working on at this moment."""
    return held_numbers(BATCH)
