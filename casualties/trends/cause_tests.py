"""Tests of trend by cause over a whole series and within one window: which figures of a yearly frame are tested. Pure.

The rate is tested where there are person-years, the number of deaths where there are none; the share of each cause over
the whole series besides. trend_tests.py tests; docs/method.md says what a verdict can bear.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from casualties.frames import CAUSE, NO_RATE, OF_ALL, PERSON_YEARS, PERSONS, PROVISIONAL, RATE_PERSONS, YEAR
from casualties.trends.trend_tests import FEWEST_YEARS, Method, NoTest, TrendTest, Unit, trend

ALL_CAUSES = ""


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
    found = list(_of_period(yearly, Period.SERIES))
    if window is not None:
        found += _of_period(yearly[yearly[YEAR].between(*window)], Period.WINDOW)
    of_all = yearly.loc[yearly[CAUSE] == ALL_CAUSES, [YEAR, PERSONS]].rename(columns={PERSONS: OF_ALL})
    for cause, years in yearly[yearly[CAUSE] != ALL_CAUSES].groupby(CAUSE, sort=False):
        series = years[[YEAR, PERSONS, PROVISIONAL]].merge(of_all, on=YEAR)
        test = trend(series, of=f"the share of {cause}")
        found.append(CauseTest(str(cause), Subject.SHARE, Period.SERIES, test))
    return found


def _of_period(yearly: pd.DataFrame, period: Period) -> Iterator[CauseTest]:
    closed = yearly[~yearly[PROVISIONAL].astype(bool)]
    first = closed[closed[CAUSE] == ALL_CAUSES]
    with_rate = int((first[NO_RATE] == "").sum())
    enough = len(first) if period == Period.WINDOW else FEWEST_YEARS
    by_rate = with_rate >= max(enough, FEWEST_YEARS)
    for cause, years in yearly.groupby(CAUSE, sort=False):
        yield _of_cause(str(cause), years, period, by_rate=by_rate)


def _of_cause(cause: str, years: pd.DataFrame, period: Period, *, by_rate: bool) -> CauseTest:
    if by_rate:
        rated = years[years[NO_RATE] == ""]
        series = pd.DataFrame(
            {
                YEAR: rated[YEAR],
                PERSONS: rated[RATE_PERSONS].astype("int64"),
                PERSON_YEARS: rated[PERSON_YEARS],
                PROVISIONAL: rated[PROVISIONAL],
            }
        )
        of = "the rate of uniformed deaths" + (f" ({cause})" if cause else "")
        return CauseTest(cause, Subject.RATE, period, trend(series, of=of))
    of = "the number of deaths" + (f" ({cause})" if cause else "")
    return CauseTest(cause, Subject.NUMBER, period, trend(years[[YEAR, PERSONS, PROVISIONAL]], of=of))


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
