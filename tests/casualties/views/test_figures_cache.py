"""Pages are kept by version of the data, viewer and selection, and found again only for the same."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from casualties.filters import EVERYTHING, PUBLIC, Viewer, load_basis, select
from casualties.views.figures_cache import kept
from missions.models import DataVersion
from peacekeeping import keeping
from tests.factories import make_release


@pytest.fixture(autouse=True)
def own_cache(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache of the test's own, and no transaction around the view, as in a request."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path)}}
    monkeypatch.setattr(keeping, "connection", type("Connection", (), {"in_atomic_block": False}))


class Counting:
    """Counts how often it was asked."""

    def __init__(self, answer: str = "figures") -> None:
        self.answer, self.times = answer, 0

    def __call__(self) -> str:
        self.times += 1
        return self.answer


@pytest.mark.django_db
def test_the_same_is_counted_once() -> None:
    make_release()
    count, selection = Counting(), select("cause=illness", PUBLIC)
    assert kept("page", selection, count) == kept("page", selection, count) == "figures"
    assert count.times == 1


@pytest.mark.django_db
def test_anything_else_is_counted_anew() -> None:
    make_release()
    basis = load_basis()
    selection = select("cause=illness", PUBLIC, basis=basis)
    later = type(basis)(**{**basis.__dict__, "version": basis.version + 1})
    restored = type(basis)(**{**basis.__dict__, "changed_at": datetime(2024, 1, 1, tzinfo=UTC)})
    count = Counting()
    kept("page", selection, count)
    for name, other, own in (
        ("other", selection, ""),
        ("page", select("cause=accident", PUBLIC, basis=basis), ""),
        ("page", select("cause=illness", EVERYTHING, basis=basis), ""),
        ("page", select("cause=illness", Viewer(missions=frozenset({1})), basis=basis), ""),
        ("page", select("cause=illness", PUBLIC, basis=later), ""),
        ("page", select("cause=illness", PUBLIC, basis=restored), ""),
        ("page", selection, "sort=-deaths"),
    ):
        before = count.times
        kept(name, other, count, own=own)
        assert count.times == before + 1, (name, other.query_string, own)
    with override("fr"):
        before = count.times
        kept("page", selection, count)
        assert count.times == before + 1


@pytest.mark.django_db
def test_what_was_counted_while_the_data_changed_is_shown_and_not_kept() -> None:
    """The numbers may be those of the next version already, and their key names this one."""
    make_release()
    DataVersion.objects.update_or_create(id=1, defaults={"version": 7})
    selection = select("cause=illness", PUBLIC)
    later = Counting("of the next version")

    def moving() -> str:
        DataVersion.objects.update(version=8)
        return later()

    assert kept("page", selection, moving) == "of the next version"
    DataVersion.objects.update(version=7)  # as a restore does
    count = Counting()
    assert kept("page", selection, count) == kept("page", selection, count) == "figures"
    assert count.times == later.times == 1
