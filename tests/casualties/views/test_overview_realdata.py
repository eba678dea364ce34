"""The overview of the real release, as a reader sees it."""

import pytest
from django.test import Client

from casualties.choices import Cause, Scope
from casualties.counts import total
from casualties.filters import PUBLIC, select
from tests.casualties.views.reading import main_of, row, table
from tests.kept import remembering_client

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]


client = remembering_client("real_release")


def test_the_opening_sentence(client: Client) -> None:
    assert (
        "4,344 people have died serving in UN peace operations since 1948. In 2023, up to 21 November, 63 people "
        "died: 40 of illness, 8 in accidents and 7 by malicious acts; 1 was self-inflicted; 4 have an unknown cause "
        "and 3 are still to be determined. In the same days of the five years before, between 91 and 122 died each "
        "year."
    ) in main_of(client.get("/"))


def test_headline_figures(client: Client) -> None:
    shown = main_of(client.get("/"))
    assert "Deaths since 1948 4,344p All causes, 81 missions and offices." in shown
    assert "Deaths in 2023, to 21 November 63p 7 by malicious acts. Same days of 2018–22: 91 to 122." in shown
    assert "Killed by malicious acts, 2019–23 107p 2018–22: 127. Record 1992–96: 259." in shown
    assert "Cause still to be determined 144 Oldest: 29 Jul 2000." in shown
    assert "Injuries – Not in this release. Not zero." in shown


def test_years_by_cause(client: Client) -> None:
    label = "From 2003 to 2022 between 90 and 173 people died each year; illness was the largest single cause in 18 of those 20 years, table"  # noqa: E501
    rows = table(client.get("/"), label)
    assert rows[0] == ["Year", *(str(cause.label) for cause in Cause), "All causes"]
    assert row(rows, "1961") == ["1961", "105", "38", "10", "2", "0", "0", "155"]
    assert row(rows, "2017")[1] == "59"
    assert row(rows, "2021")[-1] == "135"
    assert rows[-1] == ["1948–2023p", "1,118", "1,393", "1,513", "137", "144", "39", "4,344"]
    assert len(rows) == 1 + 76 + 1


def test_highest_windows_that_share_no_year(client: Client) -> None:
    rows = table(client.get("/"), "Highest windows that share no year")
    assert rows[1:] == [
        ["1992–96", "259", "1"],
        ["2013–17", "203", "5"],
        ["1960–64", "141", "13"],
        ["2018–22", "127", "18"],
        ["2003–07", "91", "22"],
        ["Now: 2019–23", "107p", "(21)p"],
    ]
    assert "among the 71 closed windows since 1948–52" in main_of(client.get("/"))


def test_the_open_year_beside_the_same_days(client: Client) -> None:
    label = (
        "63 people died in 2023 up to 21 November, against 91 to 122 in the same days of the five years before, table"
    )
    rows = table(client.get("/"), label)
    assert [cells[1] for cells in rows[1:]] == ["94", "91", "116", "122", "92", "63"]


def test_four_scopes_of_2022_are_the_counts_of_four_selections(client: Client) -> None:
    rows = table(client.get("/"), "Deaths by scope")
    for scope, cells in zip(Scope, rows[1:], strict=True):
        persons = total(select({"scope": scope.value, "from": 2022, "to": 2022}, PUBLIC))
        malicious = total(select({"scope": scope.value, "from": 2022, "to": 2022, "cause": "malicious-act"}, PUBLIC))
        assert cells[1:] == [str(persons), str(malicious)], scope
    assert rows[1][1:] == ["107", "32"]


def test_missions_add_up_to_everybody(client: Client) -> None:
    rows = table(client.get("/"), "Missions")
    assert row(rows, "MINUSMA")[1:6] == ["2013–23", "311", "174", "56", "134"]
    assert row(rows, "UNIFIL")[1:6] == ["since 1978", "333", "94", "28", "20"]
    assert row(rows, "ONUC")[2:6] == ["249", "135", "54", "ended"]
    assert rows[-2][0] == "65 more missions and offices"
    assert rows[-1][2:6] == ["4,344", "1,118", "26", "539"]
    assert sum(int(cells[2].replace(",", "")) for cells in rows[1:-1]) == 4344


def test_ten_latest_incidents(client: Client) -> None:
    rows = table(client.get("/"), "Latest incidents")
    assert len(rows) == 11
    assert rows[1] == [
        "21 Nov 2023",
        "MONUSCO",
        "Illness",
        "1p",
        "–",
        "Local civilian",
        "Democratic Republic of the Congo",
    ]


def test_open_cases(client: Client) -> None:
    response = client.get("/")
    rows = table(response, "144 deaths still wait for a cause; 49 have waited ten years or more, table")
    assert [cells[1] for cells in rows[1:]] == ["3", "8", "28", "56", "49", "144"]
    longest = table(response, "Longest without a cause")
    assert longest[1] == ["29 Jul 2000", "UNAMSIL", "1", "23 years"]


def test_uniformed_peacekeepers_only(client: Client) -> None:
    shown = main_of(client.get("/?scope=uniformed-pko"))
    persons = total(select({"scope": "uniformed-pko"}, PUBLIC))
    assert f"{persons:,} uniformed people have died serving in UN peacekeeping operations" in shown
