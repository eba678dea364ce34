"""Rates: persons per 1,000 uniformed person-years, with the exact interval of a Poisson count. Pure.

A rate is the number of uniformed persons who died (or were injured) in the mission-months that the person-years cover,
over these person-years; `coverage.py` counts both sides of the fraction. Where there is no denominator there is no rate
but a reason. docs/method.md explains every figure, with examples.
"""

from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from casualties.frames import NO_RATE, PERSON_YEARS, RATE, RATE_HIGH, RATE_LOW, RATE_PERSONS
from casualties.trends.distinct import Floats, for_distinct

PER = 1000
TAIL = 0.025  # each side of a 95% interval


class NoRate(StrEnum):
    """Why there is no rate; the words for readers are in REASONS."""

    NONE = ""
    NO_PERSON_YEARS = "no-person-years"
    CIVILIANS = "civilians"
    NO_STRENGTH_OF_THE_GROUP = "no-strength-of-the-group"
    MONTHS_NOT_COVERED = "months-not-covered"
    MONTHS_NOT_KNOWN = "months-not-known"


def noop(words: str) -> str:
    """Words for the catalogue of translations; they are translated where they are shown."""
    return words


REASONS = {
    NoRate.NO_PERSON_YEARS: noop("no rate: no uniformed person-years are recorded for these years"),
    NoRate.CIVILIANS: noop("no rate: the strength of civilian personnel is not published"),
    NoRate.NO_STRENGTH_OF_THE_GROUP: noop("no rate: strengths are recorded by mission, not for this group of people"),
    NoRate.MONTHS_NOT_COVERED: noop("no rate: there are years without person-years among them"),
    NoRate.MONTHS_NOT_KNOWN: noop(
        "no rate: for some people only the year is known, and the person-years cover a part of it"
    ),
}


def count_interval(persons: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Lower and upper end of the exact 95% interval of Poisson counts; a missing count (NaN) has none.

    chi2(0.025, 2n) / 2 and chi2(0.975, 2n + 2) / 2; the lower end of 0 is 0. Source: F. Garwood, Fiducial limits for
    the Poisson distribution, Biometrika 28 (1936), 437-442. Half a chi-squared quantile with 2n degrees of freedom is
    the quantile of a gamma distribution of shape n, which is what is computed here. ValueError for a negative count.
    """
    found = np.asarray(persons, dtype=np.float64)
    if (found < 0).any():
        raise ValueError(f"a count cannot be negative: {found.min():g}")
    low, high = for_distinct(_garwood, found)
    return low, high


def _garwood(count: Floats) -> tuple[Floats, Floats]:
    low = np.where(count == 0, 0.0, special.gammaincinv(count, TAIL))
    return low, special.gammainccinv(count + 1, TAIL)


def rates(persons: npt.ArrayLike, person_years: npt.ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Rate per 1,000 person-years and both ends of its exact 95% interval; NaN where there are no person-years.

    Rate and interval are those of the count over the person-years, which are taken as known without error. Rates of
    this form: B. Seet and G. M. Burnham, Fatality trends in United Nations peacekeeping operations, 1948-1998,
    JAMA 284 (2000), 598-603 (there per 10,000). ValueError for negative persons or person-years.
    """
    years = np.asarray(person_years, dtype=np.float64)
    if (years < 0).any():
        raise ValueError(f"person-years cannot be negative: {np.nanmin(years):g}")
    found = np.asarray(persons, dtype=np.float64)
    low, high = count_interval(found)
    with np.errstate(divide="ignore", invalid="ignore"):
        thousands = np.where(years > 0, years, np.nan) / PER
        return found / thousands, low / thousands, high / thousands


def add_rates(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame, which has the columns rate_persons, person_years and no_rate, with those of rate_columns()."""
    persons = frame[RATE_PERSONS].to_numpy(dtype=np.float64, na_value=np.nan)
    person_years = frame[PERSON_YEARS].to_numpy(dtype=np.float64, na_value=np.nan)
    return frame.assign(**rate_columns(persons, person_years, frame[NO_RATE].to_numpy(dtype=object)))


def rate_columns(persons: Floats, person_years: Floats, reasons: npt.NDArray[Any]) -> dict[str, npt.NDArray[Any]]:
    """The columns rate, rate_low, rate_high and no_rate out of both sides of the fraction and reasons (of NoRate).

    Rows with a reason get no rate, and rows without person-years that give no reason get that one.
    """
    nothing = (reasons == NoRate.NONE.value) & ~(person_years > 0)
    reason = np.where(nothing, np.array(NoRate.NO_PERSON_YEARS.value, dtype=object), reasons)
    has_rate = reason == NoRate.NONE.value
    rate, low, high = rates(np.where(has_rate, persons, np.nan), np.where(has_rate, person_years, np.nan))
    return {RATE: rate, RATE_LOW: low, RATE_HIGH: high, NO_RATE: reason}
