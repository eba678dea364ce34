"""Headings and rows -> CSV: UTF-8, RFC 4180, and no cell that a spreadsheet would run as a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

# A spreadsheet runs a cell that begins with = + - @ (full-width forms too), a tab or a carriage return (OWASP, "CSV
# injection"). Both patterns are understood alike by Python and by PostgreSQL, which writes the large files.
FORMULA = r"^([\t\r]|[\x01-\x20\x7f]*[-=+@＝＋－＠])"
CONTROL = r"[\x01-\x09\x0b-\x1f\x7f]"  # but for the line feed, which RFC 4180 allows within quotes
LINE_END = r"\r\n?"
LINE_FEED = "\n"
_PROTECTED = re.compile(r"^'+(?=[\x01-\x20\x7f]*[-=+@＝＋－＠])")


def neutral(text: str) -> str:
    """Free text as a cell: what would run as a formula begins with ', line ends are line feeds, other control
    characters spaces."""
    flat = tidy(text)
    return f"'{flat}" if re.match(FORMULA, text) else flat


def tidy(text: str) -> str:
    """Free text as it is kept and written: line ends are line feeds, other control characters spaces."""
    return re.sub(CONTROL, " ", re.sub(LINE_END, "\n", text.replace("\x00", " ")))


def original(cell: str) -> str:
    """The text that neutral() made this cell of: without the ' before what would run as a formula."""
    return _PROTECTED.sub("", cell)


class _Echo:
    """A file for csv.writer that hands each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The lines of a CSV file, heading first. None is an empty cell; text is made neutral."""
    write = csv.writer(_Echo()).writerow
    for row in chain([headings], rows):
        yield str(write([neutral(cell) if isinstance(cell, str) else cell for cell in row])).encode()


def comment_lines(facts: Mapping[str, str]) -> bytes:
    """What a file says of itself, in lines that begin with #: "# scope: all peace operations"."""
    return "".join(f"# {name}: {tidy(text).replace(LINE_FEED, ' ')}\r\n" for name, text in facts.items()).encode()
