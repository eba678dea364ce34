"""The annual counts that come with the software: loaded only where there is nothing, gone with the first release."""

from datetime import date
from pathlib import Path

import pytest
from django.db.models import Sum

from casualties import intake
from casualties.intake.bundle import BundleError, bundle_path, derive, load_bundle, read_counts, table_text
from casualties.models import AnnualTally, Casualty, CasualtyVersion, Incident
from missions.models import ImportBatch, current_release
from tests.casualties.intake.releases import (
    csv_bytes,
    hub_row,
    import_bytes,
    import_rows,
    many_rows,
    own_row,
    stage_bytes,
)

pytestmark = pytest.mark.django_db


def people(**conditions: object) -> int:
    return AnnualTally.objects.filter(**conditions).aggregate(people=Sum("persons"))["people"] or 0


def test_it_works(reference: None) -> None:
    batch = load_bundle()
    assert (batch.kind, batch.state, str(batch.release_date)) == ("bundle", "applied", "2023-11-28")
    assert (batch.persons, people()) == (4344, 4344)
    assert people(cause="malicious-act") == 1118
    assert people(mission__acronym="MINUSMA") == 311
    assert people(mission__acronym="MINUSMA", cause="malicious-act") == 174
    assert people(cause="malicious-act", year__gte=1992, year__lte=1996) == 259
    release = current_release()
    assert release is not None
    assert (release.date, release.annual_counts) == (date(2023, 11, 28), True)


def test_annual_counts_have_no_reference_no_gender_no_incident_and_a_year_only(reference: None) -> None:
    load_bundle()
    rows = Casualty.objects.all()
    assert not rows.exclude(reference=None, incident=None).exists()
    assert set(rows.values_list("gender", "occurred_precision", "outcome")) == {("", "year", "fatality")}
    assert {(day.month, day.day) for day in rows.values_list("occurred_on", flat=True)} == {(1, 1)}
    assert set(rows.values_list("known_at", "origin", "state", "released")) == {
        (date(2023, 11, 28), "open-data", "counted", True)
    }
    assert not Incident.objects.exists()


def test_loading_it_again_gives_the_batch_that_is_there(reference: None) -> None:
    assert load_bundle().pk == load_bundle().pk
    assert people() == 4344


def test_it_is_never_loaded_beside_records(reference: None) -> None:
    import_rows(many_rows(3))
    with pytest.raises(BundleError, match="There are records already"):
        load_bundle()


@pytest.mark.parametrize("released_on", ["2019-01-01", "2023-11-28", "2024-02-01"])
def test_the_first_release_of_any_date_takes_its_place(released_on: str, reference: None) -> None:
    load_bundle()
    batch = import_rows(many_rows(5), released_on)
    assert batch.state == "applied"
    assert "The bundled annual counts (4,344 people) make way." in batch.message
    assert (Casualty.objects.count(), CasualtyVersion.objects.count(), people()) == (5, 5, 5)
    bundle = ImportBatch.objects.get(kind="bundle")
    assert (bundle.state, bundle.message) == ("discarded", "Replaced by release.csv.")
    release = current_release()
    assert release is not None
    assert (release.date.isoformat(), release.annual_counts) == (released_on, False)


def test_nobody_of_the_bundle_counts_as_withdrawn(reference: None) -> None:
    load_bundle()
    batch = import_rows(many_rows(5))
    assert (batch.gone, batch.new) == (0, 5)


def test_a_file_of_ours_takes_its_place_as_well(reference: None) -> None:
    load_bundle()
    batch = import_bytes(csv_bytes([own_row()]), release_date=date(2023, 12, 1))
    assert batch.state == "applied"
    assert Casualty.objects.count() == 1


def test_a_broken_first_release_over_the_bundle_stops_at_the_preview(reference: None) -> None:
    """Years known from the annual counts would fall: somebody has to look."""
    load_bundle()
    batch = import_rows(many_rows(30), "2023-12-05", accept_large_change=False)
    assert batch.state == "previewed"
    assert "lower the deaths of earlier years" in batch.brakes[0]
    assert people() == 4344


def test_an_older_release_cannot_be_filled_in_before_annual_counts(reference: None) -> None:
    load_bundle()
    assert import_rows(many_rows(5), "2023-01-01", as_of=True).state == "refused"


def test_a_dry_preview_leaves_the_bundle(reference: None) -> None:
    load_bundle()
    intake.preview(stage_bytes(csv_bytes(many_rows(5))))
    assert people() == 4344


def test_one_person_is_counted_once_when_it_is_derived(reference: None, tmp_path: Path) -> None:
    local = {"mission_acronym": "UNMIK", "casualty_personnel_type": "Local ", "incident_date": "2003-05-05"}
    pair = [
        hub_row("UNMIK-2003-05-03589", **local, casualty_nationality=name, m49_code="", isocode3="")
        for name in ("Montenegro", "Serbia and Montenegro")
    ]
    release = tmp_path / "release.csv"
    release.write_bytes(csv_bytes([*pair, hub_row(), hub_row("MINUSMA-2014-09-00002")]))
    with release.open("rb") as stream:
        released_on, counts = derive(stream, release.stat().st_size)
    assert released_on == date(2023, 11, 28)
    assert [tuple(count) for count in counts] == [
        (2003, "UNMIK", "malicious-act", "local-civilian", "SCG", 1),
        (2014, "MINUSMA", "malicious-act", "military", "TCD", 2),
    ]
    assert not Casualty.objects.exists()


@pytest.mark.realdata
def test_the_table_is_what_the_command_derives_from_the_release(real_data: Path, reference: None) -> None:
    release = real_data / "fatalities-2023-11-28.csv"
    with release.open("rb") as stream:
        released_on, counts = derive(stream, release.stat().st_size)
    assert table_text(counts, released_on) == bundle_path().read_text(encoding="utf-8")
    assert list(read_counts(bundle_path())) == counts


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2014,MINUSMA,attack,military,TCD,1", "line 2: unknown cause or personnel type"),
        ("2014,MINUSMA,accident,military", "line 2: 6 cells are expected and 4 found"),
        ("2014,NOWHERE,accident,military,TCD,1", "NOWHERE or TCD is not in the reference tables"),
    ],
)
def test_a_damaged_table_is_refused(line: str, reason: str, reference: None, tmp_path: Path) -> None:
    path = tmp_path / "annual-counts-2023-11-28.csv"
    path.write_text(f"year,mission,cause,personnel,nationality,persons\n{line}\n", encoding="utf-8")
    with pytest.raises(BundleError, match=reason):
        load_bundle(path)
    assert not Casualty.objects.exists()
    assert not ImportBatch.objects.exists()
