"""The title of rates beside each other says whether intervals overlap, and of which intervals it speaks."""

import pandas as pd
import pytest

from casualties.charts.side_by_side.rates import rates_beside
from casualties.frames import (
    FIRST_YEAR,
    LAST_YEAR,
    LEFT_OUT,
    MONTHS_COVERED,
    MONTHS_FILLED,
    NO_RATE,
    PERSON_YEARS,
    RATE,
    RATE_HIGH,
    RATE_HIGH_CLUSTERED,
    RATE_LOW,
    RATE_LOW_CLUSTERED,
    RATE_PERSONS,
)

RATE_COLUMNS = [RATE, RATE_LOW, RATE_HIGH, RATE_LOW_CLUSTERED, RATE_HIGH_CLUSTERED]
ALIKE = {FIRST_YEAR: 2014, LAST_YEAR: 2018, RATE_PERSONS: 9, LEFT_OUT: 0, PERSON_YEARS: 9_000.0} | {
    MONTHS_COVERED: 60, MONTHS_FILLED: 0, NO_RATE: "",
}  # fmt: skip


def title(*rates: tuple[float, float, float, float | None, float | None]) -> str:
    """Rate, exact interval, interval with incidents as the unit, of each item."""
    rows = [ALIKE | {"item": str(n)} | dict(zip(RATE_COLUMNS, row, strict=True)) for n, row in enumerate(rates)]
    names = {str(n): name for n, name in enumerate(("MINUSCA", "MONUSCO")[: len(rates)])}
    frame = pd.DataFrame(rows)
    return rates_beside(
        names, frame, cause="malicious-act", scope="all", outcome="fatality", csv_url="/", source="UN"
    ).title


@pytest.mark.parametrize(
    ("high", "low", "said"),
    [
        (
            (0.71, 0.50, 1.00, 0.38, 1.40),
            (0.19, 0.13, 0.28, 0.05, 0.61),
            "with incidents as the unit the intervals overlap",
        ),
        (
            (0.71, 0.50, 1.00, 0.45, 1.40),
            (0.19, 0.13, 0.28, 0.05, 0.41),
            "with incidents as the unit too the intervals do not overlap",
        ),
        ((0.71, 0.50, 1.00, None, None), (0.19, 0.13, 0.28, 0.05, 0.61), "with exact intervals that do not overlap"),
        ((0.71, 0.20, 1.00, None, None), (0.19, 0.13, 0.28, None, None), "with exact intervals that overlap"),
    ],
)
def test_incidents_are_the_unit_where_they_are_known(
    high: tuple[float, float, float, float | None, float | None],
    low: tuple[float, float, float, float | None, float | None],
    said: str,
) -> None:
    assert title(high, low).startswith("0.71 per 1,000 person-years in MINUSCA and 0.19 in MONUSCO")
    assert title(high, low).endswith(said)
