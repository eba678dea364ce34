"""How often each page asks the database: kept in the file query_counts and compared, and never above fifteen."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import data_manager

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]

MOST = 15
FILE = Path(__file__).with_name("query_counts")
ROLES = {"anonymous": None, "data-manager": data_manager}  # who is asked least and most about
KEPT = [line.split() for line in FILE.read_text().splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize(("role", "address", "kept"), KEPT)
def test_it_asks_as_often_as_the_file_says(client: Client, role: str, address: str, kept: str) -> None:
    make = ROLES[role]
    if make:
        client.force_login(make())
    client.get("/healthz")
    client.get(address)  # what the process remembers of a version of the data is read now
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200
    assert len(asked) == int(kept), [query["sql"][:120] for query in asked]
    assert len(asked) <= MOST


def test_every_page_is_in_the_file_for_every_role() -> None:
    addresses = {address for _role, address, _kept in KEPT}
    assert {"/", "/missions/", "/missions/MINUSMA/", "/trends/"} <= addresses
    assert {"/open-cases/", "/revisions/", "/statements/"} <= addresses
    assert len(KEPT) == len(addresses) * len(ROLES)
