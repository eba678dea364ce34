"""COPY as a stream: no error is swallowed, nothing runs on when the client leaves, memory stays what it is."""

import gc
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection
from psycopg2 import DataError

from casualties.exports.copying import BLOCK_BYTES, BLOCKS_AHEAD, CopyStream

pytestmark = pytest.mark.django_db
MANY = "SELECT generate_series(1, %s), repeat('x', 100)"  # made row by row, never as a whole


def no_head(cursor: Any) -> bytes:
    return b""


def until(true: Callable[[], bool], seconds: float = 15) -> bool:
    """Wait until it is so; False when it never is."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def workers() -> int:
    return sum(1 for thread in threading.enumerate() if thread.name.startswith("copy"))


def copies() -> int:
    """Queries of COPY that the server runs now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY (%' AND state = 'active'")
        return int(cursor.fetchone()[0])


@pytest.fixture(autouse=True)
def nothing_runs_on() -> Any:
    before = workers()
    yield
    assert until(lambda: workers() == before), "a thread is left"
    assert until(lambda: copies() == 0), "a query is left"


def test_it_works() -> None:
    stream = CopyStream("SELECT n, 'a,b' FROM generate_series(1, %s) AS n", [3], lambda cursor: b"n,text\r\n")
    assert b"".join(stream) == b'n,text\r\n1,"a,b"\r\n2,"a,b"\r\n3,"a,b"\r\n'
    assert list(stream) == []


def test_no_rows() -> None:
    assert b"".join(CopyStream("", [], lambda cursor: b"n\r\n")) == b"n\r\n"
    assert b"".join(CopyStream(MANY, [0], no_head)) == b""


def test_many_rows_arrive_whole() -> None:
    lines = b"".join(CopyStream(MANY, [50_000], no_head)).split(b"\r\n")
    assert [int(line.split(b",")[0]) for line in lines if line] == list(range(1, 50_001))


def test_what_fails_before_the_first_byte_is_raised_at_once() -> None:
    with pytest.raises(DatabaseError, match="nowhere"):
        CopyStream("SELECT * FROM nowhere", [], lambda cursor: cursor.execute("SELECT * FROM nowhere") or b"")
    with pytest.raises(LookupError, match="head"):
        CopyStream(MANY, [1], fail)


def fail(cursor: Any) -> bytes:
    raise LookupError("the head cannot be written")


def test_what_fails_later_is_raised_while_reading() -> None:
    """A file that ended there would look complete."""
    stream = CopyStream("SELECT 1 / (%s - n) FROM generate_series(1, 200000) AS n", [150_000], no_head)
    assert next(stream) == b""
    assert len(next(stream)) >= BLOCK_BYTES
    with pytest.raises(DataError, match="division by zero"):
        b"".join(stream)
    assert list(stream) == []


def test_a_client_that_leaves_stops_the_query() -> None:
    stream = CopyStream(MANY, [100_000_000], no_head)
    next(stream)
    next(stream)
    assert copies() == 1
    started = time.monotonic()
    stream.close()
    assert time.monotonic() - started < 10
    assert list(stream) == []


def test_a_stream_that_nobody_closes_ends_too() -> None:
    stream = CopyStream(MANY, [100_000_000], no_head)
    next(stream)
    del stream
    gc.collect()


def test_a_stream_that_nobody_reads_holds_few_blocks() -> None:
    """A slow client holds the database back; nothing piles up here."""
    stream = CopyStream(MANY, [100_000_000], no_head)
    assert until(stream._pipe.blocks.full)
    time.sleep(0.2)
    blocks = list(stream._pipe.blocks.queue)
    assert len(blocks) == BLOCKS_AHEAD
    assert sum(len(block) for block in blocks if isinstance(block, bytes)) < 2 * BLOCKS_AHEAD * BLOCK_BYTES
    stream.close()


def test_nothing_can_be_written() -> None:
    with pytest.raises(DatabaseError, match="read-only"):
        CopyStream("", [], lambda cursor: cursor.execute("CREATE TABLE made_by_a_reader (n int)") or b"")


def test_a_statement_has_an_end() -> None:
    found: list[str] = []

    def look(cursor: Any) -> bytes:
        cursor.execute("SHOW statement_timeout")
        found.append(cursor.fetchone()[0])
        cursor.execute("SHOW transaction_isolation")
        found.append(cursor.fetchone()[0])
        return b""

    assert b"".join(CopyStream("", [], look)) == b""
    assert found == ["30min", "repeatable read"]
