"""The annual counts that come with the software: what stands in for the records until a first release is applied.

A table of our own, derived by `manage.py derive_annual_counts` from a release of the UN's open data and named after its
date: people by year, mission, cause, personnel type and nationality, one person once; no references, days or gender.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pghistory
from django.db import connection, transaction
from django.utils import timezone

from casualties.choices import Cause, DatePrecision, Origin, Outcome, Personnel
from casualties.intake.checks import check_staged, release_date_of
from casualties.intake.judging import in_words
from casualties.intake.locks import wait_for_turn_to_write
from casualties.intake.lookups import load_lookups
from casualties.intake.matching import match
from casualties.intake.problems import Level, Problems
from casualties.intake.staging import drop_temporary_tables, stage
from casualties.models import Casualty
from missions.models import Country, ImportBatch, Mission
from peacekeeping.tables.errors import UnreadableTableError
from peacekeeping.tables.reading import open_table

FOLDER = Path(__file__).resolve().parent
NAME = re.compile(r"annual-counts-(\d{4}-\d{2}-\d{2})\.csv")
HEADINGS = ("year", "mission", "cause", "personnel", "nationality", "persons")


class BundleError(Exception):
    """The annual counts cannot be derived or loaded; the message says why."""


class AnnualCount(NamedTuple):
    """One row of the table. `nationality` is an ISO3 code, "" where none is recorded."""

    year: int
    mission: str
    cause: str
    personnel: str
    nationality: str
    persons: int


def bundle_path() -> Path:
    """The table that comes with the software, the newest if there are several. Raises BundleError without one."""
    found = sorted(path for path in FOLDER.glob("annual-counts-*.csv") if NAME.fullmatch(path.name))
    if not found:
        raise BundleError("The annual counts that come with the software are missing.")
    return found[-1]


def derive(stream: BinaryIO, size: int, given: date | None = None) -> tuple[date, list[AnnualCount]]:
    """The annual counts of a release and its date. Raises BundleError with the first thing that is wrong with it.

    Goes the way of every import, up to the point where something would be written.
    """
    problems = Problems()
    with transaction.atomic():
        try:
            staged = stage(stream, size, load_lookups(), problems, lambda *_: None)
            released_on = release_date_of(staged, given, problems)
            match(staged)
            check_staged(staged, released_on, problems)
            counts = _counts()
        except UnreadableTableError as error:
            raise BundleError(str(error)) from error
        finally:
            if not connection.needs_rollback:
                drop_temporary_tables()
    if problems.errors or released_on is None:
        first = next(problem for problem in problems.kept if problem.level is Level.ERROR)
        raise BundleError(in_words(first, staged.place_name))
    return released_on, counts


def _counts() -> list[AnnualCount]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT extract(year FROM r.occurred_on)::integer, m.acronym, r.cause, r.personnel,
                coalesce(r.nationality_id, ''), sum(r.persons)::integer
            FROM pg_temp.intake_row r JOIN missions_mission m ON m.id = r.mission_id
            WHERE r.outcome = %s
            GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
            """,
            [Outcome.FATALITY],
        )
        return [AnnualCount(*row) for row in cursor.fetchall()]


def table_text(counts: Iterable[AnnualCount], released_on: date) -> str:
    """The table as CSV, its first line a note that names the source."""
    text = io.StringIO()
    text.write(
        "# People who died, derived from DPPADPOSS-FATALITIES of the UN Peace & Security Data Hub (CC BY IGO), "
        f"release of {released_on.isoformat()}. One person once; blank nationality: not recorded; ZZZ: undetermined.\n"
    )
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows(counts)
    return text.getvalue()


def read_counts(path: Path) -> Iterator[AnnualCount]:
    """The rows of the table. Raises BundleError naming the line that is wrong."""
    with path.open("rb") as stream, open_table(stream) as table:
        if table.headings != HEADINGS:
            raise BundleError(f"{path.name}: the columns must be {', '.join(HEADINGS)}.")
        for row in table.rows:
            if row.fault:
                raise BundleError(f"{path.name}, line {row.line}: {row.fault}.")
            year, mission, cause, personnel, nationality, persons = (str(cell) for cell in row.cells)
            if cause not in Cause.values or personnel not in Personnel.values:
                raise BundleError(f"{path.name}, line {row.line}: unknown cause or personnel type.")
            yield AnnualCount(int(year), mission, cause, personnel, nationality, int(persons))


def load_bundle(path: Path | None = None) -> ImportBatch:
    """Load the annual counts as a batch of kind bundle, applied. Needs the reference tables.

    Loading them again gives the batch that is there. Raises BundleError when there are records: annual counts never
    stand beside them.
    """
    path = path or bundle_path()
    name = NAME.fullmatch(path.name)
    if name is None:
        raise BundleError(f"{path.name} is not named annual-counts-YYYY-MM-DD.csv after its release.")
    with transaction.atomic():
        wait_for_turn_to_write()
        there = ImportBatch.objects.filter(kind=ImportBatch.Kind.BUNDLE, state=ImportBatch.State.APPLIED).first()
        if there is not None:
            return there
        if Casualty.objects.exists():
            raise BundleError("There are records already; the annual counts are never loaded beside them.")
        counts = list(read_counts(path))
        batch = _make_batch(path, date.fromisoformat(name[1]), counts)
        with pghistory.context(batch=batch.pk, reason=f"annual counts of the release of {name[1]}"):
            _insert(batch, counts, path)
    return batch


def _make_batch(path: Path, released_on: date, counts: list[AnnualCount]) -> ImportBatch:
    persons = sum(count.persons for count in counts)
    return ImportBatch.objects.create(
        kind=ImportBatch.Kind.BUNDLE,
        state=ImportBatch.State.APPLIED,
        file_name=path.name,
        file_size=path.stat().st_size,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        origin="comes with the software",
        format="annual-counts",
        release_date=released_on,
        applied_at=timezone.now(),
        rows=len(counts),
        persons=persons,
        new=persons,
        message=f"Applied: annual counts of {persons:,} people, derived from the release of {released_on.isoformat()}.",
    )


def _insert(batch: ImportBatch, counts: list[AnnualCount], path: Path) -> None:
    missions = dict(Mission.objects.values_list("acronym", "id"))
    countries = set(Country.objects.values_list("iso3", flat=True))
    lines = []
    for count in counts:
        if count.mission not in missions or (count.nationality and count.nationality not in countries):
            raise BundleError(f"{path.name}: {count.mission} or {count.nationality} is not in the reference tables.")
        lines.append(
            f"{missions[count.mission]}\t{count.year}-01-01\t{count.cause}\t{count.persons}\t{count.personnel}\t"
            f"{count.nationality or chr(92) + 'N'}\n"
        )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE TEMPORARY TABLE intake_count (mission_id bigint, occurred_on date, cause text, persons integer,
                personnel text, nationality_id text) ON COMMIT DROP
            """
        )
        cursor.copy_expert("COPY pg_temp.intake_count FROM STDIN", io.StringIO("".join(lines)))
        cursor.execute(
            """
            INSERT INTO casualties_casualty (mission_id, occurred_on, occurred_precision, cause, outcome, severity,
                persons, personnel, nationality_id, other_nationalities, gender, released, origin, state, known_at,
                batch_id)
            SELECT mission_id, occurred_on, %s, cause, %s, '', persons, personnel, nationality_id, '{}', '', true,
                %s, 'counted', %s, %s
            FROM pg_temp.intake_count ORDER BY occurred_on, mission_id
            """,
            [DatePrecision.YEAR, Outcome.FATALITY, Origin.OPEN_DATA, batch.release_date, batch.pk],
        )
        cursor.execute("DROP TABLE pg_temp.intake_count")
