"""Rates of several series beside each other: each over its own years, with both intervals, or the reason for none.

Pure: frames in, frame out. The rules are those of windows (window_statistics.py), with one difference: the years
without person-years are left out on both sides, and the frame says which years the rate covers.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from casualties.frames import (
    FIRST_YEAR,
    INCIDENT,
    LARGEST,
    LAST_YEAR,
    LEFT_OUT,
    MONTHS_COVERED,
    MONTHS_FILLED,
    NO_RATE,
    PERSON_YEARS,
    PERSONS,
    RATE,
    RATE_HIGH,
    RATE_HIGH_CLUSTERED,
    RATE_LOW,
    RATE_LOW_CLUSTERED,
    RATE_PERSONS,
    SQUARES,
    UNDATED,
    YEAR,
)
from casualties.trends.coverage import COVERAGE, Coverage, denominators
from casualties.trends.dispersion import clustered_interval, incident_sizes
from casualties.trends.rates import PER, NoRate, add_rates

ITEM = "item"
RATE_COLUMNS = [
    ITEM,
    RATE_PERSONS,
    LEFT_OUT,
    PERSON_YEARS,
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS_COVERED,
    MONTHS_FILLED,
    RATE,
    RATE_LOW,
    RATE_HIGH,
    RATE_LOW_CLUSTERED,
    RATE_HIGH_CLUSTERED,
    NO_RATE,
]


@dataclass(frozen=True)
class Beside:
    """One series: its people of mark_uniformed(), the answer of mission_strengths() for its missions, its years, and a
    word of NoRate where it has no denominator by its nature."""

    people: pd.DataFrame
    strengths: pd.DataFrame
    years: range
    reason: str = NoRate.NONE.value


def rates_side_by_side(items: Mapping[str, Beside]) -> pd.DataFrame:
    """A row for each series in the order given: RATE_COLUMNS. `first_year` and `last_year` are the years covered."""
    rows = [{ITEM: name, **_both_sides(item)} for name, item in items.items()]
    found = add_rates(pd.DataFrame(rows))
    has_rate = found[RATE].notna().to_numpy()
    thousands = np.where(has_rate, found[PERSON_YEARS], np.nan) / PER
    persons = np.where(has_rate, found[RATE_PERSONS].astype("float64"), np.nan)
    squares, largest = (np.where(has_rate, found[name].astype("float64"), np.nan) for name in (SQUARES, LARGEST))
    low, high = clustered_interval(persons, squares, largest)
    found[RATE_LOW_CLUSTERED], found[RATE_HIGH_CLUSTERED] = low / thousands, high / thousands
    whole = [RATE_PERSONS, LEFT_OUT, FIRST_YEAR, LAST_YEAR, MONTHS_COVERED, MONTHS_FILLED]
    return found[RATE_COLUMNS].astype(dict.fromkeys(whole, "Int64"))


def _both_sides(item: Beside) -> dict[str, object]:
    """Numerator, denominator, what they cover, and the sizes of the incidents of the numerator."""
    below = denominators(item.strengths[item.strengths[YEAR].isin(item.years)])
    nothing = {RATE_PERSONS: None, LEFT_OUT: None, PERSON_YEARS: None, FIRST_YEAR: None, LAST_YEAR: None}
    months = {MONTHS_COVERED: int(below[MONTHS_COVERED].sum()), MONTHS_FILLED: int(below[MONTHS_FILLED].sum())}
    sizes: dict[str, object] = {SQUARES: None, LARGEST: None}
    if item.reason != NoRate.NONE:
        return {**nothing, **months, **sizes, NO_RATE: item.reason}
    if below.empty or not below[PERSON_YEARS].sum() > 0:
        return {**nothing, **months, **sizes, NO_RATE: NoRate.NO_PERSON_YEARS.value}
    people = item.people[item.people[YEAR].isin(item.years) & (item.people[COVERAGE] != "")]
    covered = people[people[COVERAGE] == Coverage.COVERED.value]
    undated = int(people.loc[people[COVERAGE] == UNDATED, PERSONS].sum())
    if not covered[INCIDENT].isna().any():
        one = incident_sizes(covered, []).iloc[0]
        sizes = {SQUARES: int(one[SQUARES]), LARGEST: int(one[LARGEST])}
    return {
        RATE_PERSONS: int(covered[PERSONS].sum()),
        LEFT_OUT: int(people.loc[people[COVERAGE] == LEFT_OUT, PERSONS].sum()),
        PERSON_YEARS: float(below[PERSON_YEARS].sum()),
        FIRST_YEAR: int(below[YEAR].min()),
        LAST_YEAR: int(below[YEAR].max()),
        **months,
        **sizes,
        NO_RATE: NoRate.MONTHS_NOT_KNOWN.value if undated else NoRate.NONE.value,
    }
