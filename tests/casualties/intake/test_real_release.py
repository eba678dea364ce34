"""The real release of 28 November 2023, as CSV and as the hub's JSON, through the whole intake."""

from pathlib import Path

import pytest
from django.db.models import Sum

from casualties.models import AnnualTally, Casualty, CasualtyVersion
from missions.models import ImportBatch
from tests.casualties.intake.releases import import_bytes, problems_of

pytestmark = [pytest.mark.realdata, pytest.mark.django_db]
PAIRS = {
    "UNMIK-2003-05-03589",
    "UNMIK-2003-05-04218",
    "UNMIK-2004-09-04436",
    "UNMIK-2004-09-04435",
    "UNMIK-2005-04-04482",
    "UNMIK-2005-09-04734",
}


def holds_the_release(batch: ImportBatch) -> None:
    """4,350 rows gave 4,344 people; the six pairs kept both nationality labels."""
    assert (batch.state, batch.rows, batch.persons, batch.new) == ("applied", 4350, 4344, 4344)
    assert (batch.errors, batch.brakes, str(batch.release_date)) == (0, [], "2023-11-28")
    assert Casualty.objects.count() == CasualtyVersion.objects.count() == 4344
    assert AnnualTally.objects.aggregate(people=Sum("persons"))["people"] == 4344
    pairs = Casualty.objects.exclude(other_nationalities=[])
    assert set(pairs.values_list("reference", flat=True)) == PAIRS
    assert {(p.nationality_id, tuple(p.other_nationalities)) for p in pairs} == {("SCG", ("MNE",))}
    outside = [row for row in problems_of(batch, "warning") if row[1] == "incident_date"]
    assert 70 <= len(outside) <= 80  # about 75, as mission dates get established
    assert sum("UNPROFOR ended" in reason for *_, reason in outside) == 45


def test_as_json(real_data: Path, reference: None) -> None:
    """Without any accepted large change."""
    name = "fatalities-2023-11-28.json"
    batch = import_bytes((real_data / name).read_bytes(), name=name, accept_large_change=False)
    batch.refresh_from_db()
    holds_the_release(batch)


def test_as_csv(real_release: None) -> None:
    """The database in which other tests read the release was made from the CSV, by the same steps."""
    batch = ImportBatch.objects.get()
    assert batch.file_name == "fatalities-2023-11-28.csv"
    holds_the_release(batch)
