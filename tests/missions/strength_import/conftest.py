"""Missions for strength files."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from missions.models import Mission
from missions.reference.rows import PersonYearsRow, read_person_years
from tests.factories import make_mission


@pytest.fixture
def missions(db: None) -> None:
    """Two missions, and an umbrella over two parts."""
    make_mission(acronym="MINUSMA", started_on=date(2013, 4, 25))
    make_mission(acronym="UNOCI", started_on=date(2004, 4, 4), ended_on=date(2017, 6, 30), aliases=["ONUCI"])
    umbrella = make_mission(acronym="UNAVEM", started_on=date(1989, 1, 1), ended_on=date(1997, 6, 30))
    for part in ("UNAVEM II", "UNAVEM III"):
        Mission.objects.create(acronym=part, kind="pko", sort_key=part.lower(), umbrella=umbrella)


@cache
def the_table(folder: Path) -> list[PersonYearsRow]:
    """The rows of a table that stands."""
    return read_person_years(folder, [])


@pytest.fixture(scope="module", autouse=True)
def the_table_is_read_once() -> Iterator[None]:
    """Every file is read against the sources of the table that comes with the software: 1,644 rows each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("missions.strength_import.kept.read_person_years", lambda folder, _problems: the_table(folder))
        yield
