"""Somebody who may map columns, and imports that are read at once."""

import pytest
from django.test import Client

from casualties import tasks
from tests.factories import data_manager, make_country, make_mission


@pytest.fixture
def manager(client: Client) -> Client:
    make_mission()
    make_country(iso3="MLI", name="Mali")
    client.force_login(data_manager())
    return client


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tasks run where they are sent, but for the windows, which nothing here asks about."""
    for task in (tasks.run_import, tasks.resume_import):
        monkeypatch.setattr(task, "delay", task)
    monkeypatch.setattr(tasks.rebuild_trends, "delay", lambda **asked: None)
