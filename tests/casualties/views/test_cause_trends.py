"""Rates by year and tests of trend on the mission's page and under trends: what they show, and their files."""

import csv
import html
import io
import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from casualties.filters import forget_basis
from missions.models import Mission, Strength
from tests.casualties.views.reading import main_of, page, row, table
from tests.factories import make_casualty, make_mission, make_release
from tests.kept import kept, remembering_client

pytestmark = pytest.mark.django_db

RATES = (
    "0.29 uniformed deaths by malicious acts per 1,000 person-years in MINUSMA in 2014–18, 0.10 in all other missions"
)


@pytest.fixture(scope="module")
def minusma(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Mission]:
    """Killed in 2014 (two), in June 2018 and in December 2018, which the ten months of its strength do not cover."""
    with kept(django_db_blocker):
        yield make_minusma()


client = remembering_client("minusma")


def make_minusma() -> Mission:
    make_release()
    mission = make_mission()
    for day in (date(2014, 5, 1), date(2014, 6, 1), date(2018, 6, 1), date(2018, 12, 1)):
        make_casualty(mission=mission, occurred_on=day)
    other = make_mission(acronym="UNIFIL", started_on=date(1978, 3, 19))
    make_casualty(mission=other, occurred_on=date(2014, 2, 2))
    for where, year, person_years, months in (
        (mission, 2014, 8000, 12),
        (mission, 2018, 2500, 10),
        (other, 2014, 10000, 12),
    ):
        Strength.objects.create(
            mission=where, year=year, category="troops", person_years=person_years, months=list(range(1, months + 1))
        )
    forget_basis()
    return mission


def rows(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))  # type: ignore[attr-defined]


def test_it_works(client: Client, minusma: Mission) -> None:
    response = client.get("/missions/MINUSMA/")
    assert RATES in main_of(response)
    found = table(response, f"{RATES}, table")
    assert row(found, "2014")[1:7] == ["2", "2", "8,000", "12/12", "0.25", "0.03 to 0.90"]
    assert row(found, "2014")[7:9] == ["1", "10,000"]
    assert row(found, "2018*")[1:6] == ["2", "1", "2,500", "10/12", "0.40"]
    assert row(found, "2019")[5] == "no rate"
    assert row(found, "2014–18, years with a rate")[1:6] == ["4", "3", "10,500", "22/24", "0.29"]
    shown = main_of(response)
    assert "* Not the whole year has a strength figure: 2018 (10 months)." in shown
    assert "1 uniformed death in a month without a strength figure is left out" in shown
    assert "2013, 2015 to 2017 and 2019 to 2023: no rate: no uniformed person-years are recorded" in shown


def test_uniformed_deaths_lead_to_their_incidents(client: Client, minusma: Mission) -> None:
    shown = page(client.get("/missions/MINUSMA/"))
    assert "/incidents/?mission=MINUSMA&amp;cause=malicious-act&amp;from=2014&amp;to=2014&amp;scope=uniformed" in shown


def test_the_file_is_the_frame_of_the_chart(client: Client, minusma: Mission) -> None:
    found = rows(client, "/rates.csv?mission=MINUSMA&cause=malicious-act")
    (own,) = [one for one in found if one["whose"] == "selection" and one["year"] == "2014"]
    assert (own["rate_persons"], float(own["rate"]), own["no_rate"]) == ("2", 0.25, "")
    (others,) = [one for one in found if one["whose"] == "other-missions" and one["year"] == "2014"]
    assert (others["rate_persons"], float(others["rate"])) == ("1", 0.1)
    assert {one["no_rate"] for one in found if one["year"] == "2020"} == {"no-person-years"}


@pytest.mark.parametrize(
    ("address", "years"),
    [
        ("/missions/MINUSMA/", ("2013", "2023")),
        ("/missions/MINUSMA/?cause=malicious-act&from=2014&to=2018", ("2014", "2018")),
        ("/trends/?mission=MINUSMA&cause=illness&cause=malicious-act", ("2013", "2023")),
        ("/trends/?mission=MINUSMA", ("2013", "2023")),
    ],
)
def test_the_file_beside_the_chart_has_its_causes_and_years(
    minusma: Mission, address: str, years: tuple[str, str]
) -> None:
    client = Client()
    make_casualty(mission=minusma, occurred_on=date(2014, 3, 3), cause="accident")
    forget_basis()
    response = client.get(address)
    (link,) = set(re.findall(r'href="(/rates\.csv[^"]*)"', page(response)))
    of_file = [one for one in rows(client, html.unescape(link).replace("header=1", "")) if one["whose"] == "selection"]
    assert (of_file[0]["year"], of_file[-1]["year"]) == years
    (label,) = re.findall(r'aria-label="([^"]*per 1,000[^"]*, table)"', page(response))
    shown = {cells[0].rstrip("*"): cells[1:3] for cells in table(response, html.unescape(label))}
    rated = {one["year"]: [one["persons"], one["rate_persons"]] for one in of_file if one["rate"]}
    assert rated.items() <= shown.items()


@pytest.mark.parametrize("query", ["personnel=police", "gender=f", "date_from=2014-01-01&date_to=2014-06-30"])
def test_without_a_denominator_or_whole_years_there_is_no_chart(client: Client, minusma: Mission, query: str) -> None:
    response = client.get(f"/missions/MINUSMA/?{query}")
    assert response.status_code == 200
    assert 'id="yearly-rates"' not in page(response)


def test_the_key_of_rates_shows_dots(client: Client, minusma: Mission) -> None:
    chart = page(client.get("/missions/MINUSMA/")).split('id="yearly-rates"')[1]
    assert '<circle cx="7" cy="7" r="5" class="c-malicious"/>' in chart.split("</ul>")[0]


def test_trends_without_a_mission_stand_alone(client: Client, minusma: Mission) -> None:
    response = client.get("/trends/?cause=malicious-act")
    assert 'id="yearly-rates"' in page(response)
    assert "All other missions" not in main_of(response)


def test_verdicts_in_plain_words(minusma: Mission) -> None:
    client = Client()
    for year, persons in zip(range(2015, 2023), (9, 8, 7, 6, 5, 4, 3, 2), strict=True):
        for _person in range(persons):
            make_casualty(mission=minusma, occurred_on=date(year, 3, 3), cause="illness")
    forget_basis()
    response = client.get("/missions/MINUSMA/")
    found = table(response, "Tests of trend, last complete window")
    assert found[0] == ["Cause", "Of the", "Verdict", "Change a year", "95% interval", "p-value", "Test"]
    assert row(found, "Illness")[1:6] == [
        "number of deaths",
        "fell by 1.0 people a year",
        "−1.0 people",
        "−1.0 to −1.0",
        "0.017",
    ]
    assert row(found, "Illness")[6] == "Mann-Kendall, 2018–22"
    assert row(found, "Accident")[2] == "not tested: fewer than ten people in all"
    of_file = [one for one in rows(client, "/trend-tests.csv?mission=MINUSMA") if one["cause"] == "illness"]
    (window,) = [one for one in of_file if one["period"] == "window"]
    assert (window["method"], float(window["change"]), window["clear"]) == ("mann-kendall", -1, "yes")


def test_only_chosen_causes_are_tested_on_the_page_of_a_filter(client: Client, minusma: Mission) -> None:
    found = table(client.get("/missions/MINUSMA/?cause=malicious-act"), "Tests of trend, whole series")
    assert {cells[0] for cells in found[1:]} == {"Malicious act"}


def test_shares_are_those_of_windows(minusma: Mission) -> None:
    client = Client()
    for _person in range(36):
        make_casualty(mission=minusma, occurred_on=date(2016, 3, 3), cause="illness")
    forget_basis()
    found = rows(client, "/shares.csv?mission=MINUSMA")
    (window,) = [one for one in found if (one["cause"], one["last_year"]) == ("illness", "2018")]
    assert (window["persons"], window["of_all"], float(window["share"])) == ("36", "40", 0.9)


def test_late_registrations_are_said_where_the_open_year_is_in_view(client: Client, minusma: Mission) -> None:
    assert "registered in a later month" in main_of(client.get("/missions/MINUSMA/"))
    assert "registered in a later month" not in main_of(client.get("/missions/MINUSMA/?to=2018"))


def test_a_mission_in_which_nobody_died_has_a_file_of_tests_that_were_not_made(
    client: Client, minusma: Mission
) -> None:
    make_mission(acronym="UNSF", started_on=date(2015, 10, 3), ended_on=date(2018, 4, 30))
    forget_basis()
    found = rows(client, "/trend-tests.csv?mission=UNSF")
    assert found
    assert {(line["first_year"], line["method"]) for line in found} <= {
        ("", "none"),
        ("2015", "none"),
    }


def test_few_person_years_are_not_compared_with_other_missions(client: Client, minusma: Mission) -> None:
    small = make_mission(acronym="UNSMIS", started_on=date(2014, 4, 21), ended_on=date(2014, 8, 19))
    make_casualty(mission=small, occurred_on=date(2014, 5, 5), cause="illness")
    Strength.objects.create(mission=small, year=2014, category="troops", person_years=60.5, months=[5, 6, 7, 8])
    forget_basis()
    said = "60 person-years in UNSMIS in 2014 are too few to compare: 0.00 uniformed deaths by malicious acts"
    assert f"{said} per 1,000 (95% interval 0.00 to 60.97)" in main_of(client.get("/missions/UNSMIS/"))
