"""Which years a series has, and the open year beside the same days of earlier years."""

from datetime import date

import pytest

from casualties.counts import NotAvailable, open_period, same_days, series_years
from casualties.filters import PUBLIC, forget_basis, select
from casualties.models import Casualty
from missions.models import ImportBatch
from tests.factories import make_casualty, make_mission, make_release

pytestmark = pytest.mark.django_db


def years(query: str, **options: object) -> tuple[int, int]:
    found = series_years(select(query, PUBLIC, **options))
    return found.start, found.stop - 1


def test_a_missions_series_runs_while_it_was_open() -> None:
    make_release()
    make_mission(acronym="UNSMIS", started_on=date(2012, 4, 1), ended_on=date(2012, 8, 31))
    make_mission(acronym="UNIFIL", started_on=date(1978, 3, 19))
    assert years("mission=UNSMIS") == (2012, 2012)
    assert years("mission=UNIFIL") == (1978, 2023)  # to the last covered year, never to the clock
    assert years("") == (1978, 2023)
    assert years("from=2000&to=2004") == (2000, 2004)


def test_a_death_outside_stretches_it() -> None:
    make_release()
    mission = make_mission(acronym="UNPROFOR", started_on=date(1992, 2, 1), ended_on=date(1995, 3, 31))
    make_casualty(mission=mission, occurred_on=date(1996, 10, 1), cause="accident")
    assert years("mission=UNPROFOR") == (1992, 1996)
    assert years("mission=UNPROFOR&cause=illness") == (1992, 1996)  # the series is the mission's, not the cause's


def test_without_a_release_there_are_no_years() -> None:
    make_mission()
    assert not series_years(select("", PUBLIC))


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
