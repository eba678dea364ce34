"""The overview: what it shows, under which scope, and when it shows no figure."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from casualties.filters import forget_basis
from casualties.models import Casualty
from missions.models import ImportBatch
from tests.casualties.trends.annual_records import settle
from tests.casualties.views.reading import main_of, page, row, table
from tests.factories import (
    make_annual_count,
    make_casualty,
    make_country,
    make_mission,
    make_release,
    reporter,
)
from tests.kept import kept, remembering_client

pytestmark = pytest.mark.django_db


# These come before the records of the module are made, which stay to its end.


def test_without_data_it_says_how_to_load_them() -> None:
    response = Client().get("/")
    assert response.status_code == 200
    assert "No data are loaded" in main_of(response)
    assert "manage.py import_casualties" in main_of(response)
    assert 'class="figures"' not in page(response)


def test_annual_counts_have_persons_and_no_days() -> None:
    make_release(kind=ImportBatch.Kind.BUNDLE)
    make_annual_count(persons=12, year=2022)
    make_annual_count(persons=3, year=2023, cause="illness")
    response = Client().get("/")
    shown = main_of(response)
    assert "15 people have died serving in UN peace operations since 2022." in shown
    assert "Deaths in 2023 so far 3p To which day is not known: annual counts only." in shown
    assert shown.count("Not available: annual counts only.") == 3
    assert "In 2023, up to" not in shown


@pytest.fixture(scope="module")
def deaths(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Two of 2019 in one attack, one of 2022 by illness, one of 2023; a political mission has the last."""
    with kept(django_db_blocker):
        make_deaths()
        yield


client = remembering_client("deaths")


def make_deaths() -> None:
    make_release()
    chad, niger = make_country(), make_country(iso3="NER")
    minusma = make_mission()
    unsom = make_mission(acronym="UNSOM", kind="spm", started_on=date(2013, 6, 3))
    make_casualty(mission=minusma, nationality=chad)
    make_casualty(mission=minusma, nationality=niger)
    make_casualty(mission=minusma, occurred_on=date(2022, 3, 1), cause="illness")
    make_casualty(
        mission=unsom, occurred_on=date(2023, 5, 2), cause="to-be-determined", personnel="international-civilian"
    )


def test_it_works(client: Client, deaths: None) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert "4 people have died serving in UN peace operations since" in main_of(response)
    assert "In 2023, up to 2 May, 1 person died: 1 is still to be determined." in main_of(response)
    assert "Release of 28 November 2023. Figures for 2023 are provisional." in main_of(response)


def test_missions_add_up(client: Client, deaths: None) -> None:
    rows = table(client.get("/"), "Missions")
    assert row(rows, "MINUSMA")[2:6] == ["3", "2", "–", "3"]
    assert row(rows, "All")[2:6] == ["4", "2", "–", "4"]


def test_figures_lead_to_the_incidents_behind_them(client: Client, deaths: None) -> None:
    shown = page(client.get("/"))
    assert 'href="/incidents/?mission=MINUSMA&amp;cause=malicious-act"' in shown
    assert 'href="/incidents/?from=2023&amp;to=2023"' in shown
    assert 'href="/incidents/?cause=malicious-act&amp;from=2019&amp;to=2023"' in shown


def test_latest_incidents_name_their_people(client: Client, deaths: None) -> None:
    rows = table(client.get("/"), "Latest incidents")
    assert [cells[0] for cells in rows[1:]] == ["2 May 2023", "1 Mar 2022", "20 Jan 2019"]
    assert rows[3] == ["20 Jan 2019", "MINUSMA", "Malicious act", "2", "–", "Military 2", "Chad 1, Niger 1"]
    assert rows[1][3:5] == ["1p", "–"]


def test_a_scope_narrows_the_whole_page(client: Client, deaths: None) -> None:
    response = client.get("/?scope=uniformed-pko")
    assert "3 uniformed people have died serving in UN peacekeeping operations" in main_of(response)
    assert row(table(response, "Missions"), "All")[2] == "3"
    assert "UNSOM" not in [cells[0] for cells in table(response, "Missions")]
    assert 'href="/incidents/?mission=MINUSMA&amp;scope=uniformed-pko"' in page(response)


def test_the_four_scopes_of_one_closed_year(client: Client, deaths: None) -> None:
    rows = table(client.get("/"), "Deaths by scope")
    assert rows[0] == ["Scope", "Deaths 2022", "Malicious acts"]
    assert [cells[1:] for cells in rows[1:]] == [["1", "0"]] * 4


def test_an_incident_with_people_outside_the_scope_says_how_many_it_has(deaths: None) -> None:
    client = Client()
    make_casualty(personnel="local-civilian")
    rows = table(client.get("/?scope=uniformed"), "Latest incidents")
    assert row(rows, "20 Jan 2019")[3] == "2 of 3"


def test_injuries_are_not_available_until_somebody_recorded_one(deaths: None) -> None:
    client = Client()
    assert "Injuries – Not in this release. Not zero." in main_of(client.get("/"))
    make_casualty(occurred_on=date(2023, 5, 2), cause="accident", outcome="injury")
    settle()
    forget_basis()
    shown = main_of(client.get("/"))
    assert "Injuries 1p As far as they are recorded" in shown
    assert "4 people have died" in shown


@pytest.mark.parametrize("query", ["cause=illness", "cuase=illness", "scope=everybody", "mission=MINUSMA", "from=2013"])
def test_other_filters_are_refused_and_no_figure_is_shown(client: Client, deaths: None, query: str) -> None:
    response = client.get(f"/?{query}")
    assert response.status_code == 400
    name, _value = query.split("=")
    assert name in main_of(response)
    assert "No figures shown" in main_of(response)
    assert 'class="figures"' not in page(response)
    assert 'class="scope"' not in page(response)
    assert ".csv" not in page(response)


def test_a_refusal_names_what_is_allowed(client: Client, deaths: None) -> None:
    shown = main_of(client.get("/?scope=everybody"))
    assert "scope=everybody" in shown
    assert "Allowed: all, pko, uniformed, uniformed-pko." in shown


def test_what_is_not_released_is_counted_for_those_who_may_see_it(deaths: None) -> None:
    client = Client()
    Casualty.objects.filter(cause="illness").update(released=False)
    assert "3 people have died" in main_of(client.get("/"))
    client.force_login(reporter())
    response = client.get("/")
    assert "4 people have died" in main_of(response)
    assert set(response["Cache-Control"].split(", ")) == {"private", "no-cache"}


def test_only_readers_may_open_it_where_nothing_is_public(settings: object) -> None:
    client = Client()
    settings.PUBLIC_READING = False  # type: ignore[attr-defined]
    response = client.get("/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_it_is_read_only() -> None:
    client = Client()
    assert client.post("/").status_code == 405
