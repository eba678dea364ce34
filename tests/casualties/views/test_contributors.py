"""The list of contributors: every nationality with somebody in the selection, and the people without one."""

from datetime import date

import pytest
from django.test import Client

from tests.casualties.views.reading import main_of, page, row, table
from tests.factories import make_casualty, make_country, make_mission, make_release
from tests.kept import remembering_client, standing

pytestmark = pytest.mark.django_db


def make_some() -> None:
    make_release()
    chad, egypt = make_country(), make_country(iso3="EGY")
    make_casualty(nationality=chad)
    make_casualty(nationality=chad, occurred_on=date(2016, 2, 1), cause="illness")
    make_casualty(nationality=egypt, occurred_on=date(2021, 2, 1), cause="accident")
    make_casualty(
        nationality=None, occurred_on=date(2023, 2, 1), cause="illness", mission=make_mission(acronym="UNIFIL")
    )


some = standing(make_some)
client = remembering_client("some")


def test_it_works(client: Client, some: None) -> None:
    response = client.get("/contributors/")
    assert response.status_code == 200
    shown = main_of(response)
    assert "3 people of 2 nationalities are in this list, each counted once." in shown
    assert "The nationality of 1 more is not recorded or undetermined." in shown
    rows = table(response, "Contributors")
    assert [cells[0] for cells in rows[1:]] == ["Chad", "Egypt", "Not recorded", "All"]
    assert row(rows, "Chad")[1:6] == ["2016–19", "2", "1", "–", "1"]
    assert row(rows, "All")[2:4] == ["4", "1"]
    assert 'href="/contributors/TCD/"' in page(response)
    assert 'href="/incidents/?nationality=not-recorded"' in page(response)


def test_it_sorts(client: Client, some: None) -> None:
    rows = table(client.get("/contributors/?sort=-name"), "Contributors")
    assert [cells[0] for cells in rows[1:4]] == ["Not recorded", "Egypt", "Chad"]


def test_filters_narrow_the_list_and_go_along(client: Client, some: None) -> None:
    response = client.get("/contributors/?cause=illness&sort=name")
    assert [cells[0] for cells in table(response, "Contributors")[1:]] == ["Chad", "Not recorded", "All"]
    assert 'href="/contributors/TCD/?cause=illness"' in page(response)
    assert '<input type="hidden" name="sort" value="name">' in page(response)


def test_nobody(client: Client, some: None) -> None:
    response = client.get("/contributors/?cause=self-inflicted")
    assert response.status_code == 200
    assert "No one is in this selection." in main_of(response)


def test_go_leads_to_a_page(client: Client, some: None) -> None:
    for query in ("go=EGY", "go=EGY&go="):
        assert client.get(f"/contributors/?{query}")["Location"] == "/contributors/EGY/"
    day = "known_at=2023-11-28"
    assert client.get(f"/contributors/?go=EGY&{day}")["Location"] == f"/contributors/EGY/?{day}"


@pytest.mark.parametrize("query", ["sort=size", "sort=--deaths", "go=XYZ", "cause=hostile", "y=2"])
def test_what_is_not_known_is_refused_by_name(client: Client, some: None, query: str) -> None:
    response = client.get(f"/contributors/?{query}")
    assert response.status_code == 400
    assert query.partition("=")[0] in main_of(response)
