"""Rows of the tables of missions and contributors: deaths, malicious acts, share, current window, a tiny drawing.

All from one count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.spark import Spark, spark
from casualties.choices import Cause
from casualties.filters import Basis, MissionEntry, Selection
from casualties.frames import CAUSE, MISSION, PERSONS, YEAR
from casualties.trends.windows import YEARS_IN_WINDOW
from casualties.views.addresses import incidents_url
from missions.models import Mission


class Leading:
    """The addresses of what stands behind the figures of a row or a sum; a figure of nobody leads nowhere.

    A filter by cause or period may leave no malicious act, or no year of the window, in the selection.
    """

    selection: Selection
    persons: int
    malicious: int
    window: int

    @property
    def persons_url(self) -> str:
        return incidents_url(self.selection) if self.persons else ""

    @property
    def malicious_url(self) -> str:
        return incidents_url(self.selection, cause=Cause.MALICIOUS_ACT.value) if self.malicious else ""

    @property
    def window_url(self) -> str:
        first, last = current_window(self.selection.basis)
        if not self.window:
            return ""
        if self.selection.by_day:
            return incidents_url(self.selection.within(date(first, 1, 1), date(last, 12, 31)))
        begin, end = int(self.selection.one("from") or first), int(self.selection.one("to") or last)
        return incidents_url(self.selection, **{"from": max(first, begin), "to": min(last, end)})


@dataclass(frozen=True, kw_only=True)
class CountedRow(Leading):
    """A row of figures over the years. `window` are the persons of the last five covered years, whole or not.

    `selection` is that of the row. `malicious_by_year` and `rest_by_year` hold years with somebody; `axis` are the
    years of all drawings.
    """

    selection: Selection
    malicious_by_year: Mapping[int, int]
    rest_by_year: Mapping[int, int]
    axis: range

    @cached_property
    def malicious(self) -> int:  # type: ignore[override]
        return sum(self.malicious_by_year.values())

    @cached_property
    def persons(self) -> int:  # type: ignore[override]
        return self.malicious + sum(self.rest_by_year.values())

    @cached_property
    def window(self) -> int:  # type: ignore[override]
        first, last = current_window(self.selection.basis)
        years = range(first, last + 1)
        return sum(self.malicious_by_year.get(year, 0) + self.rest_by_year.get(year, 0) for year in years)

    @property
    def ended_before_window(self) -> bool:
        return False

    @property
    def share(self) -> str:
        """Malicious acts among deaths, whole per cent."""
        return wording.share(self.malicious, self.persons).rstrip("%")

    @cached_property
    def drawing(self) -> Spark:
        # A row without a death is a counted zero, which its drawing says too.
        base = self.malicious_by_year or {self.axis[0]: 0}
        return spark(base, self.rest_by_year, first_year=self.axis[0], last_year=self.axis[-1])


@dataclass(frozen=True, kw_only=True)
class Operation(CountedRow):
    """One mission with its figures."""

    entry: MissionEntry
    status: str

    @property
    def acronym(self) -> str:
        return self.entry.acronym

    @property
    def name(self) -> str:
        return self.entry.name

    @property
    def kind(self) -> str:
        return self.entry.kind

    @property
    def region(self) -> str:
        return self.entry.region

    @property
    def years(self) -> str:
        return years_of(self.entry, self.selection.basis)

    @property
    def started(self) -> int | None:
        return self.entry.started_on.year if self.entry.started_on else None

    @property
    def ended_before_window(self) -> bool:
        """Whether the mission has ended before these years, or at a time that is not established."""
        if self.entry.ended_on is None:
            return self.entry.ended
        return self.entry.ended_on.year < current_window(self.selection.basis)[0]

    @property
    def kind_word(self) -> str:
        return kind_word(self.kind)

    @property
    def status_word(self) -> str:
        release = self.selection.basis.release
        if self.entry.ended_on and release and self.entry.ended_on > release.date:
            return _("Active at the release")
        return str(Mission.Status(self.status).label) if self.status else ""


@dataclass(frozen=True, kw_only=True)
class Sum(Leading):
    """What several rows have together. `selection` is that of all of them: each sum leads to its incidents."""

    selection: Selection
    missions: int
    persons: int
    malicious: int
    window: int

    @property
    def share(self) -> str:
        return wording.share(self.malicious, self.persons).rstrip("%")


def operations(
    selection: Selection, counts: pd.DataFrame, axis: range, *, statuses: Mapping[str, str] | None = None
) -> list[Operation]:
    """The missions of a selection that had begun, each with its figures; those without a death as well.

    `counts` has the columns mission, year, cause, persons; `axis` are the years of all drawings; `statuses` the words
    of Mission.Status by acronym, for a table that shows them.
    """
    malicious, rest = by_year(counts, MISSION)
    return [
        Operation(
            selection=selection.change(mission=entry.acronym),
            entry=entry,
            status=(statuses or {}).get(entry.acronym, ""),
            malicious_by_year=malicious.get(entry.acronym, {}),
            rest_by_year=rest.get(entry.acronym, {}),
            axis=axis,
        )
        for entry in selection.basis.missions.values()
        if has_begun(entry, selection.basis) and (selection.mission_ids is None or entry.id in selection.mission_ids)
    ]


def by_year(counts: pd.DataFrame, dimension: str) -> tuple[dict[str, dict[int, int]], dict[str, dict[int, int]]]:
    """Deaths by malicious acts and by all other causes, by the words of a dimension and then by year.

    `counts` has the columns `dimension`, year, cause, persons.
    """
    malicious: dict[str, dict[int, int]] = {}
    rest: dict[str, dict[int, int]] = {}
    for word, year, cause, persons in counts[[dimension, YEAR, CAUSE, PERSONS]].itertuples(index=False, name=None):
        years = (malicious if cause == Cause.MALICIOUS_ACT else rest).setdefault(word, {})
        years[year] = years.get(year, 0) + persons
    return malicious, rest


def added_up(rows: Iterable[CountedRow], selection: Selection) -> Sum:
    """The sum of some rows (what is left out of a list, or all of it), which are the people of `selection`."""
    rows = list(rows)
    return Sum(
        selection=selection,
        missions=len(rows),
        persons=sum(row.persons for row in rows),
        malicious=sum(row.malicious for row in rows),
        window=sum(row.window for row in rows),
    )


def current_window(basis: Basis) -> tuple[int, int]:
    """First and last year of the five that end with the last covered one."""
    last = basis.last_covered_year
    if last is None:
        raise ValueError("no year is covered: nothing is loaded")
    return last - (YEARS_IN_WINDOW - 1), last


def kind_word(kind: str) -> str:
    """The kind of a mission in a narrow column."""
    return {Mission.Kind.PKO: _("Peacekeeping"), Mission.Kind.SPM: _("Political")}.get(Mission.Kind(kind), _("Other"))


def has_begun(entry: MissionEntry, basis: Basis) -> bool:
    """Whether the release can know of the mission: one that began after the last covered year has no figure, not 0."""
    return entry.started_on is None or not _is_after(entry.started_on, basis)


def missions_begun(basis: Basis) -> list[str]:
    """The acronyms of the missions of the list, which the reader may go to."""
    return [name for name, entry in basis.missions.items() if has_begun(entry, basis)]


def years_of(entry: MissionEntry, basis: Basis) -> str:
    """ "2013–23", "since 1978", "from 2004" (its end is not established), "–"; no year after the last covered one."""
    later = entry.ended_on is not None and _is_after(entry.ended_on, basis)
    ended_on = None if later else entry.ended_on
    if entry.started_on is None:
        return _("to %(year)s") % {"year": ended_on.year} if ended_on else wording.NOT_AVAILABLE
    if ended_on is not None:
        return wording.years(entry.started_on.year, ended_on.year)
    words = _("since %(year)s") if entry.active or later else _("from %(year)s")
    return words % {"year": entry.started_on.year}


def _is_after(day: date, basis: Basis) -> bool:
    return basis.last_covered_year is not None and day.year > basis.last_covered_year
