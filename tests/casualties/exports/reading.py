"""Files as tests read them."""

import csv
import io

from casualties.exports.sent import SentFile


def text_of(file: SentFile) -> str:
    """The whole file."""
    return b"".join(file.blocks).decode("utf-8")


def rows_of(file: SentFile) -> list[dict[str, str]]:
    """Its rows by column; lines that begin with # are left out."""
    lines = [line for line in text_of(file).splitlines(keepends=True) if not line.startswith("#")]
    return list(csv.DictReader(io.StringIO("".join(lines))))
