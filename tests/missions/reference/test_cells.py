"""Reading one cell of a table of facts."""

from datetime import date
from decimal import Decimal

import pytest

from missions.reference import cells


@pytest.mark.parametrize(
    ("cell", "first", "last", "precision"),
    [
        ("1997-12-28", date(1997, 12, 28), date(1997, 12, 28), "day"),
        ("1996-02", date(1996, 2, 1), date(1996, 2, 29), "month"),
        ("1994", date(1994, 1, 1), date(1994, 12, 31), "year"),
    ],
)
def test_a_rough_date_begins_and_ends_as_precisely_as_it_is_known(
    cell: str, first: date, last: date, precision: str
) -> None:
    assert cells.first_day(cell) == cells.RoughDate(first, precision)
    assert cells.last_day(cell) == cells.RoughDate(last, precision)


def test_a_blank_date_is_none_and_never_today() -> None:
    assert cells.first_day("") is None
    assert cells.last_day("") is None
    assert cells.exact_day("") is None


@pytest.mark.parametrize("cell", ["1997-02-30", "1997-13", "28.12.1997", "97", "1899-01-01", "1997-1-1", "1997-00"])
def test_an_impossible_date_is_refused(cell: str) -> None:
    with pytest.raises(cells.CellError):
        cells.first_day(cell)


def test_a_dissolved_state_needs_the_day() -> None:
    with pytest.raises(cells.CellError, match="day"):
        cells.exact_day("2003-02")


def test_a_decimal_comma_is_refused_with_a_hint() -> None:
    with pytest.raises(cells.CellError, match="not a comma"):
        cells.number(-90, 90, places=4)("45,8167")


@pytest.mark.parametrize("cell", ["91", "-90.1", "1e1", "4.12345", "", "nan", "+4", "٤"])
def test_a_latitude_off_the_earth_or_no_number_is_refused(cell: str) -> None:
    with pytest.raises(cells.CellError):
        cells.number(-90, 90, places=4)(cell)


def test_a_number_is_read_as_written() -> None:
    assert cells.number(-180, 180, places=4, blank=True)("-72.3333") == Decimal("-72.3333")
    assert cells.number(-180, 180, places=4, blank=True)("") is None


@pytest.mark.parametrize(
    ("cell", "months"),
    [("1-12", tuple(range(1, 13))), ("12", (12,)), ("5-7 9-12", (5, 6, 7, 9, 10, 11, 12))],
)
def test_months_are_read_from_ranges(cell: str, months: tuple[int, ...]) -> None:
    assert cells.months(cell) == months


@pytest.mark.parametrize("cell", ["", "0-3", "5-13", "7-5", "1-4 3-6", "9-12 1-2", "1,2", "Jan"])
def test_months_that_are_none_are_refused(cell: str) -> None:
    with pytest.raises(cells.CellError):
        cells.months(cell)


def test_a_list_names_nothing_twice() -> None:
    read = cells.words(cells.code("[A-Z]{3}", "three capital letters"))
    assert read("EGY; ISR") == ("EGY", "ISR")
    assert read("") == ()
    with pytest.raises(cells.CellError, match="twice"):
        read("EGY; EGY")
    with pytest.raises(cells.CellError, match="three capital letters"):
        read("EGY; Israel")
    with pytest.raises(cells.CellError, match="three capital letters"):
        read("EGY;")


def test_a_text_that_does_not_fit_or_cannot_be_shown_is_refused() -> None:
    assert cells.text(longest=5)("UNTSO") == "UNTSO"
    for cell in ("", "UNTSO!", "a\x00b"):
        with pytest.raises(cells.CellError):
            cells.text(longest=5)(cell)
