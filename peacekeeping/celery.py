"""The Celery application, and the whole timetable.

Times are UTC. Nothing depends on one run: what a run would have done is recorded in the database and found again.
"""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_ready
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacekeeping.settings")

SWEEP = "casualties.tasks.sweep"

app = Celery("peacekeeping")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_configure.connect
def set_timetable(sender: Celery, **_: object) -> None:
    """Put the timetable into the configuration, once the settings are read."""
    sender.conf.beat_schedule = {
        # Work that was lost with its worker, and data whose windows nobody built. A message that waited until the next
        # one is dropped, so that they do not pile up while no worker runs.
        "sweep": {
            "task": SWEEP,
            "schedule": settings.SWEEP_SECONDS,
            "options": {"expires": settings.SWEEP_SECONDS},
        },
        # Files of exports are removed when their time is over; a download looks for itself.
        "forget exports": {"task": "casualties.tasks.forget_exports", "schedule": crontab(minute="*/10")},
        # All windows anew, built or not: whatever went wrong with them is gone by the morning.
        "rebuild trends": {
            "task": "casualties.tasks.rebuild_trends",
            "schedule": crontab(hour=2, minute=15),
            "kwargs": {"asked_by": "timetable", "even_if_built": True},
        },
        # Links to saved reports, weekly or monthly, from 6:00 of the first day; what the mail server did not take is
        # tried again by the next ones.
        "mail reports": {
            "task": "casualties.tasks.mail_reports",
            "schedule": crontab(minute="*/10"),
            "options": {"expires": 600},
        },
        # The hub publishes daily.
        "sync open data": {"task": "casualties.tasks.sync_open_data", "schedule": crontab(hour=5, minute=40)},
    }


@worker_ready.connect
def sweep_at_once(**_: object) -> None:
    """A worker that has just started looks for work at once: data that a command loaded, what another one left."""
    app.send_task(SWEEP, expires=settings.SWEEP_SECONDS)
