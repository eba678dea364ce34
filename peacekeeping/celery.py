"""The Celery application of workers, and of everybody who sends a task."""

import gc
import os

from celery import Celery
from celery.signals import worker_init, worker_ready
from django.conf import settings

from peacekeeping.timetable import SWEEP, timetable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacekeeping.settings")

app = Celery("peacekeeping")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_configure.connect
def set_timetable(sender: Celery, **_: object) -> None:
    """Put the timetable into the configuration, once the settings are read."""
    sender.conf.beat_schedule = timetable()


@worker_init.connect
def keep_what_is_imported(**_: object) -> None:
    """Before a worker's processes fork: none of them looks through it for garbage, and their memory remains shared."""
    gc.freeze()


@worker_ready.connect
def sweep_at_once(**_: object) -> None:
    """A worker that has just started looks for work at once: data that a command loaded, what another one left."""
    app.send_task(SWEEP, expires=settings.SWEEP_SECONDS)
