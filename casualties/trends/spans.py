"""Which series there are, and which years each of them runs through. Frames in, frame out.

The years of a series (deaths; for injuries see below):

* world, kind, region: from the year of the first death to the last covered year. They have no opening of their own:
  every window inside is complete.
* contributor, personnel: the years of the world, so that ranks of nationalities are among the same windows.
* mission: from its first to its last year open, or to the years of deaths outside. Where the opening is not
  established, the first record stands for it; where the end of an ended mission (or of one whose state is not
  established) is not, the last record does. An umbrella (UNEF) is open when one of its parts is.
* family: from the first to the last year in which a member was open, or of a death; years in which none was open are
  known, and windows over them are not complete.
* injuries: as deaths, but beginning with the first injury recorded in the series, and without one there is no
  series: before, nobody recorded them, and what is not recorded is not zero. Contributors and personnel: with the
  first of the world.
* of a gender: not before the first year in which it is recorded of anybody, since before it nobody wrote it down.

Nothing after the last covered year goes into a series. A part of an umbrella has none unless a record is filed
under it.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from casualties.choices import Audience, Outcome
from casualties.frames import FAMILY, KIND, MISSION, NATIONALITY, OUTCOME, PERSONNEL, PERSONS, REGION, YEAR
from casualties.models import TrendWindow
from casualties.trends.distinct import Groups, grouped
from casualties.trends.windows import SPAN_COLUMNS

Series = TrendWindow.Series
# The column of the tally that holds the key of each series; the world has one key, the blank one.
KEY_COLUMN = {
    Series.KIND: KIND,
    Series.REGION: REGION,
    Series.MISSION: MISSION,
    Series.FAMILY: FAMILY,
    Series.CONTRIBUTOR: NATIONALITY,
    Series.PERSONNEL: PERSONNEL,
}
OPENING = (Series.MISSION, Series.FAMILY)
YEARS_OF_THE_WORLD = (Series.CONTRIBUTOR, Series.PERSONNEL)
SERIES_KEY = ["audience", OUTCOME, "series", "key"]
Reach = tuple[int, int]
"""First and last year with a record."""
Span = tuple[int, int, int | None, int | None, tuple[int, ...]]
"""SPAN_COLUMNS of one series: its first and last year, the first and last year open, and the years shut between."""


@dataclass(frozen=True)
class MissionYears:
    """A mission as far as its years and groups concern series; None: not established, or (`ended`) not ended."""

    acronym: str
    kind: str
    region: str = ""
    family: str = ""
    umbrella: str = ""
    started: int | None = None
    ended: int | None = None
    active: bool = False


def span_of(
    recorded: Reach | None, opened: Collection[int] | None, *, outcome: str, last_covered_year: int
) -> Span | None:
    """The years of one series as SPAN_COLUMNS; None where it has none.

    `recorded` are the first and last year with a record of this outcome; `opened` the covered years in which the
    mission, or one of the family, was open, and None for a series that has no opening of its own.
    """
    if recorded is None and (outcome == Outcome.INJURY or not opened):
        return None
    reached = {*(recorded or ()), *(opened or ())}
    first = recorded[0] if outcome == Outcome.INJURY and recorded else min(reached)
    if opened is None:
        return first, last_covered_year, None, None, ()
    if not opened:  # recorded before it opens: nothing is complete
        return first, max(reached), last_covered_year + 1, None, ()
    gaps = tuple(sorted(set(range(min(opened), max(opened))) - set(opened)))
    return first, max(reached), min(opened), max(opened), gaps


def begun(span: Span | None, since: int | None) -> Span | None:
    """The span as far as anything of it is recorded: from `since` on (None: all of it); None where nothing is."""
    if span is None or since is None or since <= span[0]:
        return span
    _first, last, first_open, last_open, gaps = span
    if since > last:
        return None
    first_open = None if first_open is None else max(first_open, since)
    return since, last, first_open, last_open, tuple(year for year in gaps if year >= since)


def open_years(
    missions: Sequence[MissionYears], records: Mapping[str, Reach | None], last_covered_year: int
) -> dict[str, set[int]]:
    """By acronym, the covered years in which each mission was open; missions without any are left out.

    `records` by acronym stand in for dates that are not established.
    """
    own = {
        mission.acronym: _own_years(mission, records.get(mission.acronym), last_covered_year) for mission in missions
    }
    of_parts: dict[str, set[int]] = defaultdict(set)
    for mission in missions:
        of_parts[mission.umbrella] |= own[mission.acronym]
    opened = {mission.acronym: of_parts.get(mission.acronym) or own[mission.acronym] for mission in missions}
    return {acronym: years for acronym, years in opened.items() if years}


def _own_years(mission: MissionYears, recorded: Reach | None, last_covered_year: int) -> set[int]:
    begin = mission.started or (recorded[0] if recorded else None)
    if begin is None:
        return set()
    if mission.ended:
        end = mission.ended
    elif mission.active:
        end = last_covered_year
    else:
        end = recorded[1] if recorded else begin
    return set(range(begin, min(max(begin, end), last_covered_year) + 1))


def spans_of(counts: pd.DataFrame, missions: Sequence[MissionYears], last_covered_year: int) -> pd.DataFrame:
    """One row per series: SERIES_KEY and SPAN_COLUMNS."""
    recorded = _reach(counts, SERIES_KEY)
    of_any_outcome = _reach(counts, ["audience", "series", "key"])
    rows = []
    for audience in Audience.values:
        records = {
            key: years
            for (known_to, series, key), years in of_any_outcome.items()
            if known_to == audience and series == Series.MISSION
        }
        opened = _opened_by_series(missions, open_years(missions, records, last_covered_year), records)
        keys = {(series, key) for known_to, series, key in of_any_outcome if known_to == audience} | set(opened)
        for series, key in sorted(keys):
            years = opened.get((series, key), set()) if series in OPENING else None
            for outcome in Outcome.values:
                whose = (Series.WORLD.value, "") if series in YEARS_OF_THE_WORLD else (series, key)
                of_outcome = recorded.get((audience, outcome, *whose))
                span = span_of(of_outcome, years, outcome=outcome, last_covered_year=last_covered_year)
                if span is not None:
                    rows.append((audience, outcome, series, key, *span))
    return pd.DataFrame(rows, columns=[*SERIES_KEY, *SPAN_COLUMNS])


def told_apart(spans: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """The series without those of staff that are those of everybody: the same years, and nobody who is not released.

    Staff see everybody who is released and others, so as many people are the same people.
    """
    found = grouped(counts, SERIES_KEY)
    persons = dict(zip(_keys(counts, SERIES_KEY, found), found.sums(counts[PERSONS]).tolist(), strict=True))
    keys = zip(*(spans[name].tolist() for name in SERIES_KEY), strict=True)
    years = zip(*(spans[name].astype("object").where(spans[name].notna(), None) for name in SPAN_COLUMNS), strict=True)
    rows = list(zip(keys, years, strict=True))
    seen = {key: (span, persons.get(key, 0)) for key, span in rows}
    kept = [
        key[0] == Audience.RELEASED or seen.get((Audience.RELEASED.value, *key[1:])) != seen[key] for key, _span in rows
    ]
    return spans[np.array(kept, dtype=bool)].reset_index(drop=True)


def _reach(counts: pd.DataFrame, by: list[str]) -> dict[tuple[str, ...], Reach]:
    """First and last year with a record, by the columns `by`."""
    found = grouped(counts, by)
    years = zip(found.smallest(counts[YEAR]).tolist(), found.largest(counts[YEAR]).tolist(), strict=True)
    return dict(zip(_keys(counts, by, found), years, strict=True))


def _keys(counts: pd.DataFrame, by: list[str], found: Groups) -> list[tuple[str, ...]]:
    """What the rows of each group have in common."""
    return list(zip(*(counts[name].to_numpy()[found.row].tolist() for name in by), strict=True))


def _opened_by_series(
    missions: Sequence[MissionYears], opened: Mapping[str, set[int]], records: Mapping[str, Reach]
) -> dict[tuple[str, str], set[int]]:
    """Open years of missions and families. A part of an umbrella is a series only where a record names it."""
    by_series: dict[tuple[str, str], set[int]] = defaultdict(set)
    for mission in missions:
        years = opened.get(mission.acronym, set())
        if not years or (mission.umbrella and mission.acronym not in records):
            continue
        by_series[Series.MISSION.value, mission.acronym] |= years
        if mission.family:
            by_series[Series.FAMILY.value, mission.family] |= years
    return dict(by_series)
