"""Answers kept in the cache: found again, never within a transaction, and never missed because a cache is ill."""

from pathlib import Path
from typing import Any

import pytest

from peacekeeping import keeping
from peacekeeping.keeping import kept


@pytest.fixture(autouse=True)
def own_cache(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache of the test's own, and no transaction around, as in a request."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path)}}
    within(monkeypatch, transaction=False)


def within(monkeypatch: pytest.MonkeyPatch, *, transaction: bool) -> None:
    monkeypatch.setattr(keeping, "connection", type("Connection", (), {"in_atomic_block": transaction}))


class Finding:
    """Counts how often it was asked."""

    times = 0

    def __call__(self) -> str:
        self.times += 1
        return "found"


def test_the_same_is_found_once() -> None:
    find = Finding()
    assert kept("key", find) == kept("key", find) == "found"
    assert kept("another", find) == "found"
    assert find.times == 2


def test_within_a_transaction_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    find = Finding()
    kept("key", find)
    within(monkeypatch, transaction=True)
    kept("key", find)
    kept("key", find)
    assert find.times == 3


def test_what_is_not_worth_it_is_not_kept() -> None:
    find = Finding()
    for _ in range(2):
        assert kept("key", find, worth=lambda found: found != "found") == "found"
    assert find.times == 2


def test_a_cache_that_does_not_answer_costs_time_and_no_answer(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:9/0",
        }
    }
    assert kept("key", Finding()) == "found"
    assert "The cache does not answer" in caplog.text
