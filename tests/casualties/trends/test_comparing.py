"""Two rates or counts against each other."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casualties.trends.comparing import Comparison, Side, compare
from tests.casualties.trends.test_dispersion import SIZES

counts = st.integers(0, 300)
exposures = st.floats(0.1, 1000)
incidents = st.lists(st.integers(1, 25), max_size=30)


def side(sizes: list[int] | np.ndarray, exposure: float = 1) -> Side:
    column = np.array(sizes, dtype=np.int64)
    return Side(column.sum(), exposure, (column * column).sum(), column.max(initial=0))


def figures(found: Comparison) -> list[float]:
    return [float(figure) for figure in (found.ratio, found.low, found.high, found.p_value)]


def test_it_works() -> None:
    """Malicious acts of 2014-18 against 2009-13, as counts: twice as many."""
    found = figures(compare(Side(194), Side(101)))
    assert found == pytest.approx([1.92, 1.50, 2.47, 6.7e-8], rel=0.005)


@given(counts, counts, exposures, exposures)
def test_it_is_the_exact_conditional_binomial(now: int, before: int, exposure: float, exposure_before: float) -> None:
    from scipy import stats

    assume(now + before > 0)
    found = compare(Side(now, exposure), Side(before, exposure_before))
    total, expected = now + before, exposure / (exposure + exposure_before)
    proportion = stats.binomtest(now, total).proportion_ci(0.95, method="exact")
    relative = exposure_before / exposure
    assert found.low == pytest.approx(proportion.low / (1 - proportion.low) * relative if now else 0)
    if before:
        assert found.high == pytest.approx(proportion.high / (1 - proportion.high) * relative)
        assert found.ratio == pytest.approx(now / before * relative)
    tails = stats.binom.cdf(now, total, expected), stats.binom.sf(now - 1, total, expected)
    assert found.p_value == pytest.approx(min(1, 2 * min(tails)), abs=1e-12)


@given(incidents, incidents, exposures)
def test_the_p_value_and_the_interval_say_the_same(now: list[int], before: list[int], exposure: float) -> None:
    assume(now or before)
    found = compare(side(now, exposure), side(before))
    outside = found.low > 1 or (found.high < 1 and bool(before))
    assume(abs(found.p_value - 0.05) > 1e-9)
    assert (found.p_value < 0.05) == outside


@given(incidents, incidents)
def test_the_other_way_round_it_is_the_reciprocal(now: list[int], before: list[int]) -> None:
    assume(now and before)
    there, back = figures(compare(side(now), side(before))), figures(compare(side(before), side(now)))
    assert [1 / back[0], 1 / back[2], 1 / back[1], back[3]] == pytest.approx(there)


def test_columns_are_compared_row_by_row() -> None:
    found = compare(Side([10, 0, 5, 0], [1, 1, 1, 2]), Side([20, 0, 0, 4], [2, 1, 1, 1]))
    assert found.ratio[[0, 3]].tolist() == [1, 0]
    assert np.isnan(found.ratio[[1, 2]]).all()
    assert found.p_value[0] == 1


def test_nobody_against_nobody_compares_nothing() -> None:
    assert np.isnan(figures(compare(Side(0), Side(0)))).all()


def test_against_nobody_there_is_no_ratio_but_a_least_one() -> None:
    ratio, low, high, p_value = figures(compare(Side(6), Side(0)))
    assert np.isnan([ratio, high]).all()
    assert low > 1
    assert p_value == 2 * 0.5**6


def test_what_is_not_known_cannot_be_compared() -> None:
    assert np.isnan(figures(compare(Side(5, 1, np.nan, np.nan), Side(5, 1, 5, 1))))[1:].all()


def test_clusters_make_it_less_sure() -> None:
    """As above, with the sizes of the incidents (squares 814 and 311, largest 15 and 8)."""
    plain, clustered = compare(Side(194), Side(101)), compare(Side(194, 1, 814, 15), Side(101, 1, 311, 8))
    assert clustered.ratio == plain.ratio
    assert clustered.low < plain.low
    assert clustered.high > plain.high
    assert clustered.p_value > plain.p_value
    assert figures(clustered)[1:] == pytest.approx([1.14, 3.30, 0.011], abs=0.005)


@pytest.mark.parametrize("exposure", [0, -1])
def test_no_exposure_is_refused(exposure: int) -> None:
    with pytest.raises(ValueError, match="exposure above 0"):
        compare(Side(1, exposure), Side(1))


def test_impossible_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="no incidents have"):
        compare(Side(5, 1, 4, 1), Side(5))
    with pytest.raises(ValueError, match="both the squares and the largest"):
        compare(Side(5, 1, 5), Side(5))


def test_equal_risks_are_seldom_found_different_where_the_poisson_test_errs_one_time_in_four() -> None:
    """Two periods of 60 incidents on average, sizes as in reality: how often the p-value is below 0.05."""
    chance = np.random.default_rng(1992)

    def period() -> Side:
        drawn = [chance.choice(SIZES, chance.poisson(60)) for _ in range(1000)]
        squares, largest = [(sizes**2).sum() for sizes in drawn], [sizes.max() for sizes in drawn]
        return Side([sizes.sum() for sizes in drawn], 1, squares, largest)

    now, before = period(), period()
    assert (compare(now, before).p_value < 0.05).mean() <= 0.05
    assert (compare(Side(now.persons), Side(before.persons)).p_value < 0.05).mean() > 0.25
