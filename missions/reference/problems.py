"""What can be wrong with a table of facts, said so that a person finds the cell."""

from collections.abc import Sequence
from dataclasses import dataclass

SHOWN = 60


@dataclass(frozen=True)
class CellProblem:
    """One cell that cannot be loaded: its file, the line of its row, its column, what stands there, and why."""

    file: str
    line: int | None
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file} line {self.line}"
        column = f", {self.column}" if self.column else ""
        shown = self.value if len(self.value) <= SHOWN else f"{self.value[:SHOWN]}…"
        value = f' "{shown}"' if self.value else ""
        return f"{place}{column}{value}: {self.reason}"


class ReferenceTableError(ValueError):
    """The tables cannot be loaded; `problems` names every cell that stands in the way. Nothing was written."""

    def __init__(self, problems: Sequence[CellProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
