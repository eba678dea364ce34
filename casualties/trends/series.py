"""Every series that has windows, out of the annual tally: how many persons in each year, both sides of the rates.

Frames in, frame out; rebuild.py reads and writes the tables, live.py asks the same of one selection. spans.py says
which series there are, and which years each has.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from casualties.choices import Audience, Cause
from casualties.frames import (
    CAUSE,
    FULL_COLUMNS,
    INCIDENT,
    MISSION,
    OUTCOME,
    PERSONS,
    YEAR,
)
from casualties.trends.coverage import COVERAGE, denominators
from casualties.trends.distinct import Ints, grouped, places
from casualties.trends.fractions import Fractions, fractions, persons_by, why_no_rate
from casualties.trends.spans import KEY_COLUMN, SERIES_KEY, MissionYears, Series, spans_of, told_apart
from casualties.trends.window_statistics import add_statistics
from casualties.trends.windows import SPAN_COLUMNS, windows_of_series

ALL_CAUSES = ""
CAUSES: list[str] = [ALL_CAUSES, *Cause.values]
STORED_KEY = [*SERIES_KEY, CAUSE]
STORED_COLUMNS = [*STORED_KEY, *FULL_COLUMNS]


@dataclass(frozen=True)
class SeriesYears:
    """Every series, year by year. `spans` has a row per series: SERIES_KEY, SPAN_COLUMNS and its number ("span").

    `counts` (row, year, persons) and `parts` are by number of the series and cause: row = span * len(CAUSES) + place of
    the cause in CAUSES.
    """

    spans: pd.DataFrame
    counts: pd.DataFrame
    parts: Fractions

    @property
    def reasons(self) -> np.ndarray:
        """Why a series has no rate by its nature, one word per row of `spans`; blank where it may have one."""
        return _reasons(self.spans)


def years_of_series(
    tally: pd.DataFrame,
    people: pd.DataFrame,
    strengths: pd.DataFrame,
    missions: Sequence[MissionYears],
    *,
    last_covered_year: int,
    only_what_differs: bool = False,
) -> SeriesYears:
    """Yearly counts of every series, cause, outcome and audience, with both sides of the rates.

    `tally` has the columns year, mission, kind, region, family, nationality, personnel, cause, outcome, released,
    persons; words as in query strings, a blank region or family belongs to none. `people` are the same people with
    coverage and incident instead (fractions.mark_uniformed()), `strengths` an answer of mission_strengths().
    `only_what_differs` leaves out what staff see of a series where it is what everybody sees.
    """
    counts = _counts(tally[tally[YEAR] <= last_covered_year])
    spans = spans_of(counts, missions, last_covered_year)
    if only_what_differs:
        spans = told_apart(spans, counts)
    spans["span"] = np.arange(len(spans))

    # One number per series and cause instead of five words, which would be slow to group by.
    span = places(counts, spans, SERIES_KEY)
    counts, span = counts[span >= 0], span[span >= 0]
    years_and_persons = {YEAR: counts[YEAR].to_numpy(), PERSONS: counts[PERSONS].to_numpy()}
    found = pd.DataFrame({"row": span * len(CAUSES) + _cause_codes(counts), **years_and_persons})
    of_all = pd.DataFrame({"row": span * len(CAUSES) + CAUSES.index(ALL_CAUSES), **years_and_persons})
    return SeriesYears(
        spans=spans,
        counts=pd.concat([found, persons_by(of_all, ["row", YEAR])]),
        parts=_fractions(people[people[YEAR] <= last_covered_year], strengths, missions, spans),
    )


def all_windows(
    tally: pd.DataFrame,
    people: pd.DataFrame,
    strengths: pd.DataFrame,
    missions: Sequence[MissionYears],
    *,
    last_covered_year: int,
    last_year_provisional: bool,
) -> pd.DataFrame:
    """Windows of every series, cause, outcome and audience with their statistics, as STORED_COLUMNS.

    What is taken is what years_of_series() takes. A series that is the same for both audiences is there for readers
    without the right alone.
    """
    known = years_of_series(
        tally, people, strengths, missions, last_covered_year=last_covered_year, only_what_differs=True
    )
    spans = known.spans
    rows = spans.loc[spans.index.repeat(len(CAUSES)), SPAN_COLUMNS].assign(row=np.arange(len(spans) * len(CAUSES)))
    windows = windows_of_series(
        known.counts,
        rows,
        last_covered_year=last_covered_year,
        last_year_provisional=last_year_provisional,
    )
    span, cause = np.divmod(windows["row"].to_numpy(dtype=np.int64), len(CAUSES))
    keys = spans[SERIES_KEY].iloc[span].reset_index(drop=True)
    keys[CAUSE] = np.array(CAUSES, dtype=object)[cause]
    full = add_statistics(
        windows,
        rows,
        numerators=known.parts.numerators,
        denominators=known.parts.denominators,
        sizes=known.parts.sizes,
        rate_sizes=known.parts.rate_sizes,
        reasons=known.reasons[span],
    )
    return pd.concat([keys, full[FULL_COLUMNS]], axis=1)


def _counts(tally: pd.DataFrame) -> pd.DataFrame:
    """Persons by SERIES_KEY, cause and year. Readers without the right see released people, staff all confirmed."""
    released = tally["released"].to_numpy(dtype=bool)
    parts = []
    for audience, seen in ((Audience.RELEASED, released), (Audience.CONFIRMED, np.ones(len(tally), dtype=bool))):
        for series in Series:
            keys = _keys(tally, series)
            rows = np.flatnonzero(seen & (keys != "")) if series in KEY_COLUMN else np.flatnonzero(seen)
            parts.append((audience.value, series.value, keys[rows], rows))
    row = np.concatenate([rows for *_, rows in parts])
    lengths = [len(rows) for *_, rows in parts]
    of_series = {
        "audience": np.repeat([audience for audience, *_ in parts], lengths),
        "series": np.repeat([series for _, series, *_ in parts], lengths),
        "key": np.concatenate([keys for _, _, keys, _ in parts]),
    }
    own = {name: tally[name].to_numpy()[row] for name in (OUTCOME, CAUSE, YEAR, PERSONS)}
    return persons_by(pd.DataFrame({**of_series, **own}), [*SERIES_KEY, CAUSE, YEAR])


def _fractions(
    people: pd.DataFrame, strengths: pd.DataFrame, missions: Sequence[MissionYears], spans: pd.DataFrame
) -> Fractions:
    """Both sides of the rates, and the sizes of incidents, by number of the series and cause ("row") and year."""
    numbered = spans[[*SERIES_KEY, "span"]]
    row, span = _people_of_series(people, numbered)
    own = people[[YEAR, INCIDENT, COVERAGE, PERSONS]].take(np.concatenate([row, row])).reset_index(drop=True)
    first = span * len(CAUSES)
    own["row"] = np.concatenate([first + _cause_codes(people)[row], first + CAUSES.index(ALL_CAUSES)])
    below = _person_years(strengths, missions).merge(numbered, on=["series", "key"])
    below = below.loc[below.index.repeat(len(CAUSES))].reset_index(drop=True)
    below["row"] = below["span"] * len(CAUSES) + np.tile(np.arange(len(CAUSES)), len(below) // len(CAUSES))
    return fractions(own, below, ["row", YEAR])


def _people_of_series(people: pd.DataFrame, numbered: pd.DataFrame) -> tuple[Ints, Ints]:
    """Places of rows of people, and beside each the number of a series that they belong to: most belong to several.

    Looked up once for people who are the same to every series, who are few kinds.
    """
    alike = grouped(people, [OUTCOME, "released", *KEY_COLUMN.values()])
    kinds = people.take(alike.row)
    outcomes, released = kinds[OUTCOME].tolist(), kinds["released"].to_numpy(dtype=bool)
    span_of = {tuple(key): span for *key, span in numbered.itertuples(index=False, name=None)}
    found = []
    for audience in Audience:
        for series in Series:
            keys = zip(outcomes, _keys(kinds, series).tolist(), strict=True)
            spans = [span_of.get((audience.value, outcome, series.value, key), -1) for outcome, key in keys]
            span = np.array(spans, dtype=np.int64)
            if audience == Audience.RELEASED:
                span[~released] = -1
            span = span[alike.number]
            row = np.flatnonzero(span >= 0)
            found.append((row, span[row]))
    return np.concatenate([row for row, _ in found]), np.concatenate([span for _, span in found])


def _keys(rows: pd.DataFrame, series: Series) -> np.ndarray:
    """The key of each row in the series of one kind; the world has one."""
    if series not in KEY_COLUMN:
        return np.full(len(rows), "", dtype=object)
    return rows[KEY_COLUMN[series]].to_numpy(dtype=object)


def _cause_codes(frame: pd.DataFrame) -> np.ndarray:
    """The place in CAUSES of the cause of each row."""
    return frame[CAUSE].map({cause: n for n, cause in enumerate(CAUSES)}).to_numpy(dtype=np.int64)


def _person_years(strengths: pd.DataFrame, missions: Sequence[MissionYears]) -> pd.DataFrame:
    """Answers of denominators() for every group of missions that is a series: columns series, key and theirs."""
    entries = {mission.acronym: mission for mission in missions}
    groups: dict[Series, dict[str, str]] = {
        Series.WORLD: dict.fromkeys(entries, ""),
        Series.KIND: {name: entry.kind for name, entry in entries.items()},
        Series.REGION: {name: entry.region for name, entry in entries.items() if entry.region},
        Series.MISSION: {name: name for name in entries},
        Series.FAMILY: {name: entry.family for name, entry in entries.items() if entry.family},
    }
    acronyms = strengths[MISSION].tolist()
    placed = [
        (row, series.value, key_of[acronym])
        for series, key_of in groups.items()
        for row, acronym in enumerate(acronyms)
        if acronym in key_of
    ]
    keyed = strengths.take([row for row, _, _ in placed]).reset_index(drop=True)
    keyed["series"] = pd.Series([series for _, series, _ in placed], dtype=object)
    keyed["key"] = pd.Series([key for _, _, key in placed], dtype=object)
    return denominators(keyed, ["series", "key"])


def _reasons(spans: pd.DataFrame) -> np.ndarray:
    """Why a series has no rate by its nature, one word per series; blank where it may have one."""
    words = [
        why_no_rate([key] if series == Series.PERSONNEL else (), of_a_group=series == Series.CONTRIBUTOR).value
        for series, key in spans[["series", "key"]].itertuples(index=False, name=None)
    ]
    return np.array(words, dtype=object)
