"""Every page of figures with nothing loaded, and while its windows are computed again."""

import pytest
from django.test import Client

from tests.casualties.views.reading import main_of, page
from tests.factories import make_casualty, make_country, make_incident, make_mission, make_release

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
