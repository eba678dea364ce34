"""The table of annual counts: derived from a release, read with care, loaded only where there is nothing."""

from datetime import date
from pathlib import Path

import pytest

from casualties.intake.bundle import BundleError, bundle_path, derive, load_bundle, read_counts, table_text
from casualties.models import Casualty
from missions.models import ImportBatch
from tests.casualties.intake.releases import csv_bytes, hub_row, import_rows, many_rows

pytestmark = pytest.mark.django_db


def test_it_is_never_loaded_beside_records(reference: None) -> None:
    import_rows(many_rows(3))
    with pytest.raises(BundleError, match="There are records already"):
        load_bundle()


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
