"""Sheets of rows -> an XLSX workbook on disk, in constant memory: dates as dates, numbers as numbers, text as text.

A text is never run as a formula, whatever it begins with: it is written as a string, not as what it looks like.
"""

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MAX_ROWS = 1_048_575  # of Excel, without the line of headings
MAX_TEXT = 32_767
BLOCK_BYTES = 256 * 1024
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NO_SECOND_GUESSES = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name (at most 28 characters), its headings, its rows, and how wide the columns are."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[object]]
    widths: Sequence[int] = ()


class _Watched:
    """A file that asks before each write whether it is still wanted; once it is not, it takes nothing any more.

    What is raised by the question ends the workbook; its archive, which is closed later by whoever cleans up, must not
    write into a file that is gone by then.
    """

    def __init__(self, file: IO[bytes], on_write: Callable[[], None]) -> None:
        self._file, self._on_write, self._given_up = file, on_write, False

    def write(self, data: bytes) -> int:
        if self._given_up:
            return len(data)
        try:
            self._on_write()
        except BaseException:
            self._given_up = True
            raise
        return self._file.write(data)

    def tell(self) -> int:
        return 0 if self._given_up else self._file.tell()

    def seek(self, place: int, whence: int = 0) -> int:
        return 0 if self._given_up else self._file.seek(place, whence)

    def flush(self) -> None:
        if not self._given_up:
            self._file.flush()

    def seekable(self) -> bool:
        return True


def write_workbook(file: IO[bytes], sheets: Iterable[Sheet], *, on_write: Callable[[], None] | None = None) -> None:
    """Write the sheets in their order; rows are read once and kept on disk, never in memory.

    A sheet with more rows than a spreadsheet takes goes on in a further one: "data", "data 2". Raises ValueError for a
    text that is longer than a cell can hold. `on_write` is called while the sheets are packed, which takes as long as a
    twentieth of the rows did; what it raises ends the work.
    """
    with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
        options = {"constant_memory": True, "tmpdir": folder, "default_date_format": "yyyy-mm-dd", **_NO_SECOND_GUESSES}
        book = xlsxwriter.Workbook(file if on_write is None else _Watched(file, on_write), options)
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
        }
        try:
            for sheet in sheets:
                _write(book, sheet, formats)
        except BaseException:
            for page in book.worksheets():
                page.row_data_fh.close()  # its rows on disk, which only a finished workbook closes
            raise
        book.close()


def blocks_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file in blocks; the file is removed when they end or when nobody wants more."""
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK_BYTES):
                yield block
    finally:
        path.unlink(missing_ok=True)


def _write(book: "xlsxwriter.Workbook", sheet: Sheet, formats: dict[str, Format]) -> None:
    rows = iter(sheet.rows)
    part, more = 1, True
    following = next(rows, None)
    while more:
        page = book.add_worksheet(sheet.name if part == 1 else f"{sheet.name} {part}")
        for column, width in enumerate(sheet.widths):
            page.set_column(column, column, width)
        page.freeze_panes(1, 0)
        for column, heading in enumerate(sheet.headings):
            page.write_string(0, column, heading, formats["head"])
        line = 0
        while following is not None and line < MAX_ROWS:
            line += 1
            for column, cell in enumerate(following):
                _put(page, line, column, cell, formats)
            following = next(rows, None)
        part, more = part + 1, following is not None


def _put(page: Worksheet, line: int, column: int, cell: object, formats: dict[str, Format]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        page.write_string(line, column, "yes" if cell else "no")
    elif isinstance(cell, (int, float, Decimal)):
        page.write_number(line, column, cell)
    elif isinstance(cell, datetime):
        page.write_datetime(line, column, cell.astimezone(UTC).replace(tzinfo=None), formats["time"])
    elif isinstance(cell, date):
        page.write_datetime(line, column, cell, formats["day"])
    else:
        text = NOT_IN_XML.sub(" ", str(cell))
        if len(text) > MAX_TEXT:
            raise ValueError(f"a cell of a workbook holds {MAX_TEXT} characters, not {len(text)}")
        page.write_string(line, column, text)
