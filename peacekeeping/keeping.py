"""Answers kept in the cache: a key names all that an answer rests on, so that one that is found is never an old one."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import connection

SECONDS = 86_400
log = logging.getLogger(__name__)
T = TypeVar("T")


def kept(key: str, find: Callable[[], T], *, worth: Callable[[T], bool] = lambda _found: True) -> T:
    """The answer of `find`, from the cache where it was found before; kept for a day if it is `worth` it.

    `worth` is asked after `find`: it can see what changed meanwhile.

    A transaction that is under way may have changed what no key tells, so nothing is kept or found within one. A cache
    that does not answer costs time, never the answer.
    """
    if settings.DEBUG or connection.in_atomic_block:
        return find()
    found: T | None
    try:
        found = cache.get(key)
    except Exception:
        log.warning("The cache does not answer; what it may hold is found anew.", exc_info=True)
        return find()
    if found is None:
        found = find()
        if worth(found):
            try:
                cache.set(key, found, SECONDS)
            except Exception:
                log.warning("The cache did not take an answer.", exc_info=True)
    return found
