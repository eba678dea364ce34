"""How often each page asks the database: kept in the file query_counts and compared, and never above fifteen."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from casualties.filters import forget_basis, load_basis
from casualties.trends.rebuild import rebuild
from missions.models import Country, Mission
from tests.factories import data_manager, make_casualty, make_release
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people_everywhere")]

MISSIONS = ("MINUSMA", "MONUSCO", "MONUC", "MINUSCA", "UNAMID", "UNMISS", "UNIFIL", "UNFICYP", "UNMIL", "UNMIK")
COUNTRIES = ("TCD", "BGD", "IND", "PAK", "SCG", "SRB")
CAUSES = ("malicious-act", "illness", "to-be-determined")
MOST = 15
FILE = Path(__file__).with_name("query_counts")
ROLES = {"anonymous": None, "data-manager": data_manager}  # who is asked least and most about
KEPT: dict[tuple[str, str], int | None] = {}  # None: the page is not for that role
for line in FILE.read_text().splitlines():
    if line and not line.startswith("#"):
        role, address, number = line.split()
        KEPT[role, address] = None if number == "-" else int(number)


@pytest.fixture(scope="module")
def people_everywhere(reference_facts: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Several of everything that a page lists, so that a question asked for each of them shows, and the windows."""
    with kept(django_db_blocker):
        make_release()
        missions = Mission.objects.filter(acronym__in=MISSIONS)
        countries = Country.objects.filter(iso3__in=COUNTRIES)
        for number, (mission, country) in enumerate(product(missions, countries)):
            for day in (date(2019, 1, 20), date(2012 + number % 9, 5, 3)):
                make_casualty(mission=mission, cause=CAUSES[number % 3], nationality=country, occurred_on=day)
        forget_basis()
        rebuild(asked_by="tests")
        load_basis()
        yield


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What the process remembers stays from test to test: the data of this module stand."""


@pytest.mark.parametrize(("role", "address"), KEPT)
def test_it_asks_as_often_as_the_file_says(client: Client, role: str, address: str) -> None:
    if make := ROLES[role]:
        client.force_login(make())
    status, asked = questions(client, address)
    number = KEPT[role, address]
    if number is None:
        assert status == 302
        return
    if len(asked) > number:  # what the process remembers of such a selection, for this audience, was read just now
        status, asked = questions(client, address)
    assert status == 200
    assert len(asked) == number, asked


def questions(client: Client, address: str) -> tuple[int, list[str]]:
    """Status of the page, and the beginnings of what it asked the database."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    return response.status_code, [query["sql"][:120] for query in asked]


def test_no_page_asks_more_often_than_it_may() -> None:
    """Whoever is signed in is asked about with the same few questions on every page: some pages show how many."""
    counts = {key: number for key, number in KEPT.items() if number is not None}
    both = [address for role, address in counts if role == "data-manager" and ("anonymous", address) in counts]
    more = max(counts["data-manager", address] - counts["anonymous", address] for address in both)
    assert len(both) > 5
    assert max(number + more * (role == "anonymous") for (role, _address), number in counts.items()) <= MOST
    assert {"/", "/missions/", "/missions/MINUSMA/", "/trends/"} <= {address for _role, address in KEPT}
