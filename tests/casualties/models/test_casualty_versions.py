"""A version is what was known from one date until another; triggers write it whoever changes the row."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from casualties.choices import CasualtyState, Cause
from casualties.models import COUNTED_VALUES, Casualty, CasualtyVersion, Incident
from casualties.models.casualty import CountedValues
from tests.factories import make_casualty

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2023, 11, 28), date(2024, 6, 30)


def versions(casualty: Casualty) -> list[tuple]:
    return list(casualty.versions.order_by("known_from").values_list("known_from", "known_until", "cause", "withdrawn"))


def test_a_new_row_opens_a_version() -> None:
    assert versions(make_casualty()) == [(FIRST, None, Cause.MALICIOUS_ACT, False)]


def test_a_change_closes_it_and_opens_the_next() -> None:
    casualty = make_casualty(cause=Cause.TO_BE_DETERMINED)
    Incident.objects.filter(casualtys=casualty).update(cause=Cause.ILLNESS)  # reaches the person by the key ...
    assert versions(casualty) == [(FIRST, None, Cause.ILLNESS, False)]  # ... and was known the same day
    Casualty.objects.filter(pk=casualty.pk).update(gender="f", known_at=SECOND)
    assert versions(casualty) == [(FIRST, SECOND, Cause.ILLNESS, False), (SECOND, None, Cause.ILLNESS, False)]


def test_a_withdrawal_is_a_version() -> None:
    casualty = make_casualty()
    Casualty.objects.filter(pk=casualty.pk).update(state=CasualtyState.WITHDRAWN, withdrawn_on=SECOND, known_at=SECOND)
    assert versions(casualty)[-1] == (SECOND, None, Cause.MALICIOUS_ACT, True)


def test_a_write_that_changes_no_counted_value_leaves_no_version() -> None:
    casualty = make_casualty()
    Casualty.objects.filter(pk=casualty.pk).update(origin="import", known_at=SECOND)
    assert len(versions(casualty)) == 1


def test_known_at_never_goes_back() -> None:
    casualty = make_casualty()
    with pytest.raises(Exception, match="known_at"), transaction.atomic():
        Casualty.objects.filter(pk=casualty.pk).update(gender="f", known_at=date(2020, 1, 1))


def test_versions_of_one_person_never_overlap() -> None:
    version = make_casualty().versions.get()
    version.pk, version.known_from = None, SECOND
    with pytest.raises(IntegrityError, match="do_not_overlap"), transaction.atomic():
        version.save(force_insert=True)


def test_every_counted_value_is_in_both_models_and_in_the_list() -> None:
    fields = {field.name for field in CountedValues._meta.get_fields()} - {"year"}
    assert fields == set(COUNTED_VALUES)
    assert fields <= {field.name for field in Casualty._meta.get_fields()}
    assert fields <= {field.name for field in CasualtyVersion._meta.get_fields()}
