"""Counting by month and by severity: what is not recorded is neither January nor a word of the list."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from pytest_django import DjangoDbBlocker

from casualties.choices import DatePrecision
from casualties.counts import NotAvailable, count, count_each, total
from casualties.filters import PUBLIC, select
from tests.factories import make_casualty, make_incident, make_release
from tests.kept import kept

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def some_people(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with kept(django_db_blocker):
        make_release()
        make_casualty(occurred_on=date(2021, 1, 5))
        for precision in (DatePrecision.MONTH, DatePrecision.YEAR):
            incident = make_incident(occurred_on=date(2021, 1, 1), occurred_precision=precision, key=precision)
            make_casualty(incident=incident)
        make_casualty(outcome="injury", severity="serious")
        make_casualty(outcome="injury", severity="not-serious", cause="accident")
        make_casualty(outcome="injury")
        yield


def test_the_month_is_missing_where_only_the_year_is_known() -> None:
    for frame in (count(select("", PUBLIC), ["month"]), count_each([(select("", PUBLIC), ["month"])])[0]):
        assert list(frame["persons"]) == [2, 1]
        assert frame["month"][0] == 1
        assert pd.isna(frame["month"][1])


def test_severities_are_of_injuries() -> None:
    frame = count(select("outcome=injury", PUBLIC), ["severity"])
    assert dict(zip(frame["severity"], frame["persons"], strict=True)) == {
        "not-serious": 1,
        "not-stated": 1,
        "serious": 1,
    }
    with pytest.raises(NotAvailable, match="only injuries"):
        count(select("", PUBLIC), ["severity"])


def test_the_filter_narrows_injuries_alone() -> None:
    assert total(select("outcome=injury&severity=serious", PUBLIC)) == 1
    assert total(select("outcome=injury&severity=not-stated&severity=not-serious", PUBLIC)) == 2
    assert list(count(select("outcome=all&severity=serious", PUBLIC), ["outcome"])["persons"]) == [3, 1]


def test_deaths_have_none() -> None:
    selection = select("severity=serious", PUBLIC)
    assert [problem.parameter for problem in selection.problems] == ["severity"]
    assert "outcome=injury" in selection.problems[0].reason
