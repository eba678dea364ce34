"""Killed in the middle: nothing half-written, and the work can be done again."""

import inspect
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection

from casualties import intake
from casualties.intake import judging, working, writing, writing_versions
from casualties.intake.bundle import load_bundle
from casualties.models import AnnualTally, Casualty, CasualtyVersion, Incident
from missions.models import ImportBatch, ImportProblem
from tests.casualties.intake.releases import csv_bytes, hub_row, import_rows, many_rows, stage_bytes

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Like KeyboardInterrupt: nobody catches it on the way."""


def everything() -> list[list[tuple[object, ...]]]:
    """All rows of all tables that an import writes, but for the batches."""
    tables = [Casualty, CasualtyVersion, Incident, AnnualTally, Casualty.pgh_event_models["insert"]]  # type: ignore[attr-defined]
    return [sorted(model.objects.values_list(), key=repr) for model in tables]


def statements_of_write() -> list[str]:
    """The steps of writing, read from the code, so that a new one is tested as well."""
    steps = [
        name
        for name, _ in inspect.getmembers(writing, inspect.isfunction)
        if name in inspect.getsource(writing.write) and name != "write"
    ]
    assert len(steps) >= 6
    return steps


FIRST = [*many_rows(30), hub_row(type_of_incident="To Be Determined"), hub_row("MINUSMA-2014-09-00002")]
SECOND = [
    *[row | {"gender": "F"} for row in FIRST[:3]],
    *FIRST[4:-2],
    hub_row(type_of_incident="Malicious Act"),
    hub_row("MINUSMA-2014-09-00003"),
]


@pytest.mark.parametrize("step", statements_of_write())
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_killed_between_statements(step: str, after: bool, reference: None, monkeypatch: pytest.MonkeyPatch) -> None:
    import_rows(FIRST)
    before = everything()
    second = stage_bytes(csv_bytes([row | {"last_update": "2023-12-05"} for row in SECOND]))
    real = getattr(writing, step)
    with monkeypatch.context() as patched:
        patched.setattr(writing, step, killer(real, after=after))
        with pytest.raises(Killed):
            intake.import_at_once(second, accept_large_change=True)
    assert everything() == before
    second.refresh_from_db()
    assert second.state == "applying"
    assert intake.apply(second).state == "applied"
    assert Casualty.objects.filter(state="counted").count() == len(SECOND)


def killer(real: Callable[..., object], *, after: bool) -> Callable[..., object]:
    def step(*arguments: object, **options: object) -> object:
        if after:
            real(*arguments, **options)
        raise Killed

    return step


@pytest.mark.parametrize("step", ["_add_incidents", "_add_unknown_people", "_cut_covering_versions", "_add_versions"])
def test_killed_while_an_older_release_is_filled_in(
    step: str, reference: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_rows(FIRST)
    before = everything()
    older = stage_bytes(csv_bytes([row | {"last_update": "2023-06-01"} for row in SECOND]), as_of=True)
    with monkeypatch.context() as patched:
        patched.setattr(writing_versions, step, killer(getattr(writing_versions, step), after=True))
        with pytest.raises(Killed):
            intake.import_at_once(older, accept_large_change=True)
    assert everything() == before
    assert intake.apply(older).state == "applied"


@pytest.mark.parametrize("module_step", [(working, "stage"), (judging, "match"), (judging, "compare")])
def test_killed_while_reading(
    module_step: tuple[object, str], reference: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = stage_bytes(csv_bytes(many_rows(30)))
    module, step = module_step
    with monkeypatch.context() as patched:
        patched.setattr(module, step, killer(getattr(module, step), after=True))
        with pytest.raises(Killed):
            intake.preview(batch)
    batch.refresh_from_db()
    assert batch.state == "reading"
    assert not ImportProblem.objects.exists()
    assert intake.preview(batch).state == "previewed"


def test_the_bundle_goes_and_the_release_comes_in_one_piece(reference: None, monkeypatch: pytest.MonkeyPatch) -> None:
    load_bundle()
    before = everything()
    release = stage_bytes(csv_bytes(many_rows(30)))
    with monkeypatch.context() as patched:
        patched.setattr(writing, "_add_people", killer(writing._add_people, after=True))
        with pytest.raises(Killed):
            intake.import_at_once(release, accept_large_change=True)
    assert everything() == before
    assert ImportBatch.objects.get(kind="bundle").state == "applied"


def test_an_error_of_the_database_is_recorded_as_failed_and_nothing_is_kept(
    reference: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_a_rule(*_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE casualties_casualty SET gender = 'x'")

    batch = stage_bytes(csv_bytes(many_rows(30)))
    monkeypatch.setattr(writing, "_withdraw", break_a_rule)
    with pytest.raises(IntegrityError):
        intake.import_at_once(batch)
    batch.refresh_from_db()
    assert batch.state == "failed"
    assert batch.message.startswith("Failed: IntegrityError: ")
    assert not Casualty.objects.exists()
    assert intake.apply(batch).state == "failed"


def test_temporary_tables_are_gone_after_each_outcome(reference: None) -> None:
    for content in (csv_bytes(many_rows(3)), csv_bytes([hub_row(gender="X")]), b"not a table"):
        intake.import_at_once(stage_bytes(content))
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'intake\\_%'")
            assert cursor.fetchone() == (0,)
