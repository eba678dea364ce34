"""Exact intervals of counts, and rates per 1,000 person-years."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casualties.trends.rates import REASONS, NoRate, add_rates, count_interval, rates


@pytest.mark.parametrize(
    ("persons", "low", "high"), [(0, 0, 3.69), (1, 0.03, 5.57), (7, 2.81, 14.42), (62, 47.54, 79.48)]
)
def test_it_works(persons: int, low: float, high: float) -> None:
    found = count_interval([persons])
    assert [round(float(end[0]), 2) for end in found] == [low, high]


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=20))
def test_the_interval_is_garwoods_by_chi_squared(counts: list[int]) -> None:
    from scipy import stats

    low, high = count_interval(counts)
    n = np.array(counts)
    assert np.allclose(low, np.where(n == 0, 0, stats.chi2.ppf(0.025, 2 * np.maximum(n, 1)) / 2))
    assert np.allclose(high, stats.chi2.ppf(0.975, 2 * n + 2) / 2)


@given(st.integers(0, 400))
def test_each_end_leaves_a_fortieth_beyond_it(count: int) -> None:
    from scipy import stats

    (low,), (high,) = count_interval([count])
    assert stats.poisson.cdf(count, high) == pytest.approx(0.025)
    if count:
        assert stats.poisson.sf(count - 1, low) == pytest.approx(0.025)


def test_a_missing_count_has_no_interval_and_shapes_are_kept() -> None:
    low, high = count_interval(np.array([[np.nan, 7], [7, 0]]))
    assert low.shape == high.shape == (2, 2)
    assert np.isnan([low[0, 0], high[0, 0]]).all()
    assert low[0, 1] == low[1, 0] > low[1, 1] == 0
    assert [end.shape for end in count_interval([])] == [(0,), (0,)]


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative: -1"):
        count_interval([3, -1])


@pytest.mark.parametrize(
    ("deaths", "person_years", "rate", "low", "high"),
    [
        (225, 67_964, 3.31, 2.89, 3.77),
        (73, 75_264, 0.97, 0.76, 1.22),
        (104, 100_111, 1.04, 0.85, 1.26),
        (98, 106_139, 0.92, 0.75, 1.13),
        (96, 106_139, 0.90, 0.73, 1.10),
    ],
)
def test_published_rates(deaths: int, person_years: int, rate: float, low: float, high: float) -> None:
    assert [round(float(figure), 2) for figure in rates(deaths, person_years)] == [rate, low, high]


def test_no_person_years_no_rate() -> None:
    for figure in rates([3, 3], [0, np.nan]):
        assert np.isnan(figure).all()
    with pytest.raises(ValueError, match="person-years cannot be negative: -2"):
        rates([3], [-2])


def test_a_reason_takes_the_rate_away_and_a_missing_denominator_gives_one() -> None:
    frame = pd.DataFrame(
        {
            "rate_persons": pd.array([2, 2, 2, pd.NA], dtype="Int64"),
            "person_years": [1000.0, 1000.0, 0.0, np.nan],
            "no_rate": ["", "months-not-covered", "", ""],
        }
    )
    found = add_rates(frame)
    assert found["no_rate"].tolist() == ["", "months-not-covered", "no-person-years", "no-person-years"]
    assert found["rate"].notna().tolist() == [True, False, False, False]
    assert found.loc[0, "rate"] == 2
    assert found.loc[0, "rate_high"] == pytest.approx(7.2247, abs=1e-4)


def test_every_reason_has_words() -> None:
    assert set(REASONS) == set(NoRate) - {NoRate.NONE}
    assert all(words.startswith("no rate: ") for words in REASONS.values())
