"""As known at a date: figures equal those of the release that stood then."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest
from pytest_django import DjangoDbBlocker

from casualties.choices import CasualtyState, Cause
from casualties.counts import count, open_period, total
from casualties.filters import PUBLIC, forget_basis, in_words, select
from casualties.models import Casualty, Incident
from casualties.trends.live import windows_for
from casualties.trends.series_years import series_years
from missions.models import ImportBatch
from tests.factories import make_casualty, make_incident, make_release
from tests.kept import kept

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2023, 11, 28), date(2024, 6, 30)


@pytest.fixture(scope="module", autouse=True)
def two_releases(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The second release reclassifies one, withdraws one, adds one of the open year and one back-dated."""
    with kept(django_db_blocker):
        make_release(released_on=FIRST)
        undetermined = make_casualty(cause=Cause.TO_BE_DETERMINED, occurred_on=date(2023, 3, 1))
        gone = make_casualty(occurred_on=date(2022, 5, 5))
        make_casualty(occurred_on=date(2021, 5, 5))
        make_release(released_on=SECOND)
        settled = make_incident(cause=Cause.ILLNESS, occurred_on=date(2023, 3, 1))
        Casualty.objects.filter(pk=undetermined.pk).update(incident=settled, cause=Cause.ILLNESS, known_at=SECOND)
        Casualty.objects.filter(pk=gone.pk).update(state=CasualtyState.WITHDRAWN, withdrawn_on=SECOND, known_at=SECOND)
        make_casualty(occurred_on=date(2024, 2, 2), known_at=SECOND)
        make_casualty(occurred_on=date(2015, 2, 2), known_at=SECOND)
        forget_basis()
        yield


def by_year(query: str) -> list[tuple[Any, ...]]:
    frame = count(select(query, PUBLIC), ["year", "cause"])
    return list(frame.itertuples(index=False, name=None))


def test_the_first_release_is_as_it_was() -> None:
    assert by_year("known_at=2023-11-28") == [
        (2021, "malicious-act", 1),
        (2022, "malicious-act", 1),
        (2023, "to-be-determined", 1),
    ]


def test_between_releases_the_older_stands() -> None:
    assert by_year("known_at=2024-06-29") == by_year("known_at=2023-11-28")


def test_at_the_newest_release_it_is_as_it_is() -> None:
    assert (
        by_year("known_at=2024-06-30")
        == by_year("")
        == [
            (2015, "malicious-act", 1),
            (2021, "malicious-act", 1),
            (2023, "illness", 1),
            (2024, "malicious-act", 1),
        ]
    )


def test_years_end_with_the_release_of_that_date() -> None:
    then = select("known_at=2024-01-15", PUBLIC)
    assert series_years(then) == range(2021, 2024)
    assert open_period(then) == (2023, date(2023, 3, 1))
    assert series_years(select("", PUBLIC)) == range(2015, 2025)
    assert windows_for(select("known_at=2023-11-28", PUBLIC)).empty  # three years: no window of five
    assert list(windows_for(select("", PUBLIC))["last_year"]) == [2019, 2020, 2021, 2022, 2023, 2024]


def test_filters_apply_to_what_was_known() -> None:
    assert total(select("known_at=2023-11-28&cause=to-be-determined", PUBLIC)) == 1
    assert total(select("cause=to-be-determined", PUBLIC)) == 0
    assert total(select("known_at=2023-11-28&date_from=2022-05-05&date_to=2022-05-05", PUBLIC)) == 1
    assert total(select("known_at=2023-11-28", PUBLIC), measure="incidents") == 3


def test_days_and_incidents_then() -> None:
    frame = count(select("known_at=2023-11-28&from=2022", PUBLIC), ["day"])
    pd.testing.assert_series_equal(frame["persons"], pd.Series([1, 1]), check_names=False)


def test_it_is_said_in_words() -> None:
    selection = select("known_at=2023-12-01", PUBLIC)
    assert selection.known_at == date(2023, 12, 1)
    assert selection.release is not None
    assert selection.release.date == FIRST
    assert "as known at 2023-12-01" in in_words(selection)
    assert selection.query_string == "known_at=2023-12-01"
    assert selection.change(known_at=None).release.date == SECOND  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("2023-11-27", "lies before 2023-11-28, the first release"),
        ("2024-07-01", "lies after 2024-06-30, the newest release"),
        ("2999-01-01", "lies after 2024-06-30, the newest release"),
        ("yesterday", "is not a day written as YYYY-MM-DD"),
        ("2023-11-31", "is not a day written as YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_answered_is_refused(value: str, reason: str) -> None:
    (problem,) = select({"known_at": value}, PUBLIC).problems
    assert (problem.parameter, problem.reason) == ("known_at", reason)


def test_two_dates_are_refused() -> None:
    assert select("known_at=2023-11-28&known_at=2024-06-30", PUBLIC).problems


def test_a_year_after_the_release_of_that_date_is_refused() -> None:
    (problem,) = select("known_at=2023-11-28&to=2024", PUBLIC).problems
    assert problem.reason == "lies after 2023, the last year that the release covers"


def test_without_data_nothing_was_known() -> None:
    Casualty.objects.all().delete()
    Incident.objects.all().delete()
    ImportBatch.objects.all().delete()
    forget_basis()
    assert select("known_at=2023-11-28", PUBLIC).problems
