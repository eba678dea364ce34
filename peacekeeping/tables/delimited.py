"""Delimited text (RFC 4180 and its semicolon and tab relatives) as rows with true line numbers, read as a stream."""

import csv
from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from .content import Content
from .errors import UnreadableTableError
from .rows import Row, Table

DELIMITERS = (",", ";", "\t")
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}
MAX_LINE = 1_000_000
MAX_COLUMNS = 500
SHOWN = 60


class _Lines:
    """The physical lines of a text stream, counted, and refused when one is absurdly long."""

    def __init__(self, stream: TextIO) -> None:
        self._readline = stream.readline
        self.number = 0
        self._waiting: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else self._readline(MAX_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) >= MAX_LINE:
            raise UnreadableTableError(
                f"The line is longer than {MAX_LINE:,} characters: this is not a table of rows.", line=self.number
            )
        return line

    def put_back(self, line: str) -> None:
        self._waiting.append(line)
        self.number -= 1


def read_delimited(stream: TextIO, encoding: str) -> Table:
    """Read headings now and rows as they are asked for from `stream` (opened with newline="").

    Lines before the headings that are blank or begin with "#" are skipped. Raises UnreadableTableError here for
    headings that are missing or doubled, and while walking the rows for quotation marks that do not match.
    """
    lines = _Lines(stream)
    delimiter = _choose_delimiter(lines)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        first = next(reader)
    except StopIteration:
        raise UnreadableTableError("The file holds no headings.") from None
    except csv.Error as error:
        raise UnreadableTableError(_readable(error), line=lines.number) from None
    headings = check_headings(first, line=lines.number)
    return Table(Content.DELIMITED, encoding, delimiter, headings, _rows(reader, lines, len(headings)))


def check_headings(found: list[str], *, line: int | None = None) -> tuple[str, ...]:
    """Return the headings stripped; raise UnreadableTableError when one is blank, doubled, or there are too many."""
    headings = tuple(heading.strip() for heading in found)
    if len(headings) > MAX_COLUMNS:
        raise UnreadableTableError(f"There are {len(headings):,} columns; at most {MAX_COLUMNS} are read.", line=line)
    for place, heading in enumerate(headings, start=1):
        if not heading:
            raise UnreadableTableError(f"Column {place} has no heading.", line=line)
        if "\x00" in heading:
            raise UnreadableTableError(f"The heading of column {place} holds a NUL byte.", line=line)
    doubled = [heading for heading, times in Counter(h.casefold() for h in headings).items() if times > 1]
    if doubled:
        named = next(h for h in headings if h.casefold() == doubled[0])
        places = [str(place) for place, h in enumerate(headings, start=1) if h.casefold() == doubled[0]]
        raise UnreadableTableError(
            f'The heading "{named}" stands more than once (columns {", ".join(places)}).', line=line, column=named
        )
    return headings


def _choose_delimiter(lines: _Lines) -> str:
    """The delimiter of the heading line, which is put back; skips notes and honours Excel's own "sep=;"."""
    for line in lines:
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        if bare.lower().startswith("sep=") and len(bare) == 5 and bare[4] in DELIMITERS:
            return bare[4]
        lines.put_back(line)
        return _delimiter_of(line, lines.number + 1)
    raise UnreadableTableError("The file holds no headings.")


def _delimiter_of(line: str, number: int) -> str:
    outside = "".join(line.split('"')[0::2])
    counts = {delimiter: outside.count(delimiter) for delimiter in DELIMITERS}
    most = max(counts.values())
    if most == 0:
        raise UnreadableTableError(
            "This is not a CSV file: its first line has no comma, semicolon or tab between headings.",
            line=number,
            value=line.strip()[:SHOWN],
        )
    best = [delimiter for delimiter, times in counts.items() if times == most]
    if len(best) > 1:
        names = " and ".join(DELIMITER_NAMES[delimiter] for delimiter in best)
        raise UnreadableTableError(
            f"The first line has as many of {names}: which separates the columns cannot be told.", line=number
        )
    return best[0]


def _rows(reader: Iterator[list[str]], lines: _Lines, width: int) -> Iterator[Row]:
    start = lines.number + 1
    try:
        for cells in reader:
            if len(cells) == width:
                if any(cells):
                    yield Row(start, tuple(cells))
            elif any(cell.strip() for cell in cells):
                yield Row(start, tuple(cells), f"{width} cells are expected and {len(cells)} found")
            start = lines.number + 1
    except csv.Error as error:
        raise UnreadableTableError(_readable(error), line=start) from None


def _readable(error: csv.Error) -> str:
    text = str(error)
    if "unexpected end of data" in text:
        return "A quotation mark is opened here and never closed."
    if "field larger than" in text:
        return f"A cell is longer than {csv.field_size_limit():,} characters, or its quotation mark is never closed."
    if "expected after" in text:
        return "A quotation mark closes a cell, but more text follows before the next separator."
    return f"The line cannot be read: {text}."
