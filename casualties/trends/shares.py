"""What part of all deaths each cause is, year by year or window by window. Pure."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from casualties.frames import OF_ALL, PERSONS, SHARE
from casualties.trends.distinct import grouped

SMALLEST_BASE = 20  # a share of fewer people says more about chance than about them


def add_shares(counts: pd.DataFrame, *, within: Sequence[str]) -> pd.DataFrame:
    """The frame with columns of_all and share: persons over the persons of all rows with the same `within`.

    `counts` has persons and dimension columns, in rows that do not overlap (six causes, without a row for all of
    them); `within` are the dimensions that are held (year; first_year and last_year). `share` is a part of 1, missing
    where of_all is below 20. Shares of one group add up to 1.
    """
    alike = grouped(counts, within)
    of_all = alike.sums(counts[PERSONS])[alike.number]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(of_all >= SMALLEST_BASE, counts[PERSONS].to_numpy(dtype=np.float64) / of_all, np.nan)
    return counts.assign(**{OF_ALL: of_all, SHARE: share})
