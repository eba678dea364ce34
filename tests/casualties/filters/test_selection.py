"""Which people a query string means."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from casualties.choices import DatePrecision, Grouping, Origin
from casualties.counts import left_out_by_days, total
from casualties.filters import EVERYTHING, PUBLIC, Selection, Viewer, select, viewer_of
from casualties.models import Casualty, Incident
from missions.models import UNDETERMINED_COUNTRY, Role
from tests.factories import (
    make_casualty,
    make_country,
    make_mission,
    make_release,
    make_user,
    reader,
    reporter,
)
from tests.kept import kept

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 15)


@pytest.fixture(scope="module", autouse=True)
def release(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with kept(django_db_blocker):
        make_release()
        yield


def people(query: str, viewer: Viewer = PUBLIC, **options: Any) -> int:
    return total(select(query, viewer, **options))


def test_values_of_one_parameter_are_or_and_parameters_are_and() -> None:
    make_casualty(cause="illness")
    make_casualty(cause="accident")
    make_casualty(cause="accident", personnel="police")
    assert people("cause=illness&cause=accident") == 3
    assert people("cause=illness&cause=accident&personnel=police") == 1


def test_family_kind_and_region() -> None:
    make_casualty(mission=make_mission(acronym="MONUC", family="MONUC", region="Africa"))
    make_casualty(mission=make_mission(acronym="MONUSCO", family="MONUC", region="Africa"))
    make_casualty(mission=make_mission(acronym="UNAMA", kind="spm", region="Asia"))
    assert people("family=MONUC") == 2
    assert people("kind=spm") == 1
    assert people("region=Asia&region=Africa") == 3
    assert people("family=MONUC&region=Africa&mission=MONUSCO") == 1
    assert people("kind=other&family=MONUC") == 0  # no mission is of that kind: another thing than a contradiction


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("mission=UNAMA&family=MONUC", "family=MONUC excludes mission=UNAMA"),
        ("family=MONUC&region=Asia", "region=Asia excludes family=MONUC"),
        ("mission=UNAMA&kind=pko", "kind=pko excludes mission=UNAMA"),
        ("mission=UNAMA&scope=pko", "scope=pko excludes mission=UNAMA"),
        ("mission=UNAMA&mission=MONUC&family=MONUC&region=Asia", "region=Asia excludes family=MONUC"),
    ],
)
def test_filters_that_leave_no_mission_together_are_refused(query: str, said: str) -> None:
    make_mission(acronym="MONUC", family="MONUC", region="Africa")
    make_mission(acronym="UNAMA", kind="spm", region="Asia")
    assert [str(problem) for problem in select(query, PUBLIC).problems] == [said]


def test_an_alias_is_the_mission() -> None:
    make_casualty(mission=make_mission(acronym="UNOCI", aliases=["ONUCI"]))
    selection = select("mission=ONUCI", PUBLIC)
    assert total(selection) == 1
    assert selection.query_string == "mission=UNOCI"


def test_scopes() -> None:
    political = make_mission(acronym="UNAMA", kind="spm")
    for personnel in ("military", "military-observer", "police", "international-civilian", "local-civilian", "other"):
        make_casualty(personnel=personnel)
        make_casualty(personnel=personnel, mission=political)
    assert [people(f"scope={scope}") for scope in ("all", "pko", "uniformed", "uniformed-pko")] == [12, 6, 6, 3]


def test_nationality_not_recorded_and_undetermined_are_apart() -> None:
    make_casualty(nationality=None)
    make_casualty(nationality=make_country(iso3=UNDETERMINED_COUNTRY, name="Undetermined", status="undetermined"))
    make_casualty(nationality=make_country(iso3="TCD"))
    assert people("nationality=not-recorded") == 1
    assert people("nationality=undetermined") == 1
    assert people("nationality=TCD&nationality=not-recorded") == 2


def test_gender_not_recorded() -> None:
    make_casualty(gender="")
    make_casualty(gender="f")
    assert people("gender=not-recorded") == 1
    assert people("gender=f&gender=m") == 1


def test_outcome_defaults_to_deaths() -> None:
    make_casualty()
    make_casualty(outcome="injury")
    assert people("") == 1
    assert people("outcome=injury") == 1
    with pytest.raises(ValueError, match="never added"):
        people("outcome=all")


def test_withdrawn_people_are_not_counted() -> None:
    casualty = make_casualty()
    Casualty.objects.filter(pk=casualty.pk).update(state="withdrawn", withdrawn_on=TODAY, known_at=TODAY)
    assert people("") == 0


def make_year_record(year: int, persons: int) -> None:
    mission = make_mission()
    first = date(year, 1, 1)
    incident = Incident.objects.create(
        key=f"whole-{year}",
        mission=mission,
        occurred_on=first,
        occurred_precision=DatePrecision.YEAR,
        cause="illness",
        origin=Origin.IMPORT,
        grouping=Grouping.RECORDED,
    )
    make_casualty(incident=incident, persons=persons)


def test_a_record_of_a_year_matches_days_only_if_the_whole_year_does() -> None:
    make_year_record(2018, 4)
    make_casualty(occurred_on=date(2018, 12, 31))
    make_casualty(occurred_on=date(2018, 1, 1))
    assert people("date_from=2018-01-01&date_to=2018-12-31") == 6
    assert people("date_from=2018-01-01&date_to=2018-12-30") == 1
    assert people("date_from=2018-01-02") == 1
    assert people("date_to=2018-12-31") == 6
    part = select("date_from=2018-01-01&date_to=2018-12-30", PUBLIC)
    assert left_out_by_days(part) == 4
    assert left_out_by_days(select("date_from=2018-01-01&date_to=2018-12-31", PUBLIC)) == 0
    assert left_out_by_days(select("date_from=2019-01-01", PUBLIC)) == 0


def test_who_sees_what_is_not_released() -> None:
    mission, other = make_mission(), make_mission(acronym="UNIFIL")
    make_casualty(released=False)
    make_casualty(released=False, mission=other)
    make_casualty()
    assert people("", viewer_of(reader(), on=TODAY)) == 1
    assert people("", viewer_of(reporter(mission=mission), on=TODAY)) == 2
    assert people("", viewer_of(make_user(Role.DATA_MANAGER), on=TODAY)) == 3
    assert people("", EVERYTHING) == 3


def test_the_query_string_is_canonical_and_means_the_same() -> None:
    make_mission(acronym="UNIFIL")
    make_mission()
    selection = select("to=2019&cause=illness&mission=UNIFIL&mission=MINUSMA&cause=illness&from=2013", PUBLIC)
    assert selection.query_string == "mission=MINUSMA&mission=UNIFIL&cause=illness&from=2013&to=2019"
    assert select(selection.query_string, PUBLIC).values == selection.values


def test_change_keeps_the_rest() -> None:
    make_mission()
    selection: Selection = select("cause=illness&from=2013", PUBLIC, fixed={"mission": "MINUSMA"})
    assert selection.change(cause=None).query_string == "from=2013"
    assert selection.change(year=2019).query_string == "cause=illness&from=2019&to=2019"
    assert selection.change(cause="accident").values["mission"] == ("MINUSMA",)
    assert selection.change(cause="nonsense").problems


@pytest.mark.parametrize(
    ("query", "first", "last", "cut"),
    [
        ("from=2013&to=2017", date(2015, 6, 1), date(2019, 1, 1), "date_from=2015-06-01&date_to=2017-12-31"),
        ("from=2013&to=2017", None, date(2014, 2, 28), "date_from=2013-01-01&date_to=2014-02-28"),
        ("date_from=2016-03-04", date(2016, 1, 1), None, "date_from=2016-03-04"),
        ("cause=illness", None, date(2014, 2, 28), "cause=illness&date_to=2014-02-28"),
    ],
)
def test_a_selection_is_cut_to_days(query: str, first: date | None, last: date | None, cut: str) -> None:
    assert select(query, PUBLIC).within(first, last).query_string == cut


@pytest.mark.parametrize(
    ("query", "cut"),
    [
        ("from=2013&to=2017", "from=2016&to=2016"),
        ("date_from=2016-03-04", "date_from=2016-03-04&date_to=2016-12-31"),
        ("date_to=2016-03-04", "date_from=2016-01-01&date_to=2016-03-04"),
    ],
)
def test_a_year_of_a_selection_of_days_is_its_days(query: str, cut: str) -> None:
    assert select(query, PUBLIC).in_year(2016).query_string == cut


def test_a_selection_of_days_has_no_year_outside_of_them() -> None:
    assert select("date_to=2015-03-04", PUBLIC).in_year(2016).problems
