"""A mission alone or together with its family: the choice is in the address, and every figure follows it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.casualties.views.reading import main_of, page, row, table
from tests.factories import make_casualty, make_mission, make_release
from tests.kept import kept, remembering_client

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def congo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with kept(django_db_blocker):
        make_congo()
        yield


client = remembering_client("congo")


def make_congo() -> None:
    make_release()
    monuc = make_mission(acronym="MONUC", family="MONUC", started_on=date(1999, 11, 30), ended_on=date(2010, 6, 30))
    monusco = make_mission(acronym="MONUSCO", family="MONUC", started_on=date(2010, 7, 1))
    make_casualty(mission=monuc, occurred_on=date(2005, 3, 1))
    make_casualty(mission=monuc, occurred_on=date(2006, 3, 1), cause="illness")
    make_casualty(mission=monusco, occurred_on=date(2017, 12, 7))
    make_casualty(mission=make_mission(), occurred_on=date(2017, 12, 7))


def test_alone_is_what_an_address_without_the_choice_means(client: Client, congo: None) -> None:
    response = client.get("/missions/MONUSCO/?cause=malicious-act")
    assert row(table(response, "By personnel type"), "All")[1] == "1"
    assert 'href="/missions/MONUSCO/?with=family&amp;cause=malicious-act"' in page(response)
    assert "MONUC and MONUSCO together" in main_of(response)
    assert "Mission or family" not in page(client.get("/missions/MINUSMA/"))


def test_together(client: Client, congo: None) -> None:
    response = client.get("/missions/MONUSCO/?with=family")
    assert response.status_code == 200
    shown = main_of(response)
    assert "3 people have died serving in MONUC and MONUSCO since 1999, 2 of them by malicious acts." in shown
    assert "Figures of MONUC and MONUSCO together; name and facts above are those of MONUSCO." in shown
    assert row(table(response, "By personnel type"), "All")[1] == "3"
    assert 'href="/incidents/?family=MONUC"' in page(response)
    assert '<input type="hidden" name="with" value="family">' in page(response)
    assert 'href="/missions/MONUSCO/"' in page(response)
    nobody = page(client.get("/missions/MONUSCO/?with=family&cause=unknown"))
    assert 'href="/missions/MONUSCO/?with=family"' in nobody.partition('class="zero"')[2]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/missions/MONUSCO/?with=everybody", "with"),
        ("/missions/MINUSMA/?with=family", "with"),
        ("/missions/MONUSCO/?with=family&mission=MONUC", "mission"),
        ("/missions/MONUSCO/?family=MONUC", "family"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(client: Client, congo: None, address: str, name: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert f"{name}=" in main_of(response)


def test_other_pages_take_the_family_as_a_filter(client: Client, congo: None) -> None:
    shown = main_of(client.get("/causes/malicious-act/?family=MONUC"))
    assert "2 people were killed by malicious acts" in shown
