"""Encodings are read when they cannot be mistaken, and refused otherwise."""

import pytest

from peacekeeping.tables.encoding import BLOCK
from tests.peacekeeping.tables.reads import read, refusal

TEXT = "name,place\r\nCôte d’Ivoire,Türkiye\r\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("cp1252", "cp1252"),
    ],
)
def test_it_works(encoding: str, found: str) -> None:
    table, rows = read(TEXT.encode(encoding))
    assert table.encoding == found
    assert table.headings == ("name", "place")
    assert rows[0].cells == ("Côte d’Ivoire", "Türkiye")


def test_utf_16_of_either_order() -> None:
    assert read(b"\xfe\xff" + TEXT.encode("utf-16-be"))[1][0].cells[1] == "Türkiye"
    assert read(b"\xff\xfe" + TEXT.encode("utf-16-le"))[1][0].cells[1] == "Türkiye"


def test_latin_1_where_it_cannot_be_anything_else() -> None:
    assert read("name,place\nCôte,Türkiye\n".encode("latin-1"))[1][0].cells == ("Côte", "Türkiye")


def test_utf_16_without_a_mark_is_refused() -> None:
    assert "UTF-16 without a byte order mark" in refusal(TEXT.encode("utf-16-le")).reason


def test_utf_32_is_refused() -> None:
    assert "UTF-32" in refusal(TEXT.encode("utf-32")).reason


@pytest.mark.parametrize("encoding", ["mac-roman", "cp437", "cp850"])
def test_other_encodings_of_the_same_names_are_refused(encoding: str) -> None:
    error = refusal("name,place\nCôte dIvoire,Türkiye\n".encode(encoding))
    assert "cannot be told with certainty" in error.reason
    assert error.line == 2


@pytest.mark.parametrize(("encoding", "word"), [("cp1251", "Россия"), ("iso8859-7", "Ελλάδα"), ("iso8859-6", "مصر")])
def test_other_scripts_are_refused(encoding: str, word: str) -> None:
    assert "cannot be told with certainty" in refusal(f"a,b\n1,{word}\n".encode(encoding)).reason


def test_two_encodings_in_one_file_are_refused() -> None:
    error = refusal("a,b\n1,é\n".encode() + "2,é\n".encode("latin-1"))
    assert "two encodings are mixed" in error.reason
    assert error.line == 3


def test_the_line_of_damage_is_right_beyond_the_first_block() -> None:
    rows = b"a,b\n" + b"12345678,1234567\n" * (BLOCK // 10)
    lines = rows.count(b"\n")
    assert refusal(rows + b"\xef\xbb\xbf x,\xff\x81\n").line == lines + 1


def test_damaged_utf_8_with_a_mark_is_refused() -> None:
    error = refusal(b"\xef\xbb\xbfa,b\n1,\xe9\n")
    assert "marked as UTF-8" in error.reason
    assert error.line == 2


def test_characters_across_blocks_are_whole() -> None:
    """Rows of seven bytes: over seven blocks every byte of a row is once the last of a block."""
    content = b"a,b\n" + "xé,é\n".encode() * BLOCK
    assert len(content) > 7 * BLOCK
    assert {row.cells for row in read(content)[1]} == {("xé", "é")}
