"""Windows of series that share their years, made by the real arithmetic."""

from collections.abc import Collection

import pandas as pd

from casualties.frames import PERSONS, YEAR
from casualties.trends.windows import windows_of_series


def five_year_windows(
    counts: pd.DataFrame,
    *,
    first_year: int,
    last_covered_year: int,
    last_year_provisional: bool,
    first_open: int | None = None,
    last_open: int | None = None,
    last_year: int | None = None,
    closed_years: Collection[int] = (),
) -> pd.DataFrame:
    """windows_of_series() of one series, or of several (further columns of `counts`) with the same span.

    Without `last_year` the series runs to the last covered year, or of a closed mission to the year it closed or the
    last year with persons, whichever is later.
    """
    dimensions = [name for name in counts.columns if name not in {YEAR, PERSONS}]
    if last_year is None:
        last_year = last_covered_year
        if last_open is not None:
            with_persons = counts.loc[counts[PERSONS] > 0, YEAR]
            last_year = max(last_open, int(with_persons.max()) if len(with_persons) else last_open)
    spans = counts[dimensions].drop_duplicates(ignore_index=True) if dimensions else pd.DataFrame(index=[0])
    spans = spans.assign(
        first_year=first_year,
        last_year=min(last_year, last_covered_year),
        first_open=pd.array([first_open] * len(spans), dtype="Int64"),
        last_open=pd.array([last_open] * len(spans), dtype="Int64"),
        closed_years=pd.Series([tuple(closed_years)] * len(spans), dtype=object),
    )
    return windows_of_series(
        counts, spans, last_covered_year=last_covered_year, last_year_provisional=last_year_provisional
    )
