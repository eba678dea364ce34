"""The explorer and an incident on the real release of 28 November 2023."""

import pytest
from django.test import Client

from tests.casualties.views.reading import main_of, table

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "4,344 people who died, in 3,445 incidents"),
        ("cause=malicious-act", "1,118 people killed by malicious acts, in"),
        (
            "cause=malicious-act&from=2013&to=2017",
            "203 people killed by malicious acts from 2013 to 2017, in 95 incidents",
        ),
        ("cause=malicious-act&from=1992&to=1996", "259 people killed by malicious acts from 1992 to 1996, in"),
        ("mission=MINUSMA", "311 people who died in MINUSMA, in 205 incidents"),
        ("mission=MINUSMA&cause=malicious-act", "174 people killed by malicious acts in MINUSMA, in"),
        ("from=2023&to=2023", "63 people who died in 2023, in"),
        (
            "mission=UNFICYP&cause=malicious-act&from=2010&to=2023",
            "No one was killed by a malicious act in UNFICYP from 2010 to 2023",
        ),
    ],
)
def test_known_figures(client: Client, query: str, said: str) -> None:
    assert f"Result {said}" in main_of(client.get(f"/incidents/?{query}"))


def test_the_list_of_the_quoted_window(client: Client) -> None:
    response = client.get("/incidents/?cause=malicious-act&from=2013&to=2017")
    text = main_of(response)
    assert "Incidents 1 to 25 of 95" in text
    assert "Accident 111 Illness 239 Self-inflicted 11 To be determined 56 Unknown 3" in text
    assert "2013 36 2014 39 2015 35 2016 34 2017 59" in text
    assert "Chad 39 United Republic of Tanzania 31 Niger 14" in text
    assert table(response, "Incidents")[1] == [
        "7 Dec 2017",
        "MONUSCO",
        "Malicious act",
        "15",
        "–",
        "Military 15",
        "United Republic of Tanzania 15",
    ]


def test_the_zero_of_cyprus(client: Client) -> None:
    text = main_of(client.get("/incidents/?mission=UNFICYP&cause=malicious-act&from=2010&to=2023"))
    assert (
        "0 This is a counted zero. UNFICYP was open in all 14 years. Over all causes the same selection holds "
        "3 deaths, none of them by a malicious act. The latest one on record was on 17 Jan 1981. "
        "All causes, otherwise the same: 3 All years, otherwise the same: 15"
    ) in text


def test_a_misspelt_filter_answers_nothing(client: Client) -> None:
    response = client.get("/incidents/?cuase=illness")
    assert response.status_code == 400
    assert "4,344" not in main_of(response)


def test_an_incident(client: Client) -> None:
    response = client.get("/incidents/MINUSMA-2019-01-20-malicious-act/")
    assert "Ten people killed by a malicious act in MINUSMA, 20 January 2019" in main_of(response)
    people = table(response, "People")[1:]
    assert len(people) == 10
    assert {row[3] for row in people} == {"Chad"}
    assert [row[1:] for row in table(response, "History of changes")[1:]] == [
        ["Import", "10 people recorded", "–", "–", "release of 2023-11-28: fatalities-2023-11-28.csv"]
    ]


def test_one_person_with_two_labels(client: Client) -> None:
    text = main_of(client.get("/incidents/?view=people&nationality=SCG"))
    assert "6 people who died, in" in text
    text = main_of(client.get("/incidents/?nationality=MNE"))
    assert "No one died" in text
