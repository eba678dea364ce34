"""count_each(): many small counts in one query, each the same as count() gives."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from casualties.counts import NotAvailable, count, count_each, figures_each
from casualties.filters import PUBLIC, SelectionRefused, forget_basis, select
from missions.models import ImportBatch
from tests.factories import make_casualty, make_country, make_mission, make_release
from tests.kept import kept

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def a_few_people(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with kept(django_db_blocker):
        make_release()
        unama = make_mission(acronym="UNAMA", kind="spm", region="Asia", started_on=date(2002, 3, 28))
        make_casualty(nationality=make_country(), gender="m")
        make_casualty(nationality=make_country(iso3="NER"), cause="illness", personnel="police")
        make_casualty(mission=unama, occurred_on=date(2014, 10, 3), personnel="local-civilian")
        make_casualty(mission=unama, occurred_on=date(2014, 10, 3), outcome="injury")
        yield


@pytest.mark.parametrize(
    "query", ["", "cause=malicious-act", "outcome=all", "date_from=2014-02-01", "kind=other", "cause=unknown"]
)
def test_it_works(query: str, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    selection = select(query, PUBLIC)
    asked = [["year"], ["month"], ["day"], ["mission"], ["region"], ["cause"], ["nationality"], ["gender"], []]
    asked += [["month", "cause"], ["cause", "year"], ["year", "cause"], ["region", "year", "personnel", "gender"], []]
    with django_assert_max_num_queries(1):
        found = count_each([(selection, by) for by in asked])
    for by, frame in zip(asked, found, strict=True):
        pd.testing.assert_frame_equal(frame, count(selection, by))


def test_incidents_beside_people(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    selection = select("", PUBLIC)
    with django_assert_max_num_queries(1):
        persons, incidents, by_mission = count_each(
            [(selection, []), (selection, [], "incidents"), (selection, ["mission"], "incidents")]
        )
    pd.testing.assert_frame_equal(persons, count(selection))
    pd.testing.assert_frame_equal(incidents, count(selection, measure="incidents"))
    pd.testing.assert_frame_equal(by_mission, count(selection, ["mission"], measure="incidents"))


def test_what_nobody_can_be_in_is_not_asked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    nowhere, somewhere = select("kind=other", PUBLIC), select("mission=UNAMA", PUBLIC)
    with django_assert_num_queries(1):
        nobody, none, everybody = count_each([(nowhere, ["year"]), (nowhere, []), (somewhere, [])])
    assert (len(nobody), none["persons"].tolist(), everybody["persons"].tolist()) == (0, [0], [1])
    with django_assert_num_queries(0):
        assert count_each([(nowhere, [])])[0]["persons"].tolist() == [0]


def test_figures_without_a_frame() -> None:
    selection = select("", PUBLIC)
    by_cause, everybody = figures_each([(selection, ["cause"]), (selection, [])])
    frame = count(selection, ["cause"])
    assert by_cause == {(cause,): n for cause, n in zip(frame["cause"], frame["persons"], strict=True)}
    assert everybody == {(): 3}


def test_nothing_asked() -> None:
    assert count_each([]) == []


def test_refuses_what_count_refuses() -> None:
    with pytest.raises(SelectionRefused):
        count_each([(select("cause=hostile", PUBLIC), ["year"])])
    with pytest.raises(ValueError, match="rank"):
        count_each([(select("", PUBLIC), ["year", "rank"])])
    ImportBatch.objects.update(kind="bundle")
    forget_basis()
    with pytest.raises(NotAvailable):
        count_each([(select("", PUBLIC), ["gender"])])
