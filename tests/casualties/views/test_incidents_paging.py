"""Pages of the explorer's lists: every row once, in every order, forwards and back; and at a price that stays."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from casualties.views.explorer.address import ORDERS
from tests.casualties.views.reading import main_of, page, table
from tests.factories import make_casualty, make_mission, make_release
from tests.kept import kept, remembering_client

pytestmark = pytest.mark.django_db
DAY = date(2019, 1, 20)


@pytest.fixture(scope="module", autouse=True)
def sixty_incidents(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Several on one day, in several missions, with one to three people; 26 + 26 + 8 of them."""
    with kept(django_db_blocker):
        make_release()
        for number in range(60):
            mission = make_mission(acronym=f"M{number % 3}")
            for _person in range(1 + number % 3):
                make_casualty(mission=mission, occurred_on=DAY - timedelta(number // 3), cause="malicious-act")
        yield


client = remembering_client("sixty_incidents")


def link(response: object, rel: str) -> str:
    found = re.search(rf'<a href="([^"]*)" rel="{rel}"', page(response))
    return unescape(found[1]) if found else ""


def walk(client: Client, address: str, label: str) -> tuple[list[list[str]], list[str]]:
    """All rows from an address on, and the addresses of the pages after it."""
    rows, passed = [], []
    while address:
        response = client.get(address)
        assert response.status_code == 200
        rows += table(response, label)[1:]
        passed.append(address)
        address = link(response, "next")
    return rows, passed


@pytest.mark.parametrize("sort", list(ORDERS["incidents"]))
def test_every_incident_once_in_every_order(client: Client, sort: str) -> None:
    rows, addresses = walk(client, f"/incidents/?sort={sort}", "Incidents")
    assert len(addresses) == 3
    assert len(rows) == len({tuple(row[:2]) for row in rows}) == 60
    orders: dict[str, list[Any]] = {
        "date": [-days(row[0]) for row in rows],
        "mission": [row[1] for row in rows],
        "people": [int(row[3]) for row in rows],
    }
    keys = orders[sort.lstrip("-")]
    assert keys == sorted(keys, reverse=sort.startswith("-"))


def days(written: str) -> int:
    day, month, year = written.split()
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return (DAY - date(int(year), months.index(month) + 1, int(day))).days


@pytest.mark.parametrize("sort", list(ORDERS["people"]))
def test_every_person_once_in_every_order(client: Client, sort: str) -> None:
    rows, _addresses = walk(client, f"/incidents/?view=people&sort={sort}", "People")
    assert len(rows) == len({row[-1] for row in rows}) == 120


@pytest.mark.parametrize("address", ["/incidents/", "/incidents/?sort=-people", "/incidents/?view=people&sort=mission"])
def test_back_leads_where_one_came_from(client: Client, address: str) -> None:
    label = "People" if "people&" in address else "Incidents"
    _rows, addresses = walk(client, address, label)
    for before, after in pairwise(addresses):
        back = link(client.get(after), "prev")
        assert table(client.get(back), label) == table(client.get(before), label)
    assert not link(client.get(addresses[0]), "prev")


def test_the_place_is_said(client: Client) -> None:
    first = client.get("/incidents/")
    assert "Incidents 1 to 25 of 60" in main_of(first)
    second = client.get(link(first, "next"))
    assert "Incidents 26 to 50 of 60" in main_of(second)
    third = client.get(link(second, "next"))
    assert "Incidents 51 to 60 of 60" in main_of(third)
    assert not link(third, "next")


def test_a_place_outlives_its_row(client: Client) -> None:
    """The address names a place in the order: it still works when the row that made it is gone or filtered away."""
    response = client.get("/incidents/?mission=M1&after=2019-01-15~M0-2019-01-15-malicious-act")
    assert "Incidents 7 to 20 of 20" in main_of(response)
    assert table(response, "Incidents")[1][:2] == ["14 Jan 2019", "M1"]


def test_a_place_behind_the_last_row(client: Client) -> None:
    response = client.get("/incidents/?after=1900-01-01~x")
    assert response.status_code == 200
    assert "The list ends before this place." in main_of(response)
    assert len(table(client.get(link(response, "prev")), "Incidents")) == 26


def test_headings_sort_one_way_then_the_other(client: Client) -> None:
    text = page(client.get("/incidents/?cause=malicious-act"))
    assert 'aria-sort="descending"><a class="sort" href="/incidents/?cause=malicious-act&amp;sort=date">Date' in text
    assert '<a class="sort" href="/incidents/?cause=malicious-act&amp;sort=-people">Deaths' in text
    turned = page(client.get("/incidents/?cause=malicious-act&sort=-people"))
    assert 'aria-sort="descending"><a class="sort" href="/incidents/?cause=malicious-act&amp;sort=people">' in turned
    assert 'href="/incidents/?cause=malicious-act">Date' in turned
