"""Runs of the rebuild: when one is due, what it writes, what becomes of one that fails or is interrupted."""

from datetime import timedelta

import pandas as pd
import pytest
from django.db import connection
from django.db.models import F

from casualties.models import Casualty, RebuildRun, TrendWindow
from casualties.trends import rebuild as rebuild_module
from casualties.trends.rebuild import (
    INTERRUPTED,
    built_version,
    rebuild,
    rebuild_is_due,
    rebuild_unless_under_way,
    trends_ready,
)
from missions.models import DataVersion
from tests.casualties.trends.annual_records import make_deaths, settle, world
from tests.factories import make_mission, make_release
from tests.other_session import held_elsewhere

pytestmark = pytest.mark.django_db


def test_while_nothing_is_loaded_there_are_no_windows_and_they_are_built() -> None:
    make_mission()
    (run,) = rebuild(asked_by="test")
    assert run.rows == 0
    assert trends_ready()


def test_a_built_version_is_not_built_again() -> None:
    make_release()
    assert len(rebuild(asked_by="first")) == 1
    assert rebuild(asked_by="second") == []
    assert len(rebuild(asked_by="the night", even_if_built=True)) == 1


def test_a_change_makes_the_windows_old_until_the_next_run() -> None:
    make_release()
    mission = make_mission()
    settle()
    rebuild(asked_by="test")
    assert trends_ready()
    make_deaths(mission, {2014: 1})
    settle()
    assert not trends_ready()
    assert rebuild_is_due()
    rebuild(asked_by="test")
    assert built_version() == DataVersion.current()
    assert not rebuild_is_due()


def places() -> set[tuple[int, str]]:
    """Every stored window and where it lies in the table; a window that is written moves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, ctid::text FROM casualties_trendwindow")
        return set(cursor.fetchall())


def test_only_what_differs_is_written() -> None:
    make_release()
    mission = make_mission()
    make_deaths(mission, {2014: 1, 2022: 1})
    rebuild(asked_by="test")
    before = places()
    rebuild(asked_by="test", even_if_built=True)
    assert places() == before
    make_deaths(mission, {2022: 41})
    settle()
    rebuild(asked_by="test")
    assert world()["persons"].tolist()[-2:] == [42, 42]
    after = places()
    assert len(after) == len(before)
    assert 0 < len(after - before) < len(before) / 2


def test_windows_of_a_series_that_is_gone_are_gone() -> None:
    make_release()
    make_deaths(make_mission(), {2014: 1}, personnel="police")
    make_deaths(make_mission(), {2014: 1})
    rebuild(asked_by="test")
    Casualty.objects.filter(personnel="police").delete()
    settle()
    rebuild(asked_by="test")
    assert not TrendWindow.objects.filter(series="personnel", key="police").exists()
    assert world()["persons"].tolist()[0] == 1


def test_it_goes_again_when_the_data_move_during_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    make_release()
    compute = rebuild_module._compute
    moved: list[int] = []

    def compute_while_somebody_writes(source: rebuild_module.Source) -> pd.DataFrame:
        if not moved:
            moved.append(DataVersion.objects.update(version=F("version") + 1))
        return compute(source)

    DataVersion.objects.get_or_create(id=1)
    monkeypatch.setattr(rebuild_module, "_compute", compute_while_somebody_writes)
    runs = rebuild(asked_by="test")
    assert len(runs) == 2
    assert built_version() == runs[-1].data_version == DataVersion.current()


def test_a_reading_that_the_data_moved_under_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    make_release()
    DataVersion.objects.get_or_create(id=1)
    read_tally = rebuild_module._tally
    readings: list[int] = []

    def tally_while_somebody_writes() -> pd.DataFrame:
        if len(readings) < 2:
            DataVersion.objects.update(version=F("version") + 1)
        readings.append(DataVersion.current())
        return read_tally()

    monkeypatch.setattr(rebuild_module, "_tally", tally_while_somebody_writes)
    (run,) = rebuild(asked_by="test")
    assert len(readings) == 3
    assert run.data_version == readings[-1]


def test_what_goes_wrong_is_kept_and_the_old_windows_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    make_release()
    make_deaths(make_mission(), {2014: 1})
    rebuild(asked_by="test")
    before = TrendWindow.objects.count()
    DataVersion.objects.update_or_create(id=1, defaults={"version": 99})

    def fail_after_the_old_ones_are_gone(windows: pd.DataFrame) -> None:
        TrendWindow.objects.all().delete()
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(rebuild_module, "_write", fail_after_the_old_ones_are_gone)
    with pytest.raises(RuntimeError):
        rebuild(asked_by="test")
    run = RebuildRun.objects.first()
    assert run is not None
    assert run.error == "RuntimeError: the disk is full"
    assert run.finished_at is not None
    assert TrendWindow.objects.count() == before > 0
    assert not trends_ready()


def test_after_a_failure_the_timetable_waits_before_it_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    make_release()
    RebuildRun.objects.create(
        asked_by="test", data_version=DataVersion.current(), finished_at=None, error="RuntimeError: the disk is full"
    )
    RebuildRun.objects.update(finished_at=F("started_at"))
    assert not rebuild_is_due()
    RebuildRun.objects.update(finished_at=F("started_at") - timedelta(minutes=11))
    assert rebuild_is_due()


def test_an_interrupted_run_is_marked_by_the_next_one_and_does_not_make_the_timetable_wait() -> None:
    make_release()
    lost = RebuildRun.objects.create(asked_by="test", data_version=DataVersion.current())
    assert rebuild_is_due()
    rebuild(asked_by="the timetable")
    lost.refresh_from_db()
    assert lost.error == INTERRUPTED
    assert lost.finished_at is not None
    assert trends_ready()


def test_a_task_leaves_a_rebuild_that_is_under_way_to_whoever_is_at_it() -> None:
    make_release()
    with held_elsewhere(rebuild_module.TURN):
        assert not rebuild_is_due()
        assert not rebuild_unless_under_way(asked_by="a task", even_if_built=True)
        assert not RebuildRun.objects.exists()
    assert rebuild_is_due(), "whoever was at it has let go, and the windows are still those of older data"
    assert rebuild_unless_under_way(asked_by="a task")
    assert trends_ready()
    assert rebuild_unless_under_way(asked_by="a task")
    assert RebuildRun.objects.count() == 1


def test_windows_by_other_rules_are_built_anew() -> None:
    make_release()
    rebuild(asked_by="test")
    assert not rebuild_is_due()
    RebuildRun.objects.update(rules="older rules")
    assert built_version() is None
    assert rebuild_is_due()
    assert len(rebuild(asked_by="the timetable")) == 1
    assert trends_ready()
