"""A contributor's page: what is recorded under a nationality, and what is recorded under the states before it."""

from datetime import date

import pytest
from django.test import Client

from tests.casualties.views.reading import main_of, page, row, table
from tests.factories import make_annual_count, make_casualty, make_country, make_mission, make_release

pytestmark = pytest.mark.django_db


@pytest.fixture
def serbia() -> None:
    """Three dead of Serbia in two missions, two of the state before it, one of another country."""
    make_release()
    serbia = make_country(iso3="SRB", name="Serbia")
    before = make_country(
        iso3="SCG",
        name="Serbia and Montenegro",
        status="dissolved",
        ended_on=date(2006, 6, 5),
        successors=["SRB", "MNE"],
    )
    minusma, unmik = make_mission(), make_mission(acronym="UNMIK", started_on=date(1999, 6, 10))
    make_casualty(mission=minusma, nationality=serbia)
    make_casualty(mission=unmik, nationality=serbia, occurred_on=date(2010, 2, 1), cause="illness")
    make_casualty(mission=unmik, nationality=serbia, occurred_on=date(2023, 2, 1), cause="unknown", personnel="police")
    make_casualty(mission=unmik, nationality=before, occurred_on=date(2004, 3, 1), cause="accident")
    make_casualty(mission=unmik, nationality=before, occurred_on=date(2005, 3, 1), cause="illness")
    make_casualty(mission=minusma, nationality=make_country())


def test_it_works(client: Client, serbia: None) -> None:
    response = client.get("/contributors/SRB/")
    assert response.status_code == 200
    shown = main_of(response)
    assert (
        "3 people with the nationality Serbia have died serving in UN peace operations, in incidents from 2010 to "
        "2023, 1 of them by malicious acts. In 2023, up to 1 February, 1 person died."
    ) in shown
    assert "Deaths, all causes, 2004–23 3p 1 in 2023, to 1 February." in shown
    assert "2018–22: 1. Record in four windows: 1." in shown  # those that hold 2019; more than two are not named
    assert "strengths are recorded by mission, not for this group of people" in shown


def test_parts_add_up_and_lead_to_their_people(client: Client, serbia: None) -> None:
    response = client.get("/contributors/SRB/")
    missions = table(response, "By mission")
    assert row(missions, "UNMIK") == ["UNMIK", "2", "", "0", "0", "1", "1"]
    assert row(missions, "All") == ["All", "3", "", "1", "0", "1", "1"]
    causes = table(response, "By cause")
    assert [cells[1] for cells in causes[1:]] == ["1", "0", "1", "0", "0", "1", "3"]
    assert 'href="/missions/UNMIK/?nationality=SRB"' in page(response)
    for address in ("mission=UNMIK&amp;nationality=SRB", "mission=UNMIK&amp;cause=illness&amp;nationality=SRB"):
        assert f'href="/incidents/?{address}"' in page(response)
    behind = main_of(client.get("/incidents/?mission=UNMIK&nationality=SRB"))
    assert "2 people" in behind


def test_people_of_a_dissolved_state_are_beside_and_not_in_the_figures(client: Client, serbia: None) -> None:
    shown = main_of(client.get("/contributors/SRB/"))
    assert "recorded under a state that was dissolved: Serbia and Montenegro ( 2)" in shown
    before = main_of(client.get("/contributors/SCG/"))
    assert "Serbia and Montenegro was dissolved on 5 June 2006." in before
    assert "Successors, with people of their own: Serbia ( 3)" in before


def test_a_filter_narrows_everything(client: Client, serbia: None) -> None:
    response = client.get("/contributors/SRB/?mission=UNMIK&from=2009&to=2012")
    shown = main_of(response)
    assert "1 person who died with the nationality Serbia from 2009 to 2012 is in this selection." in shown
    assert row(table(response, "By mission"), "All")[1] == "1"
    assert 'href="/contributors/SRB/?from=2009&amp;to=2012"' in page(response)


def test_a_counted_zero_says_why_and_what_is_wider(client: Client, serbia: None) -> None:
    response = client.get("/contributors/SRB/?cause=accident")
    shown = main_of(response)
    assert "No one with the nationality Serbia is in this selection." in shown
    assert "This is a counted zero" in shown
    assert 'href="/contributors/SRB/"' in page(response)


def test_another_spelling_leads_to_the_page_and_an_unknown_code_to_the_list(client: Client, serbia: None) -> None:
    assert client.get("/contributors/srb/?cause=illness")["Location"] == "/contributors/SRB/?cause=illness"
    assert client.get("/contributors/Serbia/")["Location"] == "/contributors/SRB/"
    unknown = client.get("/contributors/XXX/")
    assert unknown.status_code == 404
    assert 'href="/contributors/"' in page(unknown)


@pytest.mark.parametrize("query", ["nationality=SRB", "nationality=TCD", "cause=hostile", "from=2025", "x=1"])
def test_what_cannot_be_meant_is_refused_by_name(client: Client, serbia: None, query: str) -> None:
    response = client.get(f"/contributors/SRB/?{query}")
    assert response.status_code == 400
    assert query.partition("=")[0] in main_of(response)
    assert "By mission" not in page(response)


def test_annual_counts_have_no_incidents(client: Client) -> None:
    make_release(kind="bundle")
    make_annual_count(persons=4, nationality=make_country())
    shown = main_of(client.get("/contributors/TCD/"))
    assert "4 people with the nationality Chad have died" in shown
    assert "Not available: annual counts only." in shown


def test_nothing_loaded(client: Client) -> None:
    make_country()
    assert client.get("/contributors/TCD/").status_code == 200
