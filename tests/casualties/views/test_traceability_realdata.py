"""Every number that is a link leads to as many people: on every page, chosen at random, others every day.

Sentences, notes, titles and captions have few numbers and tables hundreds, so both are drawn from.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from django.test import Client

from casualties.filters import forget_basis
from casualties.statements import check_statements, load_statements
from tests.casualties.views.following import behind, numbers_of, told_numbers, told_without_a_link

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]
PAGES = [
    "/",
    "/missions/?kind=pko&cause=illness&from=1990&to=2010",
    "/missions/MINUSMA/",
    "/missions/UNIFIL/?date_from=1980-02-10&date_to=1989-06-30",
    "/trends/?scope=uniformed-pko",
    "/contributors/",
    "/contributors/BGD/",
    "/causes/malicious-act/",
    "/incidents/?cause=malicious-act&cause=accident&from=2013&to=2017",
    "/open-cases/",
    "/contributors/SRB/?with=predecessors",
]
WITHOUT_WORDS = ("/missions/?kind=pko&cause=illness&from=1990&to=2010", "/contributors/", PAGES[8], "/statements/")
OF_TABLES, OF_WORDS = 3, 3


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What the process remembers stays from test to test: the release stands."""


@pytest.fixture(scope="module", autouse=True)
def nothing_kept(real_release: None) -> Iterator[None]:
    """Pages and what the process remembers are of this release alone."""
    forget_basis()
    yield
    answer_of.cache_clear()
    forget_basis()


@cache
def answer_of(address: str) -> Any:
    """The page; most are read by several tests."""
    response = Client().get(address)
    assert response.status_code == 200
    return response


@pytest.mark.parametrize("address", PAGES)
def test_a_number_leads_to_as_many(client: Client, address: str) -> None:
    assert _wrong(client, address) == []


@pytest.mark.parametrize("address", ["/", "/missions/MINUSMA/", "/trends/?cause=accident", "/causes/malicious-act/"])
def test_no_sentence_says_a_number_without_a_link(address: str) -> None:
    assert told_without_a_link(answer_of(address)) == []


def test_a_number_of_the_register_leads_to_as_many(client: Client) -> None:
    load_statements()
    check_statements()
    assert _wrong(client, "/statements/") == []


def _wrong(client: Client, address: str) -> list[tuple[str, int, int]]:
    """Of a sample of the page's numbers those that the page behind them does not state."""
    response = answer_of(address)
    numbers = numbers_of(response)
    assert numbers, "no number of this page leads anywhere"
    told = told_numbers(response)
    assert told or address in WITHOUT_WORDS, "no number of its sentences leads anywhere"
    draw = random.Random(f"{address} {datetime.now(tz=UTC).date()}")
    chosen = {*draw.sample(told, min(OF_WORDS, len(told))), *draw.sample(numbers, min(OF_TABLES, len(numbers)))}
    followed = [(url, said, behind(client, url)) for url, said in chosen]
    return [(url, said, there) for url, said, there in followed if there != said]
