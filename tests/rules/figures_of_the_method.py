"""Examples of docs/method.md that need no data: figures in, figures out."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from casualties.trends.change_points import change_of
from casualties.trends.comparing import Side, compare
from casualties.trends.dispersion import clustered_interval, dispersion
from casualties.trends.rates import count_interval, rates
from casualties.trends.trend_tests import trend

Number = int | Decimal


def interval_of_a_count(persons: int) -> dict[str, Any]:
    low, high = count_interval([persons])
    return {"low": low[0], "high": high[0]}


def interval_of_a_rate(persons: int, person_years: Number) -> dict[str, Any]:
    rate, low, high = rates([persons], [float(person_years)])
    return {"rate": rate[0], "low": low[0], "high": high[0]}


def interval_in_clusters(incident_sizes: list[int]) -> dict[str, Any]:
    sizes = np.array(incident_sizes)
    persons, squares = sizes.sum(), (sizes * sizes).sum()
    low, high = clustered_interval([persons], [squares], [sizes.max()])
    poisson_low, poisson_high = count_interval([persons])
    return {
        "persons": persons,
        "dispersion": dispersion([persons], [squares])[0],
        "low": low[0],
        "high": high[0],
        "poisson_low": poisson_low[0],
        "poisson_high": poisson_high[0],
    }


def ratio_of_counts(persons: int, persons_before: int) -> dict[str, Any]:
    found = compare(Side(persons), Side(persons_before))
    return {"ratio": found.ratio, "low": found.low, "high": found.high, "p_value": found.p_value}


def against_nobody(persons: int, persons_before: int) -> dict[str, Any]:
    found = compare(Side(persons), Side(persons_before))
    assert np.isnan(found.ratio)
    assert np.isnan(found.high)
    return {"low": found.low, "p_value": found.p_value}


def trend_of_counts(first_year: int, persons: list[int]) -> dict[str, Any]:
    years = range(first_year, first_year + len(persons))
    found = trend(pd.DataFrame({"year": years, "persons": persons}))
    return {"method": found.method.value, "change": found.estimate, "p_value": found.p_value, "sentence": found.words}


def changes_by_chance(series: int, years: int, mean: int, dispersion: int, seed: int) -> dict[str, Any]:
    """In how many series of one level, with clustered counts, a change of level is named all the same."""
    draw = np.random.default_rng(seed)
    rows = draw.negative_binomial(mean / (dispersion - 1), 1 / dispersion, (series, years)).astype(np.float64)
    found = [change_of(np.arange(years) + 2000, row, None) for row in rows]
    return {"wrongly_named": sum(1 for one in found if one.year is not None)}


FIGURES: dict[str, Callable[..., dict[str, Any]]] = {
    "count-interval-0": interval_of_a_count,
    "count-interval-7": interval_of_a_count,
    "count-interval-62": interval_of_a_count,
    "rate-interval-1993": interval_of_a_rate,
    "rate-interval-2006": interval_of_a_rate,
    "clusters-of-one-year": interval_in_clusters,
    "ratio-of-counts": ratio_of_counts,
    "ratio-against-nobody": against_nobody,
    "trend-of-five-years": trend_of_counts,
    "change-of-level-by-chance": changes_by_chance,
}
