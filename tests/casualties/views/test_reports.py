"""The pages and files of reports: links, checks, hidden numbers, refusals."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoDbBlocker

from casualties.reports.statutory import REPORTS
from tests.casualties.views.following import behind
from tests.casualties.views.reading import main_of, page, row, table, words
from tests.casualties.views.test_revisions import numbers_with_links
from tests.factories import make_annual_count, make_casualty, make_country, make_mission, make_release
from tests.kept import kept, remembering_client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anybody_may_read(settings: Any) -> None:
    settings.PUBLIC_READING = True


# This comes before the records of the module are made, which stay to its end.


def test_annual_counts_and_nothing_at_all() -> None:
    client = Client()
    assert "load" in main_of(client.get("/reports/by-year/")).lower()
    make_release(kind="bundle")
    make_annual_count(persons=7, year=2022)
    rows = table(client.get("/reports/"), "Reports")
    assert row(rows, "Deaths by month of a year and cause")[2] == "Not available: annual counts only."
    assert row(table(client.get("/reports/by-mission/"), "Deaths by mission"), "MINUSMA") == ["MINUSMA", "7"]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Nine people in two missions, one of them before the open year."""
    with kept(django_db_blocker):
        make_world()
        yield


client = remembering_client("world")


def make_world() -> None:
    make_release()
    chad, unifil = make_country(), make_mission(acronym="UNIFIL", started_on=date(1978, 3, 19))
    for _n in range(7):
        make_casualty(nationality=chad, occurred_on=date(2023, 3, 5))
    make_casualty(nationality=chad, occurred_on=date(2023, 2, 1), cause="illness")
    make_casualty(mission=unifil, occurred_on=date(2022, 2, 1), cause="accident")


@pytest.mark.parametrize("address", ["/reports/", "/reports/by-mission-and-year/", "/reports/build/?rows=year"])
def test_the_open_year_is_said_to_end_with_its_last_known_day(client: Client, world: None, address: str) -> None:
    assert "2022 to 5 Mar 2023" in words(page(client.get(address)))


def test_the_list_names_all_and_says_why_one_is_missing(client: Client) -> None:
    rows = table(client.get("/reports/?mission=MINUSMA"), "Reports")
    assert len(rows) == 1 + len(REPORTS)
    assert row(rows, "Deaths by year and cause")[1:] == ["Fatalities by Year and Incident Type", "CSV XLSX"]
    assert row(rows, "Injuries by mission, cause and severity")[2] == "Not available: the release holds no injuries."
    assert "/reports/by-mission.xlsx?mission=MINUSMA" in page(client.get("/reports/?mission=MINUSMA"))


def test_one_report(client: Client) -> None:
    response = client.get("/reports/by-mission-and-cause/")
    rows = table(response, "Deaths by mission and cause")
    assert rows[0] == [
        "Mission",
        "Malicious act",
        "Accident",
        "Illness",
        "Self-inflicted",
        "To be determined",
        "Unknown",
        "All",
    ]
    assert rows[1:] == [
        ["MINUSMA", "7", "0", "1", "0", "0", "0", "8"],
        ["UNIFIL", "0", "1", "0", "0", "0", "0", "1"],
        ["All", "7", "1", "1", "0", "0", "0", "9"],
    ]
    assert "Checked: the cells add up to 9, so do the totals of the lines, and the people counted again" in main_of(
        response
    )
    assert "Scope" in page(response)


@pytest.mark.parametrize("name", [name for name, report in REPORTS.items() if report.outcome == "fatality"])
def test_every_number_leads_to_its_people(client: Client, name: str) -> None:
    found = list(numbers_with_links(client.get(f"/reports/{name}/")))
    assert found
    for number, url in found:
        assert behind(client, url) == number, url


def test_the_open_year_is_provisional(client: Client) -> None:
    assert table(client.get("/reports/by-year/?from=2022"), "Deaths by year")[1:] == [
        ["2022", "1"],
        ["2023p", "8"],
        ["All", "9"],
    ]


def test_hidden_numbers_lead_nowhere_and_are_in_no_file(client: Client) -> None:
    response = client.get("/reports/by-mission-and-cause/?suppress=5")
    rows = table(response, "Deaths by mission and cause")
    assert row(rows, "MINUSMA")[1:4] == ["c", "0", "c"]
    assert row(rows, "UNIFIL")[-1] == "c"
    assert "Numbers from 1 to 4 are hidden" in main_of(response)
    assert "cause=illness" not in "".join(url for _n, url in numbers_with_links(response))
    text = b"".join(client.get("/reports/by-mission-and-cause.csv?suppress=5&header=1")).decode()
    assert "# small numbers: Numbers from 1 to 4 are hidden" in text
    lines = list(csv.DictReader(line for line in io.StringIO(text) if not line.startswith("#")))
    assert [line["malicious-act"] for line in lines] == ["suppressed", "0", "suppressed"]
    book = load_workbook(io.BytesIO(b"".join(client.get("/reports/by-mission-and-cause.xlsx?suppress=5"))))
    cells = [cell for line in book["data"].iter_rows(values_only=True) for cell in line]
    assert cells.count("suppressed") == sum(line.count("c") for line in rows)


def test_files_are_the_table_of_the_page(client: Client) -> None:
    text = b"".join(client.get("/reports/by-nationality-and-mission.csv")).decode()
    assert text.splitlines() == [
        "nationality,mission,level,persons,release,mark",
        "TCD,MINUSMA,part,8,2023-11-28,p",
        "TCD,all,subtotal,8,2023-11-28,p",
        "not-recorded,UNIFIL,part,1,2023-11-28,p",
        "not-recorded,all,subtotal,1,2023-11-28,p",
        "all,all,total,9,2023-11-28,p",
    ]
    response = client.get("/reports/by-nationality-and-mission.xlsx?from=2022&to=2022")
    assert "report-by-nationality-and-mission_2023-11-28_from-2022_to-2022.xlsx" in response["Content-Disposition"]
    book = load_workbook(io.BytesIO(b"".join(response)))
    assert [line[3] for line in book["data"].iter_rows(values_only=True)] == ["persons", 1, 1, 1]
    said = dict(list(book["about this file"].iter_rows(values_only=True))[1:])
    assert said["check"].endswith("one number: 1")


def test_months_of_the_open_year_unless_another_is_asked(client: Client) -> None:
    """And the title says the year, which nobody may have asked for."""
    name = "Deaths by month of a year and cause"
    rows = table(client.get("/reports/by-month-and-cause/"), f"{name}, 2023 (p)")
    assert (row(rows, "March")[-1], row(rows, "February")[-1], row(rows, "All")[-1]) == ("7", "1", "8")
    other = table(client.get("/reports/by-month-and-cause/?from=2022&to=2022"), f"{name}, 2022")
    assert row(other, "All")[-1] == "1"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("by-year?suppress=4", "suppress=4"),
        ("by-year?suppress=3&suppress=5", "suppress=3, 5 may be given once only"),
        ("by-year?outcome=injury", "outcome=injury is not what this report counts"),
        ("by-year?cuase=illness", "cuase is not a filter"),
        ("by-year?header=2", "header=2"),
        ("by-month-and-cause?from=2020&to=2021", "from=2020 is not the period of this report"),
    ],
)
def test_what_is_refused_is_named(client: Client, query: str, said: str) -> None:
    name, _mark, rest = query.partition("?")
    answer = client.get(f"/reports/{name}.csv?{rest}")
    assert answer.status_code == 400
    assert said in answer.content.decode()
    if "header" not in query:
        response = client.get(f"/reports/{name}/?{rest}")
        assert response.status_code == 400
        assert query.partition("?")[2].partition("=")[0] in main_of(response)


def test_a_workbook_takes_no_header(client: Client) -> None:
    assert client.get("/reports/by-year.xlsx?header=1").status_code == 400
    assert client.get("/figures.xlsx?header=1").status_code == 400


def test_what_is_not_there(client: Client) -> None:
    for ending in ("/", ".csv", ".xlsx"):
        assert client.get(f"/reports/by-shoe-size{ending}").status_code == 404
    assert "the release holds no injuries" in main_of(client.get("/reports/injuries-by-mission-cause-and-severity/"))
    assert client.get("/reports/injuries-by-mission-cause-and-severity.csv").status_code == 409


@pytest.mark.parametrize("asked", ["from=abcd", "date_from=abcd", "from=2030"])
def test_a_year_that_is_none_is_refused_by_name(client: Client, asked: str) -> None:
    make_release()
    response = client.get(f"/reports/by-month-and-cause/?{asked}")
    assert response.status_code == 400
    assert asked.partition("=")[2] in main_of(response)
