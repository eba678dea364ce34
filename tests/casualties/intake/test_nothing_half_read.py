"""Killed while the first file is read or takes the place of the annual counts: nothing is left of it."""

import pytest
from django.db import IntegrityError, connection

from casualties import intake
from casualties.intake import judging, working, writing
from casualties.intake.bundle import load_bundle
from casualties.models import Casualty
from missions.models import ImportBatch, ImportProblem
from tests.casualties.intake.killing import Killed, everything, killer
from tests.casualties.intake.releases import csv_bytes, hub_row, many_rows, stage_bytes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("module_step", [(working, "stage"), (judging, "match"), (judging, "compare")])
def test_killed_while_reading(
    module_step: tuple[object, str], reference: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = stage_bytes(csv_bytes(many_rows(30)))
    module, step = module_step
    with monkeypatch.context() as patched:
        patched.setattr(module, step, killer(getattr(module, step), after=True))
        with pytest.raises(Killed):
            intake.preview(batch)
    batch.refresh_from_db()
    assert batch.state == "reading"
    assert not ImportProblem.objects.exists()
    assert intake.preview(batch).state == "previewed"


def test_the_bundle_goes_and_the_release_comes_in_one_piece(reference: None, monkeypatch: pytest.MonkeyPatch) -> None:
    load_bundle()
    before = everything()
    release = stage_bytes(csv_bytes(many_rows(30)))
    with monkeypatch.context() as patched:
        patched.setattr(writing, "_add_people", killer(writing._add_people, after=True))
        with pytest.raises(Killed):
            intake.import_at_once(release, accept_large_change=True)
    assert everything() == before
    assert ImportBatch.objects.get(kind="bundle").state == "applied"


def test_an_error_of_the_database_is_recorded_as_failed_and_nothing_is_kept(
    reference: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_a_rule(*_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE casualties_casualty SET gender = 'x'")

    batch = stage_bytes(csv_bytes(many_rows(30)))
    monkeypatch.setattr(writing, "_withdraw", break_a_rule)
    with pytest.raises(IntegrityError):
        intake.import_at_once(batch)
    batch.refresh_from_db()
    assert batch.state == "failed"
    assert batch.message.startswith("Failed: IntegrityError: ")
    assert not Casualty.objects.exists()
    assert intake.apply(batch).state == "failed"


def test_temporary_tables_are_gone_after_each_outcome(reference: None) -> None:
    for content in (csv_bytes(many_rows(3)), csv_bytes([hub_row(gender="X")]), b"not a table"):
        intake.import_at_once(stage_bytes(content))
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'intake\\_%'")
            assert cursor.fetchone() == (0,)
