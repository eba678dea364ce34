"""What is wrong with a file: errors stop it, warnings do not. Collected all together, so that one reading lists all."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from peacekeeping.tables.cells import printable, shown

MAX_KEPT = 20_000


class Level(StrEnum):
    """The words are those of ImportProblem.Level."""

    ERROR = "error"
    WARNING = "warning"


class Problem(NamedTuple):
    """One thing wrong at one place. `line` is None when the whole file is meant; `value` is what stood there."""

    line: int | None
    column: str
    value: str
    reason: str
    level: Level = Level.ERROR


class RowProblems:
    """What is found wrong in one row while it is made clean."""

    __slots__ = ("found", "line", "refused")

    def __init__(self, line: int) -> None:
        self.line = line
        self.found: list[Problem] = []
        self.refused = False

    def error(self, column: str, value: object, reason: str) -> None:
        """The row cannot be used."""
        self.found.append(Problem(self.line, column, shown(value), reason))
        self.refused = True

    def warn(self, column: str, value: object, reason: str) -> None:
        """The row is used all the same."""
        self.found.append(Problem(self.line, column, shown(value), reason, Level.WARNING))


@dataclass
class Problems:
    """Problems as they are found. All are counted; of each level the first 20,000 are kept.

    `place_name` is the word for the place of a row, once the content of the file is known.
    """

    kept: list[Problem] = field(default_factory=list)
    errors: int = 0
    warnings: int = 0
    place_name: str = "line"

    def add(self, problem: Problem) -> None:
        if problem.level is Level.ERROR:
            self.errors += 1
            counted = self.errors
        else:
            self.warnings += 1
            counted = self.warnings
        if counted <= MAX_KEPT:
            line, column, value, reason, level = problem
            self.kept.append(Problem(line, printable(column)[:60], shown(value), printable(reason)[:300], level))

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add(problem)
