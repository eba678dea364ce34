"""A mission's dashboard: which mission it is, what a filter leaves, and when there is no figure."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from casualties.filters import forget_basis
from missions.models import ImportBatch, Mission
from tests.casualties.views.reading import main_of, page, row, table
from tests.factories import (
    make_annual_count,
    make_casualty,
    make_country,
    make_incident,
    make_mission,
    make_release,
)
from tests.kept import kept, remembering_client

pytestmark = pytest.mark.django_db


# These two come before the records of the module are made, which stay to its end.


def test_without_data_it_says_how_to_load_them() -> None:
    make_mission()
    assert "No data are loaded" in main_of(Client().get("/missions/MINUSMA/"))


def test_annual_counts_have_persons_and_no_days() -> None:
    make_release(kind=ImportBatch.Kind.BUNDLE)
    make_annual_count(persons=12, year=2022)
    make_annual_count(persons=3, year=2023, cause="illness", personnel="police")
    response = Client().get("/missions/MINUSMA/")
    shown = main_of(response)
    assert "15 people have died serving in MINUSMA since 2013, 12 of them by malicious acts." in shown
    assert row(table(response, "By personnel type"), "Police")[1] == "3"
    assert shown.count("Not available: annual counts only.") == 2
    assert "Download this selection: 15 people, as annual counts." in shown
    assert Client().get("/missions/MINUSMA/?gender=f").status_code == 400


@pytest.fixture(scope="module")
def minusma(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Mission]:
    """Six dead of two nationalities, three of them in one attack; two others died in another mission."""
    with kept(django_db_blocker):
        yield make_minusma()


client = remembering_client("minusma")


def make_minusma() -> Mission:
    make_release()
    chad, niger = make_country(), make_country(iso3="NER")
    mission = make_mission(
        name="United Nations Multidimensional Integrated Stabilization Mission in Mali",
        hosts=["MLI"],
        seat="Bamako",
        ended_on=date(2023, 12, 31),
        ended_precision="day",
        started_precision="day",
    )
    make_country(iso3="MLI", name="Mali")
    make_casualty(mission=mission, nationality=chad)
    make_casualty(mission=mission, nationality=chad)
    make_casualty(mission=mission, nationality=niger, personnel="local-civilian")
    make_casualty(mission=mission, occurred_on=date(2022, 3, 1), cause="illness", nationality=niger)
    make_casualty(mission=mission, occurred_on=date(2023, 2, 3), cause="illness", nationality=None)
    make_casualty(mission=mission, occurred_on=date(2023, 5, 2), cause="to-be-determined", nationality=chad)
    other = make_mission(acronym="UNIFIL", started_on=date(1978, 3, 19))
    make_casualty(mission=other, occurred_on=date(2023, 6, 2), cause="accident", nationality=chad)
    make_casualty(mission=other, occurred_on=date(1980, 6, 2), cause="accident", nationality=chad)
    return mission


def test_it_works(client: Client, minusma: Mission) -> None:
    response = client.get("/missions/MINUSMA/")
    assert response.status_code == 200
    shown = main_of(response)
    assert "MINUSMA, Mali" in shown
    assert (
        "6 people died serving in MINUSMA from 2013 to 2 June 2023, 3 of them by malicious acts. In 2023, up to 2 "
        "June, 2 people died. In the same days of the five years before, between 0 and 3 died each year."
    ) in shown
    assert (
        "Established and ended 25 Apr 2013 to 31 Dec 2023 Status: ended. The release ends before the mission did."
        in shown
    )
    assert "Place Mali; headquarters Bamako Peacekeeping operation" in shown


def test_headline_figures(client: Client, minusma: Mission) -> None:
    shown = main_of(client.get("/missions/MINUSMA/"))
    assert "Deaths, all causes, 2013–23 6p 2 in 2023, to 2 June." in shown
    assert "Killed by malicious acts, 2013–23 3p" in shown
    assert "Killed by malicious acts, 2019–23 3p 2018–22: 3. Record in four windows: 3." in shown
    assert "Cause still to be determined 1" in shown
    assert "Injuries – Not in this release. Not zero." in shown


def test_people_add_up(client: Client, minusma: Mission) -> None:
    response = client.get("/missions/MINUSMA/")
    personnel = table(response, "By personnel type")
    assert [cells[0::3] for cells in personnel[1:]] == [["Military", "2"], ["Local civilian", "1"], ["All", "3"]]
    nationalities = table(response, "By nationality")
    assert row(nationalities, "Chad") == ["Chad", "3", "", "2", "0", "0", "1"]
    assert row(nationalities, "Not recorded") == ["Not recorded", "1", "", "0", "0", "1", "0"]
    assert row(nationalities, "All") == ["All", "6", "", "3", "0", "2", "1"]


def test_long_lists_of_nationalities_end_with_the_rest_and_the_sum(minusma: Mission) -> None:
    for n in range(12):
        make_casualty(
            mission=minusma, occurred_on=date(2021, 3, 1), cause="illness", nationality=make_country(iso3=f"A{n:02}")
        )
    response = Client().get("/missions/MINUSMA/")
    nationalities = table(response, "By nationality")
    assert "10 of 14 nationalities, as recorded." in main_of(response)
    assert [cells[0] for cells in nationalities[-3:]] == ["4 more nationalities", "Not recorded", "All"]
    assert sum(int(cells[1]) for cells in nationalities[1:-1]) == int(nationalities[-1][1]) == 18


def test_days_and_latest_incidents(client: Client, minusma: Mission) -> None:
    response = client.get("/missions/MINUSMA/")
    assert table(response, "Days with the most deaths")[1:] == [["20 Jan 2019", "3", "3", "Chad 2, Niger 1"]]
    incidents = table(response, "Latest incidents")
    assert [cells[0] for cells in incidents[1:]] == ["2 May 2023", "3 Feb 2023", "1 Mar 2022", "20 Jan 2019"]
    assert incidents[4][1:] == ["Malicious act", "3", "–", "Military 2, Local civilian 1", "Chad 2, Niger 1"]
    assert "6 people in 4 incidents" in main_of(response)


def test_days_with_as_many_deaths_are_all_shown_or_said(minusma: Mission) -> None:
    """Twelve equal days beside the one of the world: eight are shown, and how many more there are is said."""
    for day in range(1, 13):
        for _person in range(2):
            make_casualty(mission=minusma, occurred_on=date(2021, 3, day), cause="illness")
    days = table(Client().get("/missions/MINUSMA/"), "Days with the most deaths")
    assert len(days) == 1 + 8 + 1
    assert days[-1] == ["5 more days with 2 each", "10", "0", "All days are in the file (CSV)."]
    make_casualty(mission=minusma, occurred_on=date(2021, 3, 1), cause="illness")
    make_casualty(mission=minusma, occurred_on=date(2021, 3, 2), cause="illness")
    make_casualty(mission=minusma, occurred_on=date(2021, 3, 3), cause="illness")
    response = Client().get("/missions/MINUSMA/?date_from=2021-03-01&date_to=2021-03-11")
    assert [cells[1] for cells in table(response, "Days with the most deaths")[1:]] == ["3"] * 3 + ["2"] * 8


def test_numbers_of_a_day_lead_to_its_people(client: Client, minusma: Mission) -> None:
    shown = page(client.get("/missions/MINUSMA/")).split("Days with the most deaths", 1)[1]
    day = "date_from=2019-01-20&amp;date_to=2019-01-20"
    assert f'<td class="n"><a href="/incidents/?mission=MINUSMA&amp;{day}">3</a></td>' in shown
    assert f'<a href="/incidents/?mission=MINUSMA&amp;cause=malicious-act&amp;{day}">3</a>' in shown


def test_a_filter_narrows_everything_and_is_said_in_chips(client: Client, minusma: Mission) -> None:
    response = client.get("/missions/MINUSMA/?cause=malicious-act&personnel=military")
    shown = main_of(response)
    assert (
        "2 people killed by malicious acts in MINUSMA are in this selection. Of them, none in 2023, up to 2 June"
        in shown
    )
    assert "2 people in 1 incident." in shown
    assert table(response, "Latest incidents")[1][2] == "2 of 3"
    assert 'href="/missions/MINUSMA/?personnel=military"' in page(response)
    assert "Shares" not in shown
    assert row(table(response, "By personnel type"), "All") == ["All", "2", ""]


def test_the_open_year_is_not_compared_where_a_period_is_chosen(client: Client, minusma: Mission) -> None:
    shown = main_of(client.get("/missions/MINUSMA/?from=2022&to=2023"))
    assert "3 people who died in MINUSMA from 2022 to 2023 are in this selection." in shown
    assert "same days" not in shown
    assert "the chosen period is left aside here" in shown


def test_a_chosen_cause_does_not_make_the_others_zero(client: Client, minusma: Mission) -> None:
    response = client.get("/missions/MINUSMA/?cause=illness")
    assert '<th scope="col" class="n">Accident</th>' not in page(response)
    assert '<th scope="col" class="n">Illness</th>' in page(response)


def test_days_as_a_filter(client: Client, minusma: Mission) -> None:
    response = client.get("/missions/MINUSMA/?date_from=2019-01-20&date_to=2019-01-20")
    assert "3 people who died in MINUSMA on 20 January 2019 are in this selection." in main_of(response)
    assert "years are not whole" in main_of(response)


def test_nobody_is_a_zero_with_its_reason_and_wider_selections(client: Client, minusma: Mission) -> None:
    response = client.get("/missions/MINUSMA/?cause=accident&personnel=police")
    shown = main_of(response)
    assert response.status_code == 200
    assert "No one in MINUSMA is in this selection. " in shown
    assert "This is a counted zero" in shown
    assert "Without: Accident" in shown
    assert 'class="figures"' not in page(response)


def test_a_mission_without_deaths(minusma: Mission) -> None:
    make_mission(acronym="UNPSG", started_on=date(1998, 1, 1), ended_on=date(1998, 10, 31))
    shown = main_of(Client().get("/missions/UNPSG/"))
    assert "No death is recorded in UNPSG in 1998." in shown


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("cause=hostile", "cause=hostile"),
        ("cuase=illness", "cuase"),
        ("mission=UNIFIL", "is already said by the address of this page"),
        ("family=UNEF", "is already said by the address of this page"),
        ("kind=spm", "excludes MINUSMA (peacekeeping"),
        ("from=2015&to=2014", "lies after to=2014"),
        ("part=UNEF+I", "is not a part of MINUSMA"),
        ("to=2031", "lies after 2023"),
    ],
)
def test_what_is_not_known_or_impossible_is_refused(client: Client, minusma: Mission, query: str, said: str) -> None:
    response = client.get(f"/missions/MINUSMA/?{query}")
    assert response.status_code == 400
    assert said in main_of(response)
    assert 'class="figures"' not in page(response)
    assert 'class="scope"' not in page(response)
    assert ".csv" not in page(response)


def test_a_scope_that_excludes_the_mission_is_refused(minusma: Mission) -> None:
    make_mission(acronym="UNAMA", kind="spm", region="Asia")
    response = Client().get("/missions/UNAMA/?scope=pko")
    assert response.status_code == 400
    assert "scope=pko excludes mission=UNAMA" in main_of(response)


def test_an_alias_leads_to_the_mission_and_keeps_the_filters(minusma: Mission) -> None:
    make_mission(acronym="UNOCI", aliases=["ONUCI"])
    assert Client().get("/missions/ONUCI/?cause=illness")["Location"] == "/missions/UNOCI/?cause=illness"
    assert Client().get("/missions/minusma/")["Location"] == "/missions/MINUSMA/"


def test_a_part_of_an_umbrella_leads_to_the_umbrella_and_says_so(minusma: Mission) -> None:
    unef = make_mission(acronym="UNEF", started_on=date(1956, 11, 1), ended_on=date(1979, 7, 31))
    make_mission(acronym="UNEF I", started_on=date(1956, 11, 1), umbrella=unef)
    response = Client().get("/missions/UNEF I/", follow=True)
    assert response.redirect_chain == [("/missions/UNEF/?part=UNEF+I", 302)]
    assert "UNEF I has no records of its own" in main_of(response)


def test_an_unknown_mission_offers_the_list(client: Client, minusma: Mission) -> None:
    response = client.get("/missions/MINUSMAA/")
    assert response.status_code == 404
    assert "Did you mean MINUSMA ?" in main_of(response)
    assert 'href="/missions/"' in page(response)


def test_injuries_stand_apart(minusma: Mission) -> None:
    make_casualty(
        incident=make_incident(mission=minusma, occurred_on=date(2023, 5, 2), cause="accident"), outcome="injury"
    )
    forget_basis()
    both = main_of(Client().get("/missions/MINUSMA/?outcome=all"))
    assert "Deaths, all causes, 2013–23 6p" in both
    assert "Injuries 1p" in both
    injured = main_of(Client().get("/missions/MINUSMA/?outcome=injury"))
    assert "1 person injured in MINUSMA is in this selection." in injured


def test_injuries_that_nobody_recorded_are_not_available(client: Client, minusma: Mission) -> None:
    shown = main_of(client.get("/missions/MINUSMA/?outcome=injury"))
    assert "Not available: the release holds no injuries." in shown


def test_of_a_mission_that_ended_before_women_were_recorded_no_zero_is_said(client: Client, minusma: Mission) -> None:
    make_mission(acronym="UNPROFOR", started_on=date(1992, 2, 21), ended_on=date(1995, 3, 31))
    forget_basis()
    shown = main_of(client.get("/missions/UNPROFOR/?gender=f"))
    assert "This is no counted zero" in shown
    assert "This is a counted zero" in main_of(client.get("/missions/UNPROFOR/?cause=illness"))
