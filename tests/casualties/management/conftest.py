"""The reference tables of the tests of intake."""

from tests.casualties.intake.conftest import reference

__all__ = ["reference"]
