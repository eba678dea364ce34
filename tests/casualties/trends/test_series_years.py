"""Which years a series has: those of its windows, cut by from and to."""

from datetime import date
from typing import Any

import pytest

from casualties.filters import PUBLIC, select
from casualties.trends.series_years import series_years
from tests.factories import make_casualty, make_mission, make_release

pytestmark = pytest.mark.django_db


def years(query: str, **options: Any) -> tuple[int, int]:
    found = series_years(select(query, PUBLIC, **options))
    return found.start, found.stop - 1


def test_a_missions_series_runs_while_it_was_open() -> None:
    make_release()
    make_mission(acronym="UNSMIS", started_on=date(2012, 4, 1), ended_on=date(2012, 8, 31))
    make_mission(acronym="UNIFIL", started_on=date(1978, 3, 19))
    assert years("mission=UNSMIS") == (2012, 2012)
    assert years("mission=UNIFIL") == (1978, 2023)  # to the last covered year, never to the clock
    assert years("mission=UNIFIL&from=2000&to=2004") == (2000, 2004)


def test_the_worlds_series_begins_with_the_first_death() -> None:
    make_release()
    make_mission(acronym="UNIFIL", started_on=date(1978, 3, 19))
    make_casualty(mission=make_mission(acronym="UNIFIL"), occurred_on=date(1980, 2, 1), cause="accident")
    assert years("") == (1980, 2023)
    assert years("cause=illness") == (1980, 2023)
    assert years("cause=illness&from=1970&to=1981") == (1980, 1981)


def test_a_death_outside_stretches_it() -> None:
    make_release()
    mission = make_mission(acronym="UNPROFOR", started_on=date(1992, 2, 1), ended_on=date(1995, 3, 31))
    make_casualty(mission=mission, occurred_on=date(1996, 10, 1), cause="accident")
    assert years("mission=UNPROFOR") == (1992, 1996)
    assert years("mission=UNPROFOR&cause=illness") == (1992, 1996)  # the series is the mission's, not the cause's


def test_without_a_release_there_are_no_years() -> None:
    make_mission()
    assert not series_years(select("", PUBLIC))
