"""Windows of any selection: the stored ones where it is a stored series of the current data, else computed now.

A viewer whose right covers only some missions, a scope of uniformed personnel, a mission's police alone: none of these
is stored. Both ways go through the same functions; a test holds their answers equal.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from casualties.choices import UNIFORMED, Outcome, Scope
from casualties.counts import NO_INJURIES, NotAvailable, count_by_incident, gender_since
from casualties.filters import Selection
from casualties.frames import (
    CAUSE,
    FULL_COLUMNS,
    MISSION,
    NATIONALITY,
    YEAR,
)
from casualties.trends.coverage import denominators
from casualties.trends.fractions import by_group, fractions, persons_by, why_no_rate
from casualties.trends.rates import NoRate
from casualties.trends.rebuild import built_version, stored_windows
from casualties.trends.series import ALL_CAUSES, CAUSES
from casualties.trends.series_years import (
    NOT_OF_THE_SERIES,
    SeriesRecords,
    of_any_time,
    recorded_years,
    span_of_selection,
)
from casualties.trends.spans import KEY_COLUMN, Series, begun
from casualties.trends.window_statistics import add_statistics
from casualties.trends.windows import SPAN_COLUMNS, no_full_windows, windows_of_series
from missions.models import Mission

SERIES_OF_FILTER = {column: series for series, column in KEY_COLUMN.items()}


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


def live_windows(selection: Selection, records: SeriesRecords | None = None) -> pd.DataFrame:
    """The windows of a selection for each cause and for all of them (""), computed now; a column `cause` in front."""
    return _compute(selection, {cause: (cause,) if cause else tuple(CAUSES[1:]) for cause in CAUSES}, records)


def live_windows_apart(selections: Sequence[Selection], name: str) -> list[pd.DataFrame]:
    """windows_for() of selections that differ in one mission or nationality each (`name`), computed now.

    All people are read with one question, and the years of all series with another, however many there are.
    """
    words = [selection.values[name][0] for selection in selections]
    everybody = of_any_time(selections[0].change(**{name: words}))
    people = count_by_incident(everybody, nationality=name == NATIONALITY)
    reach, since = recorded_years(everybody), gender_since(everybody)
    found = []
    for selection, word in zip(selections, words, strict=True):
        own = people[people[name] == word].drop(columns=NATIONALITY, errors="ignore")
        mine = [row for row in reach if row[0] == word] if name == MISSION else reach
        groups = {"chosen": selection.values.get("cause", ()) or CAUSES[1:]}
        found.append(_compute(selection, groups, SeriesRecords(selection, own, mine, since))[FULL_COLUMNS])
    return found


def _compute(
    selection: Selection, groups: Mapping[str, Sequence[str]], records: SeriesRecords | None = None
) -> pd.DataFrame:
    """Windows of groups of causes, by the name of the group. The years of the series are those of all causes."""
    release = selection.release
    if release is None:
        return no_full_windows([CAUSE])
    anytime = of_any_time(selection)
    read = records or SeriesRecords(anytime)
    span = begun(span_of_selection(anytime, release.last_covered_year, read.reach), read.recorded_since)
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


def why_a_selection_has_no_rate(selection: Selection) -> NoRate:
    personnel = set(selection.values.get("personnel", ()))
    if selection.scope in {Scope.UNIFORMED, Scope.UNIFORMED_PKO}:
        personnel = personnel & set(UNIFORMED) if personnel else set(UNIFORMED)
    of_a_group = bool({"nationality", "gender"} & set(selection.values))
    return why_no_rate(personnel, of_a_group=of_a_group)


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
