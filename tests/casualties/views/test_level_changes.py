"""Changes of level under /trends/: off unless asked for, with their uncertainty in words, and refused by name."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from casualties.filters import forget_basis
from casualties.models import RebuildRun
from casualties.trends.rebuild import rebuild
from tests.casualties.trends.annual_records import settle
from tests.casualties.views.reading import main_of, page, row, table
from tests.factories import make_casualty, make_mission, make_release
from tests.kept import kept, remembering_client

pytestmark = pytest.mark.django_db
LABEL = "Changes of level"


@pytest.fixture(scope="module")
def deaths(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One death of illness a year, then six; an accident."""
    with kept(django_db_blocker):
        make_deaths()
        yield


client = remembering_client("deaths")


def make_deaths() -> None:
    make_release()
    mission = make_mission(acronym="UNIFIL", started_on=date(2001, 3, 1))
    for year in range(2001, 2023):
        for month in range(1, 2 if year < 2012 else 7):
            make_casualty(mission=mission, cause="illness", occurred_on=date(year, month, 1))
    make_casualty(mission=mission, cause="accident", occurred_on=date(2005, 1, 1))


def test_it_is_off_by_default(client: Client, deaths: None) -> None:
    response = client.get("/trends/?mission=UNIFIL")
    assert "Look for the year around which a level changed" in main_of(response)
    assert "changes=1&amp;mission=UNIFIL#changes-of-level" in page(response)
    assert "the level changed" not in main_of(response)


def test_the_year_stands_with_its_interval(client: Client, deaths: None) -> None:
    response = client.get("/trends/?mission=UNIFIL&changes=1")
    rows = table(response, LABEL)
    _cause, of, said, before, since, p_value, years = row(rows, "Illness")
    assert (of, before, since, p_value, years) == ("number of deaths", "1.0", "6.0", "0.001", "2001–22")
    assert said.startswith("the level changed around 2012 (95% interval: ")
    assert row(rows, "Accident")[2] == "not looked for: fewer than 30 people in all"
    assert "Leave out changes of level" in main_of(response)


def test_only_chosen_causes(client: Client, deaths: None) -> None:
    rows = table(client.get("/trends/?mission=UNIFIL&cause=illness&changes=1"), LABEL)
    assert [cells[0] for cells in rows[1:]] == ["Illness"]


def test_stored_windows_do_not_change_it(deaths: None) -> None:
    client = Client()
    settle()
    forget_basis()
    before = table(client.get("/trends/?changes=1"), LABEL)
    rebuild(asked_by="test")
    assert RebuildRun.objects.get().rows
    assert table(client.get("/trends/?changes=1"), LABEL) == before


@pytest.mark.parametrize("value", ["2", "yes", "0"])
def test_another_value_is_refused_by_name(client: Client, deaths: None, value: str) -> None:
    response = client.get(f"/trends/?changes={value}")
    assert response.status_code == 400
    assert "changes" in main_of(response)
