"""One door from bytes to a table: what is it, which encoding, then the reader that fits."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from .content import Content, recognise
from .delimited import read_delimited
from .encoding import detect_encoding
from .errors import UnreadableTableError
from .json_array import read_json_array
from .rows import Table

MAX_BYTES = 1024 * 1024 * 1024


@contextmanager
def open_table(stream: BinaryIO) -> Iterator[Table]:
    """Give the table in `stream` (binary, seekable), judged by its content and never by its name.

    The rows are read while they are walked, so the file may be far bigger than memory; at most 1 GB is accepted. The
    stream stays open and belongs to the caller. Raises UnreadableTableError, here or while the rows are walked.
    """
    size = stream.seek(0, io.SEEK_END)
    if size > MAX_BYTES:
        raise UnreadableTableError(
            f"The file has {size / 1024**2:,.0f} MB; at most {MAX_BYTES // 1024**2:,} MB are read."
        )
    content = recognise(stream)
    encoding = detect_encoding(stream)
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, errors="strict", newline="")
    try:
        if content is Content.JSON:
            yield read_json_array(text, encoding)
        else:
            yield read_delimited(text, encoding)
    finally:
        text.detach()
