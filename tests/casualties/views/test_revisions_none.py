"""The revisions page where no two releases can be compared."""

from datetime import date

import pytest
from django.test import Client

from tests.casualties.views.reading import main_of, page
from tests.factories import make_casualty, make_release

pytestmark = pytest.mark.django_db
FIRST = date(2023, 11, 28)


def test_with_one_release_there_is_nothing_to_compare(client: Client) -> None:
    make_release(released_on=FIRST)
    make_casualty()
    response = client.get("/revisions/")
    assert response.status_code == 200
    assert "One release is loaded, that of 28 November 2023." in main_of(response)
    assert "<form" not in page(response).partition("<main")[2].partition("</main")[0]
    assert client.get("/revisions.csv").status_code == 409


def test_without_data(client: Client) -> None:
    assert "No data are loaded" in main_of(client.get("/revisions/"))
    assert client.get("/revisions.csv").status_code == 409
