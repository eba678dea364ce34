"""The series that a selection is: its years, and what the database says of it, asked once.

Pages, files and windows take the years from here: zeros in them are counted, others do not exist.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import pandas as pd
from django.db.models import Max, Min

from casualties.choices import Outcome
from casualties.counts import count_by_incident, gender_since
from casualties.filters import PERIOD, Basis, RecordedStrengths, Selection
from casualties.frames import FAMILY, MISSION, OUTCOME, YEAR
from casualties.trends.coverage import mission_strengths
from casualties.trends.fractions import mark_uniformed
from casualties.trends.rebuild import strengths_frame
from casualties.trends.spans import MissionYears, Reach, Span, begun, open_years, span_of

# Windows are of whole years and of each cause, so these filters do not touch which series a selection is.
NOT_OF_THE_SERIES = {"cause", "outcome", *PERIOD}

Recorded = tuple[str, str, int, int]
"""A mission, an outcome, and the first and last year with a record of them."""


@dataclass(frozen=True)
class SeriesRecords:
    """What the database says of the series of a selection, for all that is made of it: each is asked when it is first
    wanted, and once. `given_people`, `given_reach` and `given_since`: what was read of it already."""

    selection: Selection
    given_people: pd.DataFrame | None = None
    given_reach: Sequence[Recorded] | None = None
    given_since: int | None = None

    @cached_property
    def reach(self) -> Sequence[Recorded]:
        """First and last year by mission and outcome, whichever of their people are selected."""
        return recorded_years(self.selection) if self.given_reach is None else self.given_reach

    @cached_property
    def recorded_since(self) -> int | None:
        """The first year in which a gender of the selection is recorded of anybody; None: it names none."""
        return gender_since(self.selection) if self.given_since is None else self.given_since

    @cached_property
    def strengths(self) -> pd.DataFrame:
        return strengths_of_selection(self.selection)

    @property
    def people_are_read(self) -> bool:
        """Whether asking for `people` costs no question."""
        return "people" in self.__dict__

    @cached_property
    def people(self) -> pd.DataFrame:
        """The people by incident in the covered years, each marked whether person-years cover them."""
        release = self.selection.release
        given = self.given_people
        people = count_by_incident(of_any_time(self.selection)) if given is None else given
        covered = people[people[YEAR] <= (release.last_covered_year if release else 0)]
        return mark_uniformed(covered, self.strengths)


def series_years(selection: Selection, records: SeriesRecords | None = None) -> range:
    """The years of the selection's series, within its from and to: zeros in them are counted, others do not exist.

    They are those of its windows: whatever the cause, while its missions were open or had a death, and never past the
    last year that the release covers; of a gender not before the year in which it is first recorded of anybody. Empty
    where nothing is loaded.
    """
    release = selection.release
    if release is None or selection.problems:
        return range(0)
    anytime = selection.change(**dict.fromkeys(NOT_OF_THE_SERIES))
    outcome = Outcome.FATALITY if selection.outcome == "all" else selection.outcome
    read = records or SeriesRecords(anytime)
    span = begun(
        span_of_selection(anytime.change(outcome=outcome), release.last_covered_year, read.reach), read.recorded_since
    )
    if span is None:
        return range(0)
    first, last = max(span[0], int(selection.one("from") or 0)), min(span[1], int(selection.one("to") or span[1]))
    return range(first, last + 1)


def closed_years(selection: Selection, records: SeriesRecords) -> tuple[int, ...]:
    """The years between the first and the last of the selection's series in which no mission of it was open.

    Most missions, with one opening, have none: the records are not asked for them, nor where every date is established.
    """
    last, missions = selection.basis.last_covered_year, _mission_years(selection.basis)
    acronyms = selection.basis.acronym_of
    chosen = {acronyms[key] for key in selection.mission_ids or ()}
    own = [mission for mission in missions if {mission.acronym, mission.umbrella} & chosen]
    if last is None or len(own) < 2 or {MISSION, FAMILY}.isdisjoint(selection.values):
        return ()
    dated = all(mission.started and (mission.ended or mission.active) for mission in own)
    rows = () if dated else records.reach
    reach = {acronym: _reach(row for row in rows if row[0] == acronym) for acronym in chosen}
    by_mission = open_years(own, reach, last)
    opened = set().union(*(by_mission.get(acronym, set()) for acronym in chosen))
    return tuple(sorted(set(range(min(opened), max(opened))) - opened)) if opened else ()


def years_of_missions(selection: Selection, records: SeriesRecords) -> dict[str, range]:
    """By acronym the years of the series of each mission that the selection leaves; those without one are left out."""
    last = selection.basis.last_covered_year
    if last is None:
        return {}
    chosen = selection.mission_ids
    acronyms = [name for name, entry in selection.basis.missions.items() if chosen is None or entry.id in chosen]
    reach = {acronym: _reach(row for row in records.reach if row[0] == acronym) for acronym in acronyms}
    opened = open_years(_mission_years(selection.basis), reach, last)
    outcome = Outcome.FATALITY if selection.outcome == "all" else selection.outcome
    found = {}
    for acronym in acronyms:
        recorded = _reach(row for row in records.reach if row[:2] == (acronym, outcome))
        span = span_of(recorded, opened.get(acronym, set()), outcome=outcome, last_covered_year=last)
        if span is not None:
            found[acronym] = range(span[0], span[1] + 1)
    return found


def years_touched(selection: Selection) -> range:
    """The years of the series that the selection's days touch."""
    years = series_years(selection)
    first, last = selection.days
    start = max(years.start, first.year) if first else years.start
    return range(start, min(years.stop, last.year + 1) if last else years.stop)


def strengths_of_selection(selection: Selection) -> pd.DataFrame:
    """mission_strengths() of the selection's missions as far as known at its release, without asking again."""
    release = selection.release
    every = _known_strengths(selection.basis.strengths, release.date if release else None)
    if selection.mission_ids is None:
        return every.copy(deep=False)
    acronyms = selection.basis.acronym_of
    chosen = [acronyms[key] for key in selection.mission_ids]
    return every[every[MISSION].isin(chosen)].reset_index(drop=True)


@lru_cache(maxsize=4)
def _known_strengths(strengths: RecordedStrengths, known_until: date | None) -> pd.DataFrame:
    return mission_strengths(strengths_frame(strengths.rows), known_until=known_until)


def of_any_time(selection: Selection) -> Selection:
    """The selection in all years and for every cause, with its outcome: what its windows are counted from."""
    return selection.change(**dict.fromkeys(NOT_OF_THE_SERIES - {OUTCOME}))


def recorded_years(selection: Selection) -> list[Recorded]:
    """First and last year of each mission of the selection and outcome, whichever of its people are selected."""
    people = selection.everybody_by_year.filter(year__lte=selection.basis.last_covered_year)
    if selection.mission_ids is not None:
        people = people.filter(mission__in=selection.mission_ids)
    return list(people.values_list("mission__acronym", "outcome").annotate(first=Min("year"), last=Max("year")))


def span_of_selection(selection: Selection, last_covered_year: int, rows: Sequence[Recorded]) -> Span | None:
    """The years of the selection's series: those of its missions, whichever of their people are selected."""
    opened = None
    if {MISSION, FAMILY} & set(selection.values):
        acronyms = selection.basis.acronym_of
        chosen = [acronyms[key] for key in selection.mission_ids or ()]
        records = {acronym: _reach(row for row in rows if row[0] == acronym) for acronym in chosen}
        by_mission = open_years(_mission_years(selection.basis), records, last_covered_year)
        opened = set().union(*(by_mission.get(acronym, set()) for acronym in chosen))
    recorded = _reach(row for row in rows if row[1] == selection.outcome)
    return span_of(recorded, opened, outcome=selection.outcome, last_covered_year=last_covered_year)


def _mission_years(basis: Basis) -> list[MissionYears]:
    """The missions of rebuild.mission_years(), without asking the database again."""
    return [
        MissionYears(
            entry.acronym,
            entry.kind,
            entry.region,
            entry.family,
            basis.umbrella_of.get(entry.acronym, ""),
            entry.started_on.year if entry.started_on else None,
            entry.ended_on.year if entry.ended_on else None,
            entry.active,
        )
        for entry in (*basis.missions.values(), *basis.parts.values())
    ]


def _reach(rows: Iterable[Recorded]) -> Reach | None:
    years = [year for _, _, *reach in rows for year in reach]
    return (min(years), max(years)) if years else None
