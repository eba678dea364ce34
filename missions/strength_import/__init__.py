"""Monthly strength file -> person-years per mission, year and category, or all that is wrong. docs/import-format.md."""

from missions.strength_import.applying import Outcome, Wishes, import_strength
from missions.strength_import.comparing import Verdict

__all__ = ["Outcome", "Verdict", "Wishes", "import_strength"]
