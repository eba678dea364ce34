"""Whether the level of a yearly series changed once, around which year, and how sure that is. Pure.

Two constant levels against one, by the likelihood ratio at the best year, under counts whose variance is a multiple of
their mean. What chance alone gives is drawn from the fitted models themselves (a parametric bootstrap), always the same
for the same series. docs/method.md says what a year that is found can bear.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy.special import xlogy

from casualties.trends.distinct import Floats

FEWEST_YEARS = 10
FEWEST_PERSONS = 30
SHORTEST = 3  # years of a level: two bad years are no level
LEVEL = 0.01  # looked for in many series at once, so stricter than the tests of trend
DRAWS = 999


class NoChange(StrEnum):
    """Why no year is named."""

    NONE = ""
    FEW_YEARS = "few-years"
    FEW_PERSONS = "few-persons"
    NOT_CLEAR = "not-clear"


@dataclass(frozen=True)
class LevelChange:
    """`year`: the first of the new level, with its 95% interval `low` to `high`; `before` and `after` a year: persons,
    or persons per person-year. All None where `reason` says why no year is named; `p_value` is against one level."""

    first_year: int
    last_year: int
    years: int
    reason: NoChange
    p_value: float | None = None
    dispersion: float | None = None
    year: int | None = None
    low: int | None = None
    high: int | None = None
    before: float | None = None
    after: float | None = None


def change_of(years: npt.NDArray[np.int64], persons: Floats, exposure: Floats | None) -> LevelChange:
    """One change of level in closed years in order of time; `exposure` are the person-years of a rate, None of a count.

    Sources: D. V. Hinkley, Inference about the change-point in a sequence of random variables, Biometrika 57 (1970),
    1-17; K. J. Worsley, Confidence regions and tests for a change-point in a sequence of exponential family random
    variables, Biometrika 73 (1986), 91-104; the bootstrap: A. C. Davison and D. V. Hinkley, Bootstrap Methods and their
    Application (1997), chapter 4. ValueError where years are not in order or an exposure is not above 0.
    """
    if len(years) and ((np.diff(years) <= 0).any() or (exposure is not None and not (exposure > 0).all())):
        raise ValueError("a change of level is looked for in years in order, each with something to count in")
    first, last = (int(years[0]), int(years[-1])) if len(years) else (0, 0)
    if len(years) < FEWEST_YEARS:
        return LevelChange(first, last, len(years), NoChange.FEW_YEARS)
    if persons.sum() < FEWEST_PERSONS:
        return LevelChange(first, last, len(years), NoChange.FEW_PERSONS)
    weights = np.ones(len(years)) if exposure is None else exposure
    found = _best(persons[None, :], weights)
    split, spread = int(found.split[0]), float(found.spread[0])
    draw = np.random.default_rng(_seed(years, persons, weights))
    level = persons.sum() / weights.sum()
    by_chance = _best(_drawn(draw, level * weights, spread), weights)
    p_value = float((1 + (by_chance.ratio >= found.ratio[0]).sum()) / (1 + DRAWS))
    if p_value >= LEVEL:
        return LevelChange(first, last, len(years), NoChange.NOT_CLEAR, p_value, spread)
    before = float(persons[:split].sum() / weights[:split].sum())
    after = float(persons[split:].sum() / weights[split:].sum())
    levels = np.where(np.arange(len(years)) < split, before, after)
    again = _best(_drawn(draw, levels * weights, spread), weights)
    low, high = np.quantile(years[again.split], [0.025, 0.975], method="inverted_cdf")
    return LevelChange(
        first,
        last,
        len(years),
        NoChange.NONE,
        p_value,
        spread,
        int(years[split]),
        int(low),
        int(high),
        before,
        after,
    )


@dataclass(frozen=True)
class _Best:
    """Of each row of counts: its best split (place of the first year after), the dispersion about the two levels (never
    below 1), and the likelihood ratio in units of it."""

    split: npt.NDArray[np.int64]
    spread: Floats
    ratio: Floats


def _best(rows: Floats, weights: Floats) -> _Best:
    """The most likely split of each row; a level holds at least SHORTEST years."""
    n = rows.shape[1]
    splits = np.arange(SHORTEST, n - SHORTEST + 1)
    counted, weighed = rows.cumsum(axis=1), weights.cumsum()
    before, of_before = counted[:, splits - 1], weighed[splits - 1]
    total, of_all = counted[:, -1:], weighed[-1]
    after, of_after = total - before, of_all - of_before
    likelihood = xlogy(before, before / of_before) + xlogy(after, after / of_after) - xlogy(total, total / of_all)
    place = likelihood.argmax(axis=1)
    every = np.arange(len(rows))
    split = splits[place]
    first, second = (before / of_before)[every, place], (after / of_after)[every, place]
    expected = np.where(np.arange(n) < split[:, None], first[:, None], second[:, None]) * weights
    with np.errstate(divide="ignore", invalid="ignore"):
        strayed = np.where(expected > 0, (rows - expected) ** 2 / expected, 0.0).sum(axis=1)
    spread = np.maximum(1.0, strayed / (n - 3))  # two levels and the year were fitted
    return _Best(split, spread, 2 * likelihood[every, place] / spread)


def _drawn(draw: np.random.Generator, expected: Floats, spread: float) -> Floats:
    """Series of counts with these means and `spread` times the mean as variance: Poisson, or negative binomial."""
    size = (DRAWS, len(expected))
    if spread <= 1:
        return draw.poisson(expected, size).astype(np.float64)
    means = np.maximum(expected, 1e-9)  # a level of nobody has no variance either
    return draw.negative_binomial(means / (spread - 1), 1 / spread, size).astype(np.float64)


def _seed(years: npt.NDArray[np.int64], persons: Floats, weights: Floats) -> int:
    """A seed that is the series' own, so that the same figures give the same answer on every machine."""
    numbers = np.concatenate([years.astype(np.float64), persons, weights])
    return int.from_bytes(hashlib.sha256(numbers.astype("<f8").tobytes()).digest()[:8], "big")
