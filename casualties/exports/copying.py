"""Streaming the answer of one query as CSV by PostgreSQL's COPY, in constant memory.

A thread of its own reads on a connection of its own, in one read-only snapshot; a short queue holds it back when the
client is slow. Nothing ends silently: what fails before the first byte is raised to the caller, what fails later is
raised while the file is read, so that the server breaks off the answer and the client sees an incomplete transfer.
"""

import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Any

import psycopg2
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

BLOCK_BYTES = 128 * 1024
BLOCKS_AHEAD = 8
LONGEST_SECONDS = 30 * 60  # a slow client holds the statement open, so this is the time of a download
POLL_SECONDS = 0.5

Head = Callable[[Any], bytes]


class ClientLeft(Exception):
    """Nobody reads the file any more."""


class _Pipe:
    """The file that COPY writes to: blocks of bytes, rows ending with CRLF, in a bounded queue."""

    def __init__(self) -> None:
        self.blocks: Queue[bytes | BaseException | None] = Queue(BLOCKS_AHEAD)
        self.left = Event()
        self.rows = 0
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> int:
        """One row from COPY, which sends each in a message of its own. Line breaks within cells stay as they are."""
        self._parts.append(data[:-1] + b"\r\n")
        self._size += len(data)
        self.rows += 1
        if self._size >= BLOCK_BYTES:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._parts:
            block = b"".join(self._parts)
            self._parts, self._size = [], 0
            self.put(block)

    def put(self, item: bytes | BaseException | None) -> None:
        """Wait for room; raises ClientLeft when nobody will make any."""
        while not self.left.is_set():
            try:
                return self.blocks.put(item, timeout=POLL_SECONDS)
            except Full:
                continue
        raise ClientLeft

    def take(self, worker: Thread) -> bytes | BaseException | None:
        """The next block; an error if the worker died without a word."""
        while True:
            try:
                return self.blocks.get(timeout=POLL_SECONDS)
            except Empty:
                if not worker.is_alive() and self.blocks.empty():
                    return RuntimeError("the export stopped without an end")


class CopyStream(Iterator[bytes]):
    """The CSV rows of a query as an iterator of blocks of bytes; `close()` stops the query at once.

    `sql` with `params` is the query, or "" when it is known to have no rows. `head` is called first, with a cursor in
    the snapshot that the rows come from, and returns what stands above them; what it raises, the constructor raises.
    """

    def __init__(self, sql: str, params: Sequence[Any], head: Head) -> None:
        connection = connections[DEFAULT_DB_ALIAS].copy()
        connection.inc_thread_sharing()
        self._pipe = _Pipe()
        self._worker = Thread(target=_copy, args=(connection, sql, params, head, self._pipe), daemon=True, name="copy")
        # When nobody closes us (the answer was thrown away) the thread must not wait for a reader for ever.
        self._finalizer = weakref.finalize(self, _leave, connection, self._pipe)
        self._worker.start()
        self._first: bytes | None = self._next_block()

    @property
    def rows(self) -> int:
        """How many rows came from the database so far; a few blocks of them may not have been taken yet."""
        return self._pipe.rows

    def __next__(self) -> bytes:
        if self._first is not None:
            block, self._first = self._first, None
            return block
        return self._next_block()

    def close(self) -> None:
        """Stop the query, if it still runs, and wait for its thread."""
        self._finalizer()
        self._worker.join(10)

    def _next_block(self) -> bytes:
        if not self._finalizer.alive:
            raise StopIteration
        item = self._pipe.take(self._worker)
        if isinstance(item, bytes):
            return item
        self._finalizer.detach()  # the worker is done by itself: nothing to stop
        self._worker.join(10)
        if item is None:
            raise StopIteration
        raise item


def _leave(connection: BaseDatabaseWrapper, pipe: _Pipe) -> None:
    pipe.left.set()
    running = connection.connection
    if running is not None:
        with suppress(psycopg2.InterfaceError):  # closed just now: it ended by itself
            running.cancel()  # psycopg2 allows this from another thread


def _copy(connection: BaseDatabaseWrapper, sql: str, params: Sequence[Any], head: Head, pipe: _Pipe) -> None:
    end: BaseException | None = None
    try:
        connection.set_autocommit(False)
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = %s", [LONGEST_SECONDS * 1000])
            pipe.put(head(cursor))
            if sql:
                query = cursor.mogrify(sql, params).decode()
                cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT csv, ENCODING 'UTF8')", pipe)
                pipe.flush()
    except BaseException as error:  # whatever it was, the reader has to hear of it
        end = error
    try:
        pipe.put(end)  # before the connection is closed: an error there must not leave the reader waiting
    except ClientLeft:
        pass
    finally:
        connection.close()
