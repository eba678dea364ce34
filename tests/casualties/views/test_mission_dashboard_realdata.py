"""The dashboards of the real release."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from casualties.filters import PUBLIC, load_basis, select
from casualties.trends.live import windows_for
from casualties.trends.series_years import series_years
from casualties.views.one_series import touched
from tests.casualties.views.reading import main_of, row, table

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]


@pytest.fixture(scope="module")
def minusma(real_release: None, django_db_blocker: DjangoDbBlocker) -> Any:
    """The page, read once."""
    with django_db_blocker.unblock():
        return Client().get("/missions/MINUSMA/")


def test_minusma(minusma: Any) -> None:
    shown = main_of(minusma)
    assert (
        "311 people died serving in MINUSMA from 2013 to 21 November 2023, 174 of them by malicious acts. In 2023, up "
        "to 21 November, 13 people died. In the same days of the five years before, between 21 and 29 died each year."
    ) in shown
    assert "Killed by malicious acts, 2013–23 174p 56% of deaths. Other missions in the same years: 17%." in shown
    assert "Killed by malicious acts, 2019–23 68p 2018–22: 74. Record 2014–18: 102." in shown
    assert "Cause still to be determined 14 And 2 unknown, which is a finding." in shown
    assert "311 people in 205 incidents" in shown
    assert "Malicious acts were the largest single cause in nine of the ten years 2013 to 2022" in shown


def test_its_years_and_windows(minusma: Any) -> None:
    years = table(minusma, "Malicious acts were the largest single cause in nine of the ten years 2013 to 2022, table")
    assert row(years, "2014")[1] == "28"
    assert row(years, "2019")[1] == "22"
    windows = table(minusma, "Five-year windows")
    assert row(windows, "2014–18") == ["2014–18", "102", "+7", "–", "1", "record"]
    assert row(windows, "2019–23") == ["2019–23", "68p", "−6p", "−34p", "(7)p", "provisional"]
    assert row(windows, "2009–13")[-1] == "not complete"


def test_its_people(minusma: Any) -> None:
    personnel = table(minusma, "By personnel type")
    assert row(personnel, "Military")[1::2] == ["263", "167"]
    assert row(personnel, "All")[1::2] == ["311", "174"]
    nationalities = table(minusma, "By nationality")
    assert row(nationalities, "Chad") == ["Chad", "80", "", "64", "9", "6", "1"]
    assert row(nationalities, "22 more nationalities")[1] == "50"
    assert row(nationalities, "All") == ["All", "311", "", "174", "38", "83", "16"]
    days = table(minusma, "Days with the most deaths")
    assert days[1] == ["20 Jan 2019", "10", "10", "Chad 10"]
    assert [cells[1] for cells in days[1:-1]].count("5") == 4  # all of them, though that makes ten days
    assert len(days) == 12
    assert re.fullmatch(r"\d+ more days with 2 to 4 each", days[-1][0])


def test_the_years_of_every_mission_are_those_of_its_series() -> None:
    basis = load_basis()
    for acronym in basis.missions:
        windows = windows_for(select("", PUBLIC, fixed={"mission": acronym}, basis=basis))
        for query in ("", "from=1990&to=2010", "date_from=2003-05-05&date_to=2019-01-01"):
            selection = select(query, PUBLIC, fixed={"mission": acronym}, basis=basis)
            first, last = selection.days
            expected = [
                year
                for year in series_years(selection)
                if (first is None or year >= first.year) and (last is None or year <= last.year)
            ]
            assert list(touched(windows, selection)) == expected, (acronym, query)


@pytest.mark.parametrize("acronym", ["UNTSO", "UNEF", "UNPROFOR", "UNSecretariat", "UNAMA", "UNPSG", "UNMAO", "UNMOT"])
def test_other_missions_have_pages(client: Client, acronym: str) -> None:
    assert client.get(f"/missions/{acronym}/").status_code == 200
