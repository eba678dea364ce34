"""What is said where there is nothing, where somebody may not, and where something failed."""

import logging
import re
from typing import Any

import pytest
from django.test import Client

from tests.casualties.views.reading import main_of, page
from tests.factories import data_manager, make_mission, make_release, reader

pytestmark = pytest.mark.django_db


def test_nothing_here_offers_the_missions(client: Client) -> None:
    make_release()
    make_mission(acronym="MINUSMA")
    make_mission(acronym="UNIFIL")
    response = client.get("/nothing/here")
    assert response.status_code == 404
    assert "There is nothing at this address." in main_of(response)
    assert "<option>MINUSMA</option><option>UNIFIL</option>" in page(response)
    assert "Did you mean" not in main_of(response)
    assert client.get("/incidents/MINUSMA-1990-01-01-accident/").status_code == 404


def test_the_nearest_mission_by_spelling(client: Client) -> None:
    make_mission(acronym="MINUSMA")
    make_mission(acronym="UNOCI", aliases=["ONUCI"])
    assert "Did you mean MINUSMA ?" in main_of(client.get("/MINUSNA"))
    assert "Did you mean UNOCI ?" in main_of(client.get("/dashboards/onuci.html"))
    unknown = client.get("/missions/MINUSNA/")
    assert unknown.status_code == 404
    assert "Did you mean MINUSMA ?" in main_of(unknown)
    assert "<option>UNOCI</option>" in page(unknown)


def test_who_may_not_read_is_told_no_missions(client: Client, settings: Any) -> None:
    settings.PUBLIC_READING = False
    make_mission(acronym="MINUSMA")
    assert "MINUSMA" not in page(client.get("/MINUSNA"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/mission/MINUSMA", "/missions/MINUSMA/"),
        ("/mission/MINUSMA/?cause=illness&from=2013", "/missions/MINUSMA/?cause=illness&from=2013"),
        ("/mission/", "/missions/"),
        ("/missions/MINUSMA", "/missions/MINUSMA/"),
        ("/missions/MINUSMA?cause=illness", "/missions/MINUSMA/?cause=illness"),
        ("/missions/minusma/?cause=illness", "/missions/MINUSMA/?cause=illness"),
        ("/missions/ONUCI/", "/missions/UNOCI/"),
        ("/missions/UNCPSG/", "/missions/UNPSG/"),
        ("/country/TCD", "/contributors/TCD/"),
        ("/published/", "/statements/"),
    ],
)
def test_old_addresses_lead_on(client: Client, old: str, new: str) -> None:
    make_mission(acronym="MINUSMA")
    make_mission(acronym="UNOCI", aliases=["ONUCI"])
    make_mission(acronym="UNPSG", aliases=["UNCPSG"])
    response: Any = client.get(old)
    assert response.status_code in {301, 302}
    assert response.url == new


def test_an_old_address_leads_to_no_other_site(client: Client) -> None:
    response: Any = client.get("/mission//evil.example")
    assert response.status_code == 404
    response = client.get("/mission/%0d%0aevil")
    assert response.url == "/missions/%0D%0Aevil/"


def test_who_may(client: Client) -> None:
    client.force_login(reader())
    response = client.get("/imports/")
    assert response.status_code == 403
    assert "This page is for data managers and administrators." in main_of(response)


def test_a_form_without_its_token(settings: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(data_manager())
    response = strict.post("/imports/")
    assert response.status_code == 403
    assert "The form was not accepted" in main_of(response)
    assert "Nothing was changed." in main_of(response)


def test_a_failure_has_a_reference_that_is_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("the figure could not be counted")

    monkeypatch.setattr("casualties.views.method.method_page", broken)
    client.raise_request_exception = False
    with caplog.at_level(logging.ERROR):
        response = client.get("/method/")
    assert response.status_code == 500
    said = main_of(response)
    assert "Load the page again in a minute." in said
    found = re.search(r"this reference: ([0-9a-f]{8})\.", said)
    assert found
    (record,) = [record for record in caplog.records if found.group(1) in record.getMessage()]
    assert "GET /method/" in record.getMessage()
    assert record.exc_info
    assert "the figure could not be counted" in str(record.exc_info[1])
