"""A report that somebody puts together: rows, columns and measure out of an address become a Report, or are refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casualties.choices import Outcome
from casualties.counts import MEASURES, Measure
from casualties.filters import FilterProblem, Parameters, Selection, one_word
from casualties.filters.parameters import OF_INCIDENT
from casualties.frames import (
    ACCIDENT_TYPE,
    CAUSE,
    CONTEXT,
    FAMILY,
    GENDER,
    INCIDENTS,
    KIND,
    MEANS,
    MISSION,
    MONTH,
    NATIONALITY,
    PERSONNEL,
    PERSONS,
    REGION,
    SEVERITY,
    YEAR,
)
from casualties.reports.statutory import Report
from casualties.reports.words import dimension_word

BUILD = "build"  # its name in addresses; no classic report has it
OWN = ("rows", "columns", "measure")
MOST_ROWS = 2
# counts.DIMENSIONS without the outcome, which is a filter since deaths and injuries are never added, and without the
# day: of some records only the month or year is known, and a line per day would say the first of it.
OFFERED = (
    YEAR,
    MONTH,
    MISSION,
    FAMILY,
    KIND,
    REGION,
    CAUSE,
    PERSONNEL,
    NATIONALITY,
    GENDER,
    SEVERITY,
    MEANS,
    CONTEXT,
    ACCIDENT_TYPE,
)
# What differs among the people of one incident: it would be counted once under each, and the parts be more than all.
OF_PEOPLE = (PERSONNEL, NATIONALITY, GENDER, SEVERITY)
MEASURE_WORDS: Mapping[str, Promise] = {PERSONS: gettext_lazy("People"), INCIDENTS: gettext_lazy("Incidents")}


@dataclass(frozen=True)
class Definition:
    """What is asked of the report itself, checked on its own; `rows` is empty where nothing is asked yet."""

    rows: tuple[str, ...]
    columns: str
    measure: Measure
    problems: tuple[FilterProblem, ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As it stands in an address."""
        pairs = [("rows", name) for name in self.rows]
        pairs += [("columns", self.columns)] if self.columns else []
        return pairs + ([("measure", self.measure)] if self.measure != PERSONS else [])

    @property
    def is_asked(self) -> bool:
        """Whether anything is said of the report, be it wrong."""
        return bool(self.rows or self.columns or self.problems)


def definition_of(params: Parameters) -> Definition:
    """Read rows (one or two, in this order), columns (one or none) and measure; the selection is not looked at."""
    problems: list[FilterProblem] = []
    rows = _given(params, "rows")
    columns, measure = one_word(params, "columns", (), problems), one_word(params, "measure", MEASURES, problems)
    if len(rows) > MOST_ROWS:
        reason = _("has more than %(n)s values") % {"n": MOST_ROWS}
        problems.append(FilterProblem("rows", ", ".join(rows), reason, OFFERED))
    for name, values in (("rows", rows), ("columns", [columns] if columns else [])):
        for value in values:
            if value not in OFFERED:
                problems.append(FilterProblem(name, value, _("is nothing that a report counts by"), OFFERED))
    for place, value in enumerate(rows):
        if value in rows[:place]:
            problems.append(FilterProblem("rows", value, _("stands there twice")))
    if columns and columns in rows:
        problems.append(FilterProblem("columns", columns, _("stands in the rows already")))
    if columns and not rows:
        problems.append(FilterProblem("rows", "", _("is needed, to say what the lines are"), OFFERED))
    chosen: Measure = next((known for known in get_args(Measure) if known == measure), "persons")
    return Definition(tuple(rows), columns, chosen, tuple(problems))


def built(definition: Definition, selection: Selection) -> tuple[Report, list[FilterProblem]]:
    """The report of a definition without problems, and what does not go together."""
    outcome = Outcome.INJURY if selection.outcome == Outcome.INJURY else Outcome.FATALITY
    dimensions = [*definition.rows, *([definition.columns] if definition.columns else [])]
    report = Report(
        name=BUILD,
        title=_title(dimensions, definition.measure, outcome),
        rows=definition.rows,
        columns=definition.columns,
        outcome=outcome,
        measure=definition.measure,
        one_year=MONTH in dimensions and YEAR not in dimensions,
    )
    return report, _not_together(definition, selection)


def _not_together(definition: Definition, selection: Selection) -> list[FilterProblem]:
    problems: list[FilterProblem] = []
    if selection.outcome == "all":
        reason = _("cannot be in one table, since deaths and injuries are never added")
        problems.append(FilterProblem("outcome", "all", reason, ("fatality", "injury")))
    places = [("rows", name) for name in definition.rows]
    places += [("columns", definition.columns)] if definition.columns else []
    for place, name in places:
        if name == SEVERITY and selection.outcome != Outcome.INJURY:
            reason = _("is said of %(name)s=%(value)s only") % {"name": "outcome", "value": "injury"}
            problems.append(FilterProblem(place, name, reason))
        cause = OF_INCIDENT.get(name)
        if cause and selection.values.get(CAUSE) != (str(cause),):
            reason = _("is said of %(name)s=%(value)s only") % {"name": "cause", "value": str(cause)}
            problems.append(FilterProblem(place, name, f"{reason}: {_('choose that cause')}"))
        if definition.measure == INCIDENTS and name in OF_PEOPLE:
            reason = _(
                "differs among the people of one incident, which would be counted more than once; with "
                "measure=incidents choose another"
            )
            left = tuple(known for known in OFFERED if known not in OF_PEOPLE)
            problems.append(FilterProblem(place, name, reason, left))
    return problems


def _in_words(dimensions: Sequence[str], measure: Measure, outcome: Outcome) -> str:
    """ "Deaths by mission, cause and year", in the language in which it is read: files have another than pages."""
    words = [dimension_word(name).lower() for name in dimensions]
    by = words[0]
    if len(words) > 1:
        by = _("%(items)s and %(last)s") % {"items": ", ".join(words[:-1]), "last": words[-1]}
    if measure == INCIDENTS:
        text = _("Incidents with deaths by %(by)s") if outcome == "fatality" else _("Incidents with injuries by %(by)s")
    else:
        text = _("Deaths by %(by)s") if outcome == "fatality" else _("Injuries by %(by)s")
    return text % {"by": by}


_title = lazy(_in_words, str)


def _given(params: Parameters, name: str) -> list[str]:
    return [value.strip() for value in params.getlist(name) if value.strip()]
