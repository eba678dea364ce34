"""A big file does not sit in memory."""

import io
import tracemalloc

import pytest

from peacekeeping.tables import reading
from peacekeeping.tables.reading import open_table
from tests.peacekeeping.tables.reads import refusal


def peak_while_reading(content: bytes) -> tuple[int, int]:
    """Rows read, and the most memory that reading took besides the content itself."""
    stream = io.BytesIO(content)
    tracemalloc.start()
    try:
        with open_table(stream) as table:
            rows = sum(1 for _ in table.rows)
        return rows, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


LONG = b"Malicious act, in the course of a patrol. " * 5


@pytest.mark.parametrize(
    "content",
    [
        b"a,b,c\n" + b"1948-07-06,UNTSO-1948-07-02408,%s\n" % LONG * 12_000,
        b"[" + b",".join([b'{"a": "1948-07-06", "b": -678153600000, "c": "%s"}' % LONG] * 12_000) + b"]",
    ],
    ids=["csv", "json"],
)
def test_it_works(content: bytes) -> None:
    rows, peak = peak_while_reading(content)
    assert rows == 12_000
    assert len(content) > 2_800_000
    assert peak < 1_200_000


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 1024 * 1024)
    assert "at most 1 MB are read" in refusal(b"a,b\n" + b"1,2\n" * 300_000).reason
