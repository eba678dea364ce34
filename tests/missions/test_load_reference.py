"""Loading the tables of facts into an empty database."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from missions.models import Country, DataVersion, Mission, Strength
from missions.reference.load import load_reference
from missions.reference.problems import ReferenceTableError
from missions.reference.rows import PERSON_YEARS_FILE
from tests.missions.reference.tables import change_cell, copy_tables, project_tables

pytestmark = pytest.mark.django_db


def test_it_works() -> None:
    counts = load_reference()
    tables = project_tables()
    assert {table: (count.added, count.changed, count.unchanged) for table, count in counts.items()} == {
        "countries": (len(tables.countries), 0, 0),
        "missions": (len(tables.missions), 0, 0),
        "person_years": (len(tables.person_years), 0, 0),
    }
    assert (Country.objects.count(), Mission.objects.count(), Strength.objects.count()) == (258, 113, 1644)
    mali = Mission.objects.get(acronym="MINUSMA")
    assert (mali.kind, mali.hosts, mali.seat) == ("pko", ["MLI"], "Bamako")
    assert (str(mali.latitude), str(mali.longitude)) == ("12.6500", "-8.0000")
    assert (str(mali.started_on), mali.started_precision, str(mali.ended_on)) == ("2013-04-25", "day", "2023-12-31")
    congo = Mission.objects.get(acronym="MONUSCO")
    assert (congo.family, congo.predecessors) == ("MONUC", ["MONUC"])
    assert Mission.objects.get(acronym="MONUC").successors == ["MONUSCO"]


def test_few_queries_do_the_first_load() -> None:
    with CaptureQueriesContext(connection) as queries:
        load_reference()
    assert len(queries) <= 15


def test_a_broken_row_writes_nothing_at_all(tmp_path: Path) -> None:
    folder = copy_tables(tmp_path)
    change_cell(folder, PERSON_YEARS_FILE, key="UNVMC", column="person_years", value="many")
    with pytest.raises(ReferenceTableError, match=r"person_years\.csv line \d+, person_years \"many\""):
        load_reference(folder)
    assert (Country.objects.count(), Mission.objects.count(), Strength.objects.count()) == (0, 0, 0)


def test_a_failure_while_writing_leaves_nothing_half_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("missions.reference.load._load_person_years", broken)
    with pytest.raises(RuntimeError, match="power"):
        load_reference()
    assert (Country.objects.count(), Mission.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_the_version_of_the_data_stands_still_when_nothing_changed() -> None:
    load_reference()
    first = DataVersion.current()
    load_reference()
    assert DataVersion.current() == first > 0
    Mission.objects.filter(acronym="UNTSO").update(seat="elsewhere")
    moved = DataVersion.current()
    load_reference()
    assert first < moved < DataVersion.current()
