"""What the parts of a mission's page share: one count, the years it spans, and the day to which it reaches."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from casualties.charts.embed import source_line
from casualties.counts import count, open_period
from casualties.filters import Selection
from casualties.trends.frames import CAUSE, NATIONALITY, PERSONNEL, PERSONS, YEAR
from casualties.trends.live import series_years
from casualties.views import states

PERIOD = ("from", "to", "date_from", "date_to")


@dataclass(frozen=True)
class MissionCounts:
    """`counts` is by year, cause, personnel and nationality; `axis` are the years of the selection's series; `until`
    is the last day of the open year where the series reaches into it and days are known."""

    selection: Selection
    acronym: str
    counts: pd.DataFrame
    axis: range
    until: date | None
    source: str

    @property
    def total(self) -> int:
        return int(self.counts[PERSONS].sum())

    @property
    def open_year(self) -> int | None:
        """The open year where the series reaches into it."""
        last = self.selection.basis.last_covered_year
        return last if self.axis and self.axis[-1] == last else None

    @property
    def has_period(self) -> bool:
        return any(name in self.selection.values for name in PERIOD)

    @property
    def causes(self) -> tuple[str, ...]:
        """The chosen causes; empty: all."""
        return self.selection.values.get("cause", ())

    def of_cause(self, cause: str) -> int:
        return int(self.counts.loc[self.counts[CAUSE] == cause, PERSONS].sum())


def mission_counts(selection: Selection, acronym: str) -> MissionCounts:
    """Count a mission's selection. Raises NotAvailable where the data cannot answer."""
    release = states.loaded(selection)
    axis = series_axis(selection)
    reaches = bool(axis) and axis[-1] == release.last_covered_year and not selection.basis.annual_counts_only
    return MissionCounts(
        selection=selection,
        acronym=acronym,
        counts=count(selection, [YEAR, CAUSE, PERSONNEL, NATIONALITY]),
        axis=axis,
        until=open_period(selection)[1] if reaches else None,
        source=source_line(release.date),
    )


def series_axis(selection: Selection) -> range:
    """The years of the series, as far as the selection's days touch them."""
    years = series_years(selection)
    first, last = selection.days
    start = max(years.start, first.year) if first else years.start
    return range(start, max(start, min(years.stop, last.year + 1) if last else years.stop))
