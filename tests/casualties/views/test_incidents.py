"""The incident explorer: what each state of a selection shows, and what it never shows."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.casualties.views.reading import main_of, page, table
from tests.factories import (
    data_manager,
    make_annual_count,
    make_casualty,
    make_country,
    make_incident,
    make_mission,
    make_release,
    reader,
    reporter,
)

pytestmark = pytest.mark.django_db


def sentence(response: Any) -> str:
    return main_of(response).split("Result ", 1)[1]


def test_it_works(client: Client) -> None:
    make_release()
    make_casualty(nationality=make_country())
    make_casualty(nationality=make_country(iso3="NER"), personnel="police")
    make_casualty(nationality=make_country(iso3="NER"))
    make_casualty(occurred_on=date(2023, 3, 2), cause="illness")
    response = client.get("/incidents/")
    assert response.status_code == 200
    assert sentence(response).startswith(
        "4 people who died, in 2 incidents All peace operations, all personnel; all nationalities. "
        "Release of 28 November 2023; 2023 is provisional (p), to 2 March."
    )
    assert table(response, "Incidents") == [
        ["Date", "Mission", "Cause", "Deaths", "Injured", "Personnel", "Nationality"],
        ["2 Mar 2023", "MINUSMA", "Illness", "1p", "–", "Military", "Not recorded"],
        ["20 Jan 2019", "MINUSMA", "Malicious act", "3", "–", "Military 2, Police 1", "Niger 2, Chad 1"],
    ]
    assert "Injured: not in this release." in main_of(response)
    assert "CSV, 4 people" in main_of(response)
    assert "CSV, 2 incidents" in main_of(response)


def test_the_sentence_says_everything_that_narrows(client: Client) -> None:
    make_release()
    make_casualty(nationality=make_country(), gender="m")
    address = "/incidents/?cause=malicious-act&mission=MINUSMA&from=2015&to=2020&nationality=TCD&scope=uniformed"
    assert sentence(client.get(address)).startswith(
        "1 person killed by malicious acts in MINUSMA from 2015 to 2020, in 1 incident "
        "(nationality: Chad; all peace operations, uniformed personnel only)"
    )
    assert sentence(client.get("/incidents/?date_from=2019-01-20&date_to=2019-01-20")).startswith(
        "1 person who died on 20 January 2019, in 1 incident"
    )


def test_files_and_page_are_one_selection(client: Client) -> None:
    make_release()
    make_casualty()
    query = "cause=malicious-act&amp;from=2013&amp;to=2020"
    text = page(client.get("/incidents/?mission=&to=2020&from=2013&cause=malicious-act&scope="))
    assert f'href="/casualties.csv?{query}" download' in text
    assert f'href="/incidents.csv?{query}" download' in text
    assert f">/incidents/?{query}</code>" in text
    assert f'data-full="http://testserver/incidents/?{query}"' in text


def test_counts_per_value(client: Client) -> None:
    make_release()
    make_casualty(nationality=make_country())
    make_casualty(cause="illness")
    for number in range(12):
        make_casualty(mission=make_mission(acronym=f"M{number:02}"), occurred_on=date(2005 + number, 5, 1))
    text = main_of(client.get("/incidents/?cause=malicious-act"))
    assert "Cause, other filters kept Malicious act 13 Accident 0 Illness 1 Self-inflicted 0" in text
    assert "Mission M00 1 M01 1 M02 1 M03 1 M04 1 M05 1 M06 1 M07 1 5 more missions 5" in text
    assert "Year 2019 1 2016 1 2015 1 2014 1 2013 1 2012 1 2011 1 2010 1 2005 to 2009 5" in text
    assert "Personnel Military 13" in text
    years = main_of(client.get("/incidents/?cause=malicious-act&from=2015&to=2018"))
    assert "Year 2015 1 2016 1 2017 0 2018 0" in years
    open_year = main_of(client.get("/incidents/?cause=malicious-act&from=2018&to=2023"))
    assert "Year 2018 0 2019 1 2020 0 2021 0 2022 0 2023 (p) 0" in open_year


def test_counts_lead_to_their_selection(client: Client) -> None:
    make_release()
    make_casualty()
    make_casualty(cause="illness", occurred_on=date(2018, 4, 1))
    text = page(client.get("/incidents/?cause=malicious-act&view=people"))
    assert 'href="/incidents/?view=people" aria-current="true"' in text  # the chosen cause is taken out
    assert 'href="/incidents/?cause=illness&amp;view=people"' in text
    assert 'href="/incidents/?cause=malicious-act&amp;from=2019&amp;to=2019&amp;view=people"' in text
    days = page(client.get("/incidents/?date_from=2018-03-01&date_to=2019-06-01"))
    assert 'href="/incidents/?date_from=2019-01-01&amp;date_to=2019-06-01"' in days


def test_people(client: Client) -> None:
    make_release()
    make_casualty(nationality=make_country(), gender="f", reference="MINUSMA-2019-01-00038")
    response = client.get("/incidents/?view=people")
    assert table(response, "People") == [
        ["Date", "Mission", "Cause", "Personnel", "Nationality", "Gender", "Casualty number"],
        ["20 Jan 2019", "MINUSMA", "Malicious act", "Military", "Chad", "Female", "MINUSMA-2019-01-00038"],
    ]
    assert "People 1 to 1 of 1. One row is one person. Names are never stored here." in main_of(response)


def test_the_whole_incident_stands_beside_the_selected_people(client: Client) -> None:
    make_release()
    make_casualty(nationality=make_country())
    make_casualty()
    make_casualty(released=False)
    response = client.get("/incidents/?nationality=TCD")
    assert table(response, "Incidents")[1][3] == "1 of 2"
    assert "all of them stand after “of”" in main_of(response)
    assert "stand after" not in main_of(client.get("/incidents/"))


def test_injuries_beside_deaths_and_never_added(client: Client) -> None:
    make_release()
    make_casualty()
    make_casualty(outcome="injury", severity="serious")
    make_casualty(outcome="injury", occurred_on=date(2018, 1, 5))
    deaths = client.get("/incidents/")
    assert [row[3:5] for row in table(deaths, "Incidents")[1:]] == [["1", "1"]]
    assert sentence(deaths).startswith("1 person who died, in 1 incident")
    injured = client.get("/incidents/?outcome=injury")
    assert [row[3:5] for row in table(injured, "Incidents")[1:]] == [["1", "1"], ["0", "1"]]
    assert sentence(injured).startswith("2 people injured, in 2 incidents")
    both = client.get("/incidents/?outcome=all&view=people")
    assert sentence(both).startswith("1 person who died and, counted apart, 2 people injured, in 2 incidents")
    assert [row[3] for row in table(both, "People")[1:]].count("Injury, serious") == 1


def test_injuries_that_nobody_recorded_are_no_number(client: Client) -> None:
    make_release()
    make_casualty()
    response = client.get("/incidents/?outcome=injury")
    assert response.status_code == 200
    text = main_of(response)
    assert "No figures shown Not available: the release holds no injuries." in text
    assert "people" not in text.split("Result", 1)[1]
    assert "CSV" not in text
    assert "in this release" in text  # the choice says so, too


def test_a_counted_zero(client: Client) -> None:
    make_release()
    make_mission(acronym="UNFICYP", started_on=date(1964, 3, 4))
    cyprus = make_mission(acronym="UNFICYP")
    make_casualty(mission=cyprus, occurred_on=date(1981, 1, 17))
    make_casualty(mission=cyprus, occurred_on=date(2012, 1, 17), cause="illness")
    response = client.get("/incidents/?mission=UNFICYP&cause=malicious-act&from=2010&to=2023")
    text = main_of(response)
    assert "No one was killed by a malicious act in UNFICYP from 2010 to 2023 UNFICYP, all personnel;" in text
    assert (
        "0 This is a counted zero. UNFICYP was open in all 14 years. Over all causes the same selection holds 1 death, "
        "none of them by a malicious act. The latest one on record was on 17 Jan 1981. "
        "All years, otherwise the same: 1 All causes, otherwise the same: 1"
    ) in text
    assert "CSV, no rows" in text
    assert 'href="/incidents/?mission=UNFICYP&amp;cause=malicious-act"' in page(response)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("mission=MINUSMA&from=2000&to=2005", "MINUSMA was not open yet: it began on 25 April 2013."),
        ("mission=ONUC&from=1990", "ONUC had ended by then, on 30 June 1964."),
        ("mission=MINUSMA&from=2011&to=2014", "MINUSMA was open in 2 of the 4 years."),
        ("mission=MINUSMA&from=2015&to=2015", "MINUSMA was open in that year."),
        ("gender=f", "Not a full zero: 1 person of this selection has no gender recorded."),
        ("nationality=TCD", "Not a full zero: 1 person of this selection has no nationality recorded."),
        (
            "cause=illness&cause=unknown",
            "Over all causes the same selection holds 1 death, none of them of these causes.",
        ),
    ],
)
def test_why_it_is_zero(client: Client, query: str, said: str) -> None:
    make_release()
    make_country()
    make_mission(acronym="ONUC", started_on=date(1960, 7, 15), ended_on=date(1964, 6, 30))
    make_casualty()
    assert said in main_of(client.get(f"/incidents/?{query}"))


def test_annual_counts_have_people_and_no_incidents(client: Client) -> None:
    make_release(kind="bundle")
    make_annual_count(persons=7, year=2014, nationality=make_country())
    make_annual_count(persons=2, year=2015, cause="illness")
    response = client.get("/incidents/")
    assert sentence(response).startswith("9 people who died All peace operations")
    assert table(response, "People") == [
        ["Date", "Mission", "Cause", "People", "Personnel", "Nationality"],
        ["2015", "MINUSMA", "Illness", "2", "Military", "Not recorded"],
        ["2014", "MINUSMA", "Malicious act", "7", "Military", "Chad"],
    ]
    assert "Rows 1 to 2 of 2. A row is a count of people, as the source gives it." in main_of(response)
    incidents = main_of(client.get("/incidents/?view=incidents"))
    assert "Incidents are not available: annual counts only." in incidents
    assert "Incidents, –" in incidents
    assert client.get("/incidents/?gender=f").status_code == 400
    assert client.get("/incidents/?date_from=2014-01-01").status_code == 400


def test_people_without_an_incident_are_said_not_lost(client: Client) -> None:
    make_release()
    make_casualty()
    make_annual_count(persons=5, year=2019)
    text = main_of(client.get("/incidents/"))
    assert "6 people who died, in 1 incident" in text
    assert "5 people of the selection are in no incident, because the source gives only counts per year." in text


def test_what_a_day_filter_leaves_out_is_said(client: Client) -> None:
    make_release()
    make_casualty()
    make_casualty(incident=make_incident(occurred_on=date(2019, 1, 1), occurred_precision="month", key="in-january"))
    text = main_of(client.get("/incidents/?date_from=2019-01-10&date_to=2019-03-01"))
    assert "1 person who died from 10 January 2019 to 1 March 2019" in text
    assert "1 person is left out: only a month or year of the incident is known" in text


def test_nothing_loaded(client: Client) -> None:
    response = client.get("/incidents/")
    assert "No data are loaded" in main_of(response)
    assert "0 " not in main_of(response)


def test_readers_do_not_see_what_is_not_released(client: Client, settings: Any) -> None:
    make_release()
    make_casualty()
    make_casualty(released=False, mission=make_mission(acronym="UNIFIL"))
    for user in (None, reader()):
        if user:
            client.force_login(user)
        text = main_of(client.get("/incidents/"))
        assert "1 person who died, in 1 incident" in text
        assert "UNIFIL 1" not in text
    client.force_login(reporter(mission=make_mission(acronym="UNIFIL")))
    assert "2 people who died, in 2 incidents" in main_of(client.get("/incidents/"))
    client.logout()
    settings.PUBLIC_READING = False
    assert client.get("/incidents/").status_code == 302


def test_answers_are_private_for_who_signed_in(client: Client) -> None:
    make_release()
    assert client.get("/incidents/")["Cache-Control"] == "no-cache"
    client.force_login(data_manager())
    assert "private" in client.get("/incidents/")["Cache-Control"]


def test_records_of_years_that_no_release_covers_are_named_and_not_counted(client: Client) -> None:
    make_casualty()
    make_release()
    make_release(released_on=date(2025, 2, 10), kind="own")
    assert "in no figure" not in main_of(client.get("/incidents/"))
    later = make_casualty(occurred_on=date(2024, 5, 1), origin="import").incident
    hidden = make_casualty(occurred_on=date(2024, 6, 1), origin="import", released=False).incident
    assert later is not None
    assert hidden is not None
    shown = main_of(client.get("/incidents/"))
    assert "Our own records of 2024 are in no figure: the release of the UN covers no year after 2023." in shown
    assert f"Their incidents: {later.key}." in shown
    assert hidden.key not in shown
    assert "1 person who died, in 1 incident" in shown
    assert "In no figure yet: no release covers the year" in main_of(client.get(f"/incidents/{later.key}/"))
