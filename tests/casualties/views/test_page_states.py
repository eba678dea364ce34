"""Every page of figures with nothing loaded, refused, not available, and while its windows are computed again."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from casualties.models import RebuildRun
from missions.models import DataVersion
from tests.casualties.views.reading import main_of, page
from tests.factories import (
    data_manager,
    make_annual_count,
    make_casualty,
    make_country,
    make_incident,
    make_mission,
    make_release,
    reader,
)

pytestmark = pytest.mark.django_db

PAGES = (
    "/",
    "/missions/",
    "/missions/MINUSMA/",
    "/contributors/",
    "/contributors/TCD/",
    "/causes/malicious-act/",
    "/compare/?item=MINUSMA&item=UNIFIL",
    "/trends/",
    "/revisions/",
    "/open-cases/",
    "/incidents/",
    "/reports/",
    "/reports/by-year/",
    "/statements/",
)
INJURIES = (
    "/",
    "/missions/",
    "/missions/MINUSMA/",
    "/contributors/",
    "/contributors/TCD/",
    "/causes/malicious-act/",
    "/compare/?item=MINUSMA&item=UNIFIL",
    "/trends/",
    "/revisions/",
    "/incidents/",
    "/reports/by-year/",
)
STALE = "The data have changed; five-year windows are being computed again."


def places() -> None:
    make_mission()
    make_mission(acronym="UNIFIL")
    make_country()


def test_nothing_loaded_is_said_and_is_not_zero(client: Client) -> None:
    places()
    for address in PAGES:
        response = client.get(address)
        assert response.status_code == 200, address
        assert "No data are loaded" in main_of(response), address
        assert "<table" not in page(response), address
        assert "data-figure" not in page(response), address


def test_an_incident_of_which_nobody_is_known_is_not_found(client: Client) -> None:
    incident = make_incident()
    assert client.get(f"/incidents/{incident.key}/").status_code == 404


def test_while_windows_are_computed_again_every_page_says_so(client: Client) -> None:
    places()
    make_release()
    make_casualty(nationality=make_country())
    for address in (*PAGES, "/incidents/MINUSMA-2019-01-20-malicious-act/"):
        text = page(client.get(address))
        assert STALE in text, address
        assert text.index(STALE) < text.index("<h1"), address


def test_a_failed_computation_is_said_to_those_who_can_act(client: Client) -> None:
    make_release()
    make_casualty(nationality=make_country())
    version = DataVersion.current()
    RebuildRun.objects.create(asked_by="test", data_version=version - 1, finished_at=timezone.now(), error="old")
    client.force_login(data_manager())
    assert "The last computation" not in page(client.get("/incidents/"))
    error = "OperationalError: no space left on <device>\nDETAIL: further"
    RebuildRun.objects.create(asked_by="test", data_version=version, finished_at=timezone.now(), error=error)
    for address in ("/", "/incidents/", "/trends/", "/imports/"):
        text = page(client.get(address))
        assert "The last computation of five-year windows failed on" in text, address
        assert "OperationalError: no space left on &lt;device&gt;. Until" in text, address
        assert "DETAIL" not in text
    client.force_login(reader())
    assert "The last computation" not in page(client.get("/incidents/"))


@pytest.mark.parametrize(
    "query",
    ["cause=hostile", "from=1", "misspelt=1", "outcome=fatality&outcome=injury", "known_at=2001-01-01", "q=kidal"],
)
def test_a_refused_address_shows_no_figure_on_any_page(client: Client, query: str) -> None:
    places()
    make_release()
    make_casualty(nationality=make_country())
    for address in PAGES:
        response = client.get(f"{address}{'&' if '?' in address else '?'}{query}")
        assert response.status_code == 400, address
        assert query.split("=", maxsplit=1)[0] in main_of(response), address
        assert "<table" not in page(response), address
        assert "data-fig" not in page(response), address
        assert 'class="scope"' not in page(response), address


def test_injuries_that_nobody_recorded_are_not_available_on_any_page(client: Client) -> None:
    places()
    make_release(released_on=date(2023, 6, 30))
    make_release()
    make_casualty(nationality=make_country())
    for address in INJURIES:
        response = client.get(f"{address}{'&' if '?' in address else '?'}outcome=injury")
        takes_outcomes = response.status_code == 200
        said = "the release holds no injuries" if takes_outcomes else "outcome=injury"
        assert said in main_of(response), address
        assert "data-fig" not in page(response), address


def test_annual_counts_say_so_on_every_page(client: Client) -> None:
    places()
    make_release(kind="bundle")
    make_annual_count(persons=3, nationality=make_country())
    for address in PAGES:
        response = client.get(address)
        assert response.status_code == 200, address
        assert "Annual counts only." in page(response), address
    for address in ("/open-cases/", "/incidents/?view=incidents"):
        assert "not available: annual counts only" in main_of(client.get(address)).lower(), address
