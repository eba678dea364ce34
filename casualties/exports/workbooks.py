"""XLSX of a selection: the rows of its CSV as real dates and numbers, what the file is, and what its columns mean.

Written to a temporary file, row by row, and read from there: memory does not grow with the rows.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from django.db.models import QuerySet
from django.utils.functional import Promise

from casualties.exports.columns import INCIDENTS, PEOPLE, Column, columns_for
from casualties.exports.files import (
    figures_facts,
    file_name,
    incidents_rows,
    people_rows,
    plain_rows,
    refuse_moved,
    selection_facts,
    with_marks,
)
from casualties.exports.meanings import meaning_of
from casualties.exports.sent import SentFile
from casualties.filters import Selection
from peacekeeping.tables.workbook import Sheet, blocks_of, write_workbook
from peacekeeping.tables.writing import original

DAYS = {"date", "died_on", "known_at", "release", "published_on", "open_on", "known_from", "since", "until"}
TIMES = {"checked_at", "wounded_at", "first_aid_at", "evacuation_started_at", "facility_reached_at", "surgery_at"}
CHUNK = 2_000
ROWS_BETWEEN_LOOKS = 200
Watch = Callable[[int], None]


def people_workbook(selection: Selection, *, columns: Sequence[str] = (), watch: Watch | None = None) -> SentFile:
    """One row per selected person; refuses and fails as people_file does.

    `watch` is told again and again how many rows were read, and may raise to end the work.
    """
    return _of_rows("casualties", selection, columns_for(PEOPLE, selection.viewer, columns), people_rows, watch)


def incidents_workbook(selection: Selection, *, columns: Sequence[str] = (), watch: Watch | None = None) -> SentFile:
    """One row per incident with a selected person; refuses and fails as incidents_file does. `watch`: see there."""
    return _of_rows("incidents", selection, columns_for(INCIDENTS, selection.viewer, columns), incidents_rows, watch)


def figures_workbook(
    frame: pd.DataFrame,
    selection: Selection,
    *,
    name: str = "figures",
    facts: Mapping[str, str] | None = None,
    meanings: Mapping[str, str] | None = None,
) -> SentFile:
    """A frame of figures, as figures_file has it. `meanings`: of columns that only this file has."""
    marked = with_marks(frame, selection)
    headings = [str(column) for column in marked.columns]
    told = figures_facts(frame, selection) | dict(facts or {})
    dictionary = [(heading, heading, meaning_of(heading, meanings)) for heading in headings]
    return table_workbook(file_name(name, selection, ending="xlsx"), headings, plain_rows(marked), told, dictionary)


def table_workbook(
    name: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    facts: Mapping[str, str] | Callable[[], Mapping[str, str]],
    dictionary: Sequence[tuple[str, str, str]],
    *,
    watch: Watch | None = None,
) -> SentFile:
    """Rows of any table. `facts` are asked for after the rows were read; `dictionary`: column, heading, meaning."""
    read = 0

    def counted() -> Iterator[Sequence[object]]:
        nonlocal read
        for row in rows:
            read += 1
            if watch is not None and read % ROWS_BETWEEN_LOOKS == 0:
                watch(read)
            yield row

    def about() -> Iterator[tuple[str, object]]:
        said = facts() if callable(facts) else facts
        for what, text in said.items():
            yield what, _fact(what, text)

    sheets = (
        Sheet("data", headings, _typed(headings, counted()), [16] * len(headings)),
        Sheet("about this file", ("what", "which"), about(), (18, 110)),
        Sheet("data dictionary", ("column", "heading", "meaning"), dictionary, (24, 26, 110)),
    )
    with tempfile.NamedTemporaryFile(prefix="export-", suffix=".xlsx", delete=False) as file:
        path = Path(file.name)
        try:
            write_workbook(file, sheets, on_write=None if watch is None else lambda: watch(read))
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return SentFile(name, _Blocks(path), headings, lambda: read)


class _Blocks(Iterator[bytes]):
    """The bytes of a file that is removed at the end, also when nobody ever asked for the first of them."""

    def __init__(self, path: Path) -> None:
        self._path, self._blocks = path, blocks_of(path)

    def __next__(self) -> bytes:
        return next(self._blocks)

    def close(self) -> None:
        self._blocks.close()  # type: ignore[attr-defined]
        self._path.unlink(missing_ok=True)

    def __del__(self) -> None:
        self._path.unlink(missing_ok=True)


def _of_rows(
    kind: str,
    selection: Selection,
    columns: Sequence[Column],
    make: Callable[[Selection, Sequence[Column]], QuerySet[Any, Any]],
    watch: Watch | None,
) -> SentFile:
    """The rows of a query, which is one statement and so one state of the data; its version is looked at around it."""
    query = make(selection, columns)
    read = 0

    def rows() -> Iterator[Sequence[object]]:
        nonlocal read
        refuse_moved(selection)
        for row in query.iterator(chunk_size=CHUNK):
            read += 1
            yield row
        refuse_moved(selection)

    return table_workbook(
        file_name(kind, selection, ending="xlsx"),
        [column.name for column in columns],
        rows(),
        lambda: selection_facts(selection, read),
        [(column.name, column.heading, column.meaning) for column in columns],
        watch=watch,
    )


def _typed(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[list[object]]:
    kinds = [_day if name in DAYS else _time if name in TIMES else _text for name in headings]
    for row in rows:
        yield [kind(cell) for kind, cell in zip(kinds, row, strict=True)]


def _fact(what: str, text: str) -> object:
    """Rows and data version as numbers, the date known at as a date."""
    if what in {"rows", "data version"}:
        return int(text)
    return _day(text) if what == "known at" else text


def _text(cell: object) -> object:
    if isinstance(cell, Promise):
        return str(cell)
    return original(cell) if isinstance(cell, str) else cell


def _day(cell: object) -> object:
    """A day as a date; what is known of one to the month or year only stays as it is written."""
    if not isinstance(cell, str):
        return cell
    try:
        return date.fromisoformat(cell) if len(cell) == len("2019-01-20") else cell
    except ValueError:
        return cell


def _time(cell: object) -> object:
    if not isinstance(cell, str) or not cell:
        return cell
    moment = datetime.fromisoformat(cell)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
