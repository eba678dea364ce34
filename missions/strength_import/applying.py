"""A strength file into the database: as a whole or not at all, once, with a row that says what came of it.

The row (ImportBatch) is written together with the person-years in one transaction, in its final state: applied,
refused, or discarded because the file changes nothing or was only tried. A process that is killed in between leaves
neither.
"""

import hashlib
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.core.files import File
from django.db import Error, connection, transaction

from missions.models import ImportBatch, ImportProblem, Strength
from missions.reference.load import LOCK
from missions.strength_import.comparing import Comparison, Verdict, brakes, compare
from missions.strength_import.doubts import note_doubts
from missions.strength_import.kept import kept_years, load_known, newest_hub_day
from missions.strength_import.person_years import counted, mission_years
from missions.strength_import.problems import Problems
from missions.strength_import.rows import Reading, read_rows
from missions.strength_import.sources import HUB_SOURCE, Format, UnknownFormatError, shape_of
from peacekeeping.tables.errors import UnreadableTableError
from peacekeeping.tables.reading import open_table

State = ImportBatch.State
BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Wishes:
    """What whoever brings a file asks for; all of it is off unless asked for."""

    dry_run: bool = False
    replace: bool = False
    accept_large_change: bool = False


@dataclass
class Outcome:
    """What came of a file: its row, and how many mission-years are new, the same, changed, or left as they are kept."""

    batch: ImportBatch
    verdicts: Counter[Verdict] = field(default_factory=Counter)


def import_strength(file: IO[bytes], *, name: str, now: datetime, wishes: Wishes | None = None) -> Outcome:
    """Read a file, compare it with what is kept, and write what is new or better, all or nothing.

    Whatever is wrong with the file is in the problems of the batch, which is then refused. Only what the machine does
    (no database, no room) raises; then the row of a failed import stays.
    """
    wishes = wishes or Wishes()
    batch = ImportBatch(
        kind=ImportBatch.Kind.STRENGTH,
        file_name=PurePath(name.replace("\\", "/")).name[:255] or "unnamed",
        origin="command",
        heartbeat_at=now,
        accepted_large_change=wishes.accept_large_change,
    )
    problems = Problems()
    with TemporaryFile() as copy:
        try:
            if not _copy(file, copy, batch):
                _refuse(batch, f"Refused: the file is bigger than {settings.UPLOAD_LIMIT_BYTES / BLOCK:,.0f} MB.")
                batch.save()
                return Outcome(batch)
            reading = _read(copy, problems, now.date(), batch)
            return _decide(batch, reading, problems, wishes, copy=copy, now=now)
        except BaseException as error:
            _record_failure(batch, error)
            raise


def _copy(file: IO[bytes], copy: IO[bytes], batch: ImportBatch) -> bool:
    """Take the bytes over and their fingerprint; False when there are too many."""
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
        batch.file_size += len(block)
        if batch.file_size > settings.UPLOAD_LIMIT_BYTES:
            return False
        copy.write(block)
    batch.sha256 = digest.hexdigest()
    return True


def _read(copy: IO[bytes], problems: Problems, today: date, batch: ImportBatch) -> Reading | None:
    """The months of the file, or None where it is no strength file; what is wrong with it is in `problems`."""
    try:
        with open_table(copy) as table:  # type: ignore[arg-type]
            shape = shape_of(table)
            batch.format = shape.format.value
            for heading in shape.unread:
                problems.warn(None, heading[:60], "", "this column is not read")
            reading = read_rows(table, shape, load_known(today), problems)
            batch.rows = reading.rows
            return reading
    except UnreadableTableError as error:
        problems.error(error.line, error.column[:60], error.value, error.reason)
    except UnknownFormatError as error:
        problems.error(None, error.column[:60], "", error.reason)
    return None


def _decide(
    batch: ImportBatch, reading: Reading | None, problems: Problems, wishes: Wishes, *, copy: IO[bytes], now: datetime
) -> Outcome:
    if reading is None or problems.errors:
        place = "record" if batch.format == Format.HUB_JSON else "line"
        counted = "" if problems.errors == 1 else f"{problems.errors:,} errors. The first: "
        _refuse(batch, f"Refused: {counted}{problems.first_error().in_words(place)}")
        _record(batch, problems, copy)
        return Outcome(batch)
    note_doubts(reading.months, problems)
    batch.release_date = min(_last_day(reading), now.date())
    with transaction.atomic():
        _wait_for_turn_to_write()
        compared = _compare(batch, reading, wishes)
        for comparison in compared:
            if comparison.remark:
                found = comparison.found
                problems.warn(found.line, "mission", found.label, comparison.remark)
        verdicts = Counter(comparison.verdict for comparison in compared)
        batch.new, batch.same, batch.changed = (verdicts[v] for v in (Verdict.NEW, Verdict.SAME, Verdict.CHANGED))
        _set_state(batch, verdicts, reading, wishes)
        if batch.state == State.APPLIED:
            _write(compared)
            batch.applied_at = now
        _record(batch, problems, copy if batch.state != State.DISCARDED else None)
    return Outcome(batch, verdicts)


def _last_day(reading: Reading) -> date:
    """The day up to which a file speaks: its newest reporting day, or the end of its newest month."""
    if reading.last_day is None:
        raise AssertionError("a file without rows is refused")
    if reading.format.is_hub:
        return reading.last_day
    return (reading.last_day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _wait_for_turn_to_write() -> None:
    """The lock of the reference tables, which write the same rows; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _compare(batch: ImportBatch, reading: Reading, wishes: Wishes) -> list[Comparison]:
    is_hub = reading.format.is_hub
    found = mission_years(reading.months, f"{HUB_SOURCE}, reports to {batch.release_date}" if is_hub else "")
    kept = kept_years(found)
    batch.brakes = brakes(found, kept, len(reading.contributors) if is_hub else None)
    newest = newest_hub_day() if is_hub else None
    older = newest is not None and batch.release_date is not None and batch.release_date < newest
    return [
        compare(year, kept.get((year.mission_id, year.year)), older=older, replace=wishes.replace) for year in found
    ]


def _set_state(batch: ImportBatch, verdicts: Counter[Verdict], reading: Reading, wishes: Wishes) -> None:
    words = (
        f"{counted(len(reading.months), 'mission-month')} in {counted(verdicts.total(), 'mission-year')}: "
        f"{verdicts[Verdict.NEW]:,} new, {verdicts[Verdict.CHANGED]:,} changed, {verdicts[Verdict.SAME]:,} the same, "
        f"{verdicts[Verdict.KEPT]:,} left as they are kept."
    )
    if not (verdicts[Verdict.NEW] or verdicts[Verdict.CHANGED]):
        batch.state, batch.message = State.DISCARDED, f"The file changes nothing. {words}"
    elif batch.brakes and not wishes.accept_large_change:
        _refuse(batch, f"Stopped: {' '.join(batch.brakes)}")
    elif wishes.dry_run:
        batch.state, batch.message = State.DISCARDED, f"Only tried, nothing was changed. {words}"
    else:
        batch.state, batch.message = State.APPLIED, f"Applied: {words}"


def _refuse(batch: ImportBatch, message: str) -> None:
    batch.state, batch.message = State.REFUSED, message


def _write(compared: list[Comparison]) -> None:
    """Write the mission-years that are new or changed, all three categories of each."""
    rows = [
        Strength(
            mission_id=found.mission_id,
            year=found.year,
            category=category,
            person_years=person_years,
            months=list(found.months),
            months_filled=0,
            source=found.source,
            origin=Strength.Origin.IMPORT,
        )
        for found in (c.found for c in compared if c.verdict in (Verdict.NEW, Verdict.CHANGED))
        for category, person_years in found.person_years.items()
    ]
    Strength.objects.bulk_create(
        rows,
        batch_size=1_000,
        update_conflicts=True,
        unique_fields=["mission", "year", "category"],
        update_fields=["person_years", "months", "months_filled", "source", "origin"],
    )


def _record(batch: ImportBatch, problems: Problems, copy: IO[bytes] | None) -> None:
    """Save the batch in its state, its problems, and the file where one is to be kept."""
    batch.errors, batch.warnings = problems.errors, problems.warnings
    if copy is not None:
        copy.seek(0)
        batch.file.save(f"{batch.sha256[:16]}.data", File(copy), save=False)
    with transaction.atomic():
        batch.save()
        ImportProblem.objects.bulk_create(
            (
                ImportProblem(
                    batch=batch,
                    line=problem.line,
                    column=problem.column[:60],
                    value=problem.value[:200],
                    reason=problem.reason[:300],
                    level=problem.level,
                )
                for problem in problems.kept
            ),
            batch_size=1_000,
        )


def _record_failure(batch: ImportBatch, error: BaseException) -> None:
    """The transaction was undone: its row is written anew as failed, or as discarded where somebody interrupted it."""
    if batch.file:
        batch.file.delete(save=False)
    batch.pk, batch.applied_at, batch.step = None, None, ""
    batch.new = batch.same = batch.changed = 0
    if isinstance(error, KeyboardInterrupt):
        batch.state, batch.message = State.DISCARDED, "Interrupted by hand; nothing was changed."
    else:
        batch.state, batch.message = State.FAILED, f"Failed: {type(error).__name__}: {error}"[:2000]
    # Where the database itself is gone this cannot be written either; what went wrong first is what is told.
    with suppress(Error):
        batch.save()
