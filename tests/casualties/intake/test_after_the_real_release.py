"""Where the real release of 28 November 2023 stands: what it left, and what comes after it."""

import csv
import io
from pathlib import Path

import pytest
from django.db.models import Sum

from casualties.models import AnnualTally, Casualty, CasualtyVersion, Incident
from tests.casualties.intake.releases import csv_bytes, hub_row, import_bytes

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]


def test_the_other_form_of_the_same_release_changes_nothing(real_data: Path) -> None:
    again = import_bytes((real_data / "fatalities-2023-11-28.json").read_bytes())
    assert again.state == "discarded"
    assert again.message == (
        "The file changes nothing: the release of 2023-11-28 is in force and says the same of all 4,344 people."
    )
    assert (again.same, again.new, again.changed, again.gone) == (4344, 0, 0, 0)
    assert CasualtyVersion.objects.count() == 4344


def test_incidents_are_derived() -> None:
    """People struck on one day in one mission by malicious acts, or accidents, are one incident; others their own."""
    assert Incident.objects.get(key="MINUSMA-2014-09-18-malicious-act").casualtys.count() == 5
    groups = Casualty.objects.filter(cause__in=("malicious-act", "accident"))
    groups_apart = groups.values("mission", "occurred_on", "cause").distinct().count()
    alone = Casualty.objects.exclude(cause__in=("malicious-act", "accident")).count()
    assert Incident.objects.count() == groups_apart + alone
    assert Incident.objects.get(casualtys__reference="UN SECRETA-1995-01-04884").key == "UN-SECRETA-1995-01-04884"
    assert not Incident.objects.exclude(grouping="derived").exists()


def test_an_edited_second_release(real_data: Path) -> None:
    """Another order and numbering, codes lost, people added, back-dated, reclassified and gone: no brake holds it."""
    first = (real_data / "fatalities-2023-11-28.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(first.decode(), newline="")))
    open_cases = [row for row in rows if row["type_of_incident"] == "To Be Determined"][:5]
    for row in open_cases:
        row["type_of_incident"] = "Illness"
    attacked = next(row for row in rows if row["type_of_incident"] == "To Be Determined")
    attacked["type_of_incident"] = "Malicious Act"
    turkish = [row for row in rows if row["casualty_nationality"] == "Turkey"]
    for row in turkish:
        row |= {"casualty_nationality": "Türkiye", "m49_code": "", "isocode3": ""}
    gone = [row for row in rows if row["mission_acronym"] == "UNIFIL"][:2]
    second = [row for row in rows if row not in gone]
    second += [hub_row("MINUSCA-2023-12-00001", incident_date="2023-12-01", mission_acronym="MINUSCA")]
    second += [hub_row("MINUSMA-2023-12-00002", incident_date="2016-05-05")]
    second.reverse()
    for number, row in enumerate(second):
        row |= {"id": str(number), "last_update": "2023-12-05"}
    batch = import_bytes(csv_bytes(second), accept_large_change=False)
    batch.refresh_from_db()
    assert len(turkish) == 6
    assert (batch.state, batch.brakes, batch.rows) == ("applied", [], 4350)
    assert (batch.new, batch.changed, batch.gone, batch.same) == (2, 6, 2, 4344 - 8)
    assert batch.changed_fields == {"cause": 6, "incident": 1}
    assert AnnualTally.objects.aggregate(people=Sum("persons"))["people"] == 4344
    assert CasualtyVersion.objects.count() == 4344 + 2 + 6 + 2
    written = Casualty.objects.filter(batch=batch)
    assert written.count() == 10
    moved = Incident.objects.get(casualtys__reference=attacked["casualty_id"])
    assert moved.key == f"{attacked['mission_acronym']}-{attacked['incident_date']}-malicious-act"
    assert Incident.objects.get(key=attacked["casualty_id"]).casualtys.count() == 0
