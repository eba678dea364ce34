"""What the bytes are is told from the bytes."""

import gzip
import io
import zipfile

import pytest

from peacekeeping.tables.content import Content
from tests.peacekeeping.tables.reads import read, refusal


def zipped(name: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr(name, "a,b\n1,2\n")
    return archive.getvalue()


def test_it_works() -> None:
    assert read(b"a,b\n1,2\n")[0].content is Content.DELIMITED
    assert read(b' \n[{"a": 1}]')[0].content is Content.JSON


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\n", "only blank space"),
        (zipped("release.csv"), "ZIP archive"),
        (zipped("xl/workbook.xml"), "Excel workbook (XLSX)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel workbook"),
        (gzip.compress(b"a,b\n", mtime=0), "gzip"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page (HTML)"),
        (b"\xef\xbb\xbf\n  <html lang='en'>", "web page (HTML)"),
        (b'<?xml version="1.0"?><rows/>', "XML"),
        (bytes(range(256)) * 8, "binary file"),
        (b"nothing but words\nand more words\n", "not a CSV file"),
    ],
)
def test_says_what_it_is_instead(content: bytes, reason: str) -> None:
    assert reason in refusal(content).reason


def test_a_name_says_nothing() -> None:
    """Only the content counts: the reader is never given a name."""
    table, rows = read(b"a;b\n1;2\n")
    assert (table.delimiter, rows[0].cells) == (";", ("1", "2"))
