"""Filters by what only an incident says: means and context of a malicious act, the type of an accident."""

from datetime import date

import pytest

from casualties.counts import NotAvailable, count, count_records, total
from casualties.filters import EVERYTHING, Selection, select
from tests.factories import make_annual_count, make_casualty, make_incident, make_release

pytestmark = pytest.mark.django_db


def chosen(query: str) -> Selection:
    return select(query, EVERYTHING)


@pytest.fixture
def attacks() -> None:
    make_release()
    mine = make_incident(means="landmine", context="convoy")
    make_casualty(incident=mine)
    make_casualty(incident=mine, personnel="police")
    make_casualty(occurred_on=date(2018, 5, 1))
    make_casualty(incident=make_incident(cause="accident", accident_type="aviation"))
    make_casualty(cause="illness", occurred_on=date(2017, 3, 1))


def test_people_by_means(attacks: None) -> None:
    frame = count(chosen("cause=malicious-act"), ["means"])
    assert frame.to_dict("records") == [{"means": "landmine", "persons": 2}, {"means": "not-recorded", "persons": 1}]
    assert total(chosen("means=landmine")) == 2
    assert total(chosen("means=landmine&personnel=police")) == 1
    assert total(chosen("means=not-recorded")) == 1  # illness has no means to record
    assert total(chosen("context=convoy&context=not-recorded")) == 3
    assert total(chosen("accident_type=aviation")) == 1
    assert total(chosen("means=landmine"), measure="incidents") == 1


def test_tally_and_records_agree_where_means_are_asked(attacks: None) -> None:
    for query in ("means=landmine", "means=not-recorded", "cause=accident&accident_type=aviation"):
        selection = chosen(query)
        assert count(selection, ["year"]).equals(count_records(selection, ["year"]))


def test_means_that_nobody_recorded_are_not_zero() -> None:
    make_release()
    make_casualty()
    with pytest.raises(NotAvailable, match="means are not recorded"):
        total(chosen("means=landmine"))
    assert total(chosen("means=not-recorded")) == 1


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("means=x", "means"),
        ("means=landmine&cause=illness", "means"),
        ("accident_type=fall&cause=unknown", "accident_type"),
    ],
)
def test_what_no_record_can_meet_is_refused(attacks: None, query: str, name: str) -> None:
    assert [problem.parameter for problem in chosen(query).problems] == [name]


def test_annual_counts_know_no_means() -> None:
    make_release(kind="bundle")
    make_annual_count(persons=3)
    assert [problem.parameter for problem in chosen("means=landmine").problems] == ["means"]
    with pytest.raises(NotAvailable):
        count(chosen("cause=malicious-act"), ["means"])
