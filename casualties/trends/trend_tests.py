"""Whether a yearly series rises or falls: tests of trend by kept libraries, and what they say in plain words. Pure.

With person-years: quasi-Poisson regression of the counts on the year, the person-years as offset; the answer is a
change of the rate in per cent a year. For shares the same with the deaths of all causes as offset. Counts without a
denominator: the Mann-Kendall test and the Theil-Sen slope, in persons a year. No test removes what the caveats say.
"""

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from casualties.frames import OF_ALL, PERSON_YEARS, PERSONS, PROVISIONAL, YEAR
from casualties.trends.distinct import Floats

Ints = npt.NDArray[np.int64]

FEWEST_YEARS = 4
FEWEST_PERSONS = 10
YEARS_WITH_PERSONS = 3
BEYOND_MEANING = 1e9  # per cent a year: no rate changes so fast, and the figure says that there is no slope
MOST_ORDERS = 50_000  # up to 8 years every order of the years is tried: 8! = 40,320
SIGNIFICANT = 0.05

INDEPENDENT = "neighbouring years are taken as independent of each other"
WITHOUT_STRENGTH = "strength is not taken into account: more people deployed can mean more deaths at the same risk"
OF_A_SHARE = "the change is in per cent of the share, not in percentage points"


class Method(StrEnum):
    QUASI_POISSON = "quasi-poisson"
    MANN_KENDALL = "mann-kendall"
    NONE = "none"


class Unit(StrEnum):
    PERCENT = "percent-a-year"
    PERSONS = "persons-a-year"
    NONE = ""


class NoTest(StrEnum):
    """Why there is no test; the words are in REASONS."""

    NONE = ""
    NO_YEAR = "no-year"
    FEW_YEARS = "few-years"
    FEW_PERSONS = "few-persons"
    PERSONS_IN_FEW_YEARS = "persons-in-few-years"
    ALL_EQUAL = "all-equal"
    IRREGULAR = "irregular"


REASONS = {
    NoTest.NO_YEAR: "no year has figures",
    NoTest.FEW_YEARS: f"fewer than {FEWEST_YEARS} years have figures",
    NoTest.FEW_PERSONS: f"fewer than {FEWEST_PERSONS} people in all the years together",
    NoTest.PERSONS_IN_FEW_YEARS: f"there are people in fewer than {YEARS_WITH_PERSONS} of the years",
    NoTest.ALL_EQUAL: "every year has the same number",
    NoTest.IRREGULAR: "the figures are too irregular for a regression",
}


@dataclass(frozen=True)
class TrendTest:
    """One test. `estimate`, `low` and `high` (95% interval) are changes a year in `unit`; None where there is none.

    `years` is how many years were tested, `rises` the direction that was found, clear or not (a slope of 0 has one too,
    where most years have the same count), `dispersion` the Pearson chi-squared over its degrees of freedom (1 and less:
    no more irregular than Poisson counts), `words` the sentence for the reader, `caveats` what to say beside it, and
    `reason` why there is no test.
    """

    method: Method
    of: str
    first_year: int
    last_year: int
    years: int
    estimate: float | None
    low: float | None
    high: float | None
    unit: Unit
    p_value: float | None
    dispersion: float | None
    words: str
    caveats: tuple[str, ...]
    reason: NoTest = NoTest.NONE
    rises: bool | None = None

    @property
    def significant(self) -> bool:
        return self.p_value is not None and self.p_value < SIGNIFICANT


def trend(frame: pd.DataFrame, *, of: str = "the number of deaths") -> TrendTest:
    """Test of a series: columns year and persons, and person_years (of a rate) or of_all (of a share), else a count.

    Years must be in the frame where nobody was counted; a year without person-years (NaN or 0) is no year of a rate
    and is left out, as is every year that a column `provisional` marks. `persons` of a rate are the covered ones of
    coverage.py. `of` is what is said to rise or fall ("the rate of uniformed deaths by malicious acts"). A series too
    short or with too few people gets no test but the reason. ValueError for doubled years, negative counts, or more
    persons than of_all.
    """
    kept = frame[~frame[PROVISIONAL].astype(bool)] if PROVISIONAL in frame else frame
    of_all = PERSON_YEARS not in kept and OF_ALL in kept
    exposure = kept[PERSON_YEARS] if PERSON_YEARS in kept else kept[OF_ALL] if of_all else None
    return trend_of(
        kept[YEAR].to_numpy(dtype=np.int64),
        kept[PERSONS].to_numpy(dtype=np.float64),
        None if exposure is None else exposure.to_numpy(dtype=np.float64, na_value=np.nan),
        of=of,
        is_share=of_all,
    )


def trend_of(years: Ints, persons: Floats, exposure: Floats | None, *, of: str, is_share: bool = False) -> TrendTest:
    """trend() of columns, of closed years: the exposure is the person-years of a rate, the persons of all causes of a
    share (`is_share`), or None for a count."""
    if not len(years):
        return _none(years, of, NoTest.NO_YEAR)
    order = np.argsort(years, kind="stable")
    years, persons = years[order], persons[order]
    if (np.diff(years) == 0).any() or (persons < 0).any():
        raise ValueError("a test of trend needs one row per year and no negative count")
    if exposure is None:
        return _mann_kendall(years, persons, of)
    exposure = exposure[order]
    if is_share and (persons > exposure).any():
        raise ValueError("a share needs counts that are part of all")
    has = exposure > 0
    return _regression(years[has], persons[has], exposure[has], of, caveats=[OF_A_SHARE] if is_share else [])


def _regression(years: Ints, persons: Floats, exposure: Floats, of: str, *, caveats: Sequence[str]) -> TrendTest:
    """Quasi-Poisson regression on the year.

    Sources: R. W. M. Wedderburn, Quasi-likelihood functions, generalized linear models, and the Gauss-Newton method,
    Biometrika 61 (1974), 439-447; P. McCullagh and J. A. Nelder, Generalized Linear Models, 2nd edition (1989). The
    variance is the dispersion times the mean; the dispersion is estimated from Pearson's chi-squared and never
    taken below 1, and the interval and the p-value are those of Student's t with the residual degrees of freedom.
    """
    too_little = _too_little(persons) or _too_irregular(persons)
    if too_little:
        return _none(years, of, too_little)
    fit = _fit(years, persons, exposure)
    if fit is None:
        return _none(years, of, NoTest.IRREGULAR)
    estimate, low, high, p_value, spread = fit
    caveats = [*caveats, INDEPENDENT]
    if spread > 1:
        caveats.append(
            f"the years scatter more than chance alone explains (dispersion {spread:.1f}); this is allowed for"
        )
    else:
        caveats.append("the years scatter no more than chance explains")
    if persons.sum() < 2 * FEWEST_PERSONS:
        caveats.append("few people: the interval is rough")
    return _test(
        years,
        of,
        Method.QUASI_POISSON,
        (estimate, low, high),
        p_value=p_value,
        spread=spread,
        caveats=caveats,
        rises=estimate > 0,
    )


def _fit(years: Ints, persons: Floats, exposure: Floats) -> tuple[float, float, float, float, float] | None:
    """Estimate, low and high in per cent a year, p-value and dispersion; None where the figures allow no answer.

    A year that outweighs all others (hundreds injured in one accident) can drive the slope beyond any number.
    """
    # Imported where it is used: it takes a second, and most processes never test a trend.
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

    design = np.column_stack([np.ones(len(years)), years - years.mean()])
    model = GLM(persons, design, family=Poisson(), offset=np.log(exposure))
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            # Counts that lie on the line are no separation, which _too_irregular() has refused.
            warnings.simplefilter("ignore", PerfectSeparationWarning)
            found = model.fit()
            spread = float(found.pearson_chi2 / found.df_resid)
            found = model.fit(start_params=found.params, scale=max(1.0, spread), use_t=True)
            low, high = found.conf_int()[1]
            estimate, low, high = (100 * math.expm1(float(value)) for value in (found.params[1], low, high))
    except (ArithmeticError, ValueError):  # overflow; weights that are no numbers; a matrix that cannot be inverted
        return None
    answer = (estimate, low, high, float(found.pvalues[1]), spread)
    usable = found.converged and all(map(math.isfinite, answer)) and max(map(abs, answer)) < BEYOND_MEANING
    return answer if usable else None


def _mann_kendall(years: Ints, persons: Floats, of: str) -> TrendTest:
    """Kendall's tau of counts and years, and the Theil-Sen slope.

    Sources: H. B. Mann, Nonparametric tests against trend, Econometrica 13 (1945), 245-259; M. G. Kendall, Rank
    Correlation Methods (1948); P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, Journal of
    the American Statistical Association 63 (1968), 1379-1389. The p-value is
    exact for up to 8 years (all orders of the years are tried) and for up to 33 whose counts are all different; else
    it is that of the normal approximation with its correction for ties.
    """
    too_little = _too_little(persons)
    if too_little:
        return _none(years, of, too_little)
    from scipy import stats  # imported where it is used, as above

    if len(set(persons)) == 1:
        return _none(years, of, NoTest.ALL_EQUAL)
    caveats = [WITHOUT_STRENGTH, INDEPENDENT]
    rises = float(_concordance(persons)) > 0
    if math.factorial(len(years)) <= MOST_ORDERS:
        exact = stats.permutation_test(
            (persons,), _concordance, permutation_type="pairings", vectorized=True, n_resamples=MOST_ORDERS
        )
        p_value = float(exact.pvalue)
    else:
        p_value = float(stats.kendalltau(years, persons).pvalue)
    slope = stats.theilslopes(persons, years.astype(np.float64))
    estimate = (float(slope.slope), float(slope.low_slope), float(slope.high_slope))
    return _test(years, of, Method.MANN_KENDALL, estimate, p_value=p_value, spread=None, caveats=caveats, rises=rises)


def _concordance(persons: Floats, axis: int = -1) -> Floats:
    """Kendall's S, pairs of years that rise less pairs that fall, along the axis."""
    ordered = np.moveaxis(persons, axis, -1)
    earlier, later = np.triu_indices(ordered.shape[-1], k=1)
    return np.asarray(np.sign(ordered[..., later] - ordered[..., earlier]).sum(axis=-1), dtype=np.float64)


def _too_little(persons: Floats) -> NoTest:
    if len(persons) < FEWEST_YEARS:
        return NoTest.FEW_YEARS
    if persons.sum() < FEWEST_PERSONS:
        return NoTest.FEW_PERSONS
    return NoTest.NONE


def _too_irregular(persons: Floats) -> NoTest:
    """With everybody in one or two years a regression has no finite or no meaningful slope."""
    if (persons > 0).sum() < YEARS_WITH_PERSONS:
        return NoTest.PERSONS_IN_FEW_YEARS
    return NoTest.NONE


def _none(tested: Ints, of: str, reason: NoTest) -> TrendTest:
    years = tested.tolist() or [0]
    words = f"No test of trend in {of}: {REASONS[reason]}."
    return TrendTest(
        Method.NONE, of, years[0], years[-1], len(tested), None, None, None, Unit.NONE, None, None, words, (), reason
    )


def _test(
    years: Ints,
    of: str,
    method: Method,
    estimate: tuple[float, float, float],
    *,
    p_value: float,
    spread: float | None,
    caveats: Sequence[str],
    rises: bool,
) -> TrendTest:
    unit = Unit.PERSONS if method == Method.MANN_KENDALL else Unit.PERCENT
    first, last = int(years[0]), int(years[-1])
    change, low, high = estimate
    if len(years) < last - first + 1:
        caveats = [*caveats, f"{last - first + 1 - len(years)} years between have no figures and are left out"]
    words = _sentence(f"From {first} to {last}", of, unit, estimate, p_value, rises=rises)
    return TrendTest(
        method,
        of,
        first,
        last,
        len(years),
        change,
        low,
        high,
        unit,
        p_value,
        spread,
        words,
        tuple(caveats),
        rises=rises,
    )


def _sentence(
    period: str, of: str, unit: Unit, estimate: tuple[float, float, float], p_value: float, *, rises: bool
) -> str:
    change, low, high = (_signed(value) for value in estimate)
    measure = "% a year" if unit == Unit.PERCENT else " people a year"
    evidence = f"95% interval {low} to {high}{measure}, {_p(p_value)}"
    if p_value >= SIGNIFICANT:
        return f"{period} there is no clear trend in {of} ({change}{measure}; {evidence})."
    direction = "rose" if rises else "fell"
    if abs(estimate[0]) < 0.05:
        # A test of order can be sure of a change that is next to nothing.
        return f"{period} {of} {direction} by less than 0.1{measure} ({evidence})."
    return f"{period} {of} {direction} by {change.lstrip('+−')}{measure} ({evidence})."


def _signed(value: float) -> str:
    rounded = Decimal(repr(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{abs(rounded):,.1f}"


def _p(p_value: float) -> str:
    return "p < 0.001" if p_value < 0.001 else f"p = {p_value:.3f}" if p_value < 0.1 else f"p = {p_value:.2f}"
