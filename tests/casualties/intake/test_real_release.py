"""The real release of 28 November 2023, as CSV and as the hub's JSON, through the whole intake."""

from pathlib import Path

import pytest
from django.db.models import Sum

from casualties.models import AnnualTally, Casualty, CasualtyVersion
from tests.casualties.intake.releases import import_bytes

pytestmark = [pytest.mark.realdata, pytest.mark.django_db]
PAIRS = {
    "UNMIK-2003-05-03589",
    "UNMIK-2003-05-04218",
    "UNMIK-2004-09-04436",
    "UNMIK-2004-09-04435",
    "UNMIK-2005-04-04482",
    "UNMIK-2005-09-04734",
}


@pytest.mark.parametrize("name", ["fatalities-2023-11-28.csv", "fatalities-2023-11-28.json"])
def test_it_works(name: str, real_data: Path, reference: None) -> None:
    """4,350 rows give 4,344 people; the six pairs keep both nationality labels. Without any accepted large change."""
    batch = import_bytes((real_data / name).read_bytes(), name=name, accept_large_change=False)
    batch.refresh_from_db()
    assert (batch.state, batch.rows, batch.persons, batch.new) == ("applied", 4350, 4344, 4344)
    assert (batch.errors, batch.brakes, str(batch.release_date)) == (0, [], "2023-11-28")
    assert Casualty.objects.count() == CasualtyVersion.objects.count() == 4344
    assert AnnualTally.objects.aggregate(people=Sum("persons"))["people"] == 4344
    pairs = Casualty.objects.exclude(other_nationalities=[])
    assert set(pairs.values_list("reference", flat=True)) == PAIRS
    assert {(p.nationality_id, tuple(p.other_nationalities)) for p in pairs} == {("SCG", ("MNE",))}
