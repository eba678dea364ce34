"""The trends page: which series it shows, and that stored and computed windows are the same page."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from casualties.filters import forget_basis
from casualties.models import RebuildRun
from casualties.trends.rebuild import rebuild
from missions.models import ImportBatch
from tests.casualties.trends.annual_records import settle
from tests.casualties.views.reading import main_of, page, row, table
from tests.factories import make_annual_count, make_casualty, make_mission, make_release
from tests.kept import kept, remembering_client

pytestmark = pytest.mark.django_db


# These come before the records of the module are made, which stay to its end.


def test_a_series_too_short_for_a_window() -> None:
    make_release()
    make_mission(acronym="UNITAMS", kind="spm", started_on=date(2021, 1, 1))
    make_casualty(mission=make_mission(acronym="UNITAMS"), occurred_on=date(2023, 2, 2))
    response = Client().get("/trends/?mission=UNITAMS&cause=malicious-act")
    assert response.status_code == 200
    assert "No window is complete and closed, so none has a rank." in main_of(response)


def test_without_data_it_says_how_to_load_them() -> None:
    assert "No data are loaded" in main_of(Client().get("/trends/"))


def test_annual_counts_are_enough() -> None:
    make_release(kind=ImportBatch.Kind.BUNDLE)
    make_annual_count(persons=12, year=2016)
    make_annual_count(persons=3, year=2022)
    response = Client().get("/trends/?cause=malicious-act")
    assert row(table(response, "All windows"), "2016–20")[1] == "12"
    assert "2019–23 is provisional: 2023 is still open." in main_of(response)


@pytest.fixture(scope="module")
def deaths(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Malicious deaths of 2014, 2018 (three) and 2023, an illness of 2019, in a mission open since 2013."""
    with kept(django_db_blocker):
        make_release()
        for day in (date(2014, 5, 1), date(2018, 1, 2), date(2018, 1, 2), date(2018, 1, 3), date(2023, 2, 2)):
            make_casualty(occurred_on=day)
        make_casualty(occurred_on=date(2019, 4, 4), cause="illness", personnel="police")
        yield


client = remembering_client("deaths")


def test_it_works(client: Client, deaths: None) -> None:
    response = client.get("/trends/")
    assert response.status_code == 200
    assert (
        "In 2018–22, the last closed window, 3 people were killed by malicious acts: rank 2 of 5, and 1 fewer than in "
        "the record window, 2014–18. 2019–23, still open, has 1 so far. In 2018–22, 4 people died, all "
        "causes together: the highest of 5 windows, together with 4 others. 2019–23 has 2 so far."
    ) in main_of(response)


def test_one_cause_window_by_window(client: Client, deaths: None) -> None:
    response = client.get("/trends/?cause=malicious-act")
    rows = table(response, "All windows")
    assert rows[0] == [
        "Window",
        "Deaths",
        "Change on one year earlier",
        "Change on the five years before",
        "Rank",
        "Mark",
    ]
    assert rows[1] == ["2019–23", "1p", "−2p", "−3p", "(6)p", "provisional"]
    assert rows[2] == ["2018–22", "3", "0", "–", "2", ""]
    assert row(rows, "2014–18") == ["2014–18", "4", "–", "–", "1", "record"]
    assert 'href="/incidents/?cause=malicious-act&amp;from=2014&amp;to=2018"' in page(response)


def test_the_cause_is_chosen_by_address(client: Client, deaths: None) -> None:
    shown = page(client.get("/trends/?cause=illness&personnel=police"))
    assert 'href="/trends/?cause=accident&amp;personnel=police#window-by-window"' in shown
    assert 'href="/trends/?cause=illness&amp;personnel=police#window-by-window" aria-current="true"' in shown
    assert 'href="/trends/?personnel=police#window-by-window"' in shown


def test_the_scope_is_chosen_by_address(client: Client, deaths: None) -> None:
    shown = page(client.get("/trends/?cause=illness&scope=pko"))
    assert 'href="/trends/?cause=illness&amp;scope=uniformed#scopes"' in shown
    assert 'href="/trends/?cause=illness&amp;scope=pko#scopes" aria-current="true"' in shown
    assert 'href="/trends/?cause=illness#scopes"' in shown


def test_scopes_that_the_selection_excludes_are_not_offered(deaths: None) -> None:
    make_mission(acronym="UNAMA", kind="spm")
    shown = page(Client().get("/trends/?mission=UNAMA"))
    assert "scope=uniformed#scopes" in shown
    assert "scope=pko" not in shown


def test_several_causes_are_one_series(client: Client, deaths: None) -> None:
    rows = table(client.get("/trends/?cause=malicious-act&cause=illness"), "All windows")
    assert row(rows, "2018–22")[1] == "4"


def test_a_mission_has_windows_that_are_not_complete(client: Client, deaths: None) -> None:
    rows = table(client.get("/trends/?mission=MINUSMA&cause=malicious-act"), "All windows")
    assert rows[-1][0] == "2009–13"
    assert rows[-1][-1] == "not complete"
    assert [cells[0] for cells in rows if cells[-1] == "record"] == ["2014–18"]


def test_stored_and_computed_windows_are_the_same_page(deaths: None) -> None:
    settle()
    forget_basis()
    addresses = [
        "/trends/",
        "/trends/?mission=MINUSMA",
        "/trends/?scope=pko&cause=illness",
    ]
    computed = [main_of(Client().get(address)) for address in addresses]
    rebuild(asked_by="the test")
    assert RebuildRun.objects.get().rows
    assert [main_of(Client().get(address)) for address in addresses] == computed


def test_years_are_left_aside_and_said_to_be(client: Client, deaths: None) -> None:
    response = client.get("/trends/?cause=malicious-act&from=2018&to=2018")
    assert "the years or days of this address are left aside" in main_of(response)
    assert row(table(response, "All windows"), "2014–18")[1] == "4"
    assert "left aside" not in main_of(client.get("/trends/?cause=malicious-act"))


def test_both_outcomes_show_deaths(client: Client, deaths: None) -> None:
    assert main_of(client.get("/trends/?outcome=all")) == main_of(client.get("/trends/"))


@pytest.mark.parametrize("query", ["cause=hostile", "cuase=illness", "from=abc", "kind=spm&scope=pko"])
def test_what_is_not_known_is_refused(client: Client, deaths: None, query: str) -> None:
    response = client.get(f"/trends/?{query}")
    assert response.status_code == 400
    assert "No figures shown" in main_of(response)
    assert "<table" not in page(response)
    assert ".csv" not in page(response)


def test_injuries_that_nobody_recorded_are_not_available(client: Client, deaths: None) -> None:
    shown = main_of(client.get("/trends/?outcome=injury"))
    assert "Not available: the release holds no injuries." in shown
