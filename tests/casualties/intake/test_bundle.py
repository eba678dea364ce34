"""The annual counts that come with the software: loaded only where there is nothing, gone with the first release."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.db.models import Sum
from pytest_django import DjangoDbBlocker

from casualties import intake
from casualties.intake.bundle import load_bundle
from casualties.models import AnnualTally, Casualty, CasualtyVersion, Incident
from missions.models import ImportBatch, current_release
from tests.casualties.intake.releases import (
    csv_bytes,
    import_bytes,
    import_rows,
    many_rows,
    own_row,
    stage_bytes,
)
from tests.kept import kept

pytestmark = pytest.mark.django_db


def people(**conditions: object) -> int:
    return AnnualTally.objects.filter(**conditions).aggregate(people=Sum("persons"))["people"] or 0


@pytest.fixture(scope="module")
def loaded(reference_facts: None, django_db_blocker: DjangoDbBlocker) -> Iterator[ImportBatch]:
    """The batch of the annual counts."""
    with kept(django_db_blocker):
        batch = load_bundle()
        connection.check_constraints()  # else each test would check these thousands of rows at its end
        yield batch


def test_it_works(loaded: ImportBatch) -> None:
    batch = loaded
    assert (batch.kind, batch.state, str(batch.release_date)) == ("bundle", "applied", "2023-11-28")
    assert (batch.persons, people()) == (4344, 4344)
    assert people(cause="malicious-act") == 1118
    assert people(mission__acronym="MINUSMA") == 311
    assert people(mission__acronym="MINUSMA", cause="malicious-act") == 174
    assert people(cause="malicious-act", year__gte=1992, year__lte=1996) == 259
    release = current_release()
    assert release is not None
    assert (release.date, release.annual_counts) == (date(2023, 11, 28), True)


def test_annual_counts_have_no_reference_no_gender_no_incident_and_a_year_only(loaded: ImportBatch) -> None:
    rows = Casualty.objects.all()
    assert not rows.exclude(reference=None, incident=None).exists()
    assert set(rows.values_list("gender", "occurred_precision", "outcome")) == {("", "year", "fatality")}
    assert {(day.month, day.day) for day in rows.values_list("occurred_on", flat=True)} == {(1, 1)}
    assert set(rows.values_list("known_at", "origin", "state", "released")) == {
        (date(2023, 11, 28), "open-data", "counted", True)
    }
    assert not Incident.objects.exists()


def test_loading_it_again_gives_the_batch_that_is_there(loaded: ImportBatch) -> None:
    assert load_bundle().pk == loaded.pk
    assert people() == 4344


@pytest.mark.parametrize("released_on", ["2019-01-01", "2023-11-28", "2024-02-01"])
def test_the_first_release_of_any_date_takes_its_place(released_on: str, loaded: ImportBatch) -> None:
    batch = import_rows(many_rows(5), released_on)
    assert batch.state == "applied"
    assert "The bundled annual counts (4,344 people) make way." in batch.message
    assert (Casualty.objects.count(), CasualtyVersion.objects.count(), people()) == (5, 5, 5)
    bundle = ImportBatch.objects.get(kind="bundle")
    assert (bundle.state, bundle.message) == ("discarded", "Replaced by release.csv.")
    release = current_release()
    assert release is not None
    assert (release.date.isoformat(), release.annual_counts) == (released_on, False)


def test_nobody_of_the_bundle_counts_as_withdrawn(loaded: ImportBatch) -> None:
    batch = import_rows(many_rows(5))
    assert (batch.gone, batch.new) == (0, 5)


def test_a_file_of_ours_takes_its_place_as_well(loaded: ImportBatch) -> None:
    batch = import_bytes(csv_bytes([own_row()]), release_date=date(2023, 12, 1))
    assert batch.state == "applied"
    assert Casualty.objects.count() == 1


def test_a_broken_first_release_over_the_bundle_stops_at_the_preview(loaded: ImportBatch) -> None:
    """Years known from the annual counts would fall: somebody has to look."""
    batch = import_rows(many_rows(30), "2023-12-05", accept_large_change=False)
    assert batch.state == "previewed"
    assert "lower the deaths of earlier years" in batch.brakes[0]
    assert people() == 4344


def test_an_older_release_cannot_be_filled_in_before_annual_counts(loaded: ImportBatch) -> None:
    assert import_rows(many_rows(5), "2023-01-01", as_of=True).state == "refused"


def test_a_dry_preview_leaves_the_bundle(loaded: ImportBatch) -> None:
    intake.preview(stage_bytes(csv_bytes(many_rows(5))))
    assert people() == 4344
