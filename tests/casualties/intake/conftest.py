"""Reference tables for the tests of intake."""

import pytest

from missions.models import Mission
from missions.reference.load import load_reference


@pytest.fixture
def reference(reference_facts: None, db: None) -> None:
    """Missions, countries and person-years as the product ships them."""
    if not Mission.objects.exists():  # a transactional test of the same module emptied the tables
        load_reference()
