"""The rebuild writes every series for both audiences, all at once, once per version of the data."""

from datetime import date

import pytest

from casualties.frames import FULL_COLUMNS
from casualties.models import TrendWindow
from casualties.trends.rebuild import (
    rebuild,
    stored_windows,
    trends_ready,
)
from tests.casualties.trends.annual_records import make_deaths, settle, world
from tests.factories import make_country, make_mission, make_release

pytestmark = pytest.mark.django_db


def test_it_works() -> None:
    make_release()
    make_deaths(make_mission(), {2013: 6, 2014: 39, 2018: 2, 2023: 1})
    (run,) = rebuild(asked_by="somebody")
    windows = world()
    assert list(windows.columns) == FULL_COLUMNS
    assert windows["first_year"].tolist() == [2013, 2014, 2015, 2016, 2017, 2018, 2019]
    assert windows["persons"].tolist() == [45, 41, 2, 2, 2, 2, 1]
    assert windows["rank"].tolist()[:-1] == [1, 2, 3, 3, 3, 3]
    assert windows["would_be_rank"].tolist()[-1] == 7
    assert windows["provisional"].tolist() == [False] * 6 + [True]
    assert (run.asked_by, run.error, run.rows) == ("somebody", "", TrendWindow.objects.count())
    assert run.finished_at is not None


def test_every_series_is_there() -> None:
    make_release()
    make_deaths(make_mission(family="MINUSMA", region="Africa"), {2014: 1}, nationality=make_country(iso3="TCD"))
    rebuild(asked_by="test")
    keys = TrendWindow.objects.values_list("series", "key").distinct()
    assert set(keys) == {
        ("world", ""),
        ("kind", "pko"),
        ("region", "Africa"),
        ("mission", "MINUSMA"),
        ("family", "MINUSMA"),
        ("contributor", "TCD"),
        ("personnel", "military"),
    }


def test_missing_and_undetermined_nationalities_are_series_of_their_own() -> None:
    make_release()
    mission = make_mission(acronym="UNFICYP", started_on=date(1964, 3, 27))
    make_deaths(mission, {2014: 1})
    make_deaths(mission, {2015: 1}, nationality=make_country(iso3="ZZZ"))
    rebuild(asked_by="test")
    keys = TrendWindow.objects.filter(series="contributor").values_list("key", flat=True).distinct()
    assert set(keys) == {"not-recorded", "undetermined"}


def test_an_embargoed_death_is_in_no_public_window() -> None:
    make_release()
    mission = make_mission()
    make_deaths(mission, {2014: 1})
    make_deaths(mission, {2014: 2, 2011: 1}, released=False)
    rebuild(asked_by="test")
    assert world()["persons"].tolist()[:2] == [1, 0]
    assert world(audience="confirmed")["persons"].tolist()[:2] == [4, 3]
    # Not even its year: the public series begins later.
    assert world()["first_year"].min() == 2014
    assert world(audience="confirmed")["first_year"].min() == 2011


def test_what_is_the_same_for_both_audiences_is_stored_once() -> None:
    make_release()
    make_deaths(make_mission(), {2014: 1})
    make_deaths(make_mission(acronym="UNIFIL", started_on=date(2010, 1, 1)), {2014: 1}, released=False)
    rebuild(asked_by="test")
    staff = TrendWindow.objects.filter(audience="confirmed", series="mission")
    assert set(staff.values_list("key", flat=True)) == {"UNIFIL"}
    for name, counted in (("MINUSMA", (1, 1)), ("UNIFIL", (0, 1))):
        seen = [
            stored_windows("mission", name, cause="", outcome="fatality", audience=audience)["persons"].max()
            for audience in ("released", "confirmed")
        ]
        assert tuple(seen) == counted


def test_nothing_after_the_last_covered_year() -> None:
    make_release(released_on=date(2022, 2, 1))
    make_deaths(make_mission(), {2014: 1, 2023: 5})
    rebuild(asked_by="test")
    assert TrendWindow.objects.filter(last_year__gt=2022).count() == 0
    assert world()["persons"].tolist()[-1] == 0


def test_a_later_release_without_any_other_change_closes_the_year() -> None:
    make_release(released_on=date(2023, 12, 31))
    make_deaths(make_mission(), {2014: 1, 2023: 5})
    settle()
    rebuild(asked_by="test")
    assert world()["provisional"].tolist()[-1]
    make_release(released_on=date(2024, 1, 2))
    settle()
    assert not trends_ready()
    rebuild(asked_by="test")
    assert world()[["last_year", "provisional"]].to_numpy().tolist()[-2:] == [[2023, False], [2024, True]]


def test_injuries_are_windows_of_their_own_and_begin_with_the_first_recorded() -> None:
    make_release()
    mission = make_mission()
    make_deaths(mission, {2014: 3})
    make_deaths(mission, {2016: 7}, outcome="injury")
    rebuild(asked_by="test")
    injuries = world(outcome="injury")
    assert injuries["first_year"].min() == 2016
    assert injuries["persons"].tolist() == [7, 0, 0, 0]
    assert world()["persons"].tolist()[0] == 3


def test_without_recorded_injuries_there_is_no_window_of_zero() -> None:
    make_release()
    make_deaths(make_mission(), {2014: 3})
    rebuild(asked_by="test")
    assert world(outcome="injury").empty


def test_all_causes_at_once() -> None:
    make_release()
    mission = make_mission()
    make_deaths(mission, {2014: 3})
    make_deaths(mission, {2014: 2}, cause="to-be-determined")
    rebuild(asked_by="test")
    first = world(cause=None).groupby("cause").first()["persons"]
    assert first.to_dict() == {
        "": 5,
        "malicious-act": 3,
        "accident": 0,
        "illness": 0,
        "self-inflicted": 0,
        "to-be-determined": 2,
        "unknown": 0,
    }


def test_a_key_may_hold_any_sign() -> None:
    region = 'Asia\t"and" \\the Pacific,\nnorth'
    make_release()
    make_deaths(make_mission(region=region), {2014: 1})
    rebuild(asked_by="test")
    assert not stored_windows("region", region, cause="", outcome="fatality", audience="released").empty


def test_a_series_that_does_not_exist_has_no_windows() -> None:
    make_release()
    rebuild(asked_by="test")
    windows = stored_windows("mission", "NOBODY", cause="", outcome="fatality", audience="released")
    assert windows.empty
    assert windows["rank"].dtype == "Int64"
