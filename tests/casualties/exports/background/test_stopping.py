"""An export that is cancelled stops at once, wherever it is, and leaves nothing behind."""

import time
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from casualties.exports import background
from casualties.exports.background import making, store, watching
from casualties.exports.background.store import folder
from casualties.models import Export
from peacekeeping.session_locks import held_numbers
from tests.casualties.exports.background.asked import TODAY, asked
from tests.factories import make_casualty, make_release, reader

pytestmark = pytest.mark.django_db(transaction=True)
State = Export.State
AT_MOST = 5  # seconds; it is well below one, but tests share their machine


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.02)


def make_elsewhere() -> Thread:
    """A worker, as a thread with a connection of its own."""

    def make() -> None:
        try:
            background.make_next(on=TODAY)
        finally:
            connection.close()

    thread = Thread(target=make)
    thread.start()
    return thread


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_while_the_database_is_asked(form: str) -> None:
    make_release()
    make_casualty()
    export = asked(reader(), form=form)
    with transaction.atomic():
        with connection.cursor() as cursor:  # the query of the file waits until we let go
            cursor.execute("LOCK TABLE casualties_casualty IN ACCESS EXCLUSIVE MODE")
        worker = make_elsewhere()
        running = Export.objects.filter(pk=export.pk, state=State.RUNNING)
        while not running.exists():
            time.sleep(0.01)
        time.sleep(0.1)
        assert worker.is_alive()
        cancelled = Thread(target=_cancel, args=(export,))
        cancelled.start()
        cancelled.join()
        worker.join(AT_MOST)
        assert not worker.is_alive(), "it went on waiting for the rows"
    export.refresh_from_db()
    assert (export.state, export.bytes) == (State.CANCELLED, 0)
    assert list(folder().iterdir()) == []
    assert not background.exports_are_waiting()
    assert held_numbers(making.TURN) == set()


def _cancel(export: Export) -> None:
    try:
        assert background.cancel(export)
    finally:
        connection.close()


@pytest.mark.parametrize("moment", ["rows", "packing"])
def test_while_a_workbook_is_written(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """Between two rows, and while the sheets are packed into one file."""
    make_release()
    make_casualty()
    make_casualty()
    monkeypatch.setattr("casualties.exports.workbooks.ROWS_BETWEEN_LOOKS", 1 if moment == "rows" else 100)
    export = asked(reader(), form="xlsx")
    looked: list[int] = []
    look = watching.Watcher.look

    def cancelled_then_looked(self: watching.Watcher, rows: int) -> None:
        if not looked:
            background.cancel(export)
            while not self.stopped:
                time.sleep(0.01)
        looked.append(rows)
        look(self, rows)

    monkeypatch.setattr(watching.Watcher, "look", cancelled_then_looked)
    assert background.make_next(on=TODAY)
    assert looked == [1 if moment == "rows" else 2]
    export.refresh_from_db()
    assert export.state == State.CANCELLED
    assert list(folder().iterdir()) == []


def test_at_the_last_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is whole by then, and removed."""
    make_release()
    make_casualty()
    export = asked(reader())

    def completed(one: Export) -> None:
        store.complete(one)
        background.cancel(one)

    monkeypatch.setattr(making, "complete", completed)
    assert background.make_next(on=TODAY)
    export.refresh_from_db()
    assert (export.state, export.sha256) == (State.CANCELLED, "")
    assert list(folder().iterdir()) == []


def test_progress_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    make_release()
    for _ in range(3):
        make_casualty()
    monkeypatch.setattr("casualties.exports.workbooks.ROWS_BETWEEN_LOOKS", 1)
    export = asked(reader(), form="xlsx")
    seen: list[int] = []
    look = watching.Watcher.look

    def looked(self: watching.Watcher, rows: int) -> None:
        look(self, rows)
        while rows and Export.objects.get(pk=export.pk).rows != rows:
            time.sleep(0.01)
        seen.append(rows)

    monkeypatch.setattr(watching.Watcher, "look", looked)
    assert background.make_next(on=TODAY)
    assert seen[:3] == [1, 2, 3]


def test_a_database_that_is_away_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The watcher's own connection dies under it: it opens another, and still hears that the export was cancelled."""
    make_release()
    export = asked(reader())
    Export.objects.filter(pk=export.pk).update(state=State.RUNNING)
    told = Event()
    look = watching.Watcher._look
    died: list[int] = []

    def killed(self: watching.Watcher) -> None:
        if not died:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                died.append(cursor.fetchone()[0])
            _end_session(died[0])
        look(self)

    monkeypatch.setattr(watching.Watcher, "_look", killed)
    with watching.Watcher(export.pk) as watcher:
        watcher.interrupt = told.set
        watcher.look(7)
        end = time.monotonic() + AT_MOST
        while not Export.objects.filter(pk=export.pk, rows=7).exists():
            assert time.monotonic() < end, "it never came back"
            time.sleep(0.01)
        assert background.cancel(export)
        assert told.wait(AT_MOST)
        assert watcher.stopped


def _end_session(number: int) -> None:
    """From a connection of its own, as an administrator does."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [number])
    finally:
        other.close()


def test_what_is_over_cannot_be_cancelled() -> None:
    make_release()
    export = asked(reader())
    assert background.cancel(export)
    assert not background.cancel(export)
    assert not background.make_next(on=TODAY)
