"""A cause's page: its years, windows, people and, where the records say it, the means and the context."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.casualties.views.reading import main_of, page, row, table
from tests.factories import make_annual_count, make_casualty, make_country, make_incident, make_mission, make_release
from tests.kept import kept, remembering_client

pytestmark = pytest.mark.django_db


# These come before the records of the module are made, which stay to its end.


def test_annual_counts() -> None:
    make_release(kind="bundle")
    make_annual_count(persons=4)
    shown = main_of(Client().get("/causes/malicious-act/"))
    assert "4 people were killed by malicious acts" in shown
    assert "Not available: annual counts only." in shown


@pytest.fixture(scope="module")
def some(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Four killed by malicious acts in two missions, one who died of illness."""
    with kept(django_db_blocker):
        make_some()
        yield


client = remembering_client("some")


def make_some() -> None:
    make_release()
    chad = make_country()
    for year in (2015, 2016):
        make_casualty(nationality=chad, occurred_on=date(year, 3, 1))
    make_casualty(nationality=chad, occurred_on=date(2016, 3, 1), personnel="police")
    unifil = make_mission(acronym="UNIFIL", started_on=date(1978, 3, 19))
    make_casualty(mission=unifil, nationality=None, occurred_on=date(2023, 2, 1))
    make_casualty(mission=unifil, nationality=chad, occurred_on=date(2023, 2, 1), cause="illness")


def test_it_works(client: Client, some: None) -> None:
    response = client.get("/causes/malicious-act/")
    assert response.status_code == 200
    shown = main_of(response)
    assert "Since 2015, 4 people were killed by malicious acts. In 2018–22, the last closed window, no one was" in shown
    assert "Deaths by malicious acts, 2015–23 4p 1 in 2023, to 1 February." in shown
    assert "Highest year, 2016 2" in shown
    assert [cells[:2] for cells in table(response, "By mission")[1:]] == [
        ["MINUSMA", "3"],
        ["UNIFIL", "1"],
        ["All", "4"],
    ]
    assert row(table(response, "By personnel type"), "Police")[1] == "1"
    assert row(table(response, "By nationality"), "Not recorded")[1] == "1"
    assert table(response, "Days with the most deaths")[1] == ["1 Mar 2016", "2", "Chad 2"]
    assert 'href="/incidents/?mission=UNIFIL&amp;cause=malicious-act"' in page(response)
    assert 'href="/contributors/TCD/?cause=malicious-act"' in page(response)


def test_means_that_no_record_has_are_not_recorded(client: Client, some: None) -> None:
    shown = main_of(client.get("/causes/malicious-act/"))
    assert "Not recorded: no record of this selection says by what means or in what context. That is not zero." in shown
    assert "How it happened" not in main_of(client.get("/causes/illness/"))


def test_means_and_context_where_they_are_recorded(some: None) -> None:
    client = Client()
    make_casualty(incident=make_incident(occurred_on=date(2020, 5, 1), means="landmine", context="convoy"))
    response = client.get("/causes/malicious-act/")
    means = table(response, "By means")
    assert [cells[:2] for cells in means[1:]] == [["Landmine", "1"], ["Not recorded", "4"], ["All", "5"]]
    assert 'href="/incidents/?cause=malicious-act&amp;means=landmine"' in page(response)
    assert row(table(response, "By context"), "Convoy")[1] == "1"
    assert "1 person killed by malicious acts" in main_of(client.get("/incidents/?cause=malicious-act&means=landmine"))


def test_filters_stay_with_the_other_causes_where_they_can(client: Client, some: None) -> None:
    shown = page(client.get("/causes/malicious-act/?mission=UNIFIL"))
    assert 'href="/causes/illness/?mission=UNIFIL"' in shown
    assert 'href="/causes/illness/"' in page(client.get("/causes/malicious-act/?means=not-recorded"))


def test_open_and_unknown_causes_say_what_they_are(some: None) -> None:
    client = Client()
    make_casualty(cause="to-be-determined")
    shown = client.get("/causes/to-be-determined/")
    assert "An open state: these deaths move to another cause when it is settled." in main_of(shown)
    assert 'href="/open-cases/?cause=to-be-determined"' in page(shown)


def test_a_counted_zero(client: Client, some: None) -> None:
    shown = main_of(client.get("/causes/accident/?mission=UNIFIL"))
    assert "No one died in accidents in this selection. " in shown
    assert "This is a counted zero" in shown


def test_other_words(client: Client, some: None) -> None:
    assert client.get("/causes/Malicious Act/?from=2015")["Location"] == "/causes/malicious-act/?from=2015"
    unknown = client.get("/causes/hostile/")
    assert unknown.status_code == 404
    assert "There are six:" in main_of(unknown)


@pytest.mark.parametrize("query", ["cause=illness", "cause=malicious-act", "accident_type=fall", "to=1700", "z=1"])
def test_what_cannot_be_meant_is_refused_by_name(client: Client, some: None, query: str) -> None:
    response = client.get(f"/causes/malicious-act/?{query}")
    assert response.status_code == 400
    assert query.partition("=")[0] in main_of(response)
