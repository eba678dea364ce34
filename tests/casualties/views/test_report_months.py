"""Months of which nothing is known: – on pages, empty in files, and what a signed report says of them."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from casualties.filters import forget_basis
from casualties.models import SignedReport
from tests.casualties.views.following import behind
from tests.casualties.views.reading import main_of, page, row, table
from tests.casualties.views.test_revisions import numbers_with_links
from tests.factories import data_manager, make_casualty, make_release, make_signed_report

pytestmark = pytest.mark.django_db
NAME = "Deaths by month of a year and cause"
OPEN, CLOSED = f"{NAME}, 2023 (p)", f"{NAME}, 2022"
NOTE = "– stands for a month that begins after 28 November 2023, the day of the release"
TAKEN_BACK = "A 0 was signed for months of which nothing is known; the report of today has – there."
MINE = "/reports/build/?rows=mission&columns=month&from=2023&to=2023"


@pytest.fixture(autouse=True)
def world(settings: Any) -> None:
    settings.PUBLIC_READING = True
    make_release()
    make_casualty(occurred_on=date(2023, 3, 5))
    make_casualty(occurred_on=date(2022, 12, 5), cause="illness")


def test_the_page_says_of_what_nothing_is_known(client: Client) -> None:
    response = client.get("/reports/by-month-and-cause/")
    rows = table(response, OPEN)
    assert row(rows, "December")[1:] == ["–"] * 7
    assert row(rows, "November")[1:] == ["0"] * 7
    assert row(rows, "All")[-1] == "1"
    assert f"{NOTE}: nothing is known of it." in main_of(response)
    assert page(response).count('<td class="n none">–</td>') == 7
    closed = client.get("/reports/by-month-and-cause/?from=2022&to=2022")
    assert row(table(closed, CLOSED), "December")[-1] == "1"
    assert "stands for a month" not in main_of(closed)


def test_a_month_may_be_a_column(client: Client) -> None:
    response = client.get(MINE)
    rows = table(response, "Deaths by mission and month, 2023 (p)")
    assert row(rows, "MINUSMA")[-3:] == row(rows, "All")[-3:] == ["0", "–", "1"]
    assert NOTE in main_of(response)


def test_months_that_were_not_asked_for(client: Client) -> None:
    rows = table(client.get("/reports/by-month-and-cause/?date_from=2022-11-06&date_to=2022-12-31"), CLOSED)
    assert [cells[0] for cells in rows] == ["Month", "November", "December", "All"]
    response = client.get("/reports/build/?rows=month&columns=year&date_from=2022-11-06&date_to=2023-02-28")
    rows = table(response, "Deaths by month and year")
    assert [row(rows, month)[1:] for month in ("January", "November")] == [["–", "0", "0"], ["0", "–", "0"]]
    assert f"{NOTE}, or lies outside the chosen days: nobody was counted there." in main_of(response)


def test_files_have_empty_cells_and_say_so(client: Client) -> None:
    text = b"".join(client.get("/reports/by-month-and-cause.csv?header=1")).decode()
    meaning = "a month that begins after 2023-11-28, the day of the release"
    assert f"# empty cells: {meaning}; a 0 is counted" in text
    lines = {line[0]: line for line in csv.reader(one for one in io.StringIO(text) if not one.startswith("#"))}
    assert lines["12"] == ["12", "part", *[""] * 7, "2023-11-28", "p"]
    assert lines["11"] == ["11", "part", *["0"] * 7, "2023-11-28", "p"]
    book = load_workbook(io.BytesIO(b"".join(client.get("/reports/by-month-and-cause.xlsx"))))
    sheet = {line[0]: line for line in book["data"].iter_rows(values_only=True)}
    assert sheet[12][2:9] == (None,) * 7
    assert sheet[11][2:9] == (0,) * 7
    words = {line[0]: line[2] for line in book["data dictionary"].iter_rows(values_only=True)}
    assert f"Empty: {meaning}, which is not 0." in words["persons"]
    closed = b"".join(client.get("/reports/by-month-and-cause.csv?from=2022&to=2022&header=1")).decode()
    assert "empty cells" not in closed
    cut = "/reports/build.csv?rows=month&columns=year&date_from=2022-11-06&date_to=2023-02-28&header=1"
    assert f"# empty cells: {meaning}, or lies outside the period; a 0 is counted" in b"".join(client.get(cut)).decode()


def test_it_is_signed_as_it_is_shown(client: Client) -> None:
    client.force_login(data_manager())
    response = client.get("/reports/by-month-and-cause/sign")
    assert row(table(response, OPEN), "December")[1:] == ["–"] * 7
    assert NOTE in main_of(response)


def test_what_is_known_later_is_another_number(client: Client) -> None:
    signed = make_signed_report(query="", report="by-month-and-cause")
    response = client.get(f"/reports/signed/{signed.pk}/")
    assert row(table(response, OPEN), "December")[1:] == ["–"] * 7
    assert NOTE in main_of(response)
    assert "Today’s figures are the same, number for number." in main_of(response)
    assert TAKEN_BACK not in main_of(response)
    make_release(released_on=date(2024, 1, 31))
    for _n in range(3):
        make_casualty(occurred_on=date(2023, 12, 3), cause="illness", known_at=date(2024, 1, 31))
    forget_basis()
    response = client.get(f"/reports/signed/{signed.pk}/")
    assert row(table(response, OPEN), "December")[1:] == ["–"] * 7
    assert NOTE in main_of(response)
    changes = table(response, "What is another number today")
    assert ["December", "Illness", "–", "3", "–"] in changes
    assert ["December", "Accident", "–", "0", "–"] in changes
    assert ["All", "All", "1", "4", "+3"] in changes
    for number, url in numbers_with_links(response):
        assert behind(client, url) == number, url


def test_a_zero_that_was_signed_there_stays_and_is_explained(client: Client) -> None:
    """Reports had a 0 there once. What was signed is never changed."""
    signed = make_signed_report(query="", report="by-month-and-cause")
    rows = [[0 if cell is None else cell for cell in cells] for cells in signed.frame["rows"]]
    fields = {field.attname: getattr(signed, field.attname) for field in SignedReport._meta.concrete_fields}
    before = SignedReport.objects.create(
        **{**fields, "id": None, "csv_sha256": "0" * 64, "frame": {**signed.frame, "rows": rows}}
    )
    response = client.get(f"/reports/signed/{before.pk}/")
    assert row(table(response, OPEN), "December")[1:] == ["0"] * 7
    assert TAKEN_BACK in main_of(response)
    assert "What is another number today" not in page(response)
