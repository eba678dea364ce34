"""Yearly figures of many series as matrices, and their sums over the five years of each window. Pure."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from casualties.frames import FIRST_YEAR, LAST_YEAR, YEAR
from casualties.trends.distinct import Floats, Ints, groups, places
from casualties.trends.windows import YEARS_IN_WINDOW, years_open

Bools = npt.NDArray[np.bool_]


class WindowYears:
    """Yearly figures of the series as one row per series and one column per year, and their windows."""

    def __init__(self, windows: pd.DataFrame, spans: pd.DataFrame, dimensions: list[str]) -> None:
        self.spans = spans.reset_index(drop=True)
        self.dimensions = dimensions
        self.base = int(windows[FIRST_YEAR].min()) if len(windows) else 0
        self.end = int(windows[LAST_YEAR].max()) if len(windows) else -1
        self.first = windows[FIRST_YEAR].to_numpy(dtype=np.int64) - self.base
        self.last = windows[LAST_YEAR].to_numpy(dtype=np.int64) - self.base
        self.series = self._series_of(windows)

    def matrices(self, frame: pd.DataFrame, columns: Sequence[str]) -> dict[str, Floats]:
        """Each column of a yearly frame, 0 where it has no row."""
        by = [name for name in self.dimensions if name in frame.columns]
        year = frame[YEAR].to_numpy(dtype=np.int64) - self.base
        inside = (year >= 0) & (year <= self.end - self.base)
        frame, year = frame[inside], year[inside]
        keys = groups([frame[name] for name in by] or [np.zeros(len(frame))])  # without columns one for all
        if groups([keys.number, year]).any_doubled():
            raise ValueError("yearly figures hold two rows of one series and year")
        # The place -1, of a series that the frame does not have, is the last.
        key = places(self.spans, frame.take(keys.row), by)
        matrices = {}
        for name in columns:
            of_keys = np.zeros((len(keys.row) + 1, self.end - self.base + 1))
            of_keys[keys.number, year] = frame[name].to_numpy(dtype=np.float64)
            matrices[name] = of_keys[key]
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
        window = np.full((len(self.spans), self.end - self.base + 1), -1, dtype=np.int64)
        window[self.series, self.last] = np.arange(len(self.series))
        before = self.last - YEARS_IN_WINDOW
        return np.where(before >= 0, window[self.series, np.maximum(before, 0)], -1)

    def open(self) -> Bools:
        """For each series and year: it lies in the series, and where the series has an opening, something was open."""
        return years_open(self.spans, np.arange(self.base, self.end + 1))

    def _series_of(self, windows: pd.DataFrame) -> Ints:
        if self.dimensions and groups([self.spans[name] for name in self.dimensions]).any_doubled():
            raise ValueError("two rows of years for one series")
        found = places(windows, self.spans, self.dimensions)
        if (found < 0).any():
            unknown = windows.loc[found < 0, self.dimensions].iloc[0].to_dict()
            raise ValueError(f"windows of a series without years: {unknown}")
        return found
