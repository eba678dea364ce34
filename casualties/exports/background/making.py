"""Making the exports that wait: one at a time, by the makers of the files that are sent at once.

One at a time, because a long file keeps a process busy for minutes and imports and briefs need the other one. Whoever
holds the turn makes; an export that is running while nobody holds it was lost with its worker, and is made anew.
"""

from contextlib import suppress
from datetime import date
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.db.models import Case, F, Value, When
from django.utils import timezone

from casualties.counts import NotAvailable
from casualties.exports.background.asking import room_of
from casualties.exports.background.rights import as_stored, covers, rights_of, what_was_lost
from casualties.exports.background.store import complete, part_of, remove
from casualties.exports.background.watching import Stopped, Watcher
from casualties.exports.columns import UnknownColumn
from casualties.exports.files import DataMoved
from casualties.exports.makers import MAKERS
from casualties.exports.sent import SentFile
from casualties.filters import Selection, load_basis, select, viewer_of
from casualties.models import Export
from casualties.models.export import UNDER_WAY
from missions.models import User
from peacekeeping.session_locks import held_numbers, hold

TURN = 7_301_103  # with 0: somebody is making an export
MOST_ATTEMPTS = 3  # what kills its worker every time would else be taken up for ever
PASSES = 3  # over data that change while they are read
State, Reason = Export.State, Export.Reason


class _Refused(Exception):
    """The file cannot be had: a reason of Export, and what it names."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail


def exports_are_waiting() -> bool:
    """Whether there is work, and nobody does it. For the sweep."""
    return Export.objects.filter(state__in=UNDER_WAY).exists() and 0 not in held_numbers(TURN)


def make_next(*, on: date) -> bool:
    """Make the export that was lost, or else has waited longest, with the rights of its owner on that day.

    False where nothing waits, or another process makes exports. What it raises has ended the export already.
    """
    with hold(TURN, 0) as mine:
        export = _begun() if mine else None
        if export is None:
            return False
        watcher = Watcher(export.pk)
        try:
            with watcher:
                _make(export, watcher, on)
        except _Refused as refused:
            _fail(export, refused.reason, refused.detail)
        except Exception as error:
            if watcher.stopped or isinstance(error, Stopped):  # whatever it says, nobody wants the file any more
                connection.close()  # an order to end its query may still be on the way to it
                remove(export)
                return True
            with suppress(Error):  # where the database itself is gone, the sweep will take it up again
                _fail(export, Reason.FAILURE, type(error).__name__)
            raise
        return True


def _begun() -> Export | None:
    """The next one, running from now on."""
    lost_first = Case(When(state=State.RUNNING, then=Value(0)), default=Value(1))
    for export in Export.objects.filter(state__in=UNDER_WAY).order_by(lost_first, "asked_at", "id"):
        begun = Export.objects.filter(pk=export.pk, state__in=UNDER_WAY)
        if export.attempts >= MOST_ATTEMPTS:
            _fail(export, Reason.LOST)
        elif begun.update(state=State.RUNNING, attempts=F("attempts") + 1, rows=0):
            export.refresh_from_db()
            return export
    return None


def _make(export: Export, watcher: Watcher, on: date) -> None:
    """Write the file whole, then say that it is there. Raises Stopped, _Refused."""
    owner = User.objects.get(pk=export.owner_id)
    for _pass in range(PASSES):
        selection = _selection(export, owner, on)
        try:
            file = _file(export, selection, watcher)
            digest, size = _written(export, file, watcher, room_of(owner).free_bytes)
        except DataMoved:
            continue
        complete(export)
        return _done(export, file, selection, digest, size)
    raise _Refused(Reason.DATA_MOVED)


def _selection(export: Export, owner: User, on: date) -> Selection:
    """What was asked for, as its owner sees it on that day. Raises _Refused where they may not have it any more."""
    if not owner.is_active:
        raise _Refused(Reason.ACCOUNT)
    now, then = viewer_of(owner, on=on), rights_of(export)
    if not covers(now, then):
        raise _Refused(Reason.RIGHT, what_was_lost(now, then, load_basis().acronym_of))
    selection = select(export.query, now)
    if selection.problems:
        raise _Refused(Reason.SELECTION, "; ".join(str(problem) for problem in selection.problems))
    return selection


def _file(export: Export, selection: Selection, watcher: Watcher) -> SentFile:
    make = MAKERS[export.file, export.form]
    options: dict[str, Any] = {"columns": export.columns}
    if export.form == Export.Form.CSV:
        options["header"] = export.header
    else:
        options["watch"] = watcher.look
        running = connection.connection
        watcher.interrupt = running.cancel  # of psycopg2: may be called from another thread
    try:
        file = make(selection, **options)
    except UnknownColumn as unknown:
        raise _Refused(Reason.RIGHT, f"columns={unknown.name}") from None
    except NotAvailable as reason:
        raise _Refused(Reason.NOT_AVAILABLE, str(reason)) from None
    if export.form == Export.Form.CSV:
        watcher.interrupt = file.close
    return file


def _written(export: Export, file: SentFile, watcher: Watcher, space: int) -> tuple[str, int]:
    """Write the part, of at most `space` bytes; its SHA-256 and its bytes."""
    digest, size = sha256(), 0
    rows = file.rows or (lambda: 0)
    try:
        with part_of(export).open("wb") as part:
            for block in file.blocks:
                digest.update(block)
                size += len(block)
                if size > space:
                    raise _Refused(Reason.SPACE)
                part.write(block)
                watcher.look(rows())
        watcher.look(rows())  # blocks that were closed by the watcher have ended as if they were all
    finally:
        file.close()
    return digest.hexdigest(), size


def _done(export: Export, file: SentFile, selection: Selection, digest: str, size: int) -> None:
    now = timezone.now()
    wanted = Export.objects.filter(pk=export.pk, state=State.RUNNING).update(
        state=State.DONE,
        rows=file.rows() if file.rows else 0,
        bytes=size,
        sha256=digest,
        name=file.name,
        columns=list(file.columns),
        missions=as_stored(selection.viewer),  # those of the day: whoever saw less when they asked may lose it again
        data_version=selection.basis.version,
        finished_at=now,
        expires_at=now + settings.EXPORT_KEPT_FOR,
    )
    if not wanted:
        raise Stopped


def _fail(export: Export, reason: str, detail: str = "") -> None:
    waiting = Export.objects.filter(pk=export.pk, state__in=UNDER_WAY)
    waiting.update(state=State.FAILED, reason=reason, detail=detail[:2000], finished_at=timezone.now())
    remove(export)
