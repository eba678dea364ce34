"""What is wrong with a strength file: errors stop it, warnings do not. Collected all together, for one reading."""

from dataclasses import dataclass, field
from typing import NamedTuple

from missions.models import ImportProblem
from peacekeeping.tables.cells import shown

Level = ImportProblem.Level
MAX_KEPT = 20_000


class Problem(NamedTuple):
    """One thing wrong at one place. `line` is None when the whole file is meant; `value` is what stood there."""

    line: int | None
    column: str
    value: str
    reason: str
    level: Level = Level.ERROR

    def in_words(self, place_name: str) -> str:
        """ "line 7, male_personnel “-3”: is negative" """
        where = [] if self.line is None else [f"{place_name} {self.line}"]
        where += [" ".join(word for word in (self.column, f"“{self.value}”" if self.value else "") if word)]
        named = ", ".join(word for word in where if word)
        return f"{named}: {self.reason}" if named else self.reason


@dataclass
class Problems:
    """Problems as they are found. All are counted; of each level the first 20,000 are kept."""

    kept: list[Problem] = field(default_factory=list)
    errors: int = 0
    warnings: int = 0

    def error(self, line: int | None, column: str, value: object, reason: str) -> None:
        """The file cannot be taken."""
        self.errors += 1
        self._keep(self.errors, Problem(line, column, shown(value), reason))

    def warn(self, line: int | None, column: str, value: object, reason: str) -> None:
        """The file is taken all the same."""
        self.warnings += 1
        self._keep(self.warnings, Problem(line, column, shown(value), reason, Level.WARNING))

    def first_error(self) -> Problem:
        """The error that is told when there is room for one only. There must be one."""
        return next(problem for problem in self.kept if problem.level == Level.ERROR)

    def _keep(self, counted: int, problem: Problem) -> None:
        if counted <= MAX_KEPT:
            self.kept.append(problem)
