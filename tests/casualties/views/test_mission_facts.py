"""What a mission's page says of the mission itself: dates, strength, family, and what of them is not known."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from casualties.filters import forget_basis
from missions.models import Mission, Strength
from tests.casualties.views.reading import main_of, page, words
from tests.casualties.views.test_mission_dashboard import make_minusma
from tests.factories import make_casualty, make_mission, make_release
from tests.kept import remembering_client, standing

pytestmark = pytest.mark.django_db

minusma = standing(make_minusma)
client = remembering_client("minusma")


def test_a_mission_whose_end_is_not_known_is_not_said_to_have_ended() -> None:
    make_release()
    make_mission(acronym="UNMHA", started_on=date(2019, 1, 16), status="not-established")
    make_casualty()
    forget_basis()
    shown = main_of(Client().get("/missions/UNMHA/"))
    assert "No death is recorded in UNMHA, which began in 2019; its end is not known." in shown
    assert "2019 to 2023" in words(page(Client().get("/missions/UNMHA/")))
    assert "Established and ended 16 Jan 2019; its end is not known Status: not known." in shown


def test_strength_with_its_months_and_source(minusma: Mission) -> None:
    make = Strength.objects.create
    make(mission=minusma, year=2017, category="troops", person_years=Decimal(9999), months=[1, 2], source="X")
    for category, n in (("troops", "10030.30"), ("police", "1451.40")):
        make(
            mission=minusma,
            year=2018,
            category=category,
            person_years=Decimal(n),
            months=list(range(1, 11)),
            months_filled=1,
            source="UN monthly reports",
        )
    shown = main_of(Client().get("/missions/MINUSMA/"))
    assert (
        "Mean uniformed strength, 2018 13,778 Troops 12,036, police 1,742. January to October only. 11,482 "
        "person-years. 1 month is filled in, not reported. Source: UN monthly reports."
    ) in shown


def test_no_strength_is_not_zero(client: Client, minusma: Mission) -> None:
    assert "Uniformed strength – No strength of this mission is held. Not zero." in main_of(
        client.get("/missions/MINUSMA/")
    )


def test_without_person_years_there_is_no_rate_and_a_reason(client: Client, minusma: Mission) -> None:
    main = main_of(client.get("/missions/MINUSMA/"))
    assert "No rate: no uniformed person-years are recorded for these years." in main
    assert "last complete window with a rate" not in main


def test_dates_as_precisely_as_they_are_known(minusma: Mission) -> None:
    make_mission(
        acronym="BINUB",
        started_on=date(2007, 1, 1),
        started_precision="day",
        ended_on=date(2010, 12, 1),
        ended_precision="month",
    )
    assert "1 Jan 2007 to Dec 2010" in main_of(Client().get("/missions/BINUB/"))


def test_a_family_is_named(minusma: Mission) -> None:
    make_mission(acronym="MONUC", family="MONUC")
    make_mission(acronym="MONUSCO", family="MONUC")
    response = Client().get("/missions/MONUSCO/")
    assert "Of one family with MONUC" in main_of(response)


def test_a_mission_younger_than_the_release_has_no_figure(minusma: Mission) -> None:
    make_mission(acronym="UNTMIS", kind="spm", started_on=date(2024, 11, 1))
    response = Client().get("/missions/UNTMIS/")
    assert response.status_code == 200
    assert "No figure of UNTMIS is available." in main_of(response)
    assert "It began in 2024; the release of 28 November 2023 cannot hold a record of it." in main_of(response)
    assert 'class="zero"' not in page(response)
    assert 'class="figures"' not in page(response)
