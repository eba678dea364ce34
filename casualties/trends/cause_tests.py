"""Tests of trend by cause over a whole series and within one window: which figures of a yearly frame are tested. Pure.

The rate is tested where there are person-years, the number of deaths where there are none; the share of each cause over
the whole series besides. trend_tests.py tests; docs/method.md says what a verdict can bear.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from casualties.frames import ALL, CAUSE, NO_RATE, PERSON_YEARS, PERSONS, PROVISIONAL, RATE_PERSONS, YEAR
from casualties.trends.distinct import Floats
from casualties.trends.trend_tests import FEWEST_YEARS, Method, NoTest, TrendTest, Unit, trend_of

ALL_CAUSES = ""
TEST_COLUMNS = [
    CAUSE, "subject", "period", "first_year", "last_year", "years", "method", "change", "change_low", "change_high",
    "unit", "p_value", "dispersion", "clear", "no_test",
]  # fmt: skip


class Subject(StrEnum):
    RATE = "rate"
    NUMBER = "number"
    SHARE = "share"


class Period(StrEnum):
    SERIES = "series"
    WINDOW = "window"


@dataclass(frozen=True)
class CauseTest:
    """The test of one cause ("" is all causes): of what, over which years, and its answer."""

    cause: str
    subject: Subject
    period: Period
    test: TrendTest


def cause_tests(yearly: pd.DataFrame, window: tuple[int, int] | None) -> list[CauseTest]:
    """Tests of every cause in a yearly frame: first over the series, then in a window, then of the shares.

    `yearly` has the columns of yearly_rates.YEARLY_COLUMNS for all causes ("") and each of them; `window` is the first
    and last year of a window, None where the series has none. A rate is tested over the years that have one, when they
    are at least four; within a window only when all its years have one.
    """
    columns = columns_by_cause(yearly)
    found = list(_of_period(columns, Period.SERIES))
    if window is not None:
        found += _of_period({cause: own.between(*window) for cause, own in columns.items()}, Period.WINDOW)
    everybody = columns[ALL_CAUSES].persons if columns else None
    for cause, own in columns.items():
        if cause != ALL_CAUSES:
            test = trend_of(own.years, own.persons, everybody, of=f"the share of {cause}", is_share=True)
            found.append(CauseTest(cause, Subject.SHARE, Period.SERIES, test))
    return found


@dataclass(frozen=True)
class Columns:
    """The closed years of one cause as columns: many series are tested, and frames are slow to take apart."""

    years: npt.NDArray[np.int64]
    persons: Floats
    covered: Floats
    person_years: Floats
    rated: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, years: pd.DataFrame) -> "Columns":
        return cls(
            years=years[YEAR].to_numpy(dtype=np.int64),
            persons=years[PERSONS].to_numpy(dtype=np.float64),
            covered=years[RATE_PERSONS].to_numpy(dtype=np.float64, na_value=np.nan),
            person_years=years[PERSON_YEARS].to_numpy(dtype=np.float64),
            rated=years[NO_RATE].to_numpy(dtype=object) == "",
        )

    def has_rates(self, fewest: int) -> bool:
        """Whether so many of the years have a rate."""
        return int(self.rated.sum()) >= fewest

    def between(self, first: int, last: int) -> "Columns":
        return self.where((self.years >= first) & (self.years <= last))

    def where(self, kept: npt.NDArray[np.bool_]) -> "Columns":
        return Columns(
            self.years[kept], self.persons[kept], self.covered[kept], self.person_years[kept], self.rated[kept]
        )


def columns_by_cause(yearly: pd.DataFrame) -> dict[str, Columns]:
    """The closed years of each cause of a yearly frame."""
    every, causes = Columns.of(yearly), yearly[CAUSE].to_numpy(dtype=object)
    closed = ~yearly[PROVISIONAL].to_numpy(dtype=bool)
    return {str(cause): every.where(closed & (causes == cause)) for cause in dict.fromkeys(causes[closed].tolist())}


def _of_period(columns: Mapping[str, Columns], period: Period) -> Iterator[CauseTest]:
    if not columns:
        return
    everybody = columns[ALL_CAUSES]
    enough = len(everybody.years) if period == Period.WINDOW else FEWEST_YEARS
    by_rate = everybody.has_rates(max(enough, FEWEST_YEARS))
    for cause, own in columns.items():
        named = f" ({cause})" if cause else ""
        if by_rate:
            of, rated = f"the rate of uniformed deaths{named}", own.where(own.rated)
            test = trend_of(rated.years, rated.covered, rated.person_years, of=of)
            yield CauseTest(cause, Subject.RATE, period, test)
        else:
            test = trend_of(own.years, own.persons, None, of=f"the number of deaths{named}")
            yield CauseTest(cause, Subject.NUMBER, period, test)


def without_closed(yearly: pd.DataFrame, closed: Collection[int]) -> pd.DataFrame:
    """A yearly frame without the closed years in which nobody died: none could, and no trend goes through them."""
    if not closed:
        return yearly
    nobody = yearly.loc[(yearly[CAUSE] == ALL_CAUSES) & (yearly[PERSONS] == 0), YEAR]
    return yearly[~(yearly[YEAR].isin(closed) & yearly[YEAR].isin(nobody))]


def tests_frame(tests: list[CauseTest]) -> pd.DataFrame:
    """A row per test, as a file has it: cause (or "all"), subject, period, years, answer, and why there is none."""
    rows = [
        {
            CAUSE: one.cause or ALL,
            "subject": one.subject.value,
            "period": one.period.value,
            "first_year": one.test.first_year or None,
            "last_year": one.test.last_year or None,
            "years": one.test.years,
            "method": one.test.method.value,
            "change": one.test.estimate,
            "change_low": one.test.low,
            "change_high": one.test.high,
            "unit": one.test.unit.value,
            "p_value": one.test.p_value,
            "dispersion": one.test.dispersion,
            "clear": one.test.significant,
            "no_test": one.test.reason.value,
        }
        for one in tests
    ]
    frame = pd.DataFrame(rows, columns=TEST_COLUMNS)
    return frame.astype({"first_year": "Int64", "last_year": "Int64"})


def as_words(tests: list[CauseTest]) -> list[dict[str, Any]]:
    """Tests as plain values, as JSON holds them; from_words() reads them back."""
    return [asdict(test) for test in tests]


def from_words(kept: list[dict[str, Any]]) -> list[CauseTest]:
    """The tests of as_words(), also after they have been JSON."""
    return [
        CauseTest(
            cause=one["cause"],
            subject=Subject(one["subject"]),
            period=Period(one["period"]),
            test=TrendTest(
                **{
                    **one["test"],
                    "method": Method(one["test"]["method"]),
                    "unit": Unit(one["test"]["unit"]),
                    "reason": NoTest(one["test"]["reason"]),
                    "caveats": tuple(one["test"]["caveats"]),
                }
            ),
        )
        for one in kept
    ]
