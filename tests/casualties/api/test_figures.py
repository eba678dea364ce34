"""/api/v1/figures/: the numbers of `manage.py figure --json`, as JSON, CSV and Parquet."""

import json
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pandas as pd
import pytest
from django.core.management import call_command
from django.test import Client

from tests.casualties.api.asking import get
from tests.factories import make_casualty, make_release
from tests.kept import standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture(autouse=True)
def public(settings: Any) -> None:
    settings.PUBLIC_READING = True


def make_people() -> None:
    make_release()
    make_casualty()
    make_casualty()
    make_casualty(occurred_on=date(2021, 3, 1), cause="illness")
    make_casualty(cause="illness", released=False)


people = standing(make_people)


def test_it_works(client: Client) -> None:
    answer = get(client, "figures/?by=year,cause&measure=persons")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    said = answer.json()
    assert said["figures"] == [
        {"year": 2019, "cause": "malicious-act", "persons": 2},
        {"year": 2021, "cause": "illness", "persons": 1},
    ]
    assert said["scope"] == "all"
    assert said["known_at"] == "2023-11-28"
    assert said["selection"] == "all peace operations, all personnel; deaths; all years"


@pytest.mark.parametrize(
    ("query", "by", "measure"),
    [("cause=illness", "", "persons"), ("scope=uniformed", "year,mission", "persons"), ("", "day", "incidents")],
)
def test_it_says_what_the_command_says(client: Client, query: str, by: str, measure: str) -> None:
    out = StringIO()
    call_command("figure", query, "--by", by, "--measure", measure, "--json", stdout=out)
    asked = "&".join(part for part in (query, f"by={by}" if by else "", f"measure={measure}") if part)
    assert get(client, f"figures/?{asked}").json() == json.loads(out.getvalue())


def test_by_may_be_given_again_and_again(client: Client) -> None:
    assert get(client, "figures/?by=year&by=cause").json() == get(client, "figures/?by=year,cause").json()


def test_zeros_are_counted_on_request(client: Client) -> None:
    years = {row["year"]: row["persons"] for row in get(client, "figures/?by=year&zeros=1&from=2019").json()["figures"]}
    assert years == {2019: 2, 2020: 0, 2021: 1, 2022: 0, 2023: 0}
    refused = get(client, "figures/?zeros=1")
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["parameter"] == "zeros"


def test_csv_is_the_file_of_the_pages(client: Client) -> None:
    answer = get(client, "figures/?by=cause&format=csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content == client.get("/figures.csv?by=cause").getvalue()
    assert get(client, "figures/?by=cause", accept="text/csv").content == answer.content
    assert get(client, "figures/?by=cause&format=csv&header=1").content.startswith(b"# source: United Nations")


def test_parquet_has_types_and_says_what_it_is(client: Client) -> None:
    from fastparquet import ParquetFile

    answer = get(client, "figures/?by=year,cause,day&format=parquet")
    assert answer["Content-Type"] == "application/vnd.apache.parquet"
    file = ParquetFile(BytesIO(answer.content))
    frame = file.to_pandas()
    assert file.key_value_metadata["data_version"] == answer["Data-Version"]
    assert file.key_value_metadata["scope"] == "all"
    assert frame["persons"].tolist() == [2, 1]
    assert frame["cause"].tolist() == ["malicious-act", "illness"]
    assert pd.api.types.is_datetime64_any_dtype(frame["day"])
    assert frame["year"].dtype == "int64"


def test_deaths_and_injuries_are_never_added(client: Client) -> None:
    make_casualty(outcome="injury", severity="serious")
    rows = get(client, "figures/?outcome=all").json()["figures"]
    assert rows == [{"outcome": "fatality", "persons": 3}, {"outcome": "injury", "persons": 1}]


def test_injuries_that_nobody_recorded_are_not_zero(client: Client) -> None:
    answer = get(client, "figures/?outcome=injury")
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("not-available")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("cuase=illness", "cuase"),
        ("by=colour", "by"),
        ("measure=tonnes", "measure"),
        ("mission=MINUSMAA", "mission"),
        ("from=2020&to=2019", "from"),
        ("known_at=1999-01-01", "known_at"),
        ("format=xml", "format"),
        ("format=csv&format=json", "format"),
        ("page_size=10", "page_size"),
        ("columns=place", "columns"),
        ("mission=", "mission"),
        ("cause=illness&cause=", "cause"),
        ("by=", "by"),
        ("by=year,", "by"),
        ("format=", "format"),
        ("known_at=%20", "known_at"),
    ],
)
def test_it_refuses_by_name(client: Client, query: str, parameter: str) -> None:
    answer = get(client, f"figures/?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["parameter"] == parameter
    assert "figures" not in answer.json()
