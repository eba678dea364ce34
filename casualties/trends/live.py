"""Windows of any selection: the stored ones where it is a stored series of the current data, else computed now.

A viewer whose right covers only some missions, a scope of uniformed personnel, a mission's police alone: none of these
is stored. Both ways go through the same functions; a test holds their answers equal.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import pandas as pd
from django.db.models import Max, Min

from casualties.choices import UNIFORMED, Outcome, Scope
from casualties.counts import NO_INJURIES, NotAvailable, count_by_incident, gender_since
from casualties.filters import PERIOD, Basis, RecordedStrengths, Selection
from casualties.frames import (
    CAUSE,
    FAMILY,
    FULL_COLUMNS,
    MISSION,
    NATIONALITY,
    OUTCOME,
    YEAR,
)
from casualties.trends.coverage import denominators, mission_strengths
from casualties.trends.fractions import by_group, fractions, mark_uniformed, persons_by, why_no_rate
from casualties.trends.rates import NoRate
from casualties.trends.rebuild import built_version, stored_windows, strengths_frame
from casualties.trends.series import ALL_CAUSES, CAUSES
from casualties.trends.spans import KEY_COLUMN, MissionYears, Reach, Series, Span, begun, open_years, span_of
from casualties.trends.window_statistics import add_statistics
from casualties.trends.windows import SPAN_COLUMNS, no_full_windows, windows_of_series
from missions.models import Mission

# Windows are of whole years and of each cause, so these filters do not touch which series a selection is.
NOT_OF_THE_SERIES = {"cause", "outcome", *PERIOD}
SERIES_OF_FILTER = {column: series for series, column in KEY_COLUMN.items()}

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
        return _recorded(self.selection) if self.given_reach is None else self.given_reach

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
        people = count_by_incident(_of_any_time(self.selection)) if given is None else given
        covered = people[people[YEAR] <= (release.last_covered_year if release else 0)]
        return mark_uniformed(covered, self.strengths)


def windows_for(selection: Selection, *, by_cause: bool = False, records: SeriesRecords | None = None) -> pd.DataFrame:
    """Five-year windows of a selection, in order of time, with their statistics: FULL_COLUMNS.

    Year and day filters are left aside: a window is five whole years. Several causes are one series of all of them.
    `by_cause` leaves the cause filter aside and gives each cause and all of them ("") with a column `cause` in front.
    `records` are those of the selection at any time, where the page wants more of them than windows.
    Empty where nothing is loaded or the series does not exist. Raises SelectionRefused for a selection with problems,
    ValueError for outcome=all, since deaths and injuries are never added, and NotAvailable for injuries that nobody
    recorded, or what annual counts cannot say.
    """
    selection.refuse_problems()
    if selection.outcome == Outcome.INJURY and not selection.basis.injuries_recorded:
        raise NotAvailable(NO_INJURIES)
    if selection.outcome == "all":
        raise ValueError("deaths and injuries are never added: windows need one outcome")
    causes = () if by_cause else selection.values.get("cause", ())
    stored = stored_series(selection)
    audience = selection.viewer.audience
    if stored and audience and len(causes) <= 1 and built_version() == selection.basis.version:
        cause = None if by_cause else (causes[0] if causes else ALL_CAUSES)
        windows = stored_windows(*stored, cause=cause, outcome=selection.outcome, audience=audience)
        if not windows.empty:
            return windows
        # A nationality of which nobody died is no series that is stored; its windows are zeros, which are counted now.
    if by_cause:
        return live_windows(selection, records)
    return _compute(selection, {"chosen": causes or CAUSES[1:]}, records)[FULL_COLUMNS]


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
    span = begun(_span(anytime.change(outcome=outcome), release.last_covered_year, read.reach), read.recorded_since)
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


def live_windows(selection: Selection, records: SeriesRecords | None = None) -> pd.DataFrame:
    """The windows of a selection for each cause and for all of them (""), computed now; a column `cause` in front."""
    return _compute(selection, {cause: (cause,) if cause else tuple(CAUSES[1:]) for cause in CAUSES}, records)


def live_windows_apart(selections: Sequence[Selection], name: str) -> list[pd.DataFrame]:
    """windows_for() of selections that differ in one mission or nationality each (`name`), computed now.

    All people are read with one question, and the years of all series with another, however many there are.
    """
    words = [selection.values[name][0] for selection in selections]
    everybody = _of_any_time(selections[0].change(**{name: words}))
    people = count_by_incident(everybody, nationality=name == NATIONALITY)
    reach, since = _recorded(everybody), gender_since(everybody)
    found = []
    for selection, word in zip(selections, words, strict=True):
        own = people[people[name] == word].drop(columns=NATIONALITY, errors="ignore")
        mine = [row for row in reach if row[0] == word] if name == MISSION else reach
        groups = {"chosen": selection.values.get("cause", ()) or CAUSES[1:]}
        found.append(_compute(selection, groups, SeriesRecords(selection, own, mine, since))[FULL_COLUMNS])
    return found


def _of_any_time(selection: Selection) -> Selection:
    return selection.change(**dict.fromkeys(NOT_OF_THE_SERIES - {OUTCOME}))


def _compute(
    selection: Selection, groups: Mapping[str, Sequence[str]], records: SeriesRecords | None = None
) -> pd.DataFrame:
    """Windows of groups of causes, by the name of the group. The years of the series are those of all causes."""
    release = selection.release
    if release is None:
        return no_full_windows([CAUSE])
    anytime = _of_any_time(selection)
    read = records or SeriesRecords(anytime)
    span = begun(_span(anytime, release.last_covered_year, read.reach), read.recorded_since)
    if span is None:
        return no_full_windows([CAUSE])
    spans = pd.DataFrame([(name, *span) for name in groups], columns=[CAUSE, *SPAN_COLUMNS])
    people = by_group(read.people, groups)
    windows = windows_of_series(
        persons_by(people, [CAUSE, YEAR]),
        spans,
        last_covered_year=release.last_covered_year,
        last_year_provisional=release.last_year_is_provisional,
    )
    both_sides = fractions(people, denominators(read.strengths), [CAUSE, YEAR])
    return add_statistics(
        windows,
        spans,
        numerators=both_sides.numerators,
        denominators=both_sides.denominators,
        sizes=both_sides.sizes,
        rate_sizes=both_sides.rate_sizes,
        reasons=[why_a_selection_has_no_rate(anytime).value] * len(windows),
    )


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


def why_a_selection_has_no_rate(selection: Selection) -> NoRate:
    personnel = set(selection.values.get("personnel", ()))
    if selection.scope in {Scope.UNIFORMED, Scope.UNIFORMED_PKO}:
        personnel = personnel & set(UNIFORMED) if personnel else set(UNIFORMED)
    of_a_group = bool({"nationality", "gender"} & set(selection.values))
    return why_no_rate(personnel, of_a_group=of_a_group)


def _recorded(selection: Selection) -> list[Recorded]:
    """First and last year of each mission of the selection and outcome, whichever of its people are selected."""
    people = selection.everybody_by_year.filter(year__lte=selection.basis.last_covered_year)
    if selection.mission_ids is not None:
        people = people.filter(mission__in=selection.mission_ids)
    return list(people.values_list("mission__acronym", "outcome").annotate(first=Min("year"), last=Max("year")))


def _span(selection: Selection, last_covered_year: int, rows: Sequence[Recorded]) -> Span | None:
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


def stored_series(selection: Selection) -> tuple[str, str] | None:
    """Series and key of the stored windows of the selection, whatever its cause; None where they are not stored."""
    filters = {name: values for name, values in selection.values.items() if name not in NOT_OF_THE_SERIES}
    scope = filters.pop("scope", (Scope.ALL,))[0]
    filters.pop("known_at", None)
    if not selection.basis.is_current:
        return None  # the stored windows are of the newest release
    if not filters and scope == Scope.PKO:
        return Series.KIND.value, Mission.Kind.PKO.value
    if scope != Scope.ALL or len(filters) > 1:
        return None
    if not filters:
        return Series.WORLD.value, ""
    ((name, values),) = filters.items()
    if name not in SERIES_OF_FILTER or len(values) > 1:
        return None
    return SERIES_OF_FILTER[name].value, values[0]
