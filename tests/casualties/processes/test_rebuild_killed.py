"""kill -9 of the worker in the middle of a rebuild: readers keep the old windows, and the sweep builds the new ones."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from casualties import tasks
from casualties.models import RebuildRun, TrendWindow
from casualties.trends.rebuild import INTERRUPTED, built_version, rebuild, stored_windows, trends_ready
from missions.models import DataVersion
from tests.casualties.processes.real_worker import RealWorker, waits_for_a_lock
from tests.casualties.trends.annual_records import make_deaths
from tests.factories import make_mission, make_release

pytestmark = pytest.mark.processes


def deaths_of_the_world() -> list[int]:
    windows = stored_windows("world", "", cause="", outcome="fatality", audience="released")
    return [int(persons) for persons in windows["persons"]]


def test_it_works(start_worker: Callable[[], RealWorker]) -> None:
    make_release()
    mission = make_mission()
    make_deaths(mission, {2014: 1})
    rebuild(asked_by="test")
    before, rows, first_version = deaths_of_the_world(), TrendWindow.objects.count(), built_version()
    make_deaths(mission, {2014: 41})

    with transaction.atomic():
        # The worker deletes the windows that will be different, until it comes to one of them that we hold.
        held = TrendWindow.objects.filter(series="world", cause="", persons=1, audience="released").latest("pk").pk
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM casualties_trendwindow WHERE id = %s FOR SHARE", [held])
        worker = start_worker()
        tasks.rebuild_trends.delay(asked_by="test")
        worker.wait_for(waits_for_a_lock, "the rebuild comes to its write")
        worker.kill()

    run = RebuildRun.objects.get(finished_at=None)
    assert (deaths_of_the_world(), TrendWindow.objects.count(), built_version()) == (before, rows, first_version)
    assert not trends_ready()

    start_worker().wait_for(trends_ready, "the sweep has the windows built")
    assert deaths_of_the_world()[0] == 42
    assert TrendWindow.objects.count() == rows
    assert built_version() == DataVersion.current()
    run.refresh_from_db()
    assert run.error == INTERRUPTED
