"""What can be asked: whether a statement's selection, measure and numbers can be checked at all.

The form of the page and the table of facts go through the same door, so neither lets in what the other refuses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from casualties.choices import Measure, Obstacle
from casualties.filters import PUBLIC, Basis, FilterProblem, ProblemKind, Selection, select
from casualties.trends.windows import YEARS_IN_WINDOW

WITHOUT_NUMBER = (Measure.HIGHEST_SINCE, Measure.RANK_1_WINDOW)
WHOLE_YEARS = (Measure.HIGHEST_SINCE, Measure.RANK_1_WINDOW, Measure.RATE, Measure.CHANGE)

# The selection is sound; another release may answer it.
DATA_CANNOT_TELL = (ProblemKind.NOT_COVERED_YET, ProblemKind.NOT_AVAILABLE)


@dataclass(frozen=True)
class Refusal:
    """One field that cannot stand, and why; the reason names the parameter and the value of a selection."""

    field: str
    reason: str


def refusals(
    *,
    selection: str,
    measure: str,
    value: Decimal | None,
    since: int | None,
    obstacle: str,
    basis: Basis | None = None,
) -> list[Refusal]:
    """Everything that stands against such a statement; none: it can be kept. What the data cannot tell is no refusal.

    Years that the newest release does not cover yet, and days or genders while only annual counts are loaded, are
    answered by the check with "cannot be checked".
    """
    found = [Refusal("selection", str(problem)) for problem in _problems(selection, basis)]
    known = measure in Measure.values
    if not known:
        found.append(Refusal("measure", f"{measure!r} is not one of {', '.join(Measure.values)}"))
    if obstacle not in Obstacle.values:
        found.append(Refusal("obstacle", f"{obstacle!r} is not one of {', '.join(filter(None, Obstacle.values))}"))
    if found or not known:
        return found
    return [*_numbers(Measure(measure), value, since), *_periods(Measure(measure), selection, since, basis)]


def selected(query: str, *, basis: Basis | None = None) -> Selection:
    """The selection of a statement as all readers see it: released figures, whoever asks."""
    return select(query, PUBLIC, basis=basis)


def _problems(query: str, basis: Basis | None) -> list[FilterProblem]:
    selection = selected(query, basis=basis)
    problems = [problem for problem in selection.problems if problem.kind not in DATA_CANNOT_TELL]
    if "known_at" in query:
        reason = "is not of a statement: each is checked as known now, and as known when it was published"
        problems = [problem for problem in problems if problem.parameter != "known_at"]
        problems.append(FilterProblem("known_at", "", reason))
    if selection.outcome == "all":
        problems.append(FilterProblem("outcome", "all", "cannot be: deaths and injuries are never added"))
    return problems


def _numbers(measure: Measure, value: Decimal | None, since: int | None) -> list[Refusal]:
    found = []
    if value is None and measure not in WITHOUT_NUMBER:
        found.append(Refusal("value", f"a statement of the measure {measure} says a number"))
    if value is not None and value < 0 and measure != Measure.CHANGE:
        found.append(Refusal("value", f"{value} is below zero; only a change may be"))
    if value is not None and value != value.to_integral_value() and measure != Measure.RATE:
        found.append(Refusal("value", f"{value} is not a whole number; only a rate may have decimals"))
    if (since is None) == (measure == Measure.HIGHEST_SINCE):
        reason = "the year is missing" if since is None else f"belongs to the measure {Measure.HIGHEST_SINCE} alone"
        found.append(Refusal("since", reason))
    return found


def _periods(measure: Measure, query: str, since: int | None, basis: Basis | None) -> list[Refusal]:
    if measure not in WHOLE_YEARS:
        return []
    first, last = _years(selected(query, basis=basis).values)
    if first is None or last is None:
        return [Refusal("selection", f"the measure {measure} needs a period of whole years: from and to")]
    if measure == Measure.HIGHEST_SINCE and first != last:
        return [Refusal("selection", f"the measure {measure} is of one year, not of {first} to {last}")]
    if measure == Measure.HIGHEST_SINCE and since is not None and not 1945 <= since < first:
        return [Refusal("since", f"{since} does not lie between 1945 and {first}")]
    if measure == Measure.RANK_1_WINDOW and last - first != YEARS_IN_WINDOW - 1:
        return [Refusal("selection", f"a window has {YEARS_IN_WINDOW} years, not {last - first + 1}")]
    return []


def _years(values: Mapping[str, tuple[str, ...]]) -> tuple[int | None, int | None]:
    first, last = values.get("from"), values.get("to")
    return (int(first[0]) if first else None), (int(last[0]) if last else None)
