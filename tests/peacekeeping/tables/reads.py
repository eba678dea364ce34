"""Bytes in, rows out: what the tests of the readers share."""

import io

from peacekeeping.tables.errors import UnreadableTableError
from peacekeeping.tables.reading import open_table
from peacekeeping.tables.rows import Row, Table


def read(content: bytes) -> tuple[Table, list[Row]]:
    """The table and all its rows."""
    with open_table(io.BytesIO(content)) as table:
        return table, list(table.rows)


def refusal(content: bytes) -> UnreadableTableError:
    """The error that reading the content to its end gives."""
    try:
        read(content)
    except UnreadableTableError as error:
        return error
    raise AssertionError("the content was read without an error")
