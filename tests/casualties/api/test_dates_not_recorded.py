"""Counts by day and month of people of whom less is recorded: nothing stands there, and never an invented day."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from tests.casualties.api.asking import get
from tests.factories import make_casualty, make_incident, make_release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def people(settings: Any) -> None:
    """One of a day, one of a month, one of a year; the last two are filed under its first day."""
    settings.PUBLIC_READING = True
    make_release()
    make_casualty(occurred_on=date(2019, 1, 20))
    for precision in ("month", "year"):
        incident = make_incident(occurred_on=date(2019, 1, 1), occurred_precision=precision, cause="illness")
        make_casualty(incident=incident)


def test_json_says_null(client: Client) -> None:
    by_day = get(client, "figures/?by=day").json()["figures"]
    assert by_day == [{"day": "2019-01-20", "persons": 1}, {"day": None, "persons": 2}]
    by_month = get(client, "figures/?by=month").json()["figures"]
    assert by_month == [{"month": 1, "persons": 2}, {"month": None, "persons": 1}]


@pytest.mark.parametrize("path", ["/figures.csv?", "/api/v1/figures/?format=csv&"])
def test_a_file_has_an_empty_cell(client: Client, path: str) -> None:
    def cells(by: str) -> list[list[str]]:
        response: Any = client.get(f"{path}by={by}")
        assert response.status_code == 200
        text = b"".join(response).decode()
        return [line.split(",")[:2] for line in text.splitlines()[1:]]

    assert cells("day") == [["2019-01-20", "1"], ["", "2"]]
    assert cells("month") == [["1", "2"], ["", "1"]]


@pytest.mark.parametrize("by", ["day", "month"])
def test_parquet_and_workbook_are_made(client: Client, by: str) -> None:
    from fastparquet import ParquetFile

    parquet = ParquetFile(BytesIO(get(client, f"figures/?by={by}&format=parquet").content)).to_pandas()
    assert parquet["persons"].sum() == 3
    assert parquet[by].isna().sum() == 1
    response: Any = client.get(f"/figures.xlsx?by={by}")
    assert response.status_code == 200
    assert b"".join(response).startswith(b"PK")


@pytest.mark.parametrize("query", ["by=cause,day", "by=day&cause=illness", "by=day&from=2020"])
def test_days_of_parquet_are_days_also_where_the_first_is_missing_or_none_is_there(client: Client, query: str) -> None:
    from fastparquet import ParquetFile

    answer = get(client, f"figures/?{query}&format=parquet")
    assert answer.status_code == 200
    frame = ParquetFile(BytesIO(answer.content)).to_pandas()
    assert str(frame["day"].dtype).startswith("datetime64")
