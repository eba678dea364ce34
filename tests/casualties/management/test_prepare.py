"""manage.py prepare."""

import io

import pytest
from django.core.management import call_command

from casualties.models import Statement
from missions.models import Country, Mission


@pytest.mark.django_db
def test_it_works() -> None:
    def said() -> str:
        out = io.StringIO()
        call_command("prepare", stdout=out)
        return out.getvalue()

    first, again = said(), said()
    assert "No migrations to apply." in first
    assert f"missions: {Mission.objects.count()} added" in first
    assert f"statements: {Statement.objects.count()} added" in first
    assert f"countries: 0 added, 0 changed, {Country.objects.count()} unchanged" in again
    assert "statements: 0 added, 0 changed" in again
