"""manage.py load_reference."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from missions.models import Mission
from missions.reference.rows import MISSIONS_FILE
from tests.missions.reference.tables import change_cell, copy_tables, drop_rows

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("load_reference", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_it_works_and_says_what_it_did() -> None:
    assert run() == [
        "countries: 258 added, 0 changed, 0 unchanged",
        "missions: 113 added, 0 changed, 0 unchanged",
        "person-years: 1,644 added, 0 changed, 0 unchanged",
    ]
    assert run()[1] == "missions: 0 added, 0 changed, 113 unchanged"


def test_it_names_what_is_in_the_database_only(tmp_path: Path) -> None:
    run()
    drop_rows(copy_tables(tmp_path), MISSIONS_FILE, key="DOMREP")
    assert run("--tables", str(tmp_path))[2].strip() == (
        "DOMREP is in the database but not in the table; it was left as it is."
    )


def test_a_broken_table_stops_it_with_the_cell(tmp_path: Path) -> None:
    change_cell(copy_tables(tmp_path), MISSIONS_FILE, key="MINUSMA", column="kind", value="")
    with pytest.raises(CommandError, match=r"Nothing was loaded.\nmissions.csv line \d+, kind: must be one of"):
        run("--tables", str(tmp_path))
    assert not Mission.objects.exists()
