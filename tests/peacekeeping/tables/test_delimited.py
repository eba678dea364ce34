"""Delimited text: dialects, headings, true line numbers, and what is wrong with a row."""

import pytest

from peacekeeping.tables.delimited import MAX_LINE
from tests.peacekeeping.tables.reads import read, refusal


def test_it_works() -> None:
    table, rows = read(b"id,name\r\n1,Chad\r\n2,Niger\r\n")
    assert table.headings == ("id", "name")
    assert [(row.line, row.cells, row.fault) for row in rows] == [(2, ("1", "Chad"), ""), (3, ("2", "Niger"), "")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_dialects(delimiter: str, newline: str) -> None:
    text = newline.join([f"id{delimiter}name", f'1{delimiter}"a{delimiter}b"', ""])
    table, rows = read(text.encode())
    assert table.delimiter == delimiter
    assert rows[0].cells == ("1", f"a{delimiter}b")
    assert rows[0].line == 2


def test_quotes_are_undoubled() -> None:
    assert read(b'a,b\n"say ""x""",2\n')[1][0].cells == ('say "x"', "2")


def test_newlines_in_cells_keep_the_true_line_number() -> None:
    rows = read(b'a,b\n"one\ntwo\n\nfour",x\nlast,y\n')[1]
    assert [(row.line, row.cells[0]) for row in rows] == [(2, "one\ntwo\n\nfour"), (6, "last")]


def test_blank_lines_and_lines_of_empty_cells_are_no_rows() -> None:
    rows = read(b"a,b\n\n1,2\n,\n\n3,4\n\n")[1]
    assert [(row.line, row.cells) for row in rows] == [(3, ("1", "2")), (6, ("3", "4"))]


def test_notes_before_the_headings_are_skipped() -> None:
    table, rows = read(b"# Casualties, release of 28 November 2023\n#\n\na,b\n1,2\n")
    assert table.headings == ("a", "b")
    assert rows[0].line == 5


def test_excels_own_mark_of_the_separator() -> None:
    table, rows = read(b"sep=;\r\na;b,c\r\n1;2\r\n")
    assert table.headings == ("a", "b,c")
    assert rows[0].line == 3


def test_too_few_and_too_many_cells_are_faults_of_their_rows() -> None:
    rows = read(b"a,b,c\n1,2\n1,2,3\n1,2,3,4\n")[1]
    assert [(row.line, row.fault) for row in rows] == [
        (2, "3 cells are expected and 2 found"),
        (3, ""),
        (4, "3 cells are expected and 4 found"),
    ]


def test_headings_are_stripped() -> None:
    assert read(b" a , b \n1,2\n")[0].headings == ("a", "b")


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        (b"a,b,A\n1,2,3\n", 'The heading "a" stands more than once (columns 1, 3).', 1),
        (b"\n\na,,c\n1,2,3\n", "Column 2 has no heading.", 3),
        (b"a,b;c\n1,2;3\n", "which separates the columns cannot be told", 1),
        (b'a,b\n1,"open\n2,3\n', "A quotation mark is opened here and never closed.", 2),
        (b'a,b\n1,2\n3,"x"y\n', "A quotation mark closes a cell, but more text follows", 3),
        (b"# only a note\n", "The file holds no headings.", None),
        (b"a,b\x00\n1,2\n", "NUL byte", 1),
    ],
)
def test_refusals_say_where(content: bytes, reason: str, line: int | None) -> None:
    error = refusal(content)
    assert reason in error.reason
    assert error.line == line


def test_a_line_without_end_is_refused_and_not_read_whole() -> None:
    error = refusal(b"a,b\n1,2\n3," + b"x" * (3 * MAX_LINE))
    assert "longer than 1,000,000 characters" in error.reason
    assert error.line == 3


def test_nul_bytes_come_through_for_the_reader_of_rows_to_name() -> None:
    assert read(b"a,b\n1,x\x00y\n")[1][0].cells == ("1", "x\x00y")


def test_a_lone_quote_that_swallows_the_file_is_named_at_its_line() -> None:
    error = refusal(b'a,b\n1,2\n3,"oops\n' + b"4,5\n" * 60_000)
    assert error.line == 3
    assert error.reason == "A cell is longer than 131,072 characters, or its quotation mark is never closed."
