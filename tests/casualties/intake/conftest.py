"""Reference tables for the tests of intake, and small releases made by hand."""

import pytest

from missions.reference.load import load_reference


@pytest.fixture
def reference(db: None) -> None:
    """Missions and countries as the product ships them."""
    load_reference()
