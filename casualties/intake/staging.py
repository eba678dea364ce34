"""The file in the database for the time of the work: a temporary table of clean rows, filled by COPY.

Temporary tables belong to one session, need no clearing up after a kill, and are never logged. Only they are filled by
COPY: the kept tables carry history triggers whose context COPY passes by, and are written by statements.
"""

import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, BinaryIO, Protocol

from django.db import connection

from casualties.intake import hub_rows, own_rows
from casualties.intake.mapping.reading import FindMapping, choose_mapped, no_mapping
from casualties.intake.mapping.translating import MappedCleaner, MappedReader
from casualties.intake.names import Lookups
from casualties.intake.problems import Problem, Problems
from casualties.intake.rows import CleanRow, merge_labels
from casualties.intake.sources import Format, Reader, TextRow, unread_columns
from peacekeeping.tables.reading import open_table

CHUNK = 20_000
MANY = 1_000  # rows of a file from which indexes and statistics take less time than they save
Progress = Callable[[str, int, float | None], None]

COLUMNS = """
    line integer, reference text, mission_id bigint, occurred_on date, occurred_precision text, cause text,
    outcome text, severity text, persons integer, died_on date, personnel text, nationality_id text,
    other_nationalities varchar[], gender text, released boolean, incident_key text, named boolean,
    means text, context text, accident_type text, place text, latitude numeric, longitude numeric, summary text
"""
NAMES = ", ".join(part.split()[0] for part in COLUMNS.split(","))
TEMPORARY_TABLES = ("intake_row", "intake_incident", "intake_match", "intake_gone", "intake_version", "intake_follow")


class Cleaner(Protocol):
    """What a format's cleaner can do."""

    def clean(self, row: TextRow) -> tuple[CleanRow | None, list[Problem]]: ...


@dataclass
class Staged:
    """What the reading of a file left: its reader, how many rows it has, the dates that it gives itself."""

    reader: Reader
    lookups: Lookups
    place_name: str
    rows: int = 0
    last_updates: dict[str, int] = field(default_factory=dict)

    @property
    def format(self) -> Format:
        return self.reader.format

    @cached_property
    def column_of_field(self) -> dict[str, str]:
        """The file's heading for each field of a clean row, to name columns in problems."""
        if self.format is not Format.OWN_CSV:
            return hub_rows.COLUMN_OF_FIELD
        columns = {name: name for name in (*CleanRow._fields, "last_update")} | own_rows.COLUMN_OF_FIELD
        return {name: self.reader.shown_column(column) for name, column in columns.items()}

    def column(self, field_name: str) -> str:
        return self.column_of_field.get(field_name, field_name)

    def line(self, number: int) -> int:
        """The line of the file that a staged row came from."""
        return self.reader.line_of(number)


def rows_of(statement: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """What a statement over the temporary tables answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def drop_temporary_tables() -> None:
    """Forget the staged file. The session may live on and stage another."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {', '.join(f'pg_temp.{name}' for name in TEMPORARY_TABLES)}")


def make_ready(table: str, *indexed: str, rows: int) -> None:
    """Give a temporary table of a file of many rows its indexes and statistics, before it is joined."""
    if rows < MANY:
        return
    with connection.cursor() as cursor:
        for column in indexed:
            cursor.execute(f"CREATE INDEX ON pg_temp.{table} ({column})")
        cursor.execute(f"ANALYZE pg_temp.{table}")


def stage(
    stream: BinaryIO,
    size: int,
    lookups: Lookups,
    problems: Problems,
    on_progress: Progress,
    *,
    find_mapping: FindMapping = no_mapping,
) -> Staged:
    """Read `stream` to its end, make every row clean, and leave the clean ones in the temporary table intake_row.

    Adds what is wrong to `problems`. Two rows of one person are one afterwards. `find_mapping` says through which
    mapping a file is read. Raises UnreadableTableError or UnknownFormatError when the file as a whole cannot be used.
    """
    drop_temporary_tables()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE intake_row ({COLUMNS})")
    with open_table(stream) as table:
        staged = Staged(choose_mapped(table, find_mapping, lookups), lookups, table.place_name)
        problems.extend(unread_columns(staged.reader))
        clean = _clean_rows(staged, staged.reader.texts(table), problems)
        while chunk := list(islice(clean, CHUNK)):
            copy_rows(chunk)
            on_progress("Reading", staged.rows, stream.tell() / size if size else None)
    staged.rows = staged.reader.rows_of_file(staged.rows)
    problems.extend(staged.reader.closing_problems())
    on_progress("Reading", staged.rows, 1.0)
    make_ready("intake_row", "reference", "incident_key", rows=staged.rows)
    _merge_doubled_references(staged, problems)
    return staged


def _clean_rows(staged: Staged, texts: Iterator[TextRow], problems: Problems) -> Iterator[CleanRow]:
    reader = staged.reader
    cleaner: Cleaner
    if reader.format is Format.OWN_CSV:
        cleaner = own = own_rows.OwnCleaner(staged.lookups, has_released=reader.has("released"))
        if isinstance(reader, MappedReader):
            cleaner = MappedCleaner(own, reader)
    else:
        cleaner = hub_rows.HubCleaner(staged.lookups)
    update_place = reader.columns.index("last_update")
    for row in texts:
        staged.rows += 1
        clean, found = cleaner.clean(row)
        if found:
            problems.extend(found)
        if row.cells and (update := row.cells[update_place]) and update not in staged.last_updates:
            _note_last_update(staged, row.line, update)
        if clean is not None:
            yield clean


def _note_last_update(staged: Staged, line: int, text: str) -> None:
    # Two different dates are one too many already; a column full of them need not be remembered.
    if len(staged.last_updates) < 10:
        staged.last_updates[text] = line


def _escaped(text: str) -> str:
    """`text` in COPY's own format."""
    if text.isprintable() and "\\" not in text:
        return text
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _line(row: CleanRow) -> str:
    return "\t".join(
        (
            str(row.line),
            "\\N" if row.reference is None else _escaped(row.reference),
            str(row.mission_id),
            row.occurred_on,
            row.occurred_precision,
            row.cause,
            row.outcome,
            row.severity,
            str(row.persons),
            row.died_on or "\\N",
            row.personnel,
            row.nationality or "\\N",
            "{" + ",".join(row.other_nationalities) + "}",
            row.gender,
            "t" if row.released else "f",
            row.incident_key,
            "t" if row.named else "f",
            row.means,
            row.context,
            row.accident_type,
            _escaped(row.place),
            row.latitude or "\\N",
            row.longitude or "\\N",
            _escaped(row.summary) + "\n",
        )
    )


def copy_rows(rows: Iterable[CleanRow]) -> None:
    """Add rows to intake_row."""
    text = io.StringIO("".join(_line(row) for row in rows))
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY pg_temp.intake_row ({NAMES}) FROM STDIN", text)


def _merge_doubled_references(staged: Staged, problems: Problems) -> None:
    """One row for each person whom the file names more than once."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT {NAMES} FROM pg_temp.intake_row
            WHERE reference IN (SELECT reference FROM pg_temp.intake_row GROUP BY reference HAVING count(*) > 1)
            ORDER BY reference, line
            """  # noqa: S608 - column names of our own
        )
        doubled: dict[str, list[CleanRow]] = defaultdict(list)
        for row in cursor.fetchall():
            clean = _as_clean(row)
            doubled[str(clean.reference)].append(clean)
        if not doubled:
            return
        merged = []
        for rows in doubled.values():
            row, found = merge_labels(rows, staged.lookups, staged.column_of_field)
            problems.extend(found)
            merged.append(row)
        cursor.execute(
            """
            DELETE FROM pg_temp.intake_row
            WHERE reference IN (SELECT reference FROM pg_temp.intake_row GROUP BY reference HAVING count(*) > 1)
            """
        )
    copy_rows(merged)


def _as_clean(row: tuple[Any, ...]) -> CleanRow:
    found = CleanRow(*row)
    return found._replace(
        occurred_on=row[3].isoformat(),
        died_on=row[9].isoformat() if row[9] else None,
        other_nationalities=tuple(row[12]),
        latitude=None if row[21] is None else str(row[21]),
        longitude=None if row[22] is None else str(row[22]),
    )
