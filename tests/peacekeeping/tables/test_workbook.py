"""Workbooks: text stays text, numbers and dates are what they are, long tables go on in a further sheet."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from peacekeeping.tables import workbook
from peacekeeping.tables.workbook import Sheet, write_workbook


def written(*sheets: Sheet) -> Any:
    file = io.BytesIO()
    write_workbook(file, sheets)
    return load_workbook(io.BytesIO(file.getvalue()))


def test_it_works() -> None:
    row = ["=1+1", 7, 2.5, Decimal("19.46"), date(2019, 1, 20), datetime(2019, 1, 20, 10, 30, tzinfo=UTC), None, True]
    page = written(Sheet("data", [f"c{n}" for n in range(len(row))], [row]))["data"]
    cells = [cell.value for cell in page[2]]
    assert cells[:6] == [
        "=1+1",
        7,
        2.5,
        19.46,
        datetime.fromisoformat("2019-01-20"),
        datetime.fromisoformat("2019-01-20T10:30"),
    ]
    assert cells[6:] == [None, "yes"]
    assert [page.cell(2, column).data_type for column in (1, 2, 5)] == ["s", "n", "d"]
    assert page.cell(2, 5).number_format == "yyyy-mm-dd"


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "{=1}", "https://example.org", "00123", "007e5"]
)
def test_what_looks_like_something_else_is_text(text: str) -> None:
    cell = written(Sheet("data", ["a"], [[text]]))["data"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize(
    "text", ["two\nlines", 'a "quoted", cell', "قوة الأمم المتحدة", "\u202bשלום\u202c", "Côte d'Ivoire", "🕊"]
)
def test_every_script(text: str) -> None:
    assert written(Sheet("data", ["a"], [[text]]))["data"]["A2"].value == text


def test_what_a_workbook_cannot_hold_becomes_a_space() -> None:
    assert written(Sheet("data", ["a"], [["x\x00y\x1bz"]]))["data"]["A2"].value == "x y z"


def test_a_text_that_is_too_long_is_an_error_and_not_cut() -> None:
    with pytest.raises(ValueError, match="32767"):
        written(Sheet("data", ["a"], [["x" * 32_768]]))


@pytest.mark.parametrize(("rows", "pages"), [(0, ["data"]), (3, ["data"]), (4, ["data", "data 2"])])
def test_more_rows_than_a_sheet_takes_go_on_in_a_further_one(
    monkeypatch: pytest.MonkeyPatch, rows: int, pages: list[str]
) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    book = written(Sheet("data", ["n"], ([n] for n in range(rows))), Sheet("about", ["a"], [["b"]]))
    assert book.sheetnames == [*pages, "about"]
    found = [row[0] for page in pages for row in book[page].iter_rows(min_row=2, values_only=True)]
    assert found == list(range(rows))
    if len(pages) > 1:
        assert book["data 2"]["A1"].value == "n"


def test_rows_are_read_once_and_not_ahead() -> None:
    asked = []

    def rows() -> Any:
        for n in range(3):
            asked.append(n)
            yield [n]

    written(Sheet("data", ["n"], rows()))
    assert asked == [0, 1, 2]
