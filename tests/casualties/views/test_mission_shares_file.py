"""The file of a mission's shares by cause beside all other missions, and when it cannot be given."""

import csv
from datetime import date

import pytest
from django.test import Client

from missions.models import Mission
from tests.casualties.views.reading import page
from tests.casualties.views.test_mission_dashboard import make_minusma
from tests.factories import make_casualty, make_mission
from tests.kept import remembering_client, standing

pytestmark = pytest.mark.django_db

minusma = standing(make_minusma)
client = remembering_client("minusma")


def test_the_shares_beside_all_others_have_a_file_of_their_table(client: Client, minusma: Mission) -> None:
    for _ in range(20):
        make_casualty(mission=make_mission(acronym="UNIFIL"), occurred_on=date(2022, 3, 1))
    assert 'href="/missions/MINUSMA/shares.csv?to=2022"' in page(client.get("/missions/MINUSMA/?to=2022"))
    content = client.get("/missions/MINUSMA/shares.csv?to=2022&header=1").getvalue().decode()
    assert "# query: mission=MINUSMA&from=2013&to=2022\r\n" in content
    assert "# beside: all other missions under the same filters\r\n" in content
    rows = csv.DictReader(line for line in content.splitlines() if not line.startswith("#"))
    found = {(one["whose"], one["cause"]): (one["persons"], one["of_all"], one["share"]) for one in rows}
    assert len(found) == 12
    mine = sum(int(persons) for (whose, _cause), (persons, *_rest) in found.items() if whose == "selection")
    assert found["selection", "malicious-act"] == ("3", str(mine), "")
    whose = "other-missions"
    assert sum(float(share) for (of, _cause), (*_rest, share) in found.items() if of == whose) == pytest.approx(1)


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("cause=illness", 400, "cause=illness is not a filter of shares by cause"),
        ("outcome=all", 400, "deaths and injuries are never added"),
        ("mission=UNIFIL", 400, "is already said by the address"),
        ("with=friends", 400, "with=friends is not one of the allowed values"),
        ("outcome=injury", 409, "the release holds no injuries"),
    ],
)
def test_a_file_of_shares_that_cannot_be_given(
    client: Client, minusma: Mission, query: str, status: int, said: str
) -> None:
    answer = client.get(f"/missions/MINUSMA/shares.csv?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert said in answer.content.decode()
