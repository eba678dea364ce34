"""Months in reports: which have a line or column, and that a 0 is a counted one and nothing else."""

from collections.abc import Iterator
from datetime import date

import pytest
from pytest_django import DjangoDbBlocker

from casualties.choices import DatePrecision
from casualties.filters import PUBLIC, forget_basis, load_basis, select
from casualties.reports.asked import ask
from casualties.reports.asked import table_of as table_of_asked
from casualties.reports.statutory import REPORTS
from casualties.reports.tables import ReportTable, report_table, selection_for
from tests.factories import make_casualty, make_incident, make_mission, make_release
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
CLASSIC = "by-month-and-cause"
YEAR_2021 = "from=2021&to=2021&mission=MINUSMA"
SPRING = "date_from=2021-03-06&date_to=2021-06-30"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A release of 28 November 2023, two missions, years from 2021 to 2023, somebody of whom only the year is known."""
    with kept(django_db_blocker):
        make_release()
        make_casualty(occurred_on=date(2021, 3, 5))
        make_casualty(occurred_on=date(2021, 3, 5))
        make_casualty(occurred_on=date(2021, 4, 7))
        make_casualty(occurred_on=date(2021, 12, 31), cause="illness")
        unifil = make_mission(acronym="UNIFIL", started_on=date(1978, 3, 19))
        make_casualty(mission=unifil, occurred_on=date(2023, 2, 1), cause="accident")
        some_day = make_incident(occurred_on=date(2021, 1, 1), occurred_precision=DatePrecision.YEAR, key="some-day")
        make_casualty(incident=some_day)
        yield


def classic(query: str = "") -> ReportTable:
    selection, problems = selection_for(REPORTS[CLASSIC], select(query, PUBLIC))
    assert not problems
    return report_table(REPORTS[CLASSIC], selection)


def built(query: str) -> ReportTable:
    asked = ask("build", query, PUBLIC, load_basis())
    assert not asked.problems
    return table_of_asked(asked)


def lines(table: ReportTable) -> dict[tuple, list[int | None]]:
    """The figures of each line by its keys; the last of them is its total."""
    return {line.keys: [cell.figure for cell in (*line.cells, line.total)] for line in table.lines}


def totals(table: ReportTable) -> dict[object, int | None]:
    """The total of each line by its first key, without the last line."""
    return {line.keys[0]: line.total.figure for line in table.lines[:-1]}


def cells(table: ReportTable) -> dict[tuple, int | None]:
    """The figures by line and column, without the last line."""
    return {
        (line.keys[0], column): cell.figure
        for line in table.lines[:-1]
        for column, cell in zip(table.columns, line.cells, strict=True)
    }


def test_those_of_whom_only_the_year_is_known_are_apart() -> None:
    table = classic(YEAR_2021)
    assert totals(table) == {**dict.fromkeys(range(1, 13), 0), 3: 2, 4: 1, 12: 1, 0: 1}
    assert (table.total, table.adds_up) == (5, True)
    assert classic().selection.one("from") == "2023"


@pytest.mark.parametrize("query", ["from=2021&to=2022", "from=2021", "date_from=2020-05-01&date_to=2021-05-01"])
def test_they_are_of_one_year(query: str) -> None:
    _selection, problems = selection_for(REPORTS[CLASSIC], select(query, PUBLIC))
    assert [problem.parameter for problem in problems] == ["date_from" if "date" in query else "from"]


def test_of_a_month_after_the_release_nothing_is_known() -> None:
    table = classic()
    found = lines(table)
    assert found[(12,)] == [None] * 7
    assert all(None not in found[(month,)] for month in range(1, 12))  # November began, and is counted so far
    assert found[()] == [0, 1, 0, 0, 0, 0, 1]
    assert table.adds_up


@pytest.mark.parametrize(
    ("released_on", "unknown"), [(date(2023, 11, 30), {12}), (date(2023, 12, 1), set()), (date(2023, 12, 31), set())]
)
def test_a_month_is_known_from_the_release_of_its_first_day(released_on: date, unknown: set[int]) -> None:
    make_release(released_on=released_on)
    assert {month for month, figure in totals(classic()).items() if figure is None} == unknown


def test_somebody_who_is_recorded_after_the_release_stands() -> None:
    make_casualty(occurred_on=date(2023, 12, 3), cause="illness")
    table = classic()
    assert lines(table)[(12,)] == [None, None, 1, None, None, None, 1]
    assert lines(table)[()] == [0, 1, 1, 0, 0, 0, 2]
    assert table.adds_up


def test_what_is_known_is_known_at_a_day() -> None:
    """As known at the end of a year nothing was known of its last months, which are counted today."""
    make_release(released_on=date(2021, 10, 15))
    forget_basis()
    then = totals(classic(f"{YEAR_2021}&known_at=2021-10-20"))
    assert [month for month, figure in then.items() if figure is None] == [11, 12]
    assert totals(classic(YEAR_2021))[11] == 0


def test_months_outside_the_period_have_no_line() -> None:
    table = classic(SPRING)
    assert totals(table) == {3: 0, 4: 1, 5: 0, 6: 0}  # of March what lies in the period: nobody after the 5th
    assert table.adds_up
    assert built(f"rows=mission&columns=month&{SPRING}").columns == (3, 4, 5, 6)


def test_a_month_of_a_year_is_known_or_not_as_it_is_alone() -> None:
    by_year, by_month = built("rows=year&columns=month"), built("rows=month&columns=year")
    assert by_year.columns == (*range(1, 13), 0)
    found = cells(by_year)
    assert (found[2021, 12], found[2022, 12]) == (1, 0)
    assert [place for place, figure in found.items() if figure is None] == [(2023, 12)]
    assert lines(by_year)[(2023,)][-1] == 1
    assert lines(by_year)[()] == [
        0,
        1,
        2,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        1,
        6,
    ]  # December of the years in which it is known
    assert {(year, month): figure for (month, year), figure in cells(by_month).items()} == found
    assert by_year.adds_up
    assert by_month.adds_up


def test_a_month_of_no_year_that_is_known_has_no_sum() -> None:
    table = built("rows=month&columns=year&from=2023")
    assert table.columns == (2023,)
    assert lines(table)[(12,)] == [None, None]
    assert lines(table)[()] == [1, 1]
    assert totals(built("rows=month&rows=year&from=2023"))[12] is None
    assert lines(built("rows=mission&columns=month&from=2023&to=2023"))[("UNIFIL",)][-2:] == [None, 1]


def test_a_cell_outside_the_period_is_no_zero() -> None:
    """July has a line since one July lies in the period; the others were not asked for."""
    table = built("rows=month&columns=year&date_from=2021-07-10&date_to=2023-06-30")
    found = cells(table)
    assert [found[7, year] for year in (2021, 2022, 2023)] == [0, 0, None]
    assert [found[1, year] for year in (2021, 2022, 2023)] == [None, 0, 0]
    assert found[2, 2023] == 1
    assert None not in totals(table).values()
    assert table.adds_up


def test_months_after_the_end_of_a_mission_are_counted_zeros() -> None:
    make_mission(acronym="UNAMIR", started_on=date(1993, 10, 5), ended_on=date(1996, 3, 8))
    assert set(totals(classic("mission=UNAMIR&from=2021&to=2021")).values()) == {0}
    assert set(totals(built("rows=month&columns=year&mission=UNAMIR&from=2019&to=2021")).values()) == {0}


@pytest.mark.parametrize("query", ["rows=month&columns=cause", "rows=mission&columns=month&from=2023&to=2023"])
def test_what_is_not_known_is_not_hidden(query: str) -> None:
    table = built(f"{query}&suppress=5")
    empty = [cell for line in table.lines for cell in (*line.cells, line.total) if cell.figure is None]
    assert empty
    assert not any(cell.hidden for cell in empty)
    assert table.hidden
    assert table.adds_up


def test_a_year_outside_those_of_a_mission_is_no_zero() -> None:
    ended = make_mission(acronym="UNAMIR", started_on=date(1993, 10, 5), ended_on=date(1996, 3, 8))
    make_casualty(mission=ended, occurred_on=date(1994, 4, 7))
    make_casualty(occurred_on=date(2014, 4, 7), gender="f")
    found = cells(built("rows=mission&columns=year&from=1993"))
    assert [found["UNAMIR", year] for year in (1994, 1995, 1996, 1997, 2023)] == [1, 0, 0, None, None]
    of_women = cells(built("rows=year&columns=gender&from=2012"))
    assert [of_women[year, "f"] for year in (2012, 2013, 2014, 2015)] == [None, None, 1, 0]
