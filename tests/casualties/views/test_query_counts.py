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
KEPT: dict[str, dict[str, int | None]] = {}  # None: the page is not for that role
for line in FILE.read_text().splitlines():
    if line and not line.startswith("#"):
        role, address, number = line.split()
        KEPT.setdefault(address, {})[role] = None if number == "-" else int(number)


@pytest.mark.parametrize("address", KEPT)
def test_it_asks_as_often_as_the_file_says(client: Client, address: str) -> None:
    client.get("/healthz")
    for role, make in ROLES.items():
        if make:
            client.force_login(make())
        client.get(address)  # what the process remembers of a version of the data, for this audience, is read now
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        if KEPT[address][role] is None:
            assert response.status_code == 302
            continue
        assert response.status_code == 200
        assert len(asked) == KEPT[address][role], (role, [query["sql"][:120] for query in asked])
        assert len(asked) <= MOST


def test_every_page_is_in_the_file_for_every_role() -> None:
    assert {"/", "/missions/", "/missions/MINUSMA/", "/trends/"} <= set(KEPT)
    assert all(set(roles) == set(ROLES) for roles in KEPT.values())
