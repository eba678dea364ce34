"""Records that several tests of a module only read, or change and leave as they were: made once for the module."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

T = TypeVar("T")


@contextmanager
def kept(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written within stays for the tests of the module, each of which is rolled back to it, and then goes.

    For a fixture of scope "module" that asks for `django_db_setup` and `django_db_blocker` (and for `real_release`
    where it builds on that). The tests must not be transactional ones: theirs would end this transaction.
    """
    from casualties.filters import forget_basis

    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
    forget_basis()


def standing(make: Callable[[], T], *, autouse: bool = False) -> Any:
    """A fixture of scope "module": what `make` writes is kept, and what it answers is the fixture's value.

    It stands from the first test that asks for it, so tests without records come before that one.
    """

    @pytest.fixture(scope="module", autouse=autouse)
    def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[T]:
        with kept(django_db_blocker):
            yield make()

    return world


class RememberingClient(Client):
    """Asks every address once: for the pages of a module whose records stand.

    A test that writes before it reads takes a Client of its own.
    """

    def __init__(self) -> None:
        """Nobody is signed in."""
        super().__init__()
        self._answers: dict[Any, Any] = {}

    def get(self, path: Any, *args: Any, **options: Any) -> Any:
        """What the address answered when it was asked first with these headers.

        Files are read as they come, so they are not kept.
        """
        if args or set(options) - {"headers"}:
            return super().get(path, *args, **options)
        asked = (path, *sorted((options.get("headers") or {}).items()))
        if asked not in self._answers:
            response: Any = super().get(path, **options)
            if response.streaming:
                return response
            self._answers[asked] = response
        return self._answers[asked]


def remembering_client(world: str) -> Any:
    """The fixture `client` of a module whose records stand: of the fixture `world`, whose pages several tests read."""

    @pytest.fixture(scope="module", name="client")
    def client(request: pytest.FixtureRequest) -> Client:
        request.getfixturevalue(world)
        return RememberingClient()

    return client
