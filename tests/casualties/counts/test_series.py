"""The open year beside the same days of earlier years."""

from datetime import date

import pytest

from casualties.counts import NotAvailable, open_period, same_days
from casualties.filters import PUBLIC, forget_basis, select
from casualties.models import Casualty
from missions.models import ImportBatch
from tests.factories import make_casualty, make_release

pytestmark = pytest.mark.django_db


def test_the_open_year_stands_beside_the_same_days() -> None:
    make_release()
    for day in (date(2022, 11, 21), date(2022, 11, 22), date(2023, 1, 2), date(2023, 11, 21), date(2019, 11, 21)):
        make_casualty(occurred_on=day)
    selection = select("", PUBLIC)
    assert open_period(selection) == (2023, date(2023, 11, 21))
    frame = same_days(selection)
    assert dict(zip(frame["year"], frame["persons"], strict=True)) == {
        2018: 0,
        2019: 1,
        2020: 0,
        2021: 0,
        2022: 1,
        2023: 2,
    }


def test_before_the_first_death_of_the_year_it_ends_with_the_release() -> None:
    make_release(released_on=date(2024, 1, 9))
    make_casualty(occurred_on=date(2023, 1, 9))
    make_casualty(occurred_on=date(2023, 1, 10))
    selection = select("", PUBLIC)
    assert open_period(selection) == (2024, date(2024, 1, 9))
    assert list(same_days(selection, years=1)["persons"]) == [1, 0]


def test_a_leap_day_has_its_eve_elsewhere() -> None:
    make_release(released_on=date(2024, 3, 5))
    make_casualty(occurred_on=date(2024, 2, 29))
    make_casualty(occurred_on=date(2023, 3, 1))
    make_casualty(occurred_on=date(2023, 2, 28))
    frame = same_days(select("", PUBLIC), years=1)
    assert list(frame["persons"]) == [1, 1]


def test_annual_counts_have_no_days_to_compare() -> None:
    make_release(kind=ImportBatch.Kind.BUNDLE)
    forget_basis()
    with pytest.raises(NotAvailable):
        same_days(select("", PUBLIC))
    assert not Casualty.objects.exists()


def test_where_nobody_died_on_these_days_no_year_is_missing() -> None:
    make_release()
    make_casualty(occurred_on=date(2001, 5, 1))
    frame = same_days(select("", PUBLIC), ["cause"])
    assert sorted(set(frame["year"])) == [2018, 2019, 2020, 2021, 2022, 2023]
    assert set(frame["persons"]) == {0}
    assert list(same_days(select("", PUBLIC))["persons"]) == [0] * 6
