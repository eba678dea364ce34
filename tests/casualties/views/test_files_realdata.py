"""Files of the real release."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]


def rows(client: Client, address: str) -> list[dict[str, str]]:
    response: Any = client.get(address)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_people_killed_by_malicious_acts_in_the_quoted_window(client: Client) -> None:
    found = rows(client, "/casualties.csv?cause=malicious-act&from=2013&to=2017")
    assert sum(int(row["persons"]) for row in found) == len(found) == 203
    assert {row["cause"] for row in found} == {"malicious-act"}
    assert {row["year"] for row in found} == {"2013", "2014", "2015", "2016", "2017"}
