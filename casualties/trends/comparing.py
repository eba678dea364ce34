"""Two counts or two rates against each other: ratio, 95% interval, p-value. Pure.

The counts may come in incidents; where each incident has one person the answers are the exact conditional ones.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from casualties.trends.dispersion import check_sizes
from casualties.trends.distinct import Floats, for_distinct
from casualties.trends.rates import TAIL


@dataclass(frozen=True)
class Side:
    """What is compared: persons, over what (person-years; equal periods: leave it), in incidents of which sizes.

    Numbers or columns of numbers. Without `squares` and `largest` (see dispersion.py) every person counts as an
    incident of one, which is the Poisson model.
    """

    persons: npt.ArrayLike
    exposure: npt.ArrayLike = 1.0
    squares: npt.ArrayLike | None = None
    largest: npt.ArrayLike | None = None

    def sizes(self) -> tuple[Floats, Floats, Floats]:
        """Persons, squares and largest as columns; ValueError for ones that do not belong together."""
        persons = np.asarray(self.persons, dtype=np.float64)
        if (self.squares is None) != (self.largest is None):
            raise ValueError("incident sizes need both the squares and the largest")
        squares = persons if self.squares is None else np.asarray(self.squares, dtype=np.float64)
        largest = np.minimum(persons, 1) if self.largest is None else np.asarray(self.largest, dtype=np.float64)
        check_sizes(persons, squares, largest)
        return persons, squares, largest


@dataclass(frozen=True)
class Comparison:
    """NaN is what cannot be said: no ratio and no upper end against 0 persons, nothing at all of 0 against 0."""

    ratio: Floats
    low: Floats
    high: Floats
    p_value: Floats


def compare(now: Side, before: Side) -> Comparison:
    """Ratio of two rates (or counts of equal periods), its 95% interval and the two-sided p-value of no difference.

    Poisson counts: given the sum of both counts, the first is binomial (J. Przyborowski and H. Wilenski, Homogeneity of
    results in testing samples from Poisson series, Biometrika 31 (1940), 313-323); its exact interval (C. J. Clopper
    and E. S. Pearson, Biometrika 26 (1934), 404-413) is carried over to the ratio. The p-value is twice the smaller
    tail, at most 1: it is below 0.05 exactly when the interval leaves out 1 (M. P. Fay, Two-sided exact tests and
    matching confidence intervals for discrete data, The R Journal 2/1 (2010), 53-58).

    Counts in incidents: the same quantiles of F with the degrees of freedom of the clustered interval of each side
    (M. P. Fay, Approximate confidence intervals for rate ratios from directly standardized rates with sparse data,
    Communications in Statistics - Theory and Methods 28 (1999), 2141-2160), of which the exact interval is the case of
    one person per incident. ValueError for exposures that are not above 0, or impossible counts.
    """
    exposure, exposure_before = np.asarray(now.exposure, np.float64), np.asarray(before.exposure, np.float64)
    if (exposure <= 0).any() or (exposure_before <= 0).any():
        raise ValueError("a rate needs an exposure above 0")
    (y1, v1, w1), (y2, v2, w2) = now.sizes(), before.sizes()
    relative = exposure_before / exposure
    low, high, p_value = for_distinct(_fay, y1, v1, np.maximum(w1, 1), y2, v2, np.maximum(w2, 1), relative)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.asarray(np.where(y2 > 0, y1 / y2, np.nan) * relative, dtype=np.float64)
    return Comparison(ratio, low, high, p_value)


def _fay(*columns: Floats) -> tuple[Floats, Floats, Floats]:
    """Both ends and the p-value, of y, v, w (as in clustered_interval()) now and before, and exposure before / now.

    If B has a beta distribution of shapes a and b, then B / (1 - B) * b / a has F with 2a and 2b degrees of freedom.
    """
    y1, v1, w1, y2, v2, w2, relative = columns
    nobody, nobody_before = y1 == 0, y2 == 0
    with np.errstate(divide="ignore", invalid="ignore"):
        a, b = y1 * y1 / v1, (y2 + w2) ** 2 / (v2 + w2 * w2)
        unit = y1 / (y2 + w2) * b / a * relative
        low = np.where(nobody, 0.0, unit * _odds(a, b, TAIL))
        so_high = np.where(nobody, np.nan, special.betainc(a, b, 1 / (1 + unit)))
        a, b = (y1 + w1) ** 2 / (v1 + w1 * w1), y2 * y2 / v2
        unit = (y1 + w1) / y2 * b / a * relative
        high = np.where(nobody_before, np.nan, unit * _odds(a, b, 1 - TAIL))
        so_low = np.where(nobody_before, np.nan, special.betaincc(a, b, 1 / (1 + unit)))
    # Of nobody only a fall can be seen, and against nobody only a rise: then there is one tail.
    p_value = np.fmin(1.0, 2 * np.fmin(so_high, so_low))
    unknown = (nobody & nobody_before) | np.isnan(v1 + v2 + relative)
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high), np.where(unknown, np.nan, p_value)


def _odds(a: Floats, b: Floats, probability: float) -> Floats:
    quantile = special.betaincinv(a, b, probability)
    return np.asarray(quantile / (1 - quantile), dtype=np.float64)
