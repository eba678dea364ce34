"""The Celery application of the process that keeps the time.

It sends names of tasks and runs none: without the product it starts in a second, and needs a third of the memory.
"""

import os

from celery import Celery
from django.conf import settings
from django.utils.log import configure_logging

from peacekeeping.timetable import timetable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacekeeping.settings")

# Celery's own preparation of Django, a fixup, would import every model.
app = Celery("peacekeeping", fixups=[], set_as_current=False)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = timetable()
configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
