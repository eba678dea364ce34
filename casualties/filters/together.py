"""Combinations that no record can meet are refused: they are mistakes, and 0 would read as a finding."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from casualties.choices import UNIFORMED, Outcome, Scope
from casualties.filters.parameters import OF_INCIDENT, TEXT_SEARCH
from casualties.filters.problems import FilterProblem, ProblemKind
from casualties.filters.vocabulary import Basis
from missions.models import Mission

Values = Mapping[str, tuple[str, ...]]
NOT_OF_ANNUAL_COUNTS = ("date_from", "date_to", "gender", "severity", TEXT_SEARCH, *OF_INCIDENT)


def problems_together(values: Values, basis: Basis) -> list[FilterProblem]:
    """What is wrong with checked values as a whole."""
    return [*_of_period(values), *_of_scope(values), *_never_said(values), *_not_in_data(values, basis)]


def _of_period(values: Values) -> Iterator[FilterProblem]:
    """A period that ends before it begins, and days beside years."""
    for first, last in (("from", "to"), ("date_from", "date_to")):
        if first in values and last in values and values[first][0] > values[last][0]:
            reason = _("lies after %(name)s=%(value)s") % {"name": last, "value": values[last][0]}
            yield FilterProblem(first, values[first][0], reason)
    days = [name for name in ("date_from", "date_to") if name in values]
    years = [name for name in ("from", "to") if name in values]
    if days and years:
        yield FilterProblem(days[0], values[days[0]][0], _("cannot stand together with %(name)s") % {"name": years[0]})


def _of_scope(values: Values) -> Iterator[FilterProblem]:
    """A kind of mission, or personnel, that the scope leaves out."""
    if "scope" not in values:
        return
    scope = values["scope"][0]
    reason = _("excludes %(name)s=%(value)s") % {"name": "scope", "value": scope}
    if scope in {Scope.PKO, Scope.UNIFORMED_PKO} and Mission.Kind.PKO not in values.get("kind", (Mission.Kind.PKO,)):
        yield FilterProblem("kind", values["kind"][0], reason)
    uniformed = {str(value) for value in UNIFORMED}
    if scope in {Scope.UNIFORMED, Scope.UNIFORMED_PKO} and uniformed.isdisjoint(values.get("personnel", uniformed)):
        yield FilterProblem("personnel", values["personnel"][0], reason)


def _never_said(values: Values) -> Iterator[FilterProblem]:
    """What is recorded of another cause or outcome than the one that is asked for."""
    for name, cause in OF_INCIDENT.items():
        if name in values and cause not in values.get("cause", (cause,)):
            reason = _("is said of %(name)s=%(value)s only") % {"name": "cause", "value": cause}
            yield FilterProblem(name, values[name][0], reason)
    if "severity" in values and values.get("outcome", ("",))[0] not in {Outcome.INJURY, "all"}:
        reason = _("is said of %(name)s=%(value)s only") % {"name": "outcome", "value": "injury"}
        yield FilterProblem("severity", values["severity"][0], reason)


def _not_in_data(values: Values, basis: Basis) -> Iterator[FilterProblem]:
    """What is not kept by date, or is not in annual counts."""
    if TEXT_SEARCH in values and not basis.is_current:
        reason = _("is not kept by date: it cannot be searched as known at an earlier day")
        yield FilterProblem(TEXT_SEARCH, values[TEXT_SEARCH][0], reason)
    for name in NOT_OF_ANNUAL_COUNTS if basis.annual_counts_only else ():
        if name in values:
            reason = _("is not available: annual counts only")
            yield FilterProblem(name, values[name][0], reason, kind=ProblemKind.NOT_AVAILABLE)
