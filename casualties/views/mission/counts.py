"""What the parts of a mission's page share: one count, the years it spans, and the day to which it reaches."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from casualties.charts.embed import source_line
from casualties.counts import count, open_period
from casualties.filters import Selection
from casualties.frames import CAUSE, LAST_YEAR, NATIONALITY, PERSONNEL, PERSONS, YEAR
from casualties.trends.live import windows_for
from casualties.views import states
from casualties.views.headlines import ANY_TIME


@dataclass(frozen=True)
class MissionCounts:
    """`counts` is by year, cause, personnel and nationality; `windows` are those of the series at any time, by cause
    unless several causes are chosen; `axis` are the years of the series that the selection's period touches; `until` is
    the last day of the open year where they reach into it and days are known."""

    selection: Selection
    acronym: str
    counts: pd.DataFrame
    windows: pd.DataFrame
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
        return any(name in self.selection.values for name in ANY_TIME)

    @property
    def causes(self) -> tuple[str, ...]:
        """The chosen causes; empty: all."""
        return self.selection.values.get("cause", ())

    def of_cause(self, cause: str) -> int:
        return int(self.counts.loc[self.counts[CAUSE] == cause, PERSONS].sum())


def mission_counts(selection: Selection, acronym: str) -> MissionCounts:
    """Count a mission's selection. Raises NotAvailable where the data cannot answer."""
    release = states.loaded(selection)
    anytime = selection.change(**ANY_TIME)
    windows = windows_for(anytime, by_cause=len(selection.values.get("cause", ())) < 2)
    axis = touched(windows, selection)
    reaches = bool(axis) and axis[-1] == release.last_covered_year and not selection.basis.annual_counts_only
    return MissionCounts(
        selection=selection,
        acronym=acronym,
        counts=count(selection, [YEAR, CAUSE, PERSONNEL, NATIONALITY]),
        windows=windows,
        axis=axis,
        until=open_period(selection)[1] if reaches else None,
        source=source_line(release.date),
    )


def touched(windows: pd.DataFrame, selection: Selection) -> range:
    """The years of a mission's series that the selection's period touches: one window ends in each of its years."""
    if windows.empty:
        return range(0)
    first, last = int(windows[LAST_YEAR].min()), int(windows[LAST_YEAR].max())
    begin, end = (selection.one(name) for name in ("from", "to"))
    day, until = selection.days
    first = max(first, int(begin or 0), day.year if day else 0)
    last = min(last, int(end or last), until.year if until else last)
    return range(first, max(first, last + 1))
