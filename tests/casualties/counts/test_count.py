"""count(): the tally and the records answer the same, and every dimension says the words of addresses."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pandas as pd
import pytest
from pytest_django import DjangoDbBlocker

from casualties.counts import DIMENSIONS, NotAvailable, count, count_records, fill_years
from casualties.filters import PUBLIC, forget_basis, select
from casualties.models import Casualty
from missions.models import ImportBatch
from tests.factories import make_annual_count, make_casualty, make_country, make_mission, make_release
from tests.kept import kept

pytestmark = pytest.mark.django_db
BY_TALLY = [name for name in DIMENSIONS if name not in {"month", "day", "severity"}]


@pytest.fixture(scope="module", autouse=True)
def a_few_people(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with kept(django_db_blocker):
        make_release()
        chad, niger = make_country(), make_country(iso3="NER")
        minusma = make_mission(region="Africa", family="")
        unama = make_mission(acronym="UNAMA", kind="spm", region="Asia", started_on=date(2002, 3, 28))
        make_casualty(mission=minusma, nationality=chad, gender="m")
        make_casualty(mission=minusma, nationality=chad)
        make_casualty(mission=minusma, nationality=niger, cause="illness", personnel="police")
        make_casualty(mission=minusma, occurred_on=date(2014, 10, 3), nationality=niger)
        make_casualty(mission=unama, occurred_on=date(2014, 10, 3), personnel="local-civilian", gender="f")
        make_casualty(mission=unama, occurred_on=date(2014, 10, 3), outcome="injury", severity="serious")
        yield


def rows(frame: pd.DataFrame) -> list[tuple]:
    return list(frame.itertuples(index=False, name=None))


def test_it_works() -> None:
    assert rows(count(select("", PUBLIC), ["year", "cause"])) == [
        (2014, "malicious-act", 2),
        (2019, "illness", 1),
        (2019, "malicious-act", 2),
    ]


def test_without_dimensions_it_is_one_number_also_when_it_is_zero() -> None:
    assert rows(count(select("", PUBLIC))) == [(5,)]
    assert rows(count(select("cause=accident", PUBLIC))) == [(0,)]
    assert rows(count(select("cause=accident", PUBLIC), ["year"])) == []


QUERIES = ("", "outcome=all", "scope=uniformed", "nationality=TCD&nationality=not-recorded")
PAIRS = list(combinations(BY_TALLY, 2))


@pytest.mark.parametrize(
    ("by", "queries"),
    [*(((name,), QUERIES) for name in BY_TALLY), *((pair, QUERIES[n % 2 :: 2]) for n, pair in enumerate(PAIRS))],
)
def test_tally_and_records_agree(by: tuple[str, ...], queries: tuple[str, ...]) -> None:
    for query in queries:
        selection = select(query, PUBLIC)
        pd.testing.assert_frame_equal(count(selection, by), count_records(selection, by))


def test_words_of_dimensions() -> None:
    frame = count(select("mission=UNAMA", PUBLIC), ["mission", "family", "kind", "region", "nationality", "gender"])
    assert rows(frame) == [("UNAMA", "UNAMA", "spm", "Asia", "not-recorded", "f", 1)]


def test_incidents_are_those_with_a_selected_person() -> None:
    assert rows(count(select("", PUBLIC), ["year"], measure="incidents")) == [(2014, 2), (2019, 2)]
    assert rows(count(select("personnel=police", PUBLIC), measure="incidents")) == [(1,)]
    assert rows(count(select("", PUBLIC), ["region"], measure="incidents")) == [("Africa", 3), ("Asia", 1)]


def test_days_come_from_the_records() -> None:
    frame = count(select("from=2019", PUBLIC), ["month", "day"])
    assert rows(frame) == [(1, date(2019, 1, 20), 3)]


def test_deaths_and_injuries_are_two_figures() -> None:
    assert rows(count(select("outcome=all&mission=UNAMA", PUBLIC))) == [("fatality", 1), ("injury", 1)]


def test_injuries_that_nobody_recorded_are_no_zero() -> None:
    Casualty.objects.filter(outcome="injury").delete()
    forget_basis()
    with pytest.raises(NotAvailable, match="no injuries"):
        count(select("outcome=injury", PUBLIC))


def test_an_unknown_dimension_or_measure_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot count by 'colour'"):
        count(select("", PUBLIC), ["colour"])
    with pytest.raises(ValueError, match="cannot count 'graves'"):
        count(select("", PUBLIC), measure="graves")  # type: ignore[arg-type]


def test_fill_years_counts_zeros_for_every_combination() -> None:
    frame = fill_years(count(select("", PUBLIC), ["year", "cause"]), range(2018, 2020))
    assert rows(frame) == [
        (2018, "illness", 0),
        (2018, "malicious-act", 0),
        (2019, "illness", 1),
        (2019, "malicious-act", 2),
    ]


def test_annual_counts_count_people_and_nothing_finer() -> None:
    Casualty.objects.all().delete()
    make_annual_count(persons=5)
    ImportBatch.objects.update(kind=ImportBatch.Kind.BUNDLE)
    forget_basis()
    selection = select("", PUBLIC)
    assert rows(count(selection, ["year"])) == [(2019, 5)]
    for by, measure in ((["gender"], "persons"), (["day"], "persons"), (["month"], "persons"), ([], "incidents")):
        with pytest.raises(NotAvailable, match="annual counts only"):
            count(selection, by, measure=measure)  # type: ignore[arg-type]
