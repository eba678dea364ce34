"""manage.py derive_annual_counts: the table that comes with the software, made from a release."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casualties.intake.bundle import bundle_path
from casualties.models import Casualty
from tests.casualties.intake.releases import csv_bytes, hub_row, many_rows

pytestmark = pytest.mark.django_db


def run(release: Path, folder: Path) -> str:
    out = io.StringIO()
    call_command("derive_annual_counts", str(release), "--folder", str(folder), stdout=out)
    return out.getvalue()


def test_it_works(tmp_path: Path, reference: None) -> None:
    release = tmp_path / "release.csv"
    release.write_bytes(csv_bytes([*many_rows(3), hub_row()]))
    assert run(release, tmp_path).endswith("annual-counts-2023-11-28.csv: 2 rows, 4 people.\n")
    lines = (tmp_path / "annual-counts-2023-11-28.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# People who died, derived from DPPADPOSS-FATALITIES")
    assert lines[1:] == [
        "year,mission,cause,personnel,nationality,persons",
        "1980,UNIFIL,illness,military,TCD,3",
        "2014,MINUSMA,malicious-act,military,TCD,1",
    ]
    assert not Casualty.objects.exists()


@pytest.mark.realdata
def test_the_committed_table_can_be_made_again(real_data: Path, tmp_path: Path, reference: None) -> None:
    run(real_data / "fatalities-2023-11-28.json", tmp_path)
    assert (tmp_path / bundle_path().name).read_bytes() == bundle_path().read_bytes()


def test_a_release_with_an_error_is_refused(tmp_path: Path, reference: None) -> None:
    release = tmp_path / "release.csv"
    release.write_bytes(csv_bytes([hub_row(gender="X")]))
    with pytest.raises(CommandError, match="line 2, gender “X”: is none of m, f"):
        run(release, tmp_path)
    release.write_bytes(b"<html></html>")
    with pytest.raises(CommandError, match="web page"):
        run(release, tmp_path)
    assert list(tmp_path.glob("annual-counts-*")) == []
