"""Examples of docs/method.md on the real release along the years: yearly rates, tests of trend, changes of level."""

from collections.abc import Callable
from typing import Any

import numpy as np

from casualties.charts.level_changes import in_words
from casualties.charts.trend_verdicts import verdict
from casualties.choices import Cause
from casualties.trends.cause_changes import cause_changes
from casualties.trends.cause_tests import Period, Subject, cause_tests
from casualties.trends.change_points import LevelChange, change_of
from casualties.trends.coverage import denominators, numerators
from casualties.trends.trend_tests import Method, TrendTest, trend
from casualties.trends.yearly import OTHERS, SELECTED
from casualties.trends.yearly import yearly as product_yearly
from tests.rules.release_of_the_method import chosen, covered, strengths, yearly


def _in_words(found: TrendTest) -> dict[str, Any]:
    return {
        "method": found.method.value,
        "years": found.years,
        "change": found.estimate,
        "low": found.low,
        "high": found.high,
        "p_value": found.p_value,
        "sentence": found.words,
    }


def trend_of_a_rate(first_year: int, last_year: int, cause: str = "") -> dict[str, Any]:
    above = numerators(covered([cause] if cause else ()), ["year"]).rename(columns={"rate_persons": "persons"})
    frame = denominators(strengths()).merge(above, how="left", on="year").fillna({"persons": 0})
    of = "the rate of uniformed deaths" + (f" ({cause})" if cause else "")
    frame = frame[frame["year"].between(first_year, last_year)]
    return _in_words(trend(frame[["year", "persons", "person_years"]], of=of))


def trend_of_a_count(query: str, first_year: int, last_year: int) -> dict[str, Any]:
    return _in_words(trend(yearly(query, range(first_year, last_year + 1)), of="the number of deaths"))


def trend_of_a_share(query: str, first_year: int, last_year: int) -> dict[str, Any]:
    years = range(first_year, last_year + 1)
    frame = yearly(query, years).merge(yearly("", years).rename(columns={"persons": "of_all"}), on="year")
    return _in_words(trend(frame, of="the share of illness"))


def trends_by_cause(query: str, window: list[int]) -> dict[str, Any]:
    groups = {"": tuple(Cause.values), **{cause: (cause,) for cause in Cause.values}}
    frame = product_yearly(chosen(query), groups)
    tests = cause_tests(frame[frame["whose"] == SELECTED], (window[0], window[1]))
    by = {(one.cause, one.subject, one.period): one.test for one in tests}
    rate = by["malicious-act", Subject.RATE, Period.SERIES]
    number = by["malicious-act", Subject.NUMBER, Period.WINDOW]
    return {
        "rate_of_malicious_acts": verdict(rate),
        "p_value": rate.p_value,
        "share_of_illness": verdict(by["illness", Subject.SHARE, Period.SERIES]),
        "number_of_malicious_acts_in_the_window": verdict(number),
        "window_p_value": number.p_value,
        "tests": len(tests),
        "not_tested": sum(1 for one in tests if one.test.method == Method.NONE),
    }


def change_of_a_count(query: str, first_year: int, last_year: int) -> dict[str, Any]:
    frame = yearly(query, range(first_year, last_year + 1))
    return _change_in_words(change_of(frame["year"].to_numpy(np.int64), frame["persons"].to_numpy(np.float64), None))


def changes_of_a_series(query: str, cause: str) -> dict[str, Any]:
    frame = product_yearly(chosen(query), {"": tuple(Cause.values), cause: (cause,)})
    (found,) = (one for one in cause_changes(frame[frame["whose"] == SELECTED]) if one.cause == cause)
    said = _change_in_words(found.found)
    per_1000: dict[str, Any] = {name: 1000 * said[name] for name in ("before", "after") if name in said}
    return {"of": found.subject.value, **said, **per_1000}


def _change_in_words(found: LevelChange) -> dict[str, Any]:
    said = {"years": found.years, "dispersion": found.dispersion, "p_value": found.p_value, "sentence": in_words(found)}
    return said if found.year is None else {**said, "before": found.before, "after": found.after}


def rates_by_year(query: str, years: list[int]) -> dict[str, Any]:
    frame = product_yearly(chosen(query), {"malicious-act": ("malicious-act",)}).set_index("year")
    own, others = frame[frame["whose"] == SELECTED], frame[frame["whose"] == OTHERS]
    asked = own.loc[years]
    return {
        "deaths_covered": asked["rate_persons"].tolist(),
        "person_years": asked["person_years"].tolist(),
        "months_covered": asked["months_covered"].tolist(),
        "rates": asked["rate"].tolist(),
        "low": asked["rate_low"].tolist(),
        "high": asked["rate_high"].tolist(),
        "others": others.loc[years, "rate"].tolist(),
        "without_a_rate": own.index[own["rate"].isna()].tolist(),
    }


ALONG_THE_YEARS: dict[str, Callable[..., dict[str, Any]]] = {
    "trend-of-the-rate": trend_of_a_rate,
    "trend-in-a-window": trend_of_a_rate,
    "trend-of-a-count": trend_of_a_count,
    "trend-of-a-share": trend_of_a_share,
    "trend-by-cause": trends_by_cause,
    "change-of-level": change_of_a_count,
    "change-of-level-not-clear": change_of_a_count,
    "change-of-level-of-a-rate": changes_of_a_series,
    "rates-by-year": rates_by_year,
}
