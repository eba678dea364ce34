"""Open cases of a small world: ages on the day of the release, what became of earlier ones, and what is refused."""

import csv
from datetime import date
from typing import Any

import pytest
from django.test import Client

from casualties.choices import CasualtyState, Cause, DatePrecision
from casualties.filters import forget_basis
from casualties.models import Casualty
from tests.casualties.views.following import behind
from tests.casualties.views.reading import main_of, page, table
from tests.casualties.views.test_revisions import numbers_with_links
from tests.factories import make_casualty, make_incident, make_mission, make_release

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2023, 11, 28), date(2024, 6, 30)
OPEN = Cause.TO_BE_DETERMINED


@pytest.fixture(autouse=True)
def anybody_may_read(settings: Any) -> None:
    settings.PUBLIC_READING = True


@pytest.fixture
def one_release() -> None:
    """Four open cases in two missions, at the edges of the ages, and somebody with a cause."""
    make_release(released_on=FIRST)
    make_casualty(reference="ten", cause=OPEN, occurred_on=date(2013, 11, 28))
    make_casualty(reference="nine", cause=OPEN, occurred_on=date(2013, 11, 29))
    make_casualty(reference="young", cause=OPEN, occurred_on=date(2023, 11, 1))
    make_casualty(reference="other", cause=OPEN, occurred_on=date(2022, 11, 28), mission=make_mission(acronym="UNIFIL"))
    make_casualty(reference="settled", cause=Cause.ILLNESS, occurred_on=date(2020, 1, 1))


@pytest.fixture
def second_release(one_release: None) -> None:
    """One is settled, one withdrawn, one new; two are open still."""
    make_release(released_on=SECOND)
    illness = make_incident(cause=Cause.ILLNESS, occurred_on=date(2013, 11, 28))
    Casualty.objects.filter(reference="ten").update(incident=illness, cause=Cause.ILLNESS, known_at=SECOND)
    Casualty.objects.filter(reference="nine").update(
        state=CasualtyState.WITHDRAWN, withdrawn_on=SECOND, known_at=SECOND
    )
    make_casualty(reference="new", cause=OPEN, occurred_on=date(2024, 6, 1), known_at=SECOND)
    forget_basis()


@pytest.mark.usefixtures("one_release")
def test_ages_are_those_on_the_day_of_the_release(client: Client) -> None:
    response = client.get("/open-cases/")
    assert "4 deaths had a cause still to be determined on 28 November 2023" in main_of(response)
    assert table(response, "By mission and age") == [
        ["Mission", "Under 1 year", "1 to 2 years", "2 to 5 years", "5 to 10 years", "10 years or more", "All"],
        ["MINUSMA", "1", "0", "0", "1", "1", "3"],
        ["UNIFIL", "0", "1", "0", "0", "0", "1"],
        ["All missions", "1", "1", "0", "1", "1", "4"],
    ]
    rows = table(response, "Open cases")
    assert [(cells[0], cells[2], cells[-1]) for cells in rows[1:]] == [
        ("28 Nov 2013", "10 years", "ten"),
        ("29 Nov 2013", "9 years", "nine"),
        ("28 Nov 2022", "1 year", "other"),
        ("1 Nov 2023", "under 1 year", "young"),
    ]


@pytest.mark.usefixtures("one_release")
def test_the_ages_have_a_file(client: Client) -> None:
    rough = make_incident(cause=OPEN, occurred_on=date(2020, 1, 1), occurred_precision="year")
    make_casualty(reference="rough", incident=rough)
    assert 'href="/open-case-ages.csv"' in page(client.get("/open-cases/"))
    assert client.get("/open-case-ages.csv").getvalue().decode().splitlines() == [
        "years_from,years_below,mission,persons,mark,release",
        "0,1,MINUSMA,1,,2023-11-28",
        "1,2,MINUSMA,0,,2023-11-28",
        "2,5,MINUSMA,1,,2023-11-28",
        "5,10,MINUSMA,1,,2023-11-28",
        "10,,MINUSMA,1,,2023-11-28",
        "0,1,UNIFIL,0,,2023-11-28",
        "1,2,UNIFIL,1,,2023-11-28",
        "2,5,UNIFIL,0,,2023-11-28",
        "5,10,UNIFIL,0,,2023-11-28",
        "10,,UNIFIL,0,,2023-11-28",
    ]
    rough = make_incident(cause=OPEN, occurred_on=date(2021, 1, 1), occurred_precision="year")
    make_casualty(reference="rougher", incident=rough)
    assert ",,MINUSMA,1,,2023-11-28" in client.get("/open-case-ages.csv").getvalue().decode().splitlines()
    assert client.get("/open-case-ages.csv?also_at=2023-11-28").status_code == 400


@pytest.mark.usefixtures("one_release")
def test_one_release_says_that_the_record_begins_with_it(client: Client) -> None:
    assert "The record of what was known when begins with the release of 28 November 2023." in main_of(
        client.get("/open-cases/")
    )


@pytest.mark.usefixtures("second_release")
def test_what_became_of_earlier_ones(client: Client) -> None:
    response = client.get("/open-cases/")
    assert "The 4 cases that were open at the first release, 28 November 2023, as known at 30 June 2024." in main_of(
        response
    )
    assert table(response, "What became of earlier ones")[1:] == [
        ["Now: illness", "1", "–"],
        ["Withdrawn", "1", "–"],
        ["Still to be determined", "2", "–"],
        ["Open then", "4", ""],
    ]
    then = client.get("/open-cases/?known_at=2023-11-28")
    assert "4 deaths had a cause still to be determined on 28 November 2023" in main_of(then)


@pytest.mark.usefixtures("second_release")
def test_those_that_were_open_before_too(client: Client) -> None:
    rows = table(client.get("/open-cases/?also_at=2023-11-28"), "Open cases")
    assert [cells[-1] for cells in rows[1:]] == ["other", "young"]


@pytest.mark.usefixtures("second_release")
@pytest.mark.parametrize("query", ["", "?mission=MINUSMA", "?from=2022&to=2023", "?known_at=2023-11-28"])
def test_every_number_leads_to_its_people(client: Client, query: str) -> None:
    found = sorted(set(numbers_with_links(client.get(f"/open-cases/{query}"))))
    assert len(found) > 5
    for number, url in found:
        listed = url.startswith("/open-cases/")
        assert number == (len(table(client.get(url), "Open cases")) - 1 if listed else behind(client, url)), url


@pytest.mark.usefixtures("one_release")
def test_a_case_known_by_its_year_alone_is_said_apart(client: Client) -> None:
    incident = make_incident(cause=OPEN, occurred_on=date(2018, 1, 1), occurred_precision=DatePrecision.YEAR)
    make_casualty(reference="some day", incident=incident)
    response = client.get("/open-cases/")
    rows = table(response, "By mission and age")
    assert rows[0][-2:] == ["Between two ages", "All"]
    assert rows[-1] == ["All missions", "1", "1", "0", "1", "1", "1", "5"]
    assert "5 deaths had a cause still to be determined on 28 November 2023." in main_of(response)
    assert "The oldest incident whose day is known was on 28 November 2013." in main_of(response)
    assert [cells[2] for cells in table(response, "Open cases")[1:] if cells[-1] == "some day"] == ["up to 5 years"]
    assert "Between two ages: only the month or the year of the incident is known." in main_of(response)
    assert "Oldest with a known day: 28 Nov 2013." in main_of(client.get("/"))


@pytest.mark.parametrize("day", [date(2013, 11, 28), date(2013, 11, 29), date(2018, 11, 28), date(2018, 11, 29)])
def test_an_age_begins_with_the_anniversary(client: Client, day: date) -> None:
    make_release(released_on=FIRST)
    make_casualty(reference="edge", cause=OPEN, occurred_on=day)
    row = table(client.get("/open-cases/"), "By mission and age")[-1]
    assert row.index("1") == {2018: 3, 2013: 4}[day.year] + (day.day == 28)


@pytest.mark.parametrize("precision", [DatePrecision.MONTH, DatePrecision.YEAR])
def test_cases_without_a_known_day_alone(client: Client, precision: DatePrecision) -> None:
    make_release(released_on=FIRST)
    incident = make_incident(cause=OPEN, occurred_on=date(2018, 1, 1), occurred_precision=precision)
    make_casualty(reference="some day", incident=incident)
    for address in ("/open-cases/", "/"):
        response = client.get(address)
        assert response.status_code == 200
        assert "Oldest" not in main_of(response)
        assert "The oldest" not in main_of(response)


@pytest.mark.usefixtures("one_release")
def test_the_file_is_the_list(client: Client) -> None:
    response = client.get("/open-cases.csv?mission=MINUSMA&header=1")
    lines = b"".join(response).decode().splitlines()
    assert any(line.startswith("# selection: ") and "MINUSMA" in line for line in lines)
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert [(row["reference"], row["open_days"]) for row in rows] == [
        ("ten", "3652"),
        ("nine", "3651"),
        ("young", "27"),
    ]
    assert {row["open_on"] for row in rows} == {"2023-11-28"}
    assert [row["mark"] for row in rows] == ["", "", "p"]


@pytest.mark.usefixtures("one_release")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("cause=illness", "cause=illness is no open cause"),
        ("outcome=injury", "outcome=injury is not a filter of this page, which is about deaths"),
        ("also_at=2023-11-27", "also_at=2023-11-27 lies before 2023-11-28, the first release"),
        ("also_at=soon", "also_at=soon is not a day written as YYYY-MM-DD"),
        ("after=nowhere", "after=nowhere is not a place in this list"),
        ("age=5", "age is not a filter"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_name(client: Client, query: str, said: str) -> None:
    response = client.get(f"/open-cases/?{query}")
    assert response.status_code == 400
    assert said in main_of(response)
    assert "<table" not in page(response)
    if not query.startswith("after"):
        assert client.get(f"/open-cases.csv?{query}").status_code == 400


def test_nobody_waits(client: Client) -> None:
    make_release(released_on=FIRST)
    make_casualty()
    assert "No death of this selection had a cause still to be determined on 28 November 2023." in main_of(
        client.get("/open-cases/")
    )


def test_without_data(client: Client) -> None:
    assert "No data are loaded" in main_of(client.get("/open-cases/"))
    assert client.get("/open-cases.csv").status_code == 409
    assert client.get("/late-registrations.csv").status_code == 409


@pytest.mark.parametrize("asked", ["means=landmine", "context=ambush", "accident_type=fall"])
@pytest.mark.parametrize("path", ["/open-cases/", "/open-cases.csv"])
def test_what_is_said_of_another_cause_is_refused_by_name(client: Client, path: str, asked: str) -> None:
    make_release()
    make_casualty(cause="to-be-determined")
    response = client.get(f"{path}?{asked}")
    assert response.status_code == 400
    cause = "accident" if "accident" in asked else "malicious-act"
    assert f"is said of cause={cause} only" in response.content.decode()
