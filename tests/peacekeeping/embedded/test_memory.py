"""A full Valkey drops what the cache holds and nothing that waits to be done: all of ours expires, no task does."""

from collections.abc import Iterator

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from kombu import Connection

from peacekeeping.celery import app
from peacekeeping.keeping import kept

NEVER = -1  # what TTL says of a key that does not expire


@pytest.fixture
def valkey() -> Iterator[redis.Redis]:
    """The embedded server of the run."""
    with redis.Redis.from_url(str(settings.CACHES["default"]["LOCATION"]), decode_responses=True) as connection:
        yield connection


def test_it_works(valkey: redis.Redis) -> None:
    assert valkey.config_get("maxmemory") == {"maxmemory": str(128 * 1024 * 1024)}
    assert valkey.config_get("maxmemory-policy") == {"maxmemory-policy": "volatile-lru"}


def test_whatever_the_cache_holds_expires(valkey: redis.Redis) -> None:
    cache.set("memory-without-a-time", 1)
    cache.add("memory-counted", 1, 120)
    cache.incr("memory-counted")
    kept("memory-found", lambda: "an answer")
    times = {key: valkey.ttl(key) for key in valkey.scan_iter(f"{settings.CACHES['default']['KEY_PREFIX']}:*:memory-*")}
    assert len(times) == 3
    assert all(0 < seconds <= 86_400 for seconds in times.values()), times


def test_a_task_that_waits_or_is_under_way_does_not_expire(valkey: redis.Redis) -> None:
    names = ("of-this-test", "unacked", "unacked_index", "_kombu.binding.of-this-test")
    with (
        Connection(app.conf.broker_url, transport_options=app.conf.broker_transport_options) as connection,
        connection.SimpleQueue(names[0]) as tasks,
    ):
        tasks.put({"task": "one"})
        tasks.put({"task": "another"})
        taken = tasks.get(timeout=10)  # and not acknowledged: a worker is at it
        times = {name: valkey.ttl(f"{settings.BROKER_PREFIX}{name}") for name in names}
        taken.ack()
        tasks.clear()
    assert times == dict.fromkeys(names, NEVER)
