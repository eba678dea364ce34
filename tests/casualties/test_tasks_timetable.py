"""The timetable names tasks that exist, and the settings keep what a killed worker had."""

from celery import current_app
from django.conf import settings

from casualties.intake.batches import SIGN_OF_LIFE
from peacekeeping import beat
from peacekeeping.celery import app


def test_it_works() -> None:
    app.loader.import_default_modules()
    timed = {"sweep", "forget exports", "rebuild trends", "mail reports", "sync open data"}
    assert set(app.conf.beat_schedule) == timed
    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in app.tasks


def test_who_keeps_the_time_sends_the_same_to_the_same_broker() -> None:
    assert set(beat.app.conf.beat_schedule) == set(app.conf.beat_schedule)
    for name in ("broker_url", "broker_transport_options", "timezone", "task_ignore_result"):
        assert beat.app.conf[name] == app.conf[name]


def test_lost_work_is_looked_for_twice_a_minute_and_old_looks_are_dropped() -> None:
    sweep = app.conf.beat_schedule["sweep"]
    assert sweep["schedule"] == settings.SWEEP_SECONDS <= 30
    assert sweep["options"]["expires"] == settings.SWEEP_SECONDS


def test_lost_work_is_found_within_a_minute() -> None:
    assert SIGN_OF_LIFE.total_seconds() + settings.SWEEP_SECONDS < 60


def test_whoever_sends_a_task_sends_it_through_this_application() -> None:
    assert current_app.main == app.main
    assert current_app.tasks is app.tasks
    assert current_app.conf.broker_url == settings.CELERY_BROKER_URL


def test_a_task_is_kept_until_it_is_done_and_never_handed_out_while_it_runs() -> None:
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.task_ignore_result
    assert app.conf.task_soft_time_limit < app.conf.broker_transport_options["visibility_timeout"]
