"""The whole timetable: which task is sent when.

Times are UTC. Nothing depends on one run: what a run would have done is recorded in the database and found again.
"""

from typing import Any

from celery.schedules import crontab
from django.conf import settings

SWEEP = "casualties.tasks.sweep"


def timetable() -> dict[str, dict[str, Any]]:
    """Celery's beat_schedule: tasks by name, so that who keeps the time need not import them."""
    return {
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
