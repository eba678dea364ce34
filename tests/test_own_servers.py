"""Every process of a test run has a queue and folders of its own, also under pytest-xdist."""

import os

from django.conf import settings

from casualties import tasks


def test_settings_are_those_of_this_process() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    assert f"{worker}:" == settings.BROKER_PREFIX
    assert tasks.sweep.app.conf.broker_transport_options["global_keyprefix"] == settings.BROKER_PREFIX
