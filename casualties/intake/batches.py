"""An import as steps that are recorded in its row: staged, previewed, applied or discarded.

Every function may be called again at any time, also after a kill in the middle: what is done is not done twice, and
nothing is ever half-written. A process that works on a batch holds a lock that ends with its database session.
"""

import hashlib
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO, Any

import pghistory
from django.conf import settings
from django.core.files import File
from django.db import Error, transaction
from django.utils import timezone

from casualties.intake.judging import Judgement, judge
from casualties.intake.locks import batches_being_worked_on, wait_for_turn_to_write, working_on
from casualties.intake.lookups import load_lookups
from casualties.intake.mapping import DefinitionError, NamedMapping, mappings_for, profile_file
from casualties.intake.mapping.translating import MappedReader
from casualties.intake.problems import Level, Problem, Problems, printable
from casualties.intake.sources import Format, UnknownFormatError
from casualties.intake.staging import Progress, Staged, drop_temporary_tables, stage
from casualties.intake.writing import write
from casualties.intake.writing_versions import write_versions
from missions.models import ImportBatch, ImportProblem, User
from peacekeeping.tables.errors import UnreadableTableError

State = ImportBatch.State
KIND_OF_FORMAT = {
    Format.HUB_CSV: ImportBatch.Kind.RELEASE,
    Format.HUB_JSON: ImportBatch.Kind.RELEASE,
    Format.OWN_CSV: ImportBatch.Kind.OWN,
}
CASUALTY_KINDS = ("", ImportBatch.Kind.RELEASE, ImportBatch.Kind.OWN)
# A task that is only waiting for a worker shows no sign of life either; asking twice for the same work does no harm.
SIGN_OF_LIFE = timedelta(seconds=15)
# A file that kills its worker every time (no memory left) would else be taken up for ever.
MOST_ATTEMPTS = 3


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
                _record(batch, state=State.READING, attempts=0)
            _work(batch, on_progress, may_write=False)
    return batch


def request_apply(batch: ImportBatch, *, accept_large_change: bool = False, by_user: User | None = None) -> ImportBatch:
    """Record that a previewed batch shall be applied; apply() or the sweep does it. For pages, before they send a task.

    Raises NotNowError when the batch is not previewed, or needs a data manager's agreement and has none.
    """
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if batch.state != State.PREVIEWED:
            raise NotNowError(f"This file cannot be applied: it is {batch.get_state_display().lower()}.")
        if batch.brakes and not accept_large_change:
            raise NotNowError(f"Stopped: {' '.join(batch.brakes)}")
        _record(batch, state=State.APPLYING, accepted_large_change=accept_large_change, applied_by=by_user, attempts=0)
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
    holds it and nobody has accepted the large change. In any other state nothing is done.
    """
    with working_on(batch.pk) as mine:
        batch.refresh_from_db()
        if mine and batch.state == State.PREVIEWED:
            try:
                request_apply(batch, accept_large_change=accept_large_change, by_user=by_user)
            except NotNowError as stopped:
                _record(batch, message=str(stopped))
            batch.refresh_from_db()
        if mine and batch.state == State.APPLYING:
            _work(batch, on_progress, may_write=True)
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
            _record(batch, state=State.DISCARDED, message=message, step="", profile=None)
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


def _record(batch: ImportBatch, **fields: Any) -> None:
    """Write fields of the row, with a sign of life, and into the object at hand."""
    fields["heartbeat_at"] = timezone.now()
    ImportBatch.objects.filter(pk=batch.pk).update(**fields)
    for name, value in fields.items():
        setattr(batch, name, value)


def _work(batch: ImportBatch, on_progress: Progress | None, *, may_write: bool) -> None:
    """Read, judge, and write when asked to and nothing stands against it; leaves the batch in its new state."""

    def progress(step: str, done: int, share: float | None) -> None:
        _record(batch, step=step, done=done)
        if on_progress is not None:
            on_progress(step, done, share)

    if batch.attempts >= MOST_ATTEMPTS:
        lost = f"Given up: the worker was lost {MOST_ATTEMPTS} times while it worked on this file. Nothing was changed."
        _record(batch, state=State.FAILED, step="", message=lost)
        return
    _record(batch, attempts=batch.attempts + 1)
    problems = Problems()
    try:
        staged = _read(batch, problems, progress)
        progress("Comparing", batch.done, None)
        with transaction.atomic():
            if may_write:
                wait_for_turn_to_write()
            judgement = judge(batch, staged, problems)
            if may_write and judgement.may_be_applied(accepted=batch.accepted_large_change):
                _write(batch, staged, judgement)
            if not (judgement.applied or judgement.nothing):
                _keep_profile(batch)
            _record_outcome(batch, judgement, problems)
        if judgement.nothing:
            _forget_file(batch)
    except Exception as error:
        # Where the database itself is gone this cannot be written either: the sweep will take the batch up again.
        with suppress(Error):
            _record(
                batch, state=State.FAILED, step="", message=printable(f"Failed: {type(error).__name__}: {error}")[:2000]
            )
        raise
    finally:
        with suppress(Error):
            drop_temporary_tables()


def _forget_file(batch: ImportBatch) -> None:
    """What changed nothing need not be kept: the open data are fetched every day."""
    batch.file.delete(save=False)
    _record(batch, file="")


def _read(batch: ImportBatch, problems: Problems, progress: Progress) -> Staged | None:
    try:
        with batch.file.open("rb") as opened:
            find = partial(mappings_for, batch.mapping)
            staged = stage(opened.file, batch.file_size, load_lookups(), problems, progress, find_mapping=find)
        if isinstance(staged.reader, MappedReader) and not batch.mapping:
            _record(batch, mapping=staged.reader.mapping.as_json())
        return staged
    except UnreadableTableError as error:
        problems.add(Problem(error.line, error.column, error.value, error.reason))
    except UnknownFormatError as error:
        problems.add(Problem(None, error.column, "", error.reason))
        _record(batch, can_be_mapped=error.can_be_mapped)
    except DefinitionError as error:
        problems.add(Problem(None, "", "", f"The kept mapping cannot be used: {error}."))
    except FileNotFoundError:
        problems.add(Problem(None, "", "", "The file that was kept is not there any more: send it again."))
    return None


def _keep_profile(batch: ImportBatch) -> None:
    """What the page on which columns are mapped shows of the file, which would take a request too long to read."""
    if batch.profile is None and (batch.can_be_mapped or batch.mapping):
        with suppress(UnreadableTableError, FileNotFoundError), batch.file.open("rb") as opened:
            _record(batch, profile=profile_file(opened.file).as_json())


def _write(batch: ImportBatch, staged: Staged | None, judgement: Judgement) -> None:
    if staged is None or judgement.released_on is None:
        raise AssertionError("a file that cannot be read is never applied")
    released_on = judgement.released_on
    batch.kind = KIND_OF_FORMAT[staged.format]
    reason = f"release of {released_on.isoformat()}: {batch.file_name}"
    user = batch.applied_by_id or batch.created_by_id
    with pghistory.context(batch=batch.pk, reason=reason, **({"user": user} if user else {})):
        if batch.as_of and judgement.until is not None:
            write_versions(staged, batch, released_on, judgement.until)
        else:
            write(staged, batch, released_on)
    judgement.applied = True


def _record_outcome(batch: ImportBatch, judgement: Judgement, problems: Problems) -> None:
    ImportProblem.objects.filter(batch=batch).delete()
    ImportProblem.objects.bulk_create(
        (
            ImportProblem(
                batch=batch,
                line=problem.line,
                column=problem.column,
                value=problem.value,
                reason=problem.reason,
                level=ImportProblem.Level.ERROR if problem.level is Level.ERROR else ImportProblem.Level.WARNING,
            )
            for problem in problems.kept
        ),
        batch_size=1_000,
    )
    fields = judgement.fields()
    if judgement.applied:
        fields |= {"applied_at": timezone.now(), "state": State.APPLIED, "profile": None}
    _record(batch, step="", errors=problems.errors, warnings=problems.warnings, **fields)
