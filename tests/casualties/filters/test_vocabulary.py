"""The basis of figures: read in one statement, so that all of it is of the version it says; kept until that moves."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casualties.filters import load_basis
from missions.models import DataVersion, Strength
from tests.factories import make_casualty, make_country, make_mission, make_release

pytestmark = pytest.mark.django_db


def test_it_is_read_in_one_statement_and_once_per_version() -> None:
    make_mission()
    with CaptureQueriesContext(connection) as asked:
        first = load_basis()
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert load_basis() is first
    assert len(asked) == 1
    DataVersion.objects.create(version=7)
    moved = load_basis()
    assert (first.version, first.changed_at) == (0, None)
    assert (moved.version, moved.changed_at) == DataVersion.read()
    assert moved.version == 7


def test_an_empty_database_has_an_empty_basis() -> None:
    basis = load_basis()
    assert (basis.release, basis.releases, basis.strengths.rows, basis.injuries_known) == (None, (), (), ())
    assert (basis.missions, basis.families, basis.regions, basis.countries, basis.dissolved) == ({}, {}, (), {}, {})


def test_what_is_read_is_what_is_recorded() -> None:
    make_release()
    mission = make_mission(
        name='The "mission"', family="MINUSMA", aliases=["old"], longitude=Decimal("-8.0029"), latitude=Decimal(12)
    )
    part = make_mission(acronym="PART", umbrella=mission, started_on=None)
    make_country(iso3="SCG", status="dissolved", ended_on=date(2006, 6, 3), successors=["SRB", "MNE"])
    make_casualty(mission=mission, outcome="injury")
    for category, person_years in (("troops", "12.50"), ("police", "0.10")):
        Strength.objects.create(
            mission=mission, year=2019, category=category, person_years=Decimal(person_years), months=[1, 12]
        )
    basis = load_basis()
    entry = basis.missions["MINUSMA"]
    assert (entry.id, entry.name, entry.point) == (mission.pk, 'The "mission"', (-8.0029, 12.0))
    assert (entry.started_on, entry.active) == (date(2013, 4, 25), True)
    assert (list(basis.missions), basis.mission_aliases) == (["MINUSMA"], {"old": "MINUSMA"})
    assert (basis.families, basis.umbrella_of) == ({"MINUSMA": ("MINUSMA",)}, {"PART": "MINUSMA"})
    assert (basis.parts["PART"].id, basis.parts["PART"].started_on, basis.parts["PART"].point) == (part.pk, None, None)
    assert basis.dissolved["SCG"].ended_on == date(2006, 6, 3)
    assert basis.dissolved["SCG"].successors == ("SRB", "MNE")
    assert basis.injuries_recorded
    assert basis.strengths.rows == (
        ("MINUSMA", 2019, "police", Decimal("0.10"), [1, 12], 0),
        ("MINUSMA", 2019, "troops", Decimal("12.50"), [1, 12], 0),
    )
