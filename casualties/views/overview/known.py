"""What the parts of the overview share: one count, its windows, and the day it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from casualties.choices import Cause
from casualties.counts import count, open_period
from casualties.filters import Selection
from casualties.frames import CAUSE, DAY, FIRST_YEAR, LAST_YEAR, MISSION, PERSONS, YEAR
from casualties.trends.live import windows_for
from casualties.trends.series_years import series_years
from casualties.views import states
from casualties.views.open_cases.tables import Band, age_bands
from casualties.views.scope_bar import source_of

MALICIOUS = Cause.MALICIOUS_ACT.value
OPEN = Cause.TO_BE_DETERMINED.value


@dataclass(frozen=True)
class Known:
    """What the parts of the page share. `until`: the last day of the open year, None for annual counts.

    `cases` are the deaths whose cause is open by day and mission, None for annual counts; `ages` the same by their age.
    """

    selection: Selection
    counts: pd.DataFrame
    windows: pd.DataFrame
    axis: range
    open_year: int
    until: date | None
    released_on: date
    source: str
    cases: pd.DataFrame | None
    ages: Sequence[Band]

    @property
    def total(self) -> int:
        return int(self.counts[PERSONS].sum())

    def of_cause(self, cause: str, year: int | None = None) -> int:
        rows = self.counts[self.counts[CAUSE] == cause]
        return int((rows if year is None else rows[rows[YEAR] == year])[PERSONS].sum())


def known_of(selection: Selection) -> Known:
    """Count what the parts of the page share. Raises NotAvailable where nothing is loaded."""
    release = states.loaded(selection)
    windows = windows_for(selection, by_cause=True)
    cases: pd.DataFrame | None = None
    ages: list[Band] = []
    if not selection.basis.annual_counts_only:
        cases, ages = age_bands(selection.change(cause=OPEN), release.date, [DAY, MISSION])
    return Known(
        selection=selection,
        counts=count(selection, [MISSION, YEAR, CAUSE]),
        windows=windows,
        axis=_axis_of(windows, selection),
        open_year=release.last_covered_year,
        until=None if selection.basis.annual_counts_only else open_period(selection)[1],
        released_on=release.date,
        source=source_of(selection),
        cases=cases,
        ages=ages,
    )


def _axis_of(windows: pd.DataFrame, selection: Selection) -> range:
    """The years of the world under a scope: its windows lie wholly inside them and reach to both ends."""
    last = selection.basis.last_covered_year or 0
    if windows.empty:
        return series_years(selection) or range(last, last + 1)
    return range(int(windows[FIRST_YEAR].min()), int(windows[LAST_YEAR].max()) + 1)
