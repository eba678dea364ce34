"""Records that several tests of a module only read, or change and leave as they were: made once for the module."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def kept(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written within stays for the tests of the module, each of which is rolled back to it, and then goes.

    For a fixture of scope "module" that asks for `django_db_setup` and `django_db_blocker` (and for `real_release`
    where it builds on that). The tests must not be transactional ones: theirs would end this transaction.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
