"""An import as steps that are recorded in its row: staged, previewed, applied or discarded.

Every function may be called again at any time, also after a kill in the middle: what is done is not done twice, and
nothing is ever half-written. A process that works on a batch holds a lock that ends with its database session.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from casualties.intake.listing import forget_changes
from casualties.intake.locks import batches_being_worked_on, working_on
from casualties.intake.mapping import NamedMapping
from casualties.intake.staging import Progress
from casualties.intake.working import record, work
from missions.models import ImportBatch, User
from peacekeeping.tables.cells import printable

State = ImportBatch.State
CASUALTY_KINDS = ("", ImportBatch.Kind.RELEASE, ImportBatch.Kind.OWN)
# A task that is only waiting for a worker shows no sign of life either; asking twice for the same work does no harm.
SIGN_OF_LIFE = timedelta(seconds=15)


class NotNowError(Exception):
    """The step does not fit the state that the batch is in; the message says why."""


def stage_upload(
    file: "IO[bytes] | File[bytes]",
    *,
    name: str,
    by_user: User | None,
    release_date: date | None = None,
    as_of: bool = False,
    origin: str = "upload",
    mapping: NamedMapping | None = None,
) -> ImportBatch:
    """Keep the file and make its batch, waiting to be read. A file beyond the limit is refused and not kept.

    With `mapping` the columns are read through it, whatever the file looks like.
    """
    batch = ImportBatch(
        file_name=printable(PurePath(name.replace("\\", "/")).name)[:255] or "unnamed",
        release_date=release_date,
        as_of=as_of,
        created_by=by_user,
        origin=origin[:255],
        mapping=mapping.as_json() if mapping else None,
    )
    digest = hashlib.sha256()
    with TemporaryFile() as kept:
        while block := file.read(1024 * 1024):
            digest.update(block)
            batch.file_size += len(block)
            kept.write(block)
            if batch.file_size > settings.UPLOAD_LIMIT_BYTES:
                return _refuse_for_size(batch)
        kept.seek(0)
        batch.sha256 = digest.hexdigest()
        # The name that the file came with is kept in the row; on the disk it could be too long or take one out of two.
        batch.file.save(f"{batch.sha256[:16]}.data", File(kept), save=False)
    batch.save()
    return batch


def _refuse_for_size(batch: ImportBatch) -> ImportBatch:
    batch.state = State.REFUSED
    batch.message = f"Refused: the file is bigger than {settings.UPLOAD_LIMIT_BYTES / 1024**2:,.0f} MB."
    batch.save()
    return batch


def preview(batch: ImportBatch, *, on_progress: Progress | None = None) -> ImportBatch:
    """Read the file and record what it would do and what is wrong with it. Nothing counted changes.

    Afterwards the batch is previewed, refused, or discarded because it changes nothing.
    """
    with working_on(batch.pk) as mine:
        batch.refresh_from_db()
        if mine and batch.state in (State.UPLOADED, State.READING):
            if batch.state == State.UPLOADED:
                record(batch, state=State.READING, attempts=0)
            work(batch, on_progress, may_write=False)
    return batch


def request_apply(
    batch: ImportBatch,
    *,
    accept_large_change: bool = False,
    brakes_seen: Sequence[str] | None = None,
    by_user: User | None = None,
) -> ImportBatch:
    """Record that a previewed batch shall be applied; apply() or the sweep does it. For pages, before they send a task.

    `brakes_seen`: what the data manager read when agreeing; None: what the batch says now. Raises NotNowError when the
    batch is not previewed, or needs a data manager's agreement to these very brakes and has none.
    """
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if batch.state != State.PREVIEWED:
            raise NotNowError(f"This file cannot be applied: it is {batch.get_state_display().lower()}.")
        if batch.brakes and not accept_large_change:
            raise NotNowError(f"Stopped: {' '.join(batch.brakes)}")
        if batch.brakes and brakes_seen is not None and list(brakes_seen) != batch.brakes:
            raise NotNowError(f"Stopped, since the file would change other things by now: {' '.join(batch.brakes)}")
        # Of a batch without brakes nothing was agreed to: should others have written since, it stops again.
        accepted = accept_large_change and bool(batch.brakes)
        record(batch, state=State.APPLYING, accepted_large_change=accepted, applied_by=by_user, attempts=0)
    return batch


def apply(
    batch: ImportBatch,
    *,
    accept_large_change: bool = False,
    by_user: User | None = None,
    on_progress: Progress | None = None,
) -> ImportBatch:
    """Apply a previewed batch, or one that already waits to be applied, as a whole or not at all.

    The file is read and compared again, for others may have written since. Afterwards the batch is applied; or refused,
    when the file no longer fits; or discarded, when it changes nothing any more; or previewed as before, when the brake
    holds it and nobody has accepted the large change as it is by now. In any other state nothing is done.
    """
    with working_on(batch.pk) as mine:
        batch.refresh_from_db()
        if mine and batch.state == State.PREVIEWED:
            try:
                request_apply(batch, accept_large_change=accept_large_change, by_user=by_user)
            except NotNowError as stopped:
                record(batch, message=str(stopped))
            batch.refresh_from_db()
        if mine and batch.state == State.APPLYING:
            work(batch, on_progress, may_write=True)
    return batch


def import_at_once(
    batch: ImportBatch,
    *,
    accept_large_change: bool = False,
    by_user: User | None = None,
    on_progress: Progress | None = None,
) -> ImportBatch:
    """Preview and apply a staged batch in one go; where the brake holds it, it ends previewed."""
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=State.UPLOADED)
    waiting.update(
        state=State.APPLYING,
        accepted_large_change=accept_large_change,
        applied_by=by_user,
        heartbeat_at=timezone.now(),
    )
    return apply(batch, on_progress=on_progress)


def discard(batch: ImportBatch, *, message: str = "Discarded; nothing was changed.") -> ImportBatch:
    """Put a batch aside that was not applied; its row stays. Raises NotNowError for one applied or being worked on."""
    with working_on(batch.pk) as mine:
        batch.refresh_from_db()
        if not mine or batch.state in (State.APPLYING, State.APPLIED):
            raise NotNowError(f"This file cannot be discarded: it is {batch.get_state_display().lower()}.")
        if batch.state != State.DISCARDED:
            record(batch, state=State.DISCARDED, message=message, step="", profile=None)
            forget_changes(batch)
    return batch


def pending_batches() -> list[ImportBatch]:
    """Batches that somebody asked for and nobody works on: lost with a message or with a killed worker. For the sweep.

    resume() takes each of them up again.
    """
    waiting = ImportBatch.objects.filter(
        state__in=(State.UPLOADED, State.READING, State.APPLYING), kind__in=CASUALTY_KINDS
    ).order_by("id")
    held = batches_being_worked_on()
    return [batch for batch in waiting if batch.pk not in held and _is_silent(batch)]


def is_interrupted(batch: ImportBatch) -> bool:
    """Whether work on the batch had begun and no process does it now."""
    return (
        batch.state in (State.READING, State.APPLYING)
        and _is_silent(batch)
        and batch.pk not in batches_being_worked_on()
    )


def _is_silent(batch: ImportBatch) -> bool:
    return timezone.now() - (batch.heartbeat_at or batch.created_at) > SIGN_OF_LIFE


def resume(batch: ImportBatch) -> ImportBatch:
    """Take up the step that the batch waits for."""
    return apply(batch) if batch.state == State.APPLYING else preview(batch)
