"""The data version moves once per committed transaction that changed something, and only then."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from casualties.models import Casualty
from missions.models import DataVersion, ImportBatch, Mission
from tests.factories import make_casualty, make_mission, make_release


@pytest.mark.django_db(transaction=True)
def test_it_moves_once_per_transaction() -> None:
    make_mission()
    before = DataVersion.current()
    with transaction.atomic():
        casualty = make_casualty()
        make_casualty()
        assert DataVersion.current() == before  # not before the commit
    assert DataVersion.current() == before + 1
    Casualty.objects.filter(pk=casualty.pk).update(gender="f")
    assert DataVersion.current() == before + 2


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_changes_no_row_does_not_move_it() -> None:
    make_mission()
    before = DataVersion.current()
    Casualty.objects.filter(pk=-1).update(gender="f")
    Mission.objects.filter(acronym="nobody").delete()
    assert DataVersion.current() == before


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_change_does_not_move_it() -> None:
    make_mission()
    before = DataVersion.current()
    with transaction.atomic():
        make_casualty()
        transaction.set_rollback(True)
    assert DataVersion.current() == before


@pytest.mark.django_db(transaction=True)
def test_an_applied_release_moves_it_even_without_a_changed_record() -> None:
    batch = make_release(state=ImportBatch.State.PREVIEWED)
    before = DataVersion.current()
    ImportBatch.objects.filter(pk=batch.pk).update(done=5)
    assert DataVersion.current() == before
    ImportBatch.objects.filter(pk=batch.pk).update(state="applied", applied_at="2023-11-29T00:00Z")
    assert DataVersion.current() == before + 1


@pytest.mark.django_db(transaction=True)
def test_truncate_moves_it() -> None:
    make_casualty()
    before = DataVersion.current()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE casualties_casualty CASCADE")
    assert DataVersion.current() == before + 1


@pytest.mark.django_db
def test_it_is_still_the_same_until_its_number_or_its_time_is_another() -> None:
    DataVersion.objects.all().delete()  # what transactional tests have left
    assert DataVersion.is_still(0, None)
    changed_at = timezone.now()
    DataVersion.objects.create(version=7, changed_at=changed_at)
    assert DataVersion.is_still(7, changed_at)
    assert not DataVersion.is_still(8, changed_at)
    assert not DataVersion.is_still(7, changed_at + timedelta(seconds=1))
    assert not DataVersion.is_still(0, None)
