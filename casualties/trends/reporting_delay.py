"""How late deaths are registered: the caveat of every figure of the open year.

A reference of the source carries the month in which the record was registered (MINUSMA-2019-07-00001); set against the
month of the incident it says whether the record came later. Nothing is extrapolated from it.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Func, QuerySet, Sum, Value

from casualties.choices import DatePrecision
from casualties.counts import NotAvailable
from casualties.filters import NOT_AVAILABLE, Selection
from missions.models import Release

YEARS = 10
REGISTERED = r"-([0-9]{4}-(0[1-9]|1[0-2]))-[0-9]+$"


@dataclass(frozen=True)
class ReportingDelay:
    """`people`: those of incidents of `first_year` to `last_year` whose reference says when they were registered;
    `later`: those of them registered in a later calendar month than that of the incident; `everybody`: with those of
    whom it does not say so."""

    first_year: int
    last_year: int
    people: int
    later: int
    everybody: int


def reporting_delay(selection: Selection) -> ReportingDelay:
    """The delay within a selection, in the last ten years that its release covers; its own years are left aside.

    One query. Raises SelectionRefused for a selection with problems, NotAvailable for annual counts.
    """
    first, last = _years(selection)
    people = later = everybody = 0
    rows = _with_month(selection).values_list(
        "registered", "occurred_on__year", "occurred_on__month", "occurred_precision"
    )
    for month, in_year, in_month, precision, persons in rows.annotate(people=Sum("persons")).order_by():
        everybody += persons
        if month is not None and precision != DatePrecision.YEAR:
            people += persons
            later += persons if months_later(month, in_year, in_month) > 0 else 0
    return ReportingDelay(first, last, people, later, everybody)


def registered(selection: Selection) -> QuerySet[Any]:
    """The people that reporting_delay() looks at, with the month of their registration ("2019-07") as `registered`."""
    return _with_month(selection).exclude(occurred_precision=DatePrecision.YEAR).exclude(registered=None)


def _with_month(selection: Selection) -> QuerySet[Any]:
    """Everybody of the ten years; `registered` is None where the reference does not say the month."""
    first, last = _years(selection)
    period = {"from": first, "to": last, "date_from": None, "date_to": None}
    month = Func(F("reference"), Value(REGISTERED), function="substring", output_field=CharField())
    found: QuerySet[Any] = selection.change(**period).rows.annotate(registered=month)
    return found


def months_later(month: str, in_year: int, in_month: int) -> int:
    """Calendar months from an incident to its registration ("2019-07"); negative where the number is the older."""
    year, _, number = month.partition("-")
    return (int(year) - in_year) * 12 + int(number) - in_month


def _years(selection: Selection) -> tuple[int, int]:
    selection.refuse_problems()
    release: Release | None = selection.release
    if release is None or release.annual_counts:
        raise NotAvailable(NOT_AVAILABLE)
    return release.last_covered_year - YEARS + 1, release.last_covered_year
