"""manage.py import_strength."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from missions.models import ImportBatch, Strength
from tests.missions.strength_import.files import hub_json, plain_file, plain_year

pytestmark = pytest.mark.usefixtures("missions")


def run(folder: Path, content: bytes, *arguments: str) -> tuple[str, str]:
    """What the command says to its output and to its error output."""
    file = folder / "strength.csv"
    file.write_bytes(content)
    out, err = StringIO(), StringIO()
    try:
        call_command("import_strength", str(file), *arguments, stdout=out, stderr=err, no_color=True)
    except CommandError as error:
        err.write(f"CommandError: {error}\n")
    return out.getvalue().strip(), err.getvalue().strip()


def test_it_works(tmp_path: Path) -> None:
    said, complained = run(tmp_path, plain_year())
    assert said == (
        "Applied: 12 mission-months in 1 mission-year: 1 new, 0 changed, 0 the same, 0 left as they are kept."
    )
    assert complained == ""
    assert run(tmp_path, plain_year())[0].startswith("The file changes nothing.")


def test_dry_run_changes_nothing_and_keeps_no_file(tmp_path: Path) -> None:
    said, _ = run(tmp_path, plain_year(months=[1, 3]), "--dry-run")
    assert said == (
        "Only tried, nothing was changed. 2 mission-months in 1 mission-year: 1 new, 0 changed, 0 the same, 0 left as "
        "they are kept."
    )
    batch = ImportBatch.objects.get()
    assert (batch.state, bool(batch.file), batch.new, batch.warnings) == ("discarded", False, 1, 1)
    assert Strength.objects.count() == 0


def test_a_bad_file_names_its_rows(tmp_path: Path) -> None:
    said, complained = run(tmp_path, plain_file(("2019-01", "MINUSMA", -5, 1, 1), ("2019-13", "MINUSMA", 1, 1, 1)))
    assert said == ""
    assert complained.splitlines() == [
        "error: line 2, troops “-5”: is negative",
        "error: line 3, month “2019-13”: is no month: there is no month 13",
        "CommandError: Refused: 2 errors. The first: line 2, troops “-5”: is negative",
    ]


def test_records_of_json_have_no_lines(tmp_path: Path) -> None:
    _, complained = run(tmp_path, hub_json({}, {"male_personnel": -5}))
    assert complained.splitlines()[0] == "error: record 2, male_personnel “-5”: is negative"


def test_many_problems_are_cut_off_and_counted(tmp_path: Path) -> None:
    _, complained = run(tmp_path, plain_file(*((f"2019-{month:02}", "X", -1, 1, 1) for month in range(1, 13))))
    assert len(complained.splitlines()) == 22
    assert complained.splitlines()[20] == "... and 4 more (the page of this import lists them)"


def test_a_stopped_file_says_how_to_go_on(tmp_path: Path) -> None:
    _, complained = run(tmp_path, hub_json({}))
    assert complained.endswith("not like whole missions. To apply it all the same: --accept-large-change.")
    assert run(tmp_path, hub_json({}), "--accept-large-change")[0].startswith("Applied: ")


def test_replace(tmp_path: Path) -> None:
    run(tmp_path, plain_year(troops=1200))
    content = plain_year(troops=1100, source="somebody else")
    assert "1 left as they are kept" in run(tmp_path, content)[0]
    assert "1 changed" in run(tmp_path, content, "--replace")[0]


def test_json(tmp_path: Path) -> None:
    run(tmp_path, plain_year(troops=1200))
    said, _ = run(tmp_path, plain_year(troops=1100, source="somebody else"), "--json")
    outcome: dict[str, Any] = json.loads(said)
    assert (outcome["state"], outcome["kind"], outcome["format"]) == ("discarded", "strength", "strength-csv")
    assert (outcome["rows"], outcome["new"], outcome["same"], outcome["changed"], outcome["kept"]) == (12, 0, 0, 0, 1)
    assert (outcome["release_date"], len(outcome["sha256"]), outcome["errors"]) == ("2019-12-31", 64, 0)
    (problem,) = outcome["problems"]
    assert (problem["level"], problem["line"], problem["value"]) == ("warning", 2, "MINUSMA 2019")


def test_json_of_a_refused_file(tmp_path: Path) -> None:
    said, complained = run(tmp_path, plain_file(("2019-01", "X", 1, 1, 1)), "--json")
    assert json.loads(said)["problems"] == [
        {
            "line": 2,
            "column": "mission",
            "value": "X",
            "reason": "no mission has this acronym or alias",
            "level": "error",
        }
    ]
    assert complained.startswith("CommandError: Refused: line 2, mission “X”")


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.csv: No such file"):
        call_command("import_strength", str(tmp_path / "nowhere.csv"))
