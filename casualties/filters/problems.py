"""What is wrong with a selection, in words for a reader and as a kind for a program."""

from dataclasses import dataclass
from enum import Enum, auto

LONGEST_SHOWN = 80  # characters of a value


class ProblemKind(Enum):
    """What a problem is to those who treat it apart; words are of a language, so they are never compared."""

    UNKNOWN_NAME = auto()
    NOT_COVERED_YET = auto()  # a year, or a day, that the release knows nothing of yet
    NOT_AVAILABLE = auto()  # the selection is sound, the loaded data are annual counts only
    OTHER = auto()


@dataclass(frozen=True)
class FilterProblem:
    """Why a selection is refused: which parameter, which value, the reason, and what would be allowed.

    The reason is what a sentence says of its subject, the parameter: "is not a filter".
    """

    parameter: str
    value: str
    reason: str
    allowed: tuple[str, ...] = ()
    kind: ProblemKind = ProblemKind.OTHER

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= LONGEST_SHOWN else f"{self.value[:LONGEST_SHOWN]}…"
        subject = f"{self.parameter}={shown}" if shown else self.parameter
        return f"{subject} {self.reason}"
