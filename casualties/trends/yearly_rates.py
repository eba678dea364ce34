"""Yearly figures of a series: all persons, both sides of the rate, the rate and its interval, or why none. Pure.

The same rules as for windows (window_statistics.py), a year at a time: a year has a rate when its person-years cover at
least one month; `partial` says that months are missing or that persons are left out all the same.
"""

from collections.abc import Iterable, Sequence

import numpy as np
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
from casualties.trends.rates import NoRate, add_rates

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
    wanted = pd.DataFrame({CAUSE: pd.Series(list(causes), dtype=object)}).merge(
        pd.DataFrame({YEAR: pd.Series(list(years), dtype="int64")}), how="cross"
    )
    return add_yearly_rates(
        wanted.assign(**{NO_RATE: str(reason)}),
        counts,
        numerators,
        denominators,
        by=[CAUSE],
        provisional_year=provisional_year,
    )[YEARLY_COLUMNS]


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
    found = wanted.merge(counts[[*by, YEAR, PERSONS]], how="left", on=[*by, YEAR])
    found = found.merge(numerators[[*by, YEAR, *_ABOVE]], how="left", on=[*by, YEAR])
    below = [name for name in (*by, YEAR) if name in denominators]
    found = found.merge(denominators[[*below, *_BELOW]], how="left", on=below)
    if len(found) != len(wanted):
        raise ValueError("yearly figures hold two rows of one series and year")
    columns = [PERSONS, *_ABOVE, MONTHS_COVERED, MISSION_MONTHS, MONTHS_FILLED]
    found[columns] = found[columns].fillna(0).astype("int64")
    covered = ((found[MONTHS_COVERED] > 0) & (found[PERSON_YEARS] > 0)).to_numpy()
    by_nature = (found[NO_RATE] != NoRate.NONE.value).to_numpy()
    undated = (found[UNDATED] > 0).to_numpy()
    why = np.where(undated, NoRate.MONTHS_NOT_KNOWN.value, NoRate.NONE.value).astype(object)
    why[~covered] = NoRate.NO_PERSON_YEARS.value
    found[NO_RATE] = np.where(by_nature, found[NO_RATE].to_numpy(), why)
    found = add_rates(found)
    for name in (*_ABOVE, *_BELOW):
        found[name] = found[name].astype("float64" if name == PERSON_YEARS else "Int64")
        missing = by_nature | (~covered & (name in (RATE_PERSONS, PERSON_YEARS)))
        found.loc[missing, name] = np.nan if name == PERSON_YEARS else pd.NA
    in_part = (found[MONTHS_COVERED].fillna(0) < MONTHS_IN_YEAR) | (found[LEFT_OUT].fillna(0) > 0)
    found[PARTIAL] = in_part.to_numpy(dtype=bool) & found[RATE].notna().to_numpy()
    found[PROVISIONAL] = found[YEAR] == (provisional_year or 0)
    return found.astype({name: kind for name, kind in YEARLY_KINDS.items() if name in found})
