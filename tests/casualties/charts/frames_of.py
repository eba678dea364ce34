"""Small frames for the tests of charts, written as one reads them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from casualties.charts.embed import Embed
from casualties.choices import Cause
from casualties.frames import CAUSE, PERSONS, YEAR
from tests.casualties.trends.windows_of import five_year_windows

M, A, ILL = Cause.MALICIOUS_ACT.value, Cause.ACCIDENT.value, Cause.ILLNESS.value
TBD, UNKNOWN = Cause.TO_BE_DETERMINED.value, Cause.UNKNOWN.value


def by_cause(years: Mapping[int, Mapping[str, int | None]]) -> pd.DataFrame:
    """`{2013: {M: 4, ILL: 1}}` as a long frame; what is not named has no row."""
    rows = [(year, cause, persons) for year, causes in years.items() for cause, persons in causes.items()]
    return pd.DataFrame(rows, columns=[YEAR, CAUSE, PERSONS])


def windows(
    years: Mapping[int, int],
    *,
    first: int,
    last: int,
    provisional: bool = False,
    first_open: int | None = None,
    cause: str = M,
) -> pd.DataFrame:
    """The five-year windows of one cause, made by the real arithmetic; years not named are counted zeros."""
    counts = pd.DataFrame({YEAR: range(first, last + 1), PERSONS: [years.get(y, 0) for y in range(first, last + 1)]})
    return five_year_windows(
        counts.assign(**{CAUSE: cause}),
        first_year=first,
        last_covered_year=last,
        last_year_provisional=provisional,
        first_open=first_open,
    )


def drawn(chart: Embed) -> Any:
    """The figure of a chart that has one."""
    assert chart.figure is not None
    return chart.figure
