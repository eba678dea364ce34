"""manage.py import_casualties: outcome, exit code, one clear line."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casualties.intake.mapping import keep
from casualties.models import Casualty, RebuildRun
from casualties.trends.rebuild import built_version
from missions.models import DataVersion, ImportBatch
from tests.casualties.intake.mapping.shapes import register, register_mapping
from tests.casualties.intake.releases import csv_bytes, hub_row, many_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "release.csv"
    path.write_bytes(csv_bytes(many_rows(30)))
    return path


@pytest.fixture
def without_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the command says of the file is the same: computing the windows of every mission takes most of its time."""
    monkeypatch.setattr("casualties.management.commands.import_casualties.rebuild", lambda asked_by: None)


def run(*arguments: object, **options: object) -> tuple[str, str]:
    """What the command said, on stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    call_command("import_casualties", *map(str, arguments), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def write(path: Path, rows: list[dict[str, str]], day: str = "2023-12-05") -> Path:
    path.write_bytes(csv_bytes([row | {"last_update": day} for row in rows]))
    return path


def test_it_works(release: Path, reference: None) -> None:
    out, err = run(release)
    assert out == "Applied: 30 people: 30 new, 0 the same, 0 changed, 0 gone, 0 back again.\n"
    assert err == ""
    assert Casualty.objects.count() == 30
    # Figures and windows are of the same data when the command is over.
    assert built_version() == DataVersion.current()
    assert RebuildRun.objects.get().asked_by == "import_casualties"


def test_nothing_to_do_is_a_success(release: Path, reference: None) -> None:
    run(release)
    assert run(release)[0].startswith("The file changes nothing: ")
    assert RebuildRun.objects.count() == 1


def test_a_dry_run_says_what_would_happen_and_changes_nothing(release: Path, reference: None) -> None:
    out, _ = run(release, "--dry-run")
    assert out.startswith("Only tried. Ready: 30 people: 30 new")
    assert ImportBatch.objects.get().state == "discarded"
    assert not Casualty.objects.exists()


def test_a_dry_run_of_what_the_brake_would_stop_fails(release: Path, tmp_path: Path, reference: None) -> None:
    run(release)
    fewer = write(tmp_path / "fewer.csv", [row | {"last_update": "2023-12-05"} for row in many_rows(30)[:-1]])
    with pytest.raises(CommandError, match=r"Only tried\. Stopped: It would withdraw 1 of 30 .* --accept-large-change"):
        run(fewer, "--dry-run")
    out, _ = run(fewer, "--dry-run", "--accept-large-change")
    assert out.startswith("Only tried. Stopped: It would withdraw 1 of 30 people")
    assert Casualty.objects.filter(state="counted").count() == 30


def test_a_refusal_names_the_lines_and_fails(tmp_path: Path, reference: None) -> None:
    path = write(tmp_path / "bad.csv", [hub_row(gender="X"), hub_row("MINUSMA-2", mission_acronym="")])
    with pytest.raises(CommandError, match=r"Refused: 2 errors\. The first: line 2, gender “X”: is none of m, f"):
        run(path)
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_casualties", str(path), stdout=io.StringIO(), stderr=err)
    assert "error: line 2, gender “X”: is none of m, f" in err.getvalue()
    assert "error: line 3, mission_acronym: is blank" in err.getvalue()


def test_the_brake_stops_it_and_the_option_lifts_it(
    release: Path, tmp_path: Path, reference: None, without_windows: None
) -> None:
    run(release)
    smaller = write(tmp_path / "smaller.csv", many_rows(29))
    with pytest.raises(CommandError, match=r"Stopped: It would withdraw 1 of 30 .* --accept-large-change\."):
        run(smaller)
    assert Casualty.objects.filter(state="counted").count() == 30
    assert run(smaller, "--accept-large-change")[0].startswith("Applied: 29 people")


def test_the_release_date_can_be_given(tmp_path: Path, reference: None, without_windows: None) -> None:
    path = write(tmp_path / "undated.csv", many_rows(3), day="")
    with pytest.raises(CommandError, match="does not say its release date"):
        run(path)
    run(path, "--release-date", "2023-11-30")
    assert str(ImportBatch.objects.get(state="applied").release_date) == "2023-11-30"


def test_an_older_release_needs_as_of(release: Path, tmp_path: Path, reference: None, without_windows: None) -> None:
    run(release)
    older = write(tmp_path / "older.csv", many_rows(30), "2023-01-01")
    with pytest.raises(CommandError, match="older than the newest applied one"):
        run(older)
    assert run(older, "--as-of")[0].startswith("Applied: 30 people as known until 2023-11-28")


def test_json_for_programs(release: Path, reference: None, without_windows: None) -> None:
    found = json.loads(run(release, "--json")[0])
    assert (found["state"], found["new"], found["rows"], found["release_date"]) == ("applied", 30, 30, "2023-11-28")
    assert found["problems"] == []


def test_json_of_a_refusal_comes_before_the_exit_code(tmp_path: Path, reference: None) -> None:
    path = write(tmp_path / "bad.csv", [hub_row(gender="X")])
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_casualties", str(path), "--json", stdout=out, stderr=io.StringIO())
    found = json.loads(out.getvalue())
    assert found["state"] == "refused"
    assert found["problems"] == [
        {"line": 2, "column": "gender", "value": "X", "reason": "is none of m, f", "level": "error"}
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file or directory"):
        run(tmp_path / "nothing.csv")
    assert not ImportBatch.objects.exists()


def test_warnings_are_shown_and_do_not_fail(tmp_path: Path, reference: None, without_windows: None) -> None:
    path = write(tmp_path / "early.csv", [hub_row(incident_date="2012-01-01")])
    out, err = run(path)
    assert out.startswith("Applied")
    assert "warning: line 2, incident_date “2012-01-01”: MINUSMA began on 2013-04-25" in err


def test_interrupted_by_hand(release: Path, reference: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("casualties.intake.working.judge", interrupt)
    with pytest.raises(CommandError, match="interrupted; nothing was changed"):
        run(release)
    assert ImportBatch.objects.get().state == "discarded"
    assert not Casualty.objects.exists()


def test_a_file_of_another_shape_is_read_through_a_mapping_by_name(
    tmp_path: Path, reference: None, without_windows: None
) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(register())
    with pytest.raises(CommandError, match="no mapping has the name register; there are: none is kept"):
        run(path, "--mapping", "register")
    with pytest.raises(CommandError, match=r"To map its columns: /imports/\d+/columns; or --mapping NAME"):
        run(path, "--release-date", "2023-11-28")
    mapping = register_mapping()
    keep(mapping.name, mapping.definition, mapping.headings, by_user=None)
    out, err = run(path, "--release-date", "2023-11-28", "--mapping", mapping.name.upper())
    assert out.startswith("Applied: 4 people: 4 new")
    assert err == f"read through the mapping “{mapping.name}”\n"
    out, _ = run(path, "--release-date", "2023-11-28", "--json")  # the headings find it by themselves
    assert (json.loads(out)["mapping"], json.loads(out)["new"]) == (mapping.name, 0)


def test_a_mapping_reads_a_file_that_has_a_reader_too(release: Path, reference: None) -> None:
    """It was asked for, so it is not passed over; that it does not fit is said by the column that is missing."""
    mapping = register_mapping()
    keep(mapping.name, mapping.definition, mapping.headings, by_user=None)
    with pytest.raises(CommandError, match="does not fit this file: the file has no column “Country”"):
        run(release, "--mapping", mapping.name)
