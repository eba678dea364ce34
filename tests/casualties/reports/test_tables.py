"""Reports of a small world: what stands in them, that they add up, and that every figure leads to its people."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from pytest_django import DjangoDbBlocker

from casualties.choices import DatePrecision
from casualties.counts import NotAvailable, total
from casualties.filters import PUBLIC, select
from casualties.reports.statutory import REPORTS
from casualties.reports.suppression import suppressed
from casualties.reports.tables import ReportTable, narrowed, report_table, selection_for
from tests.factories import make_annual_count, make_casualty, make_country, make_incident, make_mission, make_release
from tests.kept import kept

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Two missions, two nationalities and one that is not recorded, three years, an injury, somebody without a day."""
    with kept(django_db_blocker):
        make_world()
        yield


def make_world() -> None:
    make_release()
    unifil, chad = make_mission(acronym="UNIFIL", started_on=date(1978, 3, 19)), make_country()
    make_casualty(nationality=chad, occurred_on=date(2021, 3, 5))
    make_casualty(nationality=chad, occurred_on=date(2021, 3, 5))
    make_casualty(nationality=make_country(iso3="NER"), occurred_on=date(2021, 12, 31), cause="illness")
    make_casualty(mission=unifil, nationality=chad, occurred_on=date(2023, 2, 1), cause="accident", personnel="police")
    make_casualty(mission=unifil, occurred_on=date(2021, 3, 9), cause="accident")
    make_casualty(outcome="injury", severity="serious", occurred_on=date(2021, 3, 5))
    make_casualty(outcome="injury", occurred_on=date(2021, 3, 5))
    incident = make_incident(
        occurred_on=date(2021, 1, 1), occurred_precision=DatePrecision.YEAR, key="some-day-of-2021"
    )
    make_casualty(incident=incident)


def table_of(name: str, query: str = "") -> ReportTable:
    report = REPORTS[name]
    selection, problems = selection_for(report, select(query, PUBLIC))
    assert not problems
    return report_table(report, selection)


def figures(table: ReportTable) -> list[tuple]:
    return [(*line.keys, *(cell.figure for cell in line.cells), line.total.figure) for line in table.lines]


# These come before the records of the module are made, which stay to its end.


def test_what_the_data_cannot_tell() -> None:
    make_release()
    make_casualty()
    with pytest.raises(NotAvailable, match="no injuries"):
        table_of("injuries-by-mission-cause-and-severity")


def test_annual_counts_have_no_months() -> None:
    make_release(kind="bundle")
    make_annual_count(persons=7, year=2023)
    with pytest.raises(NotAvailable, match="annual counts only"):
        table_of("by-month-and-cause")
    assert figures(table_of("by-mission-and-cause"))[0] == ("MINUSMA", 7, 0, 0, 0, 0, 0, 7)


@pytest.mark.usefixtures("world")
def test_years_without_anybody_are_counted_zeros() -> None:
    assert figures(table_of("by-year", "mission=MINUSMA&from=2020&to=2022")) == [(2020, 0), (2021, 4), (2022, 0), (4,)]


@pytest.mark.usefixtures("world")
def test_missions_by_cause() -> None:
    table = table_of("by-mission-and-cause")
    assert table.columns[:3] == ("malicious-act", "accident", "illness")
    assert figures(table) == [("MINUSMA", 3, 0, 1, 0, 0, 0, 4), ("UNIFIL", 0, 2, 0, 0, 0, 0, 2), (3, 2, 1, 0, 0, 0, 6)]


@pytest.mark.usefixtures("world")
def test_a_filter_leaves_its_columns() -> None:
    table = table_of("by-mission-and-cause", "cause=accident&cause=illness")
    assert table.columns == ("accident", "illness")
    scoped = table_of("by-mission-and-personnel", "scope=uniformed")
    assert scoped.columns == ("military", "military-observer", "police")


@pytest.mark.usefixtures("world")
def test_nationalities_with_their_missions_and_sub_totals() -> None:
    table = table_of("by-nationality-and-mission")
    assert figures(table) == [
        ("TCD", "MINUSMA", 2),
        ("TCD", "UNIFIL", 1),
        ("TCD", 3),
        ("NER", "MINUSMA", 1),
        ("NER", 1),
        ("not-recorded", "MINUSMA", 1),
        ("not-recorded", "UNIFIL", 1),
        ("not-recorded", 2),
        (6,),
    ]
    assert [line.level for line in table.lines[:3]] == ["part", "part", "subtotal"]


@pytest.mark.usefixtures("world")
def test_injuries_by_severity() -> None:
    table = table_of("injuries-by-mission-cause-and-severity")
    assert table.columns[-1] == "not-stated"
    assert figures(table) == [
        ("MINUSMA", "malicious-act", 0, 1, 0, 0, 1, 2),
        ("MINUSMA", 0, 1, 0, 0, 1, 2),
        (0, 1, 0, 0, 1, 2),
    ]


QUERIES = ["", "mission=MINUSMA&nationality=TCD", "from=2021&to=2021", "date_from=2021-03-06&date_to=2021-12-31"]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("name", REPORTS)
def test_every_figure_is_that_of_its_people_and_the_parts_add_up(name: str, query: str) -> None:
    table = table_of(name, query)
    assert table.adds_up
    assert table.total == table.recounted == total(table.selection)
    for line in table.lines:
        for cell in (*line.cells, line.total):
            own = narrowed(table.selection, cell.where)
            if own is None:
                assert cell.where["month"] == 0
            elif cell.figure:
                assert not own.problems
                assert total(own) == cell.figure, cell.where


@pytest.mark.usefixtures("world")
def test_parts_that_do_not_add_up_are_found() -> None:
    table = table_of("by-mission-and-cause")
    assert not replace(table, recounted=table.recounted + 1).adds_up
    assert not replace(table, lines=(*table.lines[1:],)).adds_up


@pytest.mark.usefixtures("world")
def test_sub_totals_do_not_tell_a_hidden_part() -> None:
    table = suppressed(table_of("by-nationality-and-mission"), 3)
    shown = [(line.keys, cell.figure) for line in table.lines for cell in (line.total,) if not cell.hidden]
    assert (("TCD",), 3) not in shown or all(line.total.hidden for line in table.lines[:2])
    assert not any(0 < (persons or 0) < 3 for _keys, persons in shown)
    assert suppressed(table_of("by-year"), 0).hidden == 0


@pytest.mark.usefixtures("world")
def test_a_report_has_its_own_outcome() -> None:
    _selection, problems = selection_for(REPORTS["by-year"], select("outcome=injury", PUBLIC))
    assert [(problem.parameter, problem.allowed) for problem in problems] == [("outcome", ("fatality",))]
    injuries, problems = selection_for(REPORTS["injuries-by-mission-cause-and-severity"], select("", PUBLIC))
    assert (injuries.outcome, problems) == ("injury", [])
