"""Every write of an incident or a person keeps who, when and why."""

from typing import Any

import pghistory
import pytest

from casualties.models import Casualty
from tests.factories import make_casualty

pytestmark = pytest.mark.django_db


def events(casualty: Casualty) -> Any:
    return casualty.events.order_by("pgh_id")  # type: ignore[attr-defined]  # the decorator of pghistory makes it


def test_a_change_keeps_old_and_new_with_its_reason() -> None:
    casualty = make_casualty()
    with pghistory.context(user=7, reason="letter of the Member State"):
        Casualty.objects.filter(pk=casualty.pk).update(gender="f")
    old, new = events(casualty)
    assert (old.gender, new.gender) == ("", "f")
    assert new.pgh_context.metadata == {"user": 7, "reason": "letter of the Member State"}


def test_bulk_writes_are_kept_too() -> None:
    first, second = make_casualty(), make_casualty()
    Casualty.objects.update(personnel="police")
    assert [event.personnel for event in events(second)] == ["military", "police"]
    assert events(first).count() == 2
