"""Tasks take ids, call the stages in order, may be repeated, and are found again when they were lost."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from celery import Task
from django.conf import settings
from django.db.models import F

from casualties import intake, tasks
from casualties.models import Casualty, RebuildRun, StatementCheck
from casualties.trends.rebuild import TURN, rebuild, trends_ready
from missions.models import ImportBatch
from tests.factories import data_manager, make_casualty, make_country, make_mission, make_release, make_statement
from tests.other_session import held_elsewhere

pytestmark = pytest.mark.django_db

Capture = Callable[..., AbstractContextManager[list[Callable[[], Any]]]]
Message = tuple[str, tuple[object, ...], dict[str, object]]


class Sent(list[Message]):
    """Messages to the queue: task, what it takes by place and by name; and how long the queue keeps each."""

    def __init__(self) -> None:
        super().__init__()
        self.expires: list[object] = []


RELEASE = b"""\
id,incident_date,casualty_id,mission_acronym,type_of_casualty,gender,casualty_nationality,\
casualty_personnel_type,type_of_incident,m49_code,isocode3,last_update
1,2019-01-20,MINUSMA-2019-01-00001,MINUSMA,Fatality,M,Chad,Military,Malicious Act,148.0,TCD,2023-11-28
2,2019-01-21,MINUSMA-2019-01-00002,MINUSMA,Fatality,M,Chad,Military,Illness,148.0,TCD,2023-11-28
"""


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """What is handed to the queue, instead of the queue."""
    messages = Sent()

    def remember(task: Task[..., Any], args: Any = (), kwargs: Any = None, **options: object) -> None:
        messages.append((task.name.rpartition(".")[2], tuple(args or ()), dict(kwargs or {})))
        messages.expires.append(options.get("expires"))

    monkeypatch.setattr(Task, "apply_async", remember)
    return messages


@pytest.fixture
def batch() -> ImportBatch:
    """A release that waits to be read."""
    make_mission(acronym="MINUSMA")
    make_country(iso3="TCD", iso2="TD", m49="148")
    return intake.stage_upload(io.BytesIO(RELEASE), name="release.csv", by_user=None)


def state(batch: ImportBatch) -> str:
    batch.refresh_from_db()
    return batch.state


def test_it_works(batch: ImportBatch, sent: Sent, django_capture_on_commit_callbacks: Capture) -> None:
    manager = data_manager()
    tasks.run_import(batch.pk)
    assert state(batch) == ImportBatch.State.PREVIEWED
    assert Casualty.objects.count() == 0
    intake.request_apply(batch, by_user=manager)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.resume_import(batch.pk)
    assert state(batch) == ImportBatch.State.APPLIED
    assert batch.applied_by == manager
    assert Casualty.objects.count() == 2
    assert sent == [("rebuild_trends", (), {"asked_by": f"import {batch.pk}"})]


def test_tasks_that_come_twice_do_nothing_the_second_time(
    batch: ImportBatch, sent: Sent, django_capture_on_commit_callbacks: Capture
) -> None:
    for _ in range(2):
        tasks.run_import(batch.pk)
        assert state(batch) == ImportBatch.State.PREVIEWED
    intake.request_apply(batch)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            tasks.resume_import(batch.pk)
            tasks.run_import(batch.pk)
            assert state(batch) == ImportBatch.State.APPLIED
    assert Casualty.objects.count() == 2
    for _ in range(2):
        tasks.rebuild_trends("test")
    assert RebuildRun.objects.count() == 1


def test_nothing_is_rebuilt_after_an_import_that_was_not_applied(
    batch: ImportBatch, sent: Sent, django_capture_on_commit_callbacks: Capture
) -> None:
    tasks.run_import(batch.pk)
    intake.discard(batch)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.resume_import(batch.pk)
    assert state(batch) == ImportBatch.State.DISCARDED
    assert Casualty.objects.count() == 0
    assert sent == []


def test_the_sweep_takes_up_lost_imports_at_their_step(
    batch: ImportBatch, sent: Sent, django_capture_on_commit_callbacks: Capture
) -> None:
    rebuild(asked_by="test")
    tasks.sweep()
    assert sent == [], "the batch came in just now: its own message may still be on the way"
    ImportBatch.objects.update(created_at=F("created_at") - timedelta(minutes=1))
    tasks.sweep()
    assert sent == [("resume_import", (batch.pk,), {})]

    tasks.resume_import(batch.pk)
    assert state(batch) == ImportBatch.State.PREVIEWED
    intake.request_apply(batch)
    ImportBatch.objects.update(heartbeat_at=F("heartbeat_at") - timedelta(minutes=1))
    tasks.sweep()
    assert sent[1:] == [("resume_import", (batch.pk,), {})]
    with django_capture_on_commit_callbacks(execute=True):
        tasks.resume_import(batch.pk)
    assert state(batch) == ImportBatch.State.APPLIED
    assert sent[2:] == [("rebuild_trends", (), {"asked_by": f"import {batch.pk}"})]


def test_the_sweep_has_windows_built_that_nobody_built(sent: Sent) -> None:
    make_release()
    tasks.sweep()
    assert sent == [("rebuild_trends", (), {"asked_by": "sweep"})]
    tasks.rebuild_trends("sweep")
    assert trends_ready()
    tasks.sweep()
    assert sent[1:] == [
        ("check_statements", (), {"even_if_checked": True}),
        ("find_trends", (), {"even_if_built": False}),
    ]


def test_what_other_rules_found_is_built_and_checked_again(sent: Sent) -> None:
    make_release()
    make_casualty()
    statement = make_statement(value=1)
    rebuild(asked_by="test")
    tasks.check_statements()
    StatementCheck.objects.update(verdict="differs", detail="what an older version of the software found")
    RebuildRun.objects.update(rules="older")
    tasks.sweep()
    assert sent == [("rebuild_trends", (), {"asked_by": "sweep"})]
    tasks.rebuild_trends("sweep")
    assert sent[1] == ("check_statements", (), {"even_if_checked": True})
    tasks.check_statements(even_if_checked=True)
    assert [check.verdict for check in statement.checks.all()] == ["holds", "differs"]


def test_the_sweep_has_trends_tested_that_nobody_tested(sent: Sent) -> None:
    make_release()
    make_casualty()
    rebuild(asked_by="test")
    tasks.sweep()
    assert sent == [("find_trends", (), {})]
    tasks.find_trends()
    tasks.sweep()
    assert sent[1:] == []


def test_while_somebody_rebuilds_nobody_waits_and_nothing_is_sent_again(sent: Sent) -> None:
    make_release()
    make_statement()
    with held_elsewhere(TURN):
        tasks.sweep()
        tasks.rebuild_trends("another import")
        assert sent == []
    tasks.sweep()
    assert sent == [("rebuild_trends", (), {"asked_by": "sweep"})]


def test_messages_of_the_sweep_end_with_the_next_one(batch: ImportBatch, sent: Sent) -> None:
    ImportBatch.objects.update(created_at=F("created_at") - timedelta(minutes=1))
    make_release()
    make_casualty()
    make_statement()
    tasks.sweep()
    rebuild(asked_by="test")
    tasks.sweep()
    assert {name for name, _, _ in sent} == {"resume_import", "rebuild_trends", "check_statements", "find_trends"}
    assert set(sent.expires) == {settings.SWEEP_SECONDS}


def test_the_night_builds_all_windows_anew(sent: Sent) -> None:
    make_release()
    tasks.rebuild_trends("test")
    tasks.rebuild_trends("timetable", even_if_built=True)
    assert RebuildRun.objects.filter(error="").count() == 2


@pytest.mark.parametrize(("state", "messages"), [("applied", 1), ("discarded", 0), ("previewed", 0), ("failed", 0)])
def test_the_sync_rebuilds_only_after_it_applied_something(
    monkeypatch: pytest.MonkeyPatch,
    sent: Sent,
    django_capture_on_commit_callbacks: Capture,
    state: str,
    messages: int,
) -> None:
    monkeypatch.setattr(intake, "sync_open_data", lambda: make_release(state=state))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.sync_open_data()
    assert len(sent) == messages
