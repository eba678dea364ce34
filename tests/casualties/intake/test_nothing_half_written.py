"""Killed in the middle of a later release: nothing half-written, and the work can be done again."""

import inspect
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from casualties import intake
from casualties.intake import writing, writing_versions
from casualties.models import Casualty
from tests.casualties.intake.killing import Killed, everything, killer
from tests.casualties.intake.releases import csv_bytes, hub_row, import_rows, many_rows, stage_bytes
from tests.kept import kept

pytestmark = pytest.mark.django_db


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


@pytest.fixture(scope="module", autouse=True)
def first_release(reference_facts: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What stands when the second release comes."""
    with kept(django_db_blocker):
        import_rows(FIRST)
        yield


@pytest.mark.parametrize("step", statements_of_write())
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_killed_between_statements(step: str, after: bool, monkeypatch: pytest.MonkeyPatch) -> None:
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


@pytest.mark.parametrize("step", ["_add_incidents", "_add_unknown_people", "_cut_covering_versions", "_add_versions"])
def test_killed_while_an_older_release_is_filled_in(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()
    older = stage_bytes(csv_bytes([row | {"last_update": "2023-06-01"} for row in SECOND]), as_of=True)
    with monkeypatch.context() as patched:
        patched.setattr(writing_versions, step, killer(getattr(writing_versions, step), after=True))
        with pytest.raises(Killed):
            intake.import_at_once(older, accept_large_change=True)
    assert everything() == before
    assert intake.apply(older).state == "applied"
