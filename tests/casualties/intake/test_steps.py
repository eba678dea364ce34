"""The steps of an import: recorded in its row, safe to call again, one process at a time."""

import io
from datetime import timedelta

import psycopg2
import pytest
from django.db import connection
from django.utils import timezone

from casualties import intake
from casualties.intake.locks import BATCH, batches_being_worked_on
from casualties.models import Casualty, CasualtyVersion
from missions.models import DataVersion, ImportBatch, User
from tests.casualties.intake.releases import csv_bytes, hub_row, import_rows, many_rows, stage_bytes
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> User:
    return make_user()


def test_it_works(reference: None, manager: User) -> None:
    """Upload, preview, apply: each step leaves its mark in the row."""
    content = csv_bytes(many_rows(30))
    batch = intake.stage_upload(io.BytesIO(content), name="C:\\data\\release.csv", by_user=manager)
    assert (batch.state, batch.file_name, batch.file_size) == ("uploaded", "release.csv", len(content))
    assert len(batch.sha256) == 64
    batch = intake.preview(batch)
    batch.refresh_from_db()
    assert (batch.state, batch.format, batch.kind, str(batch.release_date)) == (
        "previewed",
        "hub-csv",
        "release",
        "2023-11-28",
    )
    assert (batch.rows, batch.persons, batch.new) == (30, 30, 30)
    assert batch.message == "Ready: 30 people: 30 new, 0 the same, 0 changed, 0 gone, 0 back again."
    assert not Casualty.objects.exists()
    batch = intake.apply(batch, by_user=manager)
    batch.refresh_from_db()
    assert (batch.state, batch.applied_by) == ("applied", manager)
    assert batch.applied_at is not None
    assert batch.message == "Applied: 30 people: 30 new, 0 the same, 0 changed, 0 gone, 0 back again."
    assert Casualty.objects.count() == 30


def test_each_step_twice_is_once(reference: None) -> None:
    batch = stage_bytes(csv_bytes([hub_row(gender="X"), *many_rows(2)]))
    assert intake.preview(intake.preview(batch)).state == "refused"
    assert batch.problems.count() == 1
    good = stage_bytes(csv_bytes(many_rows(3)))
    intake.preview(good)
    intake.preview(good)
    intake.apply(good)
    applied_at = good.applied_at
    assert intake.apply(good).applied_at == applied_at
    assert intake.preview(good).state == "applied"
    assert Casualty.objects.count() == CasualtyVersion.objects.count() == 3


def test_a_stale_object_does_not_apply_twice(reference: None) -> None:
    batch = stage_bytes(csv_bytes(many_rows(3)))
    intake.preview(batch)
    stale = ImportBatch.objects.get(pk=batch.pk)
    intake.apply(batch)
    assert intake.apply(stale).state == "applied"
    assert Casualty.objects.get(reference=many_rows(1)[0]["casualty_id"]).events.count() == 1  # type: ignore[attr-defined]


def test_apply_does_nothing_before_the_preview(reference: None) -> None:
    batch = stage_bytes(csv_bytes(many_rows(3)))
    assert intake.apply(batch).state == "uploaded"
    assert not Casualty.objects.exists()


def test_discard(reference: None) -> None:
    batch = intake.preview(stage_bytes(csv_bytes(many_rows(3))))
    assert intake.discard(batch).state == "discarded"
    assert intake.discard(batch).state == "discarded"
    assert intake.apply(batch).state == "discarded"
    assert not Casualty.objects.exists()


def test_what_is_applied_cannot_be_discarded(reference: None) -> None:
    batch = import_rows(many_rows(3))
    with pytest.raises(intake.NotNowError, match="it is applied"):
        intake.discard(batch)


def test_a_preview_overtaken_by_another_release_is_refused(reference: None) -> None:
    rows = many_rows(30)
    older = intake.preview(stage_bytes(csv_bytes(rows)))
    import_rows([*rows, hub_row()], "2023-12-05")
    assert intake.apply(older).state == "refused"
    assert "older than the newest applied one" in older.message
    assert Casualty.objects.count() == 31


def test_a_preview_that_has_become_pointless_is_discarded(reference: None) -> None:
    rows = many_rows(30)
    waiting = intake.preview(stage_bytes(csv_bytes(rows)))
    import_rows(rows)
    assert intake.apply(waiting).state == "discarded"
    assert "changes nothing" in waiting.message


def test_request_apply_records_what_is_wanted(reference: None, manager: User) -> None:
    batch = intake.preview(stage_bytes(csv_bytes(many_rows(3))))
    intake.request_apply(batch, by_user=manager)
    batch.refresh_from_db()
    assert (batch.state, batch.applied_by) == ("applying", manager)
    assert intake.resume(batch).state == "applied"


def test_request_apply_needs_agreement_to_a_large_change(reference: None) -> None:
    rows = many_rows(40)
    import_rows(rows)
    batch = import_rows(rows[:-1], "2023-12-05", accept_large_change=False)
    with pytest.raises(intake.NotNowError, match="It would withdraw 1 of 40 people"):
        intake.request_apply(batch)
    assert intake.request_apply(batch, accept_large_change=True).state == "applying"


def make_silent(batch: ImportBatch, **fields: object) -> None:
    long_ago = timezone.now() - timedelta(minutes=2)
    ImportBatch.objects.filter(pk=batch.pk).update(created_at=long_ago, heartbeat_at=long_ago, **fields)
    batch.refresh_from_db()


@pytest.mark.parametrize(
    ("state", "pending", "interrupted"),
    [
        ("uploaded", True, False),
        ("reading", True, True),
        ("previewed", False, False),
        ("applying", True, True),
        ("discarded", False, False),
        ("refused", False, False),
        ("failed", False, False),
    ],
)
def test_lost_work_is_found_again(state: str, pending: bool, interrupted: bool, reference: None) -> None:
    batch = stage_bytes(csv_bytes(many_rows(3)))
    make_silent(batch, state=state)
    assert (batch in intake.pending_batches()) is pending
    assert intake.is_interrupted(batch) is interrupted


@pytest.mark.parametrize(
    ("state", "ends"), [("uploaded", "previewed"), ("reading", "previewed"), ("applying", "applied")]
)
def test_lost_work_is_taken_up_again(state: str, ends: str, reference: None) -> None:
    batch = stage_bytes(csv_bytes(many_rows(3)))
    make_silent(batch, state=state)
    [found] = intake.pending_batches()
    assert intake.resume(found).state == ends
    assert intake.pending_batches() == []


def test_fresh_work_is_left_to_those_who_do_it(reference: None) -> None:
    batch = stage_bytes(csv_bytes(many_rows(3)))
    assert intake.pending_batches() == []
    assert not intake.is_interrupted(batch)


def test_strength_files_are_somebody_elses_work() -> None:
    make_silent(ImportBatch.objects.create(kind=ImportBatch.Kind.STRENGTH, file_name="strength.csv"))
    assert intake.pending_batches() == []


def test_two_processes_never_work_on_one_batch(reference: None) -> None:
    """Another session holds the batch: here nothing is done, and the sweep does not see it as lost."""
    batch = stage_bytes(csv_bytes(many_rows(3)))
    make_silent(batch, state="applying")
    other = psycopg2.connect(**{**connection.get_connection_params(), "cursor_factory": None})
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [BATCH, batch.pk])
        assert batches_being_worked_on() == {batch.pk}
        assert intake.apply(batch).state == "applying"
        assert not intake.is_interrupted(batch)
        assert intake.pending_batches() == []
        with pytest.raises(intake.NotNowError):
            intake.discard(batch)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")  # a closed session lets go a moment later
    finally:
        other.close()
    assert intake.apply(batch).state == "applied"
    assert batches_being_worked_on() == set()


def test_a_file_that_was_lost_from_the_disk_is_told(reference: None) -> None:
    batch = stage_bytes(csv_bytes(many_rows(3)))
    batch.file.storage.delete(str(batch.file.name))
    assert intake.preview(batch).state == "refused"
    assert "is not there any more" in batch.message


def test_progress_is_told_and_recorded(reference: None) -> None:
    batch = stage_bytes(csv_bytes(many_rows(3)))
    told: list[tuple[str, int]] = []
    intake.preview(batch, on_progress=lambda step, done, share: told.append((step, done)))
    assert told[0] == ("Reading", 3)
    assert told[-1] == ("Comparing", 3)
    batch.refresh_from_db()
    assert (batch.step, batch.done) == ("", 3)
    assert batch.heartbeat_at is not None


@pytest.mark.django_db(transaction=True)
def test_the_same_file_twice_leaves_the_version_of_the_data(reference: None) -> None:
    content = csv_bytes(many_rows(30))
    intake.import_at_once(stage_bytes(content))
    before = DataVersion.current()
    again = intake.import_at_once(stage_bytes(content))
    again.refresh_from_db()
    assert (again.state, bool(again.file)) == ("discarded", False)
    assert "changes nothing" in again.message
    assert DataVersion.current() == before > 0
    intake.import_at_once(stage_bytes(csv_bytes([row | {"last_update": "2023-12-05"} for row in many_rows(30)])))
    assert DataVersion.current() == before + 1


def test_a_file_that_kills_its_worker_every_time_is_given_up(reference: None) -> None:
    batch = stage_bytes(csv_bytes([hub_row()]))
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.State.READING, attempts=2)
    assert intake.resume(ImportBatch.objects.get(pk=batch.pk)).state == ImportBatch.State.PREVIEWED
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportBatch.State.READING, attempts=3)
    given_up = intake.resume(ImportBatch.objects.get(pk=batch.pk))
    assert given_up.state == ImportBatch.State.FAILED
    assert "the worker was lost 3 times" in given_up.message
    assert given_up.pk not in {pending.pk for pending in intake.pending_batches()}
