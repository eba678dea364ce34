"""How often each page asks the database: kept in the file query_counts and compared, and never above fifteen.

What a process remembers of a selection it reads once for each version of the data; that is left out of the number.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from casualties.filters import forget_basis, load_basis
from casualties.trends.rebuild import rebuild
from casualties.views.remembered import remembered
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
    assert status == 200
    assert len(asked) == number, asked


@pytest.mark.parametrize("address", ["/", "/missions/MINUSMA/"])
def test_what_is_remembered_is_not_asked_again(client: Client, address: str) -> None:
    """The two read everything that any page remembers; once that is done all their questions count."""
    number = KEPT["anonymous", address]
    for _time in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        if len(asked) == number:
            return
    raise AssertionError(asked.captured_queries)


def questions(client: Client, address: str) -> tuple[int, list[str]]:
    """Status of the page, and the beginnings of what it asked the database without what it asked to remember it."""
    asked: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if not asked_to_remember():
            asked.append(sql[:120])
        return execute(sql, *arguments)

    with connection.execute_wrapper(note):
        response = client.get(address)
    return response.status_code, asked


def asked_to_remember() -> bool:
    """Whether remembered() is among the callers."""
    frame = sys._getframe()
    while frame := frame.f_back:  # type: ignore[assignment]
        if frame.f_code is remembered.__code__:
            return True
    return False


def test_no_page_asks_more_often_than_it_may() -> None:
    """Whoever is signed in is asked about with the same few questions on every page: some pages show how many."""
    counts = {key: number for key, number in KEPT.items() if number is not None}
    both = [address for role, address in counts if role == "data-manager" and ("anonymous", address) in counts]
    more = max(counts["data-manager", address] - counts["anonymous", address] for address in both)
    assert len(both) > 5
    assert max(number + more * (role == "anonymous") for (role, _address), number in counts.items()) <= MOST
    assert {"/", "/missions/", "/missions/MINUSMA/", "/trends/"} <= {address for _role, address in KEPT}
