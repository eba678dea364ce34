"""What a process does with the file of a batch: read it, judge it, write it when asked to, and record all of that."""

from contextlib import suppress
from functools import partial
from typing import Any

import pghistory
from django.db import Error, transaction
from django.utils import timezone

from casualties.intake.judging import Judgement, judge
from casualties.intake.listing import forget_changes, list_changes
from casualties.intake.locks import wait_for_turn_to_write
from casualties.intake.lookups import load_lookups
from casualties.intake.mapping import DefinitionError, mappings_for, profile_file
from casualties.intake.mapping.translating import MappedReader
from casualties.intake.matching import Comparison
from casualties.intake.problems import Level, Problem, Problems
from casualties.intake.sources import Format, UnknownFormatError
from casualties.intake.staging import Progress, Staged, drop_temporary_tables, stage
from casualties.intake.writing import write
from casualties.intake.writing_versions import write_versions
from missions.models import ImportBatch, ImportProblem
from peacekeeping.tables.cells import printable
from peacekeeping.tables.content import Content
from peacekeeping.tables.errors import UnreadableTableError

State = ImportBatch.State
KIND_OF_FORMAT = {
    Format.HUB_CSV: ImportBatch.Kind.RELEASE,
    Format.HUB_JSON: ImportBatch.Kind.RELEASE,
    Format.OWN_CSV: ImportBatch.Kind.OWN,
}
# A file that kills its worker every time (no memory left) would else be taken up for ever.
MOST_ATTEMPTS = 3


def record(batch: ImportBatch, **fields: Any) -> None:
    """Write fields of the row, with a sign of life, and into the object at hand."""
    fields["heartbeat_at"] = timezone.now()
    ImportBatch.objects.filter(pk=batch.pk).update(**fields)
    for name, value in fields.items():
        setattr(batch, name, value)


def work(batch: ImportBatch, on_progress: Progress | None, *, may_write: bool) -> None:
    """Read, judge, and write when asked to and nothing stands against it; leaves the batch in its new state."""

    def progress(step: str, done: int, share: float | None) -> None:
        record(batch, step=step, done=done)
        if on_progress is not None:
            on_progress(step, done, share)

    if batch.attempts >= MOST_ATTEMPTS:
        lost = f"Given up: the worker was lost {MOST_ATTEMPTS} times while it worked on this file. Nothing was changed."
        record(batch, state=State.FAILED, step="", message=lost)
        return
    record(batch, attempts=batch.attempts + 1)
    problems = Problems()
    try:
        staged = _read(batch, problems, progress)
        progress("Comparing", batch.done, None)
        with transaction.atomic():
            if may_write:
                wait_for_turn_to_write()
            judgement = judge(batch, staged, problems)
            if may_write and judgement.may_be_applied(accepted=_has_accepted(batch, judgement)):
                _write(batch, staged, judgement)
            if not (judgement.applied or judgement.nothing):
                _keep_profile(batch)
            _record_outcome(batch, judgement, problems)
            _list_changes(batch, judgement)
        if judgement.nothing:
            _forget_file(batch)
    except Exception as error:
        # Where the database itself is gone this cannot be written either: the sweep will take the batch up again.
        with suppress(Error):
            record(
                batch, state=State.FAILED, step="", message=printable(f"Failed: {type(error).__name__}: {error}")[:2000]
            )
        raise
    finally:
        with suppress(Error):
            drop_temporary_tables()


def _has_accepted(batch: ImportBatch, judgement: Judgement) -> bool:
    """Whether somebody agreed to what the file would do by now: to the very brakes that the preview recorded.

    Where it was applied without a preview (the command's --accept-large-change), the agreement is to any.
    """
    return batch.accepted_large_change and batch.brakes in ([], judgement.brakes)


def _forget_file(batch: ImportBatch) -> None:
    """What changed nothing need not be kept: the open data are fetched every day."""
    batch.file.delete(save=False)
    record(batch, file="")


def _read(batch: ImportBatch, problems: Problems, progress: Progress) -> Staged | None:
    try:
        with batch.file.open("rb") as opened:
            find = partial(mappings_for, batch.mapping)
            staged = stage(opened.file, batch.file_size, load_lookups(), problems, progress, find_mapping=find)
        if isinstance(staged.reader, MappedReader) and not batch.mapping:
            record(batch, mapping=staged.reader.mapping.as_json())
        return staged
    except UnreadableTableError as error:
        problems.place_name = error.place_name
        if error.place_name == "record":
            record(batch, format=Content.JSON.value)
        problems.add(Problem(error.line, error.column, error.value, error.reason))
    except UnknownFormatError as error:
        problems.add(Problem(None, error.column, "", error.reason))
        record(batch, can_be_mapped=error.can_be_mapped)
    except DefinitionError as error:
        problems.add(Problem(None, "", "", f"The kept mapping cannot be used: {error}."))
    except FileNotFoundError:
        problems.add(Problem(None, "", "", "The file that was kept is not there any more: send it again."))
    return None


def _keep_profile(batch: ImportBatch) -> None:
    """What the page on which columns are mapped shows of the file, which would take a request too long to read."""
    if batch.profile is None and (batch.can_be_mapped or batch.mapping):
        with suppress(UnreadableTableError, FileNotFoundError), batch.file.open("rb") as opened:
            record(batch, profile=profile_file(opened.file).as_json())


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


def _list_changes(batch: ImportBatch, judgement: Judgement) -> None:
    """Of a file that waits for a decision, who would be changed; of an applied one the record says who was."""
    staged, found = judgement.staged, judgement.comparison
    if batch.state == State.PREVIEWED and staged is not None and isinstance(found, Comparison):
        list_changes(batch, staged, found)
    else:
        forget_changes(batch)


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
    record(batch, step="", errors=problems.errors, warnings=problems.warnings, **fields)
