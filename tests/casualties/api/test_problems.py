"""Every error is a problem detail (RFC 9457): what an address, a header or a failure may bring about."""

from typing import Any

import pytest
from django.test import Client

from missions.models import ImportBatch
from tests.casualties.api.asking import get
from tests.factories import make_annual_count, make_casualty, make_release

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def public(settings: Any) -> None:
    settings.PUBLIC_READING = True


def test_it_works(client: Client) -> None:
    make_release()
    answer = get(client, "figures/?cause=ilness&from=19x9")
    assert answer.status_code == 400
    said = answer.json()
    assert said["type"] == "/api/#problem-parameter"
    assert said["status"] == 400
    assert said["instance"] == "/api/v1/figures/"
    assert [wrong["parameter"] for wrong in said["errors"]] == ["cause", "from"]
    assert "illness" in said["errors"][0]["allowed"]
    assert said["errors"][0]["value"] == "ilness"


@pytest.mark.parametrize("address", ["nothing/", "figures/2019/", "missions/NOWHERE/", "statements/nobody/", "x%00/"])
def test_no_such_address(client: Client, address: str) -> None:
    make_release()
    answer = get(client, address)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "/api/#problem-not-found"


def test_a_forgotten_slash_is_put_there(client: Client) -> None:
    answer = get(client, "figures?by=year")
    assert answer.status_code == 301
    assert answer["Location"] == "/api/v1/figures/?by=year"


def test_a_format_that_nobody_has(client: Client) -> None:
    make_release()
    answer = get(client, "figures/", accept="application/xml")
    assert answer.status_code == 406
    assert answer["Content-Type"] == "application/problem+json"
    assert get(client, "missions/MINUSMA/", accept="text/csv").status_code == 406
    refused = get(client, "missions/?format=parquet").json()["errors"][0]
    assert refused["allowed"] == ["json", "csv"]


def test_nothing_is_loaded(client: Client) -> None:
    for address in ("figures/", "casualties/", "trends/", "missions/"):
        answer = get(client, address)
        assert answer.status_code == 409
        assert "no data are loaded" in answer.json()["detail"]


def test_annual_counts_have_no_days_and_no_incidents(client: Client) -> None:
    make_release(kind=ImportBatch.Kind.BUNDLE)
    make_annual_count(persons=28)
    assert get(client, "figures/").json()["figures"] == [{"persons": 28}]
    assert get(client, "incidents/").status_code == 409
    assert get(client, "figures/?by=month").status_code == 409
    assert get(client, "figures/?gender=f").json()["errors"][0]["parameter"] == "gender"


def test_a_request_that_cannot_be_read(client: Client) -> None:
    make_release()
    many = "&".join(f"mission=M{n}" for n in range(1_200))
    answer = get(client, f"figures/?{many}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_a_long_value_is_cut_in_the_answer(client: Client) -> None:
    make_release()
    answer = get(client, f"figures/?mission={'x' * 5_000}")
    assert len(answer.json()["errors"][0]["value"]) == 81


def test_our_own_failure_says_so_and_nothing_else(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_release()
    make_casualty()

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("a secret of the database")

    monkeypatch.setattr("casualties.api.figures.count", fail)
    answer = get(client, "figures/")
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert "secret" not in answer.content.decode()
