"""The list of missions: all operations, their order, totals that add up."""

from datetime import date

import pytest
from django.test import Client

from missions.models import ImportBatch
from tests.casualties.views.reading import main_of, page, row, table
from tests.factories import make_annual_count, make_casualty, make_mission, make_release
from tests.kept import standing

pytestmark = pytest.mark.django_db

LABEL = "Missions and offices"


def make_deaths() -> None:
    """MINUSMA has two malicious deaths and one of 2022, UNEF (ended) one, UNPSG none; UNEF I is a part of UNEF."""
    make_release()
    minusma = make_mission(name="United Nations Mission", region="Africa")
    unef = make_mission(acronym="UNEF", started_on=date(1956, 11, 1), ended_on=date(1979, 7, 31), region="Asia")
    make_mission(acronym="UNEF I", started_on=date(1956, 11, 1), umbrella=unef)
    make_mission(acronym="UNPSG", kind="spm", started_on=date(1998, 1, 1), ended_on=date(1998, 10, 31))
    make_casualty(mission=minusma)
    make_casualty(mission=minusma)
    make_casualty(mission=minusma, occurred_on=date(2022, 3, 1), cause="illness")
    make_casualty(mission=unef, occurred_on=date(1960, 3, 1), cause="accident")


deaths = standing(make_deaths)


def names(response: object) -> list[str]:
    return [cells[0] for cells in table(response, LABEL)[1:-1]]


def test_without_data_it_says_how_to_load_them(client: Client) -> None:
    assert "No data are loaded" in main_of(client.get("/missions/"))


def test_annual_counts_are_enough(client: Client) -> None:
    make_release(kind=ImportBatch.Kind.BUNDLE)
    make_annual_count(persons=12, year=2022)
    assert row(table(client.get("/missions/"), LABEL), "MINUSMA")[2:4] == ["12", "12"]


@pytest.mark.parametrize("go", ["a/b", "../x", "%2F"])
def test_what_no_mission_can_be_called_is_refused(client: Client, go: str) -> None:
    make_release()
    response = client.get(f"/missions/?go={go}")
    assert response.status_code == 400
    assert "is not an acronym" in main_of(response)


def test_it_works(client: Client, deaths: None) -> None:
    response = client.get("/missions/")
    assert response.status_code == 200
    rows = table(response, LABEL)
    assert row(rows, "MINUSMA")[1:6] == ["since 2013", "3", "2", "–", "3"]
    assert row(rows, "MINUSMA")[-3:] == ["Peacekeeping", "Africa", "Active"]
    assert row(rows, "UNEF")[1:6] == ["1956–79", "1", "0", "–", "ended"]
    assert row(rows, "UNPSG")[1:6] == ["1998", "0", "0", "–", "ended"]
    assert row(rows, "UNPSG")[-3:] == ["Political", "–", "Ended"]
    assert row(rows, "All")[2:6] == ["4", "2", "–", "3"]


def test_an_umbrella_stands_for_its_parts(client: Client, deaths: None) -> None:
    assert names(client.get("/missions/")) == ["MINUSMA", "UNEF", "UNPSG"]


def test_a_mission_without_deaths_is_a_counted_zero(client: Client, deaths: None) -> None:
    assert row(table(client.get("/missions/"), LABEL), "UNPSG")[-4] == "0"


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("deaths", ["UNPSG", "UNEF", "MINUSMA"]),
        ("-deaths", ["MINUSMA", "UNEF", "UNPSG"]),
        ("mission", ["MINUSMA", "UNEF", "UNPSG"]),
        ("-mission", ["UNPSG", "UNEF", "MINUSMA"]),
        ("years", ["UNEF", "UNPSG", "MINUSMA"]),
        ("-malicious", ["MINUSMA", "UNEF", "UNPSG"]),
        ("region", ["MINUSMA", "UNEF", "UNPSG"]),
        ("-region", ["UNEF", "MINUSMA", "UNPSG"]),
        ("kind", ["MINUSMA", "UNEF", "UNPSG"]),
        ("-window", ["MINUSMA", "UNEF", "UNPSG"]),
    ],
)
def test_it_sorts_and_says_how(client: Client, deaths: None, sort: str, expected: list[str]) -> None:
    response = client.get(f"/missions/?sort={sort}")
    assert names(response) == expected
    way = "descending" if sort.startswith("-") else "ascending"
    assert page(response).count("aria-sort") == 1
    assert f'aria-sort="{way}"' in page(response)


def test_a_second_click_sorts_the_other_way(client: Client, deaths: None) -> None:
    assert 'href="/missions/?sort=deaths"' in page(client.get("/missions/"))
    assert 'href="/missions/?sort=-deaths&amp;cause=illness"' in page(
        client.get("/missions/?sort=deaths&cause=illness")
    )


def test_it_takes_a_selection(client: Client, deaths: None) -> None:
    response = client.get("/missions/?cause=accident&kind=pko")
    assert names(response) == ["UNEF", "MINUSMA"]
    assert row(table(response, LABEL), "All")[2] == "1"
    assert "illness" not in main_of(response)
    assert "All peace operations, all personnel; kind of mission: Peacekeeping operation; accident." in main_of(
        response
    )


def test_figures_lead_to_their_incidents(client: Client, deaths: None) -> None:
    shown = page(client.get("/missions/"))
    assert 'href="/incidents/?mission=MINUSMA&amp;from=2019&amp;to=2023"' in shown
    assert 'href="/missions/MINUSMA/"' in shown


@pytest.mark.parametrize("query", ["sort=toll", "cause=hostile", "regoin=Africa", "from=2014&to=2013"])
def test_what_is_not_known_is_refused(client: Client, deaths: None, query: str) -> None:
    response = client.get(f"/missions/?{query}")
    assert response.status_code == 400
    assert "No figures shown" in main_of(response)
    assert "<table" not in page(response)
    assert ".csv" not in page(response)


def test_the_jump_leads_to_a_mission(client: Client, deaths: None) -> None:
    for query in ("go=MINUSMA", "go=MINUSMA&go="):
        assert client.get(f"/missions/?{query}")["Location"] == "/missions/MINUSMA/"


def test_injuries_that_nobody_recorded_are_not_available(client: Client, deaths: None) -> None:
    response = client.get("/missions/?outcome=injury")
    assert response.status_code == 200
    assert "Not available: the release holds no injuries." in main_of(response)
    assert "<table" not in page(response)


def test_a_mission_that_ended_after_the_release_was_active_then(client: Client, deaths: None) -> None:
    make_mission(acronym="UNITAMS", status="ended", started_on=date(2020, 6, 3), ended_on=date(2023, 12, 3))
    rows = table(client.get("/missions/"), LABEL)
    assert row(rows, "UNITAMS")[-1] == "Active at the release"


def test_a_mission_of_unknown_end_has_ended_in_the_window_too(client: Client, deaths: None) -> None:
    make_mission(acronym="UNFOR", status="ended")
    response = client.get("/missions/")
    assert row(table(response, LABEL), "UNFOR")[5] == "ended"
    assert 'href="/incidents/?mission=UNFOR"' not in page(response)  # nobody leads nowhere


def test_one_goes_to_missions_of_the_list(client: Client, deaths: None) -> None:
    make_mission(acronym="UNTMIS", status="active", started_on=date(2024, 11, 1))
    choices = page(client.get("/missions/MINUSMA/")).split('id="jump"')[1].split("</select>")[0]
    assert "UNTMIS" not in choices
    assert "MINUSMA" in choices


def test_names_of_windows_do_not_break_in_headings_and_words_of_status_may(client: Client, deaths: None) -> None:
    shown = page(client.get("/missions/"))
    assert '<br><span class="nw">2019–23</span></a>' in shown
    assert "<td>Active</td></tr>" in shown
    assert '<br><span class="nw">2019–23</span></a>' in page(client.get("/contributors/"))


def test_nothing_after_the_last_covered_year_exists(client: Client, deaths: None) -> None:
    make_mission(acronym="UNTMIS", kind="spm", started_on=date(2024, 11, 1))
    make_mission(acronym="UNAMI", kind="spm", started_on=date(2003, 8, 14), ended_on=date(2025, 12, 31))
    rows = table(client.get("/missions/"), LABEL)
    assert "UNTMIS" not in [cells[0] for cells in rows]
    assert row(rows, "UNAMI")[1] == "since 2003"
    assert row(rows, "UNAMI")[-1] == "Active at the release"
    assert "2025" not in main_of(client.get("/missions/"))
