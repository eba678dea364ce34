"""Missions for strength files."""

from datetime import date

import pytest

from missions.models import Mission
from tests.factories import make_mission


@pytest.fixture
def missions(db: None) -> None:
    """Two missions, and an umbrella over two parts."""
    make_mission(acronym="MINUSMA", started_on=date(2013, 4, 25))
    make_mission(acronym="UNOCI", started_on=date(2004, 4, 4), ended_on=date(2017, 6, 30), aliases=["ONUCI"])
    umbrella = make_mission(acronym="UNAVEM", started_on=date(1989, 1, 1), ended_on=date(1997, 6, 30))
    for part in ("UNAVEM II", "UNAVEM III"):
        Mission.objects.create(acronym=part, kind="pko", sort_key=part.lower(), umbrella=umbrella)
