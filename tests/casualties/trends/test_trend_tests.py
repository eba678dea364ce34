"""Tests of trend: what they find, what they say, and when they are not made."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from casualties.trends.trend_tests import Method, NoTest, Unit, trend


def series(persons: Sequence[int], first_year: int = 2001, **columns: Sequence[float] | float) -> pd.DataFrame:
    return pd.DataFrame({"year": range(first_year, first_year + len(persons)), "persons": persons, **columns})


def test_it_works() -> None:
    """A rate that falls by 10% a year, without chance."""
    person_years = [1000 * n for n in (40, 50, 60, 80, 90, 100, 90, 60, 50, 40)]
    persons = [round(py * 0.002 * 0.9**n) for n, py in enumerate(person_years)]
    found = trend(series(persons, person_years=person_years), of="the rate of uniformed deaths")
    assert (found.method, found.unit, found.years) == (Method.QUASI_POISSON, Unit.PERCENT, 10)
    assert found.estimate == pytest.approx(-10, abs=0.3)
    assert found.low is not None
    assert found.high is not None
    assert found.low < -10 < found.high < 0
    assert found.significant
    assert found.words.startswith("From 2001 to 2010 the rate of uniformed deaths fell by 10.")
    assert "% a year (95% interval −" in found.words
    assert found.words.endswith("p < 0.001).")


def test_the_slope_is_that_of_poisson_regression() -> None:
    """The score equations of Poisson regression hold at the estimate: fitted and counted have the same two sums."""
    persons, person_years = np.array([12, 7, 9, 3, 8, 2]), np.array([9.0, 8, 8, 7, 9, 6]) * 1000
    found = trend(series(persons.tolist(), person_years=person_years.tolist()))
    assert found.estimate is not None
    growth = (1 + found.estimate / 100) ** np.arange(6)
    fitted = person_years * growth * persons.sum() / (person_years * growth).sum()
    assert (fitted * np.arange(6)).sum() == pytest.approx((persons * np.arange(6)).sum())
    assert found.dispersion == pytest.approx((((persons - fitted) ** 2) / fitted).sum() / 4)


def test_strength_and_not_the_count_decides_about_a_rate() -> None:
    persons = [10, 20, 30, 40, 50]
    found = trend(series(persons, person_years=[n * 1000 for n in persons]), of="the rate")
    assert found.estimate == pytest.approx(0, abs=1e-6)
    assert found.p_value == pytest.approx(1)
    assert found.words.startswith("From 2001 to 2005 there is no clear trend in the rate (")


def test_irregular_years_make_it_less_sure() -> None:
    calm = trend(series([80, 76, 72, 65, 62, 56, 50, 48], person_years=1000.0))
    wild = trend(series([140, 15, 130, 10, 110, 8, 90, 6], person_years=1000.0))
    assert calm.significant
    assert calm.dispersion is not None
    assert calm.dispersion < 1
    assert "the years scatter no more than chance explains" in calm.caveats
    assert not wild.significant
    assert any(caveat.startswith("the years scatter more") for caveat in wild.caveats)


def test_years_without_person_years_and_open_years_are_left_out() -> None:
    frame = series([9, 8, 7, 6, 5, 4, 90, 1], person_years=[1000.0] * 6 + [np.nan, 1000.0])
    frame["provisional"] = [False] * 7 + [True]
    found = trend(frame)
    assert (found.first_year, found.last_year, found.years) == (2001, 2006, 6)
    between = trend(series([9, 8, 0, 7, 6, 5], person_years=[1000.0, 1000, 0, 1000, 1000, 1000]))
    assert (between.first_year, between.last_year, between.years) == (2001, 2006, 5)
    assert "1 years between have no figures and are left out" in between.caveats


def test_a_share_is_tested_against_all_deaths() -> None:
    found = trend(series([10, 12, 15, 18, 22, 26], of_all=100), of="the share of illness")
    assert (found.method, found.unit) == (Method.QUASI_POISSON, Unit.PERCENT)
    assert found.estimate == pytest.approx(21.5, abs=1)
    assert "the change is in per cent of the share, not in percentage points" in found.caveats


def test_counts_alone_are_tested_by_mann_kendall() -> None:
    from scipy import stats

    found = trend(series([3, 5, 4, 8, 9, 12]), of="the number of deaths")
    assert (found.method, found.unit, found.dispersion) == (Method.MANN_KENDALL, Unit.PERSONS, None)
    assert found.estimate == stats.theilslopes([3, 5, 4, 8, 9, 12]).slope
    assert found.p_value == pytest.approx(stats.kendalltau(range(6), [3, 5, 4, 8, 9, 12]).pvalue)
    assert found.words == (
        "From 2001 to 2006 the number of deaths rose by 1.8 people a year "
        "(95% interval +0.5 to +3.0 people a year, p = 0.017)."
    )
    assert any("strength is not taken into account" in caveat for caveat in found.caveats)


def test_five_years_with_equal_counts_have_an_exact_p_value() -> None:
    """1, 2, 2, 4, 7: of the 120 orders of these counts two rise as steadily and two fall as steadily."""
    found = trend(series([1, 2, 2, 4, 7]))
    assert found.p_value == pytest.approx(4 / 120)


def test_long_series_with_equal_counts_use_the_correction_for_ties() -> None:
    from scipy import stats

    persons = [0, 0, 1, 0, 2, 1, 3, 2, 2, 4, 5, 3]
    assert trend(series(persons)).p_value == pytest.approx(stats.kendalltau(range(12), persons).pvalue)


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (series([]), "no year has figures"),
        (series([9, 9, 10]), "fewer than 4 years have figures"),
        (series([0, 0, 1, 0, 2, 0, 3]), "fewer than 10 people in all the years together"),
        (series([5, 5, 5, 5]), "every year has the same number"),
        (series([0, 0, 0, 12, 0], person_years=1000.0), "there are people in fewer than 3 of the years"),
        (series([4, 4, 4, 4], person_years=[1000.0, 1000.0, 0.0, np.nan]), "fewer than 4 years have figures"),
        (series([4, 4, 4, 4], person_years=np.nan), "fewer than 4 years have figures"),
    ],
)
def test_no_test_but_the_reason(frame: pd.DataFrame, reason: str) -> None:
    found = trend(frame, of="the rate")
    assert found.method == Method.NONE
    assert found.words == f"No test of trend in the rate: {reason}."
    assert (found.p_value, found.estimate, found.low, found.high) == (None, None, None, None)
    assert not found.significant


@pytest.mark.parametrize(
    ("years", "persons", "of_all"),
    [
        ([1981, 2019, 2020, 2021], [0, 14, 1, 3], [4, 224, 1, 3]),
        ([1951, 1957, 1958, 1962, 1963, 1966], [26, 37, 0, 15, 0, 274], [26, 220, 55, 5294, 6574, 274]),
        ([1966, 1967, 1971, 2013], [3200, 0, 1, 1], [3202, 428, 22, 23]),
    ],
)
def test_a_year_that_outweighs_all_others_leaves_no_test_and_no_failure(
    years: list[int], persons: list[int], of_all: list[int]
) -> None:
    """Hundreds injured in one accident: the fit overflows, or its interval goes beyond any number."""
    found = trend(pd.DataFrame({"year": years, "persons": persons, "of_all": of_all}), of="the share")
    assert (found.method, found.reason) == (Method.NONE, NoTest.IRREGULAR)
    assert found.words == "No test of trend in the share: the figures are too irregular for a regression."


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.concat([series([1, 2, 3, 4])] * 2), "one row per year"),
        (series([5, -1, 3, 4]), "no negative count"),
        (series([5, 6, 7, 8], of_all=[20, 20, 5, 20]), "part of all"),
    ],
)
def test_wrong_series_are_refused(frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        trend(frame)


def test_without_a_trend_one_is_found_one_time_in_twenty() -> None:
    """Five years of 25 deaths on average, in Poisson counts and in clusters of five."""
    chance = np.random.default_rng(1948)
    for counts in (chance.poisson(25, (200, 5)), 5 * chance.poisson(5, (200, 5))):
        found = [trend(series(persons.tolist(), person_years=1000.0)).significant for persons in counts]
        assert np.mean(found) < 0.08
