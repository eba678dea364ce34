"""Built reports at their limits: what a table may hold, what annual counts can tell, what its titles say."""

import pytest
from django.http import QueryDict

from casualties.counts import NotAvailable
from casualties.filters import PUBLIC, load_basis, select
from casualties.reports import asked as asking
from casualties.reports.asked import Asked, ask, table_of
from casualties.reports.building import definition_of
from casualties.reports.tables import ReportTooLarge
from tests.factories import make_annual_count, make_casualty, make_release

pytestmark = pytest.mark.django_db


def asked(query: str) -> Asked:
    return ask("build", query, PUBLIC, load_basis())


def test_titles_say_what_is_counted() -> None:
    make_release()
    make_casualty(outcome="injury")
    assert str(asked("rows=mission&measure=incidents").report.title) == "Incidents with deaths by mission"
    assert str(asked("rows=mission&outcome=injury").report.title) == "Injuries by mission"
    given = definition_of(QueryDict("rows=mission&columns=cause"))
    assert given.pairs == [("rows", "mission"), ("columns", "cause")]


def test_tables_that_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    make_release()
    make_casualty()
    monkeypatch.setattr(asking, "MOST_NUMBERS_HIDDEN", 1)
    with pytest.raises(ReportTooLarge):
        table_of(asked("rows=mission&suppress=5"))
    monkeypatch.setattr("casualties.reports.tables.MOST_CELLS", 1)
    with pytest.raises(ReportTooLarge) as large:
        table_of(asked("rows=mission&columns=cause"))
    problem = asking.too_large(large.value, asked("rows=mission&columns=cause"))
    assert str(problem) == "columns=cause gives a table of 7 cells, which is more than 1: narrow the selection"


def test_annual_counts_have_no_incidents_and_no_injuries() -> None:
    make_release(kind="bundle")
    make_annual_count(persons=7)
    assert table_of(asked("rows=year&from=2019&to=2019")).total == 7
    for query in ("rows=mission&measure=incidents", "rows=gender", "rows=month", "rows=mission&outcome=injury"):
        with pytest.raises(NotAvailable):
            table_of(asked(query))


def test_a_selection_of_another_is_not_that_of_the_report() -> None:
    make_release()
    assert select("rows=mission", PUBLIC).problems  # rows is a parameter of the report and of nothing else
