"""Yearly figures of a series: all persons, both sides of the rate, the rate and its interval, or why none. Pure.

The same rules as for windows (window_statistics.py), a year at a time: a year has a rate when its person-years cover at
least one month; `partial` says that months are missing or that persons are left out all the same.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from casualties.frames import (
    CAUSE,
    LEFT_OUT,
    MISSION_MONTHS,
    MONTHS_COVERED,
    MONTHS_FILLED,
    NO_RATE,
    PARTIAL,
    PERSON_YEARS,
    PERSONS,
    PROVISIONAL,
    RATE,
    RATE_HIGH,
    RATE_LOW,
    RATE_PERSONS,
    UNDATED,
    YEAR,
)
from casualties.trends.distinct import as_frame, places_of
from casualties.trends.rates import NoRate, rate_columns

MONTHS_IN_YEAR = 12

# Column -> type of a yearly frame, in this order.
YEARLY_KINDS = {
    CAUSE: "object",
    YEAR: "int64",
    PERSONS: "int64",
    RATE_PERSONS: "Int64",
    LEFT_OUT: "Int64",
    UNDATED: "Int64",
    PERSON_YEARS: "float64",
    MONTHS_COVERED: "Int64",
    MISSION_MONTHS: "Int64",
    MONTHS_FILLED: "Int64",
    PARTIAL: "bool",
    RATE: "float64",
    RATE_LOW: "float64",
    RATE_HIGH: "float64",
    NO_RATE: "object",
    PROVISIONAL: "bool",
}
YEARLY_COLUMNS = list(YEARLY_KINDS)
Columns = dict[str, npt.NDArray[Any]]
_ABOVE = [RATE_PERSONS, LEFT_OUT, UNDATED]
_BELOW = [PERSON_YEARS, MONTHS_COVERED, MISSION_MONTHS, MONTHS_FILLED]


def yearly_rates(
    counts: pd.DataFrame,
    numerators: pd.DataFrame,
    denominators: pd.DataFrame,
    *,
    causes: Iterable[str],
    years: range,
    reason: str = NoRate.NONE,
    provisional_year: int | None = None,
) -> pd.DataFrame:
    """A row for every cause and year, in this order, as YEARLY_COLUMNS.

    `counts` has the columns cause, year, persons; `numerators` and `denominators` are answers of coverage.py by cause
    and year, and by year. A year without a row is one in which nobody was counted, or without person-years. `causes`
    are the words of the column cause (groups of causes may have any word). `reason` is a word of NoRate for a series
    that has no denominator by its nature. `provisional_year` is the open year.
    """
    words = np.array(list(causes), dtype=object)
    rows = {
        CAUSE: np.repeat(words, len(years)),
        YEAR: np.tile(np.array(years, dtype=np.int64), len(words)),
    }
    reasons = np.full(len(rows[YEAR]), str(reason), dtype=object)
    found = _found(rows, reasons, counts, numerators, denominators, provisional_year=provisional_year)
    return as_frame({**rows, **found}, YEARLY_KINDS)


def add_yearly_rates(
    wanted: pd.DataFrame,
    counts: pd.DataFrame,
    numerators: pd.DataFrame,
    denominators: pd.DataFrame,
    *,
    by: Sequence[str],
    provisional_year: int | None,
) -> pd.DataFrame:
    """The rows of `wanted`, of as many series as there are, with the columns of YEARLY_COLUMNS that they do not have.

    `wanted` has the columns `by`, year and no_rate (why the series has no denominator by its nature, or blank); the
    other frames have `by` and year, the denominators perhaps year alone.
    """
    rows = {name: wanted[name].to_numpy() for name in (*by, YEAR)}
    reasons = wanted[NO_RATE].to_numpy(dtype=object)
    found = _found(rows, reasons, counts, numerators, denominators, provisional_year=provisional_year)
    own = wanted.drop(columns=NO_RATE).reset_index(drop=True)
    return pd.concat([own, as_frame(found, {name: YEARLY_KINDS[name] for name in found})], axis=1)


def _found(
    rows: Columns,
    given: npt.NDArray[Any],
    counts: pd.DataFrame,
    numerators: pd.DataFrame,
    denominators: pd.DataFrame,
    *,
    provisional_year: int | None,
) -> Columns:
    """What add_yearly_rates() adds to rows, which are columns by name; `given` are the reasons given with them."""
    below = {name: column for name, column in rows.items() if name in denominators}
    found = {
        **_equal_rows(rows, counts, [PERSONS]),
        **_equal_rows(rows, numerators, _ABOVE),
        **_equal_rows(below, denominators, _BELOW),
    }
    covered = (found[MONTHS_COVERED] > 0) & (found[PERSON_YEARS] > 0)
    why = np.where(found[UNDATED] > 0, NoRate.MONTHS_NOT_KNOWN.value, NoRate.NONE.value).astype(object)
    why[~covered] = NoRate.NO_PERSON_YEARS.value
    by_nature = given != NoRate.NONE.value
    found |= rate_columns(found[RATE_PERSONS], found[PERSON_YEARS], np.where(by_nature, given, why))
    in_part = (found[MONTHS_COVERED] < MONTHS_IN_YEAR) | (found[LEFT_OUT] > 0)
    found[PARTIAL] = in_part & ~np.isnan(found[RATE])
    found[PROVISIONAL] = rows[YEAR] == (provisional_year or 0)
    for name in (*_ABOVE, *_BELOW):
        missing = by_nature | (~covered & (name in (RATE_PERSONS, PERSON_YEARS)))
        found[name] = np.where(missing, np.nan, found[name])
    return found


def _equal_rows(wanted: Columns, frame: pd.DataFrame, columns: Sequence[str]) -> Columns:
    """Columns of the rows of a frame that are equal to the wanted ones; 0 where there is none."""
    place = places_of(wanted, frame)
    return {name: np.append(frame[name].to_numpy(dtype=np.float64), 0.0)[place] for name in columns}  # -1: the last
