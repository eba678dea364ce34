"""/trends.csv and /same-days.csv: the frames of the pages, and plain words where there is none."""

import csv
import io
from datetime import date

import pytest
from django.test import Client

from casualties.frames import STATISTIC_COLUMNS
from tests.casualties.views.reading import page, row, table
from tests.factories import make_annual_count, make_casualty, make_mission, make_release
from tests.kept import standing

pytestmark = pytest.mark.django_db


def make_deaths() -> None:
    make_release()
    for day in (date(2014, 5, 1), date(2018, 1, 2), date(2018, 1, 2), date(2023, 2, 2)):
        make_casualty(occurred_on=day)
    make_casualty(occurred_on=date(2019, 4, 4), cause="illness")


deaths = standing(make_deaths)


def rows(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200, response.content
    lines = response.getvalue().decode().splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_what_the_data_cannot_tell(client: Client) -> None:
    assert client.get("/trends.csv").status_code == 409
    make_release(kind="bundle")
    make_annual_count(persons=3)
    assert client.get("/trends.csv").status_code == 200
    assert client.get("/same-days.csv").status_code == 409
    assert b"annual counts only" in client.get("/same-days.csv").content
    assert client.get("/trends.csv?outcome=injury").status_code == 409


def test_it_works(client: Client, deaths: None) -> None:
    found = rows(client, "/trends.csv?cause=malicious-act")
    statistics = {name: found[-1].pop(name) for name in STATISTIC_COLUMNS}
    assert statistics["no_rate"] == "no-person-years"
    assert (statistics["rate"], statistics["person_years"], statistics["partial"]) == ("", "", "no")
    assert [round(float(statistics[name]), 2) for name in ("count_low", "count_high")] == [0.03, 5.57]
    assert found[-1] == {
        "first_year": "2019",
        "last_year": "2023",
        "persons": "1",
        "change_from_previous_window": "-2",
        "change_on_one_year": "-1",
        "rank": "",
        "would_be_rank": "6",
        "record": "no",
        "complete": "yes",
        "provisional": "yes",
        "release": "2023-11-28",
        "mark": "p",
    }


def test_file_and_page_say_the_same(client: Client, deaths: None) -> None:
    page = table(client.get("/trends/?cause=malicious-act"), "All windows")
    for line in rows(client, "/trends.csv?cause=malicious-act"):
        name = f"{line['first_year']}–{line['last_year'][2:]}"
        assert row(page, name)[1].rstrip("p") == line["persons"]


def test_by_cause_has_each_cause_and_all(client: Client, deaths: None) -> None:
    found = rows(client, "/trends.csv?by=cause")
    assert rows(client, "/trends.csv?by=cause&by=") == found
    assert list(dict.fromkeys(line["cause"] for line in found)) == [
        "all", "malicious-act", "accident", "illness", "self-inflicted", "to-be-determined", "unknown",
    ]  # fmt: skip
    assert {line["persons"] for line in found if line["cause"] == "all" and line["last_year"] == "2022"} == {"3"}


def test_its_name_and_head_say_the_selection_without_years(client: Client, deaths: None) -> None:
    response = client.get("/trends.csv?cause=malicious-act&from=2018&header=1")
    assert response["Content-Disposition"] == 'attachment; filename="windows_2023-11-28_cause-malicious-act.csv"'
    head = response.getvalue().decode()
    assert head.startswith("# source: United Nations Peace & Security Data Hub")
    assert "all years" in head.split("first_year")[0]
    assert "2018" not in head.split("first_year")[0]


def test_the_open_year_and_the_same_days(client: Client, deaths: None) -> None:
    make_casualty(occurred_on=date(2021, 2, 2))
    make_casualty(occurred_on=date(2021, 2, 3))
    found = rows(client, "/same-days.csv?cause=malicious-act&from=2020")
    assert [(line["year"], line["persons"], line["until"], line["mark"]) for line in found] == [
        ("2018", "2", "02-02", ""),
        ("2019", "0", "02-02", ""),
        ("2020", "0", "02-02", ""),
        ("2021", "1", "02-02", ""),
        ("2022", "0", "02-02", ""),
        ("2023", "1", "02-02", "p"),
    ]


@pytest.mark.parametrize("path", ["/trends.csv", "/same-days.csv"])
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("cuase=x", "cuase is not a filter"),
        ("by=year", "by=year is not one of the allowed values"),
        ("header=yes", "header=yes"),
        ("outcome=all", "never added"),
        ("cause=hostile", "allowed: malicious-act"),
    ],
)
def test_what_is_not_known_is_refused_in_plain_text(
    client: Client, deaths: None, path: str, query: str, said: str
) -> None:
    response = client.get(f"{path}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")
    assert said in response.content.decode()


def test_it_is_for_readers(client: Client, deaths: None, settings: object) -> None:
    settings.PUBLIC_READING = False  # type: ignore[attr-defined]
    assert client.get("/trends.csv").status_code == 302


def test_cells_are_read_by_csv(client: Client, deaths: None) -> None:
    text = client.get("/trends.csv?by=cause").getvalue().decode()
    assert len({len(line) for line in csv.reader(io.StringIO(text))}) == 1


@pytest.mark.parametrize(
    "address",
    [
        *("rates.csv?outcome=injury", "trends.csv?outcome=injury", "same-days.csv?outcome=injury"),
        *("trends.csv?means=landmine", "shares.csv?means=landmine", "trend-tests.csv?means=landmine"),
    ],
)
def test_what_the_data_cannot_tell_is_said_and_is_no_failure(client: Client, deaths: None, address: str) -> None:
    response = client.get(f"/{address}")
    assert response.status_code == 409
    assert "not available" in response.content.decode()


def test_the_same_days_are_those_in_which_the_mission_was_open_from_january_on(client: Client) -> None:
    make_release()
    opened = make_mission(acronym="BINUH", started_on=date(2019, 10, 16))
    make_casualty(mission=opened, occurred_on=date(2019, 11, 1))
    make_casualty(mission=opened, occurred_on=date(2022, 2, 2))
    make_casualty(mission=opened, occurred_on=date(2023, 11, 21))
    ended = make_mission(acronym="UNMIL", started_on=date(2003, 9, 19), ended_on=date(2018, 3, 30))
    make_casualty(mission=ended, occurred_on=date(2018, 2, 2))
    found = rows(client, "/same-days.csv?mission=BINUH")
    assert [(line["year"], line["persons"]) for line in found] == [
        ("2020", "0"), ("2021", "0"), ("2022", "1"), ("2023", "1"),
    ]  # fmt: skip
    assert "In the same days of the three years before" in page(client.get("/missions/BINUH/"))
    assert rows(client, "/same-days.csv?mission=UNMIL") == []


@pytest.mark.parametrize(
    ("address", "aside"),
    [
        ("trends.csv?from=2016&to=2019", "from, to"),
        ("same-days.csv?date_from=2016-01-01", "date_from"),
        ("trend-tests.csv?from=2016&cause=accident", "cause, from"),
        ("shares.csv?cause=accident&to=2019", "cause, to"),
        ("rates.csv?by=cause&cause=accident", "cause"),
        ("rates.csv?from=2016&to=2019", ""),
        ("late-registrations.csv?from=2016", "from"),
        ("trends.csv?mission=MINUSMA", ""),
    ],
)
def test_the_lines_above_a_file_name_the_filters_it_leaves_aside(
    client: Client, deaths: None, address: str, aside: str
) -> None:
    text = client.get(f"/{address}&header=1").getvalue().decode()
    said = [line.partition(": ")[2].strip() for line in text.split("\n") if line.startswith("# left aside: ")]
    assert said == ([aside] if aside else [])
