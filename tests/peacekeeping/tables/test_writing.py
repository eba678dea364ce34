"""Cells that a spreadsheet would run, line ends, blanks."""

import csv
import io

import pytest

from peacekeeping.tables.writing import comment_lines, csv_lines, neutral


def test_it_works() -> None:
    lines = b"".join(csv_lines(["key", "persons", "note"], [["MINUSMA", 3, None], ["Côte d'Ivoire", 0, 'a "b", c']]))
    assert lines == 'key,persons,note\r\nMINUSMA,3,\r\nCôte d\'Ivoire,0,"a ""b"", c"\r\n'.encode()


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n@x", "＝1", "－1", "\ttab", "\rreturn", "\x01-1"],
)
def test_a_formula_becomes_text(text: str) -> None:
    assert neutral(text).startswith("'")


@pytest.mark.parametrize("text", ["MINUSMA-2017-05-00001", "a=b", "2019-01-20", "", "'quoted", "#1", "1-1"])
def test_other_text_stays(text: str) -> None:
    assert neutral(text) == text


def test_line_ends_are_line_feeds_and_other_control_characters_spaces() -> None:
    assert neutral("first\r\nsecond\x00third") == "first\nsecond third"
    assert len(list(csv.reader(io.StringIO(b"".join(csv_lines(["a"], [["x\ny"]])).decode())))) == 2


def test_numbers_are_not_text() -> None:
    assert list(csv_lines(["n"], [[-3], [2.5]])) == [b"n\r\n", b"-3\r\n", b"2.5\r\n"]


def test_comments_stay_on_their_line() -> None:
    assert comment_lines({"selection": "all\nrows,1", "rows": "3"}) == b"# selection: all rows,1\r\n# rows: 3\r\n"
