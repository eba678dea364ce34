"""Rates, intervals and comparisons of five-year windows, for many series at once. Pure.

Which window gets what:

* Every window: the exact interval of its count, and the interval with incidents as the unit where incidents are known.
* A rate: windows of which every year that lies in the series, and in which the mission (or one of the family) was open,
  has person-years for at least one month. `partial` says that months are missing or persons are left out all the same.
* A comparison with the preceding window that shares no year: both complete, neither provisional, since a year that is
  still open has fewer days than the years it would be held against. Where both have a rate the rates are compared,
  otherwise the counts, and `ratio_basis` says which.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from casualties.frames import (
    COMPLETE,
    COUNT_HIGH,
    COUNT_HIGH_CLUSTERED,
    COUNT_LOW,
    COUNT_LOW_CLUSTERED,
    DISPERSION,
    LARGEST,
    LEFT_OUT,
    MISSION_MONTHS,
    MONTHS_COVERED,
    MONTHS_FILLED,
    NO_RATE,
    P_VALUE,
    P_VALUE_CLUSTERED,
    PARTIAL,
    PERSON_YEARS,
    PERSONS,
    PROVISIONAL,
    RATE,
    RATE_HIGH_CLUSTERED,
    RATE_LOW_CLUSTERED,
    RATE_PERSONS,
    RATIO,
    RATIO_BASIS,
    RATIO_HIGH,
    RATIO_HIGH_CLUSTERED,
    RATIO_LOW,
    RATIO_LOW_CLUSTERED,
    SQUARES,
    STATISTIC_KINDS,
    UNDATED,
    WINDOW_COLUMNS,
)
from casualties.trends.comparing import Comparison, Side, compare
from casualties.trends.dispersion import clustered_interval, dispersion
from casualties.trends.distinct import Floats, Ints, as_frame
from casualties.trends.rates import PER, NoRate, count_interval, rate_columns
from casualties.trends.window_years import Bools, WindowYears
from casualties.trends.windows import YEARS_IN_WINDOW

MONTHS_IN_WINDOW = 12 * YEARS_IN_WINDOW
BY_RATE, BY_COUNT = "rate", "count"

Found = dict[str, npt.NDArray[Any]]
"""Columns of the windows by name; NaN is what is not known."""


def add_statistics(
    windows: pd.DataFrame,
    spans: pd.DataFrame,
    *,
    numerators: pd.DataFrame,
    denominators: pd.DataFrame,
    sizes: pd.DataFrame | None = None,
    rate_sizes: pd.DataFrame | None = None,
    reasons: npt.ArrayLike | None = None,
) -> pd.DataFrame:
    """Windows of windows_of_series() with STATISTIC_COLUMNS after theirs, rows in the same order.

    `spans` are those of windows_of_series(). `numerators` and `denominators` are of coverage.py and `sizes` (all
    persons of the windows) and `rate_sizes` (those of the numerators) of incident_sizes(), all by year and by dimension
    columns of the windows: the denominators perhaps by fewer of them, which then stand for every value of the others.
    Without sizes the clustered columns are empty. `reasons` are NoRate words, one per window, for series that have no
    denominator by their nature; blank where a rate may be. Years without a row are years in which nobody was counted,
    or without person-years. ValueError for windows of a series that is not in `spans`, or rows that come twice.
    """
    dimensions = [name for name in windows.columns if name not in WINDOW_COLUMNS]
    years = WindowYears(windows, spans, dimensions)
    found: Found = {PERSONS: windows[PERSONS].to_numpy(dtype=np.float64)}
    found[COUNT_LOW], found[COUNT_HIGH] = count_interval(found[PERSONS])
    _add_count_clusters(found, years, sizes)
    _add_fractions(found, years, numerators, denominators, reasons)
    found |= rate_columns(found[RATE_PERSONS], found[PERSON_YEARS], found[NO_RATE])
    squares, largest = _add_rate_clusters(found, years, rate_sizes)
    sound = (windows[COMPLETE] & ~windows[PROVISIONAL]).to_numpy(dtype=bool)
    _add_comparisons(found, years, sound, squares, largest)
    return pd.concat([windows.reset_index(drop=True), as_frame(found, STATISTIC_KINDS)], axis=1)


def _add_count_clusters(found: Found, years: WindowYears, sizes: pd.DataFrame | None) -> None:
    squares = largest = np.full(len(years.series), np.nan)
    if sizes is not None:
        of_year = years.matrices(sizes, [SQUARES, LARGEST])
        squares, largest = years.sums(of_year[SQUARES]), years.largest(of_year[LARGEST])
    found[SQUARES], found[LARGEST] = squares, largest
    found[DISPERSION] = dispersion(found[PERSONS], squares)
    low, high = clustered_interval(found[PERSONS], squares, largest)
    found[COUNT_LOW_CLUSTERED], found[COUNT_HIGH_CLUSTERED] = low, high


def _add_fractions(
    found: Found,
    years: WindowYears,
    numerators: pd.DataFrame,
    denominators: pd.DataFrame,
    reasons: npt.ArrayLike | None,
) -> None:
    """Both sides of the fraction, and why there is no rate."""
    above = years.matrices(numerators, [RATE_PERSONS, LEFT_OUT, UNDATED])
    below = years.matrices(denominators, [PERSON_YEARS, MONTHS_COVERED, MISSION_MONTHS, MONTHS_FILLED])
    is_open, covered = years.open(), below[MONTHS_COVERED] > 0
    some_missing = years.sums(is_open & ~covered) > 0
    columns = {name: years.sums(matrix) for name, matrix in (above | below).items()}

    nothing = columns[MONTHS_COVERED] == 0
    reason = np.full(len(years.series), NoRate.NONE.value, dtype=object)
    reason[columns[UNDATED] > 0] = NoRate.MONTHS_NOT_KNOWN.value
    reason[some_missing] = NoRate.MONTHS_NOT_COVERED.value
    reason[nothing | (columns[PERSON_YEARS] == 0)] = NoRate.NO_PERSON_YEARS.value
    by_nature = np.zeros(len(years.series), dtype=bool)
    if reasons is not None:
        given = np.asarray(reasons, dtype=object)
        by_nature = given != NoRate.NONE.value
        reason = np.where(by_nature, given, reason)
    found[NO_RATE] = reason
    for name, column in columns.items():
        unknown = by_nature | (nothing & (name in (RATE_PERSONS, PERSON_YEARS)))
        found[name] = np.where(unknown, np.nan, column)
    missing = columns[MONTHS_COVERED] < MONTHS_IN_WINDOW
    found[PARTIAL] = (reason == NoRate.NONE.value) & (missing | (columns[LEFT_OUT] > 0))


def _add_rate_clusters(found: Found, years: WindowYears, rate_sizes: pd.DataFrame | None) -> tuple[Floats, Floats]:
    """The clustered interval of the rate; returns squares and largest of the numerators, NaN where not known."""
    squares = largest = np.full(len(years.series), np.nan)
    has_rate = ~np.isnan(found[RATE])
    if rate_sizes is not None:
        of_year = years.matrices(rate_sizes, [SQUARES, LARGEST])
        squares = np.where(has_rate, years.sums(of_year[SQUARES]), np.nan)
        largest = np.where(has_rate, years.largest(of_year[LARGEST]), np.nan)
    persons = np.where(has_rate, found[RATE_PERSONS], np.nan)
    thousands = np.where(has_rate, found[PERSON_YEARS], np.nan) / PER
    low, high = clustered_interval(persons, squares, largest)
    found[RATE_LOW_CLUSTERED], found[RATE_HIGH_CLUSTERED] = low / thousands, high / thousands
    return squares, largest


def _add_comparisons(found: Found, years: WindowYears, sound: Bools, squares: Floats, largest: Floats) -> None:
    """Each window against the preceding one, both of them sound; by rates where both have one, by counts otherwise."""
    before = years.preceding()
    comparable = (before >= 0) & sound & sound[before]
    has_rate = ~np.isnan(found[RATE])
    by_rate = comparable & has_rate & has_rate[before]
    rate_side = (found[RATE_PERSONS], found[PERSON_YEARS], squares, largest)
    count_side = (found[PERSONS], np.ones(len(years.series)), found[SQUARES], found[LARGEST])

    basis = np.full(len(years.series), "", dtype=object)
    columns = (RATIO, RATIO_LOW, RATIO_HIGH, P_VALUE, RATIO_LOW_CLUSTERED, RATIO_HIGH_CLUSTERED, P_VALUE_CLUSTERED)
    answers = {name: np.full(len(years.series), np.nan) for name in columns}
    for word, chosen, side in ((BY_RATE, by_rate, rate_side), (BY_COUNT, comparable & ~by_rate, count_side)):
        now = np.flatnonzero(chosen)
        plain, clustered = _compare(side, now, before[now])
        for name, column in zip(
            columns,
            (plain.ratio, plain.low, plain.high, plain.p_value, clustered.low, clustered.high, clustered.p_value),
            strict=True,
        ):
            answers[name][now] = column
        basis[now] = np.where(np.isnan(plain.p_value), "", word)  # nobody against nobody compares nothing
    found.update(answers)
    found[RATIO_BASIS] = basis


def _compare(side: tuple[Floats, ...], now: Ints, before: Ints) -> tuple[Comparison, Comparison]:
    """As Poisson counts, and with incidents as the unit."""
    persons, exposure, squares, largest = side
    plain = compare(Side(persons[now], exposure[now]), Side(persons[before], exposure[before]))
    sides = [Side(persons[rows], exposure[rows], squares[rows], largest[rows]) for rows in (now, before)]
    return plain, compare(*sides)
