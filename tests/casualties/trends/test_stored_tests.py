"""Tests of trend by cause: what is tested of a series, and that stored and live answers are the same."""

import json
import random
from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from django.db.models import F
from pytest_django import DjangoDbBlocker

from casualties.choices import Cause
from casualties.filters import PUBLIC, Viewer, forget_basis, select
from casualties.models import SeriesTests
from casualties.trends import stored_tests as stored_tests_module
from casualties.trends.cause_tests import CauseTest, Period, Subject, as_words, cause_tests, from_words, without_closed
from casualties.trends.rebuild import Source, read_source, rebuild
from casualties.trends.series_years import SeriesRecords, closed_years
from casualties.trends.stored_tests import rebuild_trend_tests, stored_tests, trend_tests_due
from casualties.trends.trend_tests import Method, NoTest
from casualties.trends.yearly import SELECTED, yearly
from missions.models import DataVersion, Strength
from tests.casualties.trends.annual_records import settle
from tests.factories import make_annual_count, make_casualty, make_mission, make_release
from tests.kept import kept
from tests.other_session import held_elsewhere

pytestmark = pytest.mark.django_db

GROUPS = {"": tuple(Cause.values), **{cause: (cause,) for cause in Cause.values}}
QUERIES = ("", "mission=MINUSMA", "kind=pko", "family=MONUC", "personnel=military", "nationality=not-recorded")


def live(query: str, window: tuple[int, int] | None) -> list[CauseTest]:
    frame = yearly(select(query, PUBLIC), GROUPS)
    return cause_tests(frame[frame["whose"] == SELECTED], window)


def of(tests: list[CauseTest], cause: str, subject: Subject, period: Period = Period.SERIES) -> CauseTest:
    (found,) = [one for one in tests if (one.cause, one.subject, one.period) == (cause, subject, period)]
    return found


@pytest.fixture(scope="module")
def records(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[tuple[bool, int]]]:
    """Deaths of eleven years in two missions; person-years of one of them for six years. They are tested.

    Answers whether tests were due, and how many series were tested: before the windows were stored, after, and again.
    """
    with kept(django_db_blocker):
        make_records()
        steps = [(trend_tests_due(), rebuild_trend_tests())]
        rebuild(asked_by="test")
        steps += [(trend_tests_due(), rebuild_trend_tests()) for _ in range(2)]
        yield steps


def make_records() -> None:
    make_release()
    dice = random.Random(7)
    minusma = make_mission()
    monusco = make_mission(acronym="MONUSCO", family="MONUC", started_on=date(2010, 7, 1))
    for year in range(2013, 2024):
        for cause in ("malicious-act", "illness"):
            persons = dice.randint(2, 30)
            make_annual_count(mission=minusma, year=year, cause=cause, persons=persons)
        make_casualty(mission=monusco, occurred_on=date(year, 3, 3), released=bool(dice.randint(0, 1)))
    for year in range(2013, 2019):
        Strength.objects.create(
            mission=minusma, year=year, category="troops", person_years=1000 * (year - 2008), months=list(range(1, 13))
        )
    forget_basis()
    settle()


def test_it_works(records: list[tuple[bool, int]]) -> None:
    _, (due, tested), _ = records
    assert due
    assert tested > len(QUERIES)
    for query in QUERIES:
        stored = stored_tests(select(query, PUBLIC))
        assert stored == live(query, (2018, 2022)), query


def test_they_are_stored_once_for_a_version_of_the_data(records: list[tuple[bool, int]]) -> None:
    assert records[2] == (False, 0)
    assert rebuild_trend_tests(even_if_built=True) == records[1][1]


def test_nothing_is_tested_before_the_windows_are_stored(records: list[tuple[bool, int]]) -> None:
    assert records[0] == (False, 0)


def test_tests_of_other_data_or_rules_are_no_answer(records: object) -> None:
    assert stored_tests(select("", PUBLIC)) is not None
    SeriesTests.objects.update(rules="of another day")
    assert stored_tests(select("", PUBLIC)) is None
    rebuild_trend_tests()
    assert stored_tests(select("", PUBLIC)) is not None
    SeriesTests.objects.update(data_version=DataVersion.current() + 1)
    assert stored_tests(select("", PUBLIC)) is None


def test_a_task_leaves_tests_that_are_under_way_to_whoever_is_at_them(records: object) -> None:
    SeriesTests.objects.all().delete()
    with held_elsewhere(stored_tests_module.TURN):
        assert not trend_tests_due()
        assert rebuild_trend_tests() == 0
    assert trend_tests_due()


def test_new_data_are_not_tested_with_the_last_windows_of_the_old(
    records: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The data move between the look at the windows and the reading: the tests would pass for those of the new ones."""
    SeriesTests.objects.all().delete()

    def read_what_moved() -> Source:
        DataVersion.objects.update(version=F("version") + 1)
        return read_source()

    monkeypatch.setattr(stored_tests_module, "read_source", read_what_moved)
    assert rebuild_trend_tests() == 0
    assert not SeriesTests.objects.exists()


@pytest.mark.parametrize(
    "query", ["scope=uniformed", "mission=MINUSMA&personnel=police", "mission=MINUSMA&mission=MONUSCO"]
)
def test_what_is_no_stored_series_has_no_stored_tests(records: object, query: str) -> None:
    assert stored_tests(select(query, PUBLIC)) is None
    assert stored_tests(select("", Viewer(missions=frozenset({1})))) is None


def frame(persons: list[int], rates: list[bool], first: int = 2001) -> pd.DataFrame:
    """A yearly frame of all causes and of malicious acts alike; years with a rate have 1,000 person-years."""
    years = pd.DataFrame(
        {
            "year": range(first, first + len(persons)),
            "persons": persons,
            "rate_persons": pd.array(persons, dtype="Int64"),
            "person_years": [1000.0 if rate else float("nan") for rate in rates],
            "no_rate": ["" if rate else "no-person-years" for rate in rates],
            "provisional": False,
        }
    )
    return pd.concat([years.assign(cause=""), years.assign(cause="malicious-act")], ignore_index=True)


def test_a_rate_is_tested_where_four_years_have_one() -> None:
    falling = [40, 30, 20, 12, 9, 5]
    tests = cause_tests(frame(falling, [True] * 4 + [False] * 2), (2001, 2005))
    series = of(tests, "malicious-act", Subject.RATE)
    assert (series.test.method, series.test.first_year, series.test.last_year) == (Method.QUASI_POISSON, 2001, 2004)
    window = of(tests, "malicious-act", Subject.NUMBER, Period.WINDOW)
    assert (window.test.method, window.test.last_year) == (Method.MANN_KENDALL, 2005)
    assert of(tests, "malicious-act", Subject.SHARE).test.estimate == pytest.approx(0, abs=1e-6)


def test_a_number_is_tested_where_there_are_no_person_years() -> None:
    tests = cause_tests(frame([5, 9, 12, 20, 30, 40], [True] * 3 + [False] * 3), None)
    assert of(tests, "", Subject.NUMBER).test.rises
    assert {one.period for one in tests} == {Period.SERIES}


def test_a_series_of_zeros_rises_or_falls_by_its_order_and_not_by_its_slope() -> None:
    """Most pairs of years are equal, so that the slope is 0: the direction is that of the pairs that differ."""
    rising = of(cause_tests(frame([0] * 30 + [1, 2, 3, 4, 5, 6], [False] * 36), None), "", Subject.NUMBER).test
    assert (rising.estimate, rising.rises, rising.significant) == (0, True, True)
    assert "the number of deaths rose by less than 0.1 people a year" in rising.words
    falling = of(cause_tests(frame([6, 5, 4, 3, 2, 1] + [0] * 30, [False] * 36), None), "", Subject.NUMBER).test
    assert falling.rises is False


def test_too_few_people_are_not_tested() -> None:
    few = of(cause_tests(frame([1, 0, 2, 1, 0], [False] * 5), None), "", Subject.NUMBER).test
    assert (few.method, few.reason, few.rises) == (Method.NONE, NoTest.FEW_PERSONS, None)


def test_tests_are_read_back_as_they_were_written() -> None:
    tests = cause_tests(frame([40, 30, 20, 12, 9, 5], [True] * 6), (2001, 2005))
    assert from_words(json.loads(json.dumps(as_words(tests)))) == tests


def test_no_trend_goes_through_years_in_which_a_mission_was_closed() -> None:
    """The umbrella is open in 2010-13 and 2018-22; 2015 is closed as well, yet somebody is recorded there."""
    make_release()
    umbrella = make_mission(acronym="UNEF", started_on=None)
    for name, first, last in (("UNEF I", 2010, 2013), ("UNEF II", 2018, 2022)):
        ended = date(last, 12, 31)
        make_mission(acronym=name, umbrella=umbrella, started_on=date(first, 1, 1), ended_on=ended)
    for year in (2010, 2011, 2012, 2013, 2015, 2018, 2020, 2022):
        make_annual_count(mission=umbrella, year=year, persons=2)
    settle()
    rebuild(asked_by="test")
    forget_basis()
    rebuild_trend_tests()
    selection = select("mission=UNEF", PUBLIC)
    assert closed_years(selection, SeriesRecords(selection)) == (2014, 2015, 2016, 2017)
    stored = stored_tests(selection)
    assert stored is not None
    assert of(stored, "", Subject.NUMBER).test.years == 13 - 3
    frame = yearly(selection, GROUPS, with_others=False)
    assert cause_tests(without_closed(frame, closed_years(selection, SeriesRecords(selection))), (2018, 2022)) == stored
