"""The API on the real release: published numbers, whole files, walks over all pages, questions to the database."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.casualties.api.asking import get

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]


@pytest.fixture(autouse=True)
def public(settings: Any) -> None:
    settings.PUBLIC_READING = True


@pytest.mark.parametrize(
    ("query", "persons"),
    [
        ("", 4344),
        ("cause=malicious-act&from=2013&to=2017", 203),
        ("cause=malicious-act&from=2013&to=2017&scope=pko", 201),
        ("cause=malicious-act&from=2013&to=2017&scope=uniformed", 190),
        ("cause=malicious-act&mission=MINUSMA&from=2014&to=2014", 28),
        ("from=2021&to=2021", 135),
    ],
)
def test_published_numbers(client: Client, query: str, persons: int) -> None:
    assert get(client, f"figures/?{query}").json()["figures"] == [{"persons": persons}]


def test_the_windows_are_those_of_the_pages(client: Client) -> None:
    windows = {row["last_year"]: row for row in get(client, "trends/?cause=malicious-act").json()["windows"]}
    assert windows[1996]["persons"] == 259
    assert windows[1996]["rank"] == 1
    assert windows[1996]["record"] is True
    assert windows[2023]["provisional"] is True
    assert windows[2023]["persons"] == 107


@pytest.mark.parametrize("name", ["casualties", "incidents"])
def test_csv_comes_whole_and_is_the_file_of_the_pages(client: Client, name: str) -> None:
    query = "mission=MINUSMA&cause=malicious-act"
    whole = get(client, f"{name}/?{query}&format=csv").getvalue()
    assert whole == client.get(f"/{name}.csv?{query}").getvalue()
    headed = get(client, f"{name}/?{query}&format=csv&header=1").getvalue()
    assert headed.startswith(b"# source: ")
    assert headed.endswith(whole)
    rows = len(list(csv.reader(io.StringIO(whole.decode())))) - 1
    assert f"# rows: {rows}\r\n".encode() in headed


@pytest.mark.parametrize(("name", "key"), [("casualties", "reference"), ("incidents", "incident")])
def test_all_pages_are_the_file(client: Client, name: str, key: str) -> None:
    keys: list[str] = []
    url = f"/api/v1/{name}/?page_size=1000&columns={key}"
    while url:
        page = client.get(url).json()
        keys += [row[key] for row in page[name]]
        url = page["next"]
    file = client.get(f"/{name}.csv?columns={key}").getvalue().decode()
    assert keys == [row[key] for row in csv.DictReader(io.StringIO(file))]


@pytest.mark.parametrize(
    "address",
    [
        "figures/?by=year,cause",
        "trends/?by=cause",
        "statements/",
        "casualties/?page_size=1000",
        "incidents/?page_size=1000",
        "withdrawn/",
        "missions/",
        "countries/",
        "strengths/",
        "missions/MINUSMA/",
    ],
)
def test_the_database_is_asked_little_whatever_the_size(client: Client, address: str) -> None:
    get(client, address)
    with CaptureQueriesContext(connection) as asked:
        answer = get(client, address)
    assert answer.status_code == 200
    assert len(asked) <= 5, [query["sql"][:120] for query in asked]
    with CaptureQueriesContext(connection) as asked:
        assert get(client, address, **{"if-none-match": answer["ETag"]}).status_code == 304
    assert len(asked) <= 3
