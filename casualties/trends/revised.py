"""Figures that are others than when they were first published as closed: those of a year, of a window, of a file's row.

A year is first published as closed by the first release of a later year, a window by that of its last year. An open
year that grows is provisional and not revised.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

import pandas as pd

from casualties.counts import DIMENSIONS, MEASURES, Measure, NotAvailable, count, count_each
from casualties.filters import Basis, Selection
from casualties.frames import ALL, CAUSE, FIRST_YEAR, LAST_YEAR, PERSONS, YEAR
from missions.models import covering

Counts = Mapping[tuple[int, str], int]  # by year and cause


@dataclass(frozen=True)
class Revised:
    """`published`: counts by year and cause as known at each day at which years were closed; `now`: those of today.

    With one release nothing was published before, and nothing is revised.
    """

    published: Mapping[date, Counts] = field(default_factory=dict)
    now: Counts = field(default_factory=dict)

    def since(self, last_year: int) -> date | None:
        """The day of the release by which a year, or a window that ends with it, was first published as closed."""
        return next((day for day in sorted(self.published) if day.year > last_year), None)

    def differs(self, first_year: int, last_year: int, cause: str = "") -> bool:
        """Whether the people of those years ("" are all causes) are another number now than they were then."""
        day = self.since(last_year)
        if day is None:
            return False
        moved = self._moved[day].items()
        return sum(n for (year, own), n in moved if first_year <= year <= last_year and cause in {"", own}) != 0

    @cached_property
    def _moved(self) -> Mapping[date, Counts]:
        """By day, how many more there are now, where it is another number: few of all years and causes."""
        return {
            day: {
                cell: self.now.get(cell, 0) - then.get(cell, 0)
                for cell in {**then, **self.now}
                if self.now.get(cell, 0) != then.get(cell, 0)
            }
            for day, then in self.published.items()
        }


def revised(selection: Selection) -> Revised:
    """What was published of a selection when its years closed, beside what stands. One query; none with one release."""
    selection.refuse_problems()
    days = _closing_days_of(selection)
    if len(days) < 2:
        return Revised()
    try:
        frames = count_each([(as_known(selection, day), [YEAR, CAUSE]) for day in days] + [(selection, [YEAR, CAUSE])])
    except NotAvailable:  # injuries that were not recorded then: nothing was published that could differ
        return Revised()
    *published, now = (
        {
            (int(year), cause): int(n)
            for year, cause, n in zip(*(frame[name].tolist() for name in (YEAR, CAUSE, PERSONS)), strict=True)
        }
        for frame in frames
    )
    return Revised(dict(zip(days, published, strict=True)), now)


def revised_rows(frame: pd.DataFrame, selection: Selection) -> list[bool]:
    """For each row of a file of figures by year (and more), or of windows: whether it is another than it was then.

    The row of a year is compared with the same dimensions of that day; one query for each day at which years closed.
    """
    if {FIRST_YEAR, LAST_YEAR} <= set(frame.columns):
        known = revised(selection)
        causes = frame[CAUSE].replace(ALL, "") if CAUSE in frame.columns else [""] * len(frame)
        spans = zip(frame[FIRST_YEAR], frame[LAST_YEAR], causes, strict=True)
        # Where nobody died in the years of a test it was made of none.
        return [not pd.isna(first) and known.differs(int(first), int(last), cause) for first, last, cause in spans]
    dimensions = [name for name in frame.columns if name in DIMENSIONS]
    measure = next((name for name in MEASURES if name in frame.columns), None)
    days = _closing_days_of(selection)
    if YEAR not in dimensions or measure is None or len(days) < 2 or set(frame.columns) - {*dimensions, measure}:
        return [False] * len(frame)
    published = {day: _published(as_known(selection, day), dimensions, measure) for day in days}
    rows = []
    for row in frame[[*dimensions, measure]].itertuples(index=False, name=None):
        year = int(row[dimensions.index(YEAR)])
        day = next((day for day in days if day.year > year), None)
        then = published[day] if day else None
        rows.append(then is not None and then.get(row[:-1], 0) != row[-1])
    return rows


def closing_days(basis: Basis, until: date | None = None) -> list[date]:
    """The releases at which years were first published as closed: the first one, and the first of each later year.

    Fewer than two where there is nothing to compare with: one release, or annual counts alone.
    """
    days = sorted({release.date for release in covering(basis.releases) if until is None or release.date <= until})
    if len(days) < 2 or basis.annual_counts_only:
        return days[:1]
    closing = [days[0], *(day for earlier, day in pairwise(days) if day.year > earlier.year)]
    return closing if len(closing) > 1 else [*closing, days[-1]]


def _closing_days_of(selection: Selection) -> list[date]:
    """Of a text search there are none: what stood in the texts of incidents is not kept by date."""
    return [] if selection.text else closing_days(selection.basis, selection.known_at)


def as_known(selection: Selection, day: date) -> Selection:
    """The selection as known at a day between the first and the newest release; its other filters as they are.

    Unlike Selection.change it lets a year stand that the release of that day did not cover: nobody is in it then.
    """
    values = {**selection.values, "known_at": (day.isoformat(),)}
    return replace(selection, values=values, basis=selection.basis.at(day))


def _published(
    selection: Selection, dimensions: Sequence[str], measure: Measure
) -> dict[tuple[object, ...], int] | None:
    """Counts by dimensions as known at the day of the selection; None where they were not available then."""
    try:
        frame = count(selection, dimensions, measure=measure)
    except NotAvailable:
        return None
    return {row[:-1]: row[-1] for row in frame[[*dimensions, measure]].itertuples(index=False, name=None)}
