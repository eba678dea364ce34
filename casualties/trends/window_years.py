"""Yearly figures of many series as matrices, and their sums over the five years of each window. Pure."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from casualties.frames import FIRST_YEAR, LAST_YEAR, YEAR
from casualties.trends.distinct import Floats
from casualties.trends.windows import YEARS_IN_WINDOW

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NUMBER = "number of the series"  # no dimension has this name


class WindowYears:
    """Yearly figures of the series as one row per series and one column per year, and their windows."""

    def __init__(self, windows: pd.DataFrame, spans: pd.DataFrame, dimensions: list[str]) -> None:
        self.spans = spans.reset_index(drop=True)
        self.numbered = self.spans[dimensions].assign(**{NUMBER: np.arange(len(spans))})
        self.base = int(windows[FIRST_YEAR].min()) if len(windows) else 0
        self.end = int(windows[LAST_YEAR].max()) if len(windows) else -1
        self.first = windows[FIRST_YEAR].to_numpy(dtype=np.int64) - self.base
        self.last = windows[LAST_YEAR].to_numpy(dtype=np.int64) - self.base
        self.series = self._series_of(windows, dimensions)

    def matrices(self, frame: pd.DataFrame, columns: Sequence[str]) -> dict[str, Floats]:
        """Each column of a yearly frame, 0 where it has no row."""
        by = [name for name in self.numbered.columns if name in frame.columns]
        found = frame[[*by, YEAR, *columns]]
        found = found.merge(self.numbered, on=by) if by else found.merge(self.numbered[[NUMBER]], how="cross")
        found = found[found[YEAR].between(self.base, self.end)]
        if found.duplicated([NUMBER, YEAR]).any():
            raise ValueError("yearly figures hold two rows of one series and year")
        row, column = found[NUMBER].to_numpy(), found[YEAR].to_numpy(dtype=np.int64) - self.base
        matrices = {}
        for name in columns:
            matrices[name] = np.zeros((len(self.numbered), self.end - self.base + 1))
            matrices[name][row, column] = found[name].to_numpy(dtype=np.float64)
        return matrices

    def sums(self, matrix: npt.NDArray[Any]) -> Floats:
        """For each window the sum of its years; added up and not subtracted, so that parts of zero add up to zero."""
        total = np.zeros(len(self.series))
        for offset in range(YEARS_IN_WINDOW):
            total += matrix[self.series, self.first + offset]
        return total

    def largest(self, matrix: Floats) -> Floats:
        """For each window the largest of its years."""
        found = matrix[self.series, self.first]
        for offset in range(1, YEARS_IN_WINDOW):
            found = np.maximum(found, matrix[self.series, self.first + offset])
        return np.asarray(found, dtype=np.float64)

    def preceding(self) -> Ints:
        """For each window the place of the one that ended five years earlier, -1 where there is none."""
        places = np.full((len(self.numbered), self.end - self.base + 1), -1, dtype=np.int64)
        places[self.series, self.last] = np.arange(len(self.series))
        before = self.last - YEARS_IN_WINDOW
        return np.where(before >= 0, places[self.series, np.maximum(before, 0)], -1)

    def open(self) -> Bools:
        """For each series and year: it lies in the series, and where the series has an opening, something was open."""
        years = np.arange(self.base, self.end + 1)
        opens = self.spans["first_open"].astype("Int64").fillna(0).to_numpy(dtype=np.int64)
        closes = self.spans["last_open"].astype("Int64").fillna(self.end).to_numpy(dtype=np.int64)
        begin = np.maximum(self.spans["first_year"].to_numpy(dtype=np.int64), opens)
        end = np.minimum(self.spans["last_year"].to_numpy(dtype=np.int64), closes)
        is_open = (years >= begin[:, None]) & (years <= end[:, None])
        for row, closed in enumerate(self.spans["closed_years"]):
            if len(closed):
                is_open[row] &= ~np.isin(years, list(closed))
        return np.asarray(is_open, dtype=bool)

    def _series_of(self, windows: pd.DataFrame, dimensions: list[str]) -> Ints:
        if not dimensions:
            return np.zeros(len(windows), dtype=np.int64)
        found = windows[dimensions].merge(self.numbered, how="left", on=dimensions)[NUMBER]
        if len(found) != len(windows):
            raise ValueError("two rows of years for one series")
        if found.isna().any():
            unknown = windows.loc[found.isna().to_numpy(), dimensions].iloc[0].to_dict()
            raise ValueError(f"windows of a series without years: {unknown}")
        return found.to_numpy(dtype=np.int64)
