"""Missions, families and genders beside each other: each is counted in its own years, and a 0 is said in them alone."""

from datetime import date

import pytest

from casualties.counts import NotAvailable, count, fill_years, genders_since, total
from casualties.filters import PUBLIC, select
from casualties.trends.live import windows_for
from casualties.trends.own_years import OwnYears, open_from_january
from casualties.trends.series_years import series_years
from tests.factories import make_casualty, make_mission, make_release
from tests.kept import standing

pytestmark = pytest.mark.django_db


def make_people() -> None:
    """Men since 2011, women since 2017, and one of neither; BINUH opens in October 2019, UNMIL ends in 2018."""
    make_release()
    liberia = make_mission(acronym="UNMIL", started_on=date(2003, 9, 19), ended_on=date(2018, 3, 30), family="LBR")
    haiti = make_mission(acronym="BINUH", started_on=date(2019, 10, 16))
    make_casualty(mission=liberia, occurred_on=date(2009, 1, 5))
    make_casualty(mission=liberia, occurred_on=date(2011, 1, 5), gender="m")
    make_casualty(mission=liberia, occurred_on=date(2017, 1, 5), gender="f")
    make_casualty(mission=haiti, occurred_on=date(2021, 1, 5), gender="m")


people = standing(make_people)


def filled(by: list[str], query: str = "") -> dict[str, list[int]]:
    """The years with a row, by the word of the second dimension."""
    selection = select(query, PUBLIC)
    frame = fill_years(count(selection, by), series_years(selection), known=OwnYears(selection).knows)
    return {str(word): list(own["year"]) for word, own in frame.groupby(by[1])}


def test_a_mission_and_a_family_have_the_years_of_their_series(people: None) -> None:
    assert filled(["year", "mission"]) == {"UNMIL": list(range(2009, 2019)), "BINUH": list(range(2019, 2024))}
    assert filled(["year", "family"])["LBR"] == list(range(2009, 2019))


def test_a_gender_has_those_since_it_was_recorded(people: None) -> None:
    assert genders_since(select("", PUBLIC)) == {"m": 2011, "f": 2017}
    assert filled(["year", "gender"]) == {
        "f": list(range(2017, 2024)),
        "m": list(range(2011, 2024)),
        "not-recorded": list(range(2009, 2024)),
    }


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("gender=f", range(2017, 2024)),
        ("gender=f&from=2015&to=2018", range(2017, 2019)),
        ("gender=f&gender=m", range(2011, 2024)),
        ("gender=f&gender=not-recorded", range(2009, 2024)),
        ("gender=f&mission=UNMIL", range(2017, 2019)),
        ("gender=f&mission=BINUH", range(2019, 2024)),
    ],
)
def test_a_series_of_a_gender_begins_when_it_was_recorded(people: None, query: str, years: range) -> None:
    assert series_years(select(query, PUBLIC)) == years


def test_windows_before_it_was_recorded_are_not_there_or_not_complete(people: None) -> None:
    world = windows_for(select("gender=f", PUBLIC))
    assert list(world["first_year"]) == [2017, 2018, 2019]
    mission = windows_for(select("gender=f&mission=UNMIL", PUBLIC))
    assert list(mission["last_year"]) == [2017, 2018]
    assert not mission["complete"].any()
    assert mission["rank"].isna().all()


def test_of_a_period_before_it_no_number_is_said(people: None) -> None:
    assert total(select("gender=f&to=2017", PUBLIC)) == 1
    for query in ("gender=f&to=2016", "gender=f&date_from=2012-01-01&date_to=2016-12-31"):
        with pytest.raises(NotAvailable, match="nobody is recorded with this gender"):
            total(select(query, PUBLIC))


def test_years_that_are_whole_from_january(people: None) -> None:
    assert open_from_january(select("mission=BINUH", PUBLIC), range(2019, 2024)) == [2020, 2021, 2022, 2023]
    assert open_from_january(select("", PUBLIC), range(2019, 2024)) == list(range(2019, 2024))
