"""Looking, while a file is made, whether it is still wanted; and saying how far it is."""

import logging
from collections.abc import Callable
from threading import Event, Thread
from types import TracebackType

from django.db import Error, connection

from casualties.models import Export

LOOK_SECONDS = 0.5
log = logging.getLogger(__name__)


class Stopped(Exception):
    """Nobody wants the file any more."""


class Watcher:
    """Notes the rows of a running export twice a second, and stops its maker once it is cancelled.

    A thread on a connection of its own: the maker's may wait for a query. `interrupt` is called from that thread, once,
    and ends such a waiting.
    """

    def __init__(self, export_id: int) -> None:
        self._export_id, self._rows = export_id, 0
        self._over, self._stopped = Event(), Event()
        self._thread = Thread(target=self._watch, name="export-watcher", daemon=True)
        self.interrupt: Callable[[], None] = lambda: None

    def __enter__(self) -> "Watcher":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    @property
    def stopped(self) -> bool:
        """Whether the file is wanted no more."""
        return self._stopped.is_set()

    def look(self, rows: int) -> None:
        """Say how many rows were read. Raises Stopped."""
        self._rows = rows
        if self.stopped:
            raise Stopped

    def _watch(self) -> None:
        try:
            while not self._over.wait(LOOK_SECONDS) and not self.stopped:
                self._look()
        finally:
            connection.close()

    def _look(self) -> None:
        running = Export.objects.filter(pk=self._export_id, state=Export.State.RUNNING)
        try:
            wanted = running.update(rows=self._rows)
        except Error:
            log.warning("Progress of export %s is not noted.", self._export_id, exc_info=True)
            connection.close()  # it may be dead; the next look opens another
            return
        if not wanted:
            self._stopped.set()
            self.interrupt()
