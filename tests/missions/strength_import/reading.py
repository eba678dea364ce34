"""What an import said."""

from missions.strength_import import Outcome
from tests.missions.strength_import.files import problems


def warnings(outcome: Outcome) -> list[tuple[str, str]]:
    """The values and the reasons of its warnings."""
    return [(value, reason) for _, _, value, reason in problems(outcome, "warning")]
