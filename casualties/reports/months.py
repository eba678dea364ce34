"""The years and months that a report has lines or columns for, and the months of which a 0 is counted.

In a month that begins after the day of the release nobody can have been counted: nothing is known of it, and that is
no 0. A month outside the period of the selection was not asked for, and a year outside those of a mission or family, or
before a gender was recorded, does not exist.
"""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from casualties.filters import Selection
from casualties.frames import MONTH, YEAR
from casualties.reports.words import MONTHS
from casualties.trends.own_years import OwnYears
from casualties.trends.series_years import series_years


@dataclass(frozen=True)
class Calendar:
    """The years and months of a report of a selection.

    `found`: the years of which somebody is; None for a report that does not count by year, which is of one year.
    """

    selection: Selection
    found: frozenset[int] | None

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years with a line: those of the series within the period, and those of which somebody is."""
        first, last = self.selection.days
        series = [
            year
            for year in series_years(self.selection)
            if (first is None or year >= first.year) and (last is None or year <= last.year)
        ]
        return tuple(sorted({*(self.found or ()), *series}))

    @cached_property
    def months(self) -> tuple[int, ...]:
        """The months with a line, whoever is of them: those that lie in the period in one of the years, in part too."""
        return tuple(sorted({month for _year, month in self._asked}))

    def counts(self, where: Mapping[str, object]) -> bool:
        """Whether nobody under these values is a counted 0: they name no recorded month, or one that has begun by the
        day of the release and lies in the period; without a year, in one of the years. If they name a year, it is one
        of their mission, family or gender."""
        month = where.get(MONTH)
        if not self._own_years.knows(where):
            return False
        return not month or (where.get(YEAR), month) in self._counted

    @cached_property
    def _own_years(self) -> OwnYears:
        return OwnYears(self.selection)

    @cached_property
    def _asked(self) -> frozenset[tuple[int, int]]:
        first, last = self.selection.period
        pairs = [(year, month) for year in self._years_of_months for month in MONTHS]
        return frozenset(
            (year, month)
            for year, month in pairs
            if (first is None or days_of(year, month)[1] >= first) and (last is None or days_of(year, month)[0] <= last)
        )

    @cached_property
    def _counted(self) -> frozenset[tuple[object, int]]:
        until = covered_until(self.selection)
        known = {pair for pair in self._asked if until is not None and days_of(*pair)[0] <= until}
        return frozenset({*known, *((None, month) for _year, month in known)})

    @property
    def _years_of_months(self) -> tuple[int, ...]:
        """Those with a line; where there are none (a mission that had ended), those of the period."""
        if self.found is not None and self.years:
            return self.years
        first, last = self.selection.period
        until = last.year if last else self.selection.basis.last_covered_year
        return tuple(range(first.year if first else until, until + 1)) if until else ()


def covered_until(selection: Selection) -> date | None:
    """The last day of which anything can be known: that of the release in force. None where nothing is loaded."""
    return selection.release.date if selection.release else None


def cuts_years(dimensions: Collection[str], selection: Selection) -> bool:
    """Whether a table of years and months can have months that lie outside the period, since others of them do not."""
    return selection.by_day and {YEAR, MONTH} <= set(dimensions)


def only_year(selection: Selection) -> int | None:
    """The year of a selection of one year; None for any other."""
    first, last = selection.period
    return first.year if first and last and first.year == last.year else None


def days_of(year: int, month: int) -> tuple[date, date]:
    """The first and last day of a month, or (month 0) of a year."""
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
