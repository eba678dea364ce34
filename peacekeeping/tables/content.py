"""What kind of file the bytes are, whatever the file's name says."""

from enum import StrEnum
from typing import BinaryIO

from .errors import UnreadableTableError


class Content(StrEnum):
    """The two kinds of file that hold a table."""

    DELIMITED = "csv"
    JSON = "json"


HEAD_BYTES = 64 * 1024

# First bytes of the files that people send instead of a table, and what to do with each.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "This is an old Excel workbook (XLS), not a CSV file: save the sheet as CSV UTF-8."),
    (b"\x1f\x8b", "This is a gzip archive, not a CSV or JSON file: unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", "This is a 7-Zip archive, not a CSV or JSON file: unpack it first."),
    (b"Rar!", "This is a RAR archive, not a CSV or JSON file: unpack it first."),
    (b"BZh", "This is a bzip2 archive, not a CSV or JSON file: unpack it first."),
    (b"\xfd7zXZ\x00", "This is an xz archive, not a CSV or JSON file: unpack it first."),
    (b"\x28\xb5\x2f\xfd", "This is a zstd archive, not a CSV or JSON file: unpack it first."),
    (b"%PDF", "This is a PDF document, not a CSV or JSON file."),
    (b"{\\rtf", "This is an RTF document, not a CSV or JSON file."),
    (b"PAR1", "This is a Parquet file; CSV and JSON are read."),
    (b"SQLite format 3", "This is an SQLite database, not a CSV or JSON file."),
    (b"\x89PNG", "This is a picture, not a CSV or JSON file."),
    (b"\xff\xd8\xff", "This is a picture, not a CSV or JSON file."),
    (b"GIF8", "This is a picture, not a CSV or JSON file."),
    (b"\x7fELF", "This is a program, not a CSV or JSON file."),
)
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1a\x1b\x00")


def recognise(stream: BinaryIO) -> Content:
    """Say whether `stream` holds delimited text or JSON, judged by its first 64 kB alone.

    Leaves the stream at its start. Raises UnreadableTableError with a sentence that names what it is instead: empty,
    an archive, a workbook, a web page, a picture.
    """
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    if not head:
        raise UnreadableTableError("The file is empty.")
    _refuse_binary(head)
    text = _text_of(head).lstrip("\ufeff \t\r\n")
    if not text:
        if len(head) < HEAD_BYTES:
            raise UnreadableTableError("The file holds only blank space.")
        raise UnreadableTableError("The file begins with more than 64 kB of blank space.")
    start = text[:200].lower()
    if start.startswith("<"):
        if "<?xml" in start and "<html" not in text.lower():
            raise UnreadableTableError("This is an XML file; CSV and JSON are read.")
        raise UnreadableTableError(
            "This is a web page (HTML), not a CSV or JSON file: perhaps the error or sign-in page of the site that it "
            "was downloaded from."
        )
    if start.startswith(("[", "{")):
        return Content.JSON
    return Content.DELIMITED


def _refuse_binary(head: bytes) -> None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if b"xl/" in head or b"[Content_Types].xml" in head:
            raise UnreadableTableError("This is an Excel workbook (XLSX), not a CSV file: save the sheet as CSV UTF-8.")
        if b"opendocument" in head:
            raise UnreadableTableError("This is an OpenDocument file, not a CSV file: save the sheet as CSV UTF-8.")
        raise UnreadableTableError("This is a ZIP archive, not a CSV or JSON file: unpack it first.")
    for signature, reason in SIGNATURES:
        if head.startswith(signature):
            raise UnreadableTableError(reason)
    if head.startswith(WIDE_MARKS):
        return
    controls = sum(1 for byte in head if byte < 0x20 and byte not in TEXT_CONTROLS)
    if controls > len(head) // 50:
        raise UnreadableTableError("This is a binary file, not a CSV or JSON file.")


def _text_of(head: bytes) -> str:
    if head.startswith(b"\xff\xfe"):
        return head.decode("utf-16-le", errors="replace")
    if head.startswith(b"\xfe\xff"):
        return head.decode("utf-16-be", errors="replace")
    return head.decode("utf-8", errors="replace")
