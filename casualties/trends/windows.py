"""Five-year windows, their ranks and records. Pure pandas.

A window is five full calendar years; one ends in every year of a series. The rules, once:

* A series is zero-filled from its first to its last year. No year after the last covered one exists.
* A window is *complete* when the mission (or one of the family) was open on at least one day of each of its five years
  and the series had begun. A series that has no opening of its own (the world, a contributor) has windows that lie
  wholly inside it and no others; one that has an opening also has the windows of its first four years, marked as not
  complete.
* A window is *provisional* when it contains the last covered year while that year is still open.
* Ranks and records are among complete windows that are not provisional. Equal windows share the better rank, and the
  next rank is left out (5, 3, 3, 1 have ranks 1, 2, 2, 4). A record is every window of rank 1 with at least one person.
* A complete provisional window has the rank that it would have: one more than the number of ranked windows above it.
* Change is against the preceding window that shares no year (`change_from_previous_window`) and against the window one
  year earlier (`change_on_one_year`); both only between complete windows, because a shorter period compares with none.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

import numpy as np
import pandas as pd
from pandas.arrays import IntegerArray

from casualties.frames import (
    CHANGE_FROM_PREVIOUS_WINDOW,
    CHANGE_ON_ONE_YEAR,
    COMPLETE,
    FIRST_YEAR,
    FULL_COLUMNS,
    FULL_KINDS,
    INCIDENTS,
    LAST_YEAR,
    PERSONS,
    PROVISIONAL,
    RANK,
    RECORD,
    WINDOW_COLUMNS,
    WINDOW_KINDS,
    WOULD_BE_RANK,
    YEAR,
)
from casualties.trends.distinct import groups, places

YEARS_IN_WINDOW = 5
NEVER = 9999

SPAN_COLUMNS = ["first_year", "last_year", "first_open", "last_open", "closed_years"]


def windows_of_series(
    counts: pd.DataFrame, spans: pd.DataFrame, *, last_covered_year: int, last_year_provisional: bool
) -> pd.DataFrame:
    """Five-year windows of many series, each with its own years, at once.

    `counts` has the columns year and persons, and any further dimension columns (cause), each combination of which is
    a series of its own. Years without a row are years in which nobody was counted.
    `spans` has one row per series: the dimension columns of `counts` and SPAN_COLUMNS (first_open and last_open: the
    first and last year in which a mission was open; first_open empty: a series without an opening of its own;
    last_open empty: still open; closed_years: a tuple of the years between them in which no mission of a family was).
    A series without counts is one in which nobody was counted.

    Returns the dimension columns and WINDOW_COLUMNS, series in the order of `spans`, windows in order of time.
    Raises ValueError for counts outside the series, two rows of one year, or columns that cannot be counted.
    """
    dimensions = _dimensions(counts)
    spans = spans.reset_index(drop=True)
    if spans.empty:
        return no_windows(dimensions)
    # Four years more at the front, so that the first window of a series adds zeros of before it.
    base = int(spans["first_year"].min()) - (YEARS_IN_WINDOW - 1)
    years = np.arange(base, last_covered_year + 1)
    persons = _matrix(counts, spans, dimensions, years)
    first, last = _column(spans, "first_year"), _column(spans, "last_year")
    _refuse_outside(persons, years, first, last)
    opens = spans["first_open"].notna().to_numpy()
    is_open = years_open(spans, years)

    ends_inside = (years >= np.where(opens, first, first + YEARS_IN_WINDOW - 1)[:, None]) & (years <= last[:, None])
    series, end = np.nonzero(ends_inside)
    complete = _rolling(is_open)[series, end] == YEARS_IN_WINDOW
    in_window = _rolling(persons)[series, end]
    provisional = (years[end] == last_covered_year) & last_year_provisional
    rank, would_be = _ranks(series, in_window, complete, provisional)
    frame = pd.DataFrame(
        {
            FIRST_YEAR: years[end] - (YEARS_IN_WINDOW - 1),
            LAST_YEAR: years[end],
            PERSONS: in_window,
            CHANGE_FROM_PREVIOUS_WINDOW: _change(series, in_window, complete, YEARS_IN_WINDOW),
            CHANGE_ON_ONE_YEAR: _change(series, in_window, complete, 1),
            RANK: rank,
            WOULD_BE_RANK: would_be,
            RECORD: (rank.to_numpy(dtype=np.int64, na_value=0) == 1) & (in_window > 0),
            COMPLETE: complete,
            PROVISIONAL: provisional,
        }
    )
    if dimensions:
        frame = pd.concat([spans[dimensions].take(series).reset_index(drop=True), frame], axis=1)
    return frame


def no_windows(dimensions: Sequence[str] = ()) -> pd.DataFrame:
    """A frame of windows without a row."""
    return pd.DataFrame(columns=[*dimensions, *WINDOW_COLUMNS]).astype(WINDOW_KINDS)


def no_full_windows(dimensions: Sequence[str] = ()) -> pd.DataFrame:
    """The empty answer of windows with their statistics."""
    return pd.DataFrame(columns=[*dimensions, *FULL_COLUMNS]).astype(FULL_KINDS)


class Ranked(Protocol):
    """A window of a series; `rank` is None where it is not among the ranked ones."""

    @property
    def first_year(self) -> int: ...
    @property
    def persons(self) -> int: ...
    @property
    def rank(self) -> int | None: ...


Window = TypeVar("Window", bound=Ranked)


def disjoint_highest(windows: Iterable[Window], n: int) -> list[Window]:
    """The highest ranked windows of one series that share no year, at most `n`, highest first.

    Taken from the top: the highest, then the highest of those that share no year with it, and so on; of equal windows
    the earlier. Windows without a person are no peaks and are left out.
    """
    ranked = [window for window in windows if window.rank is not None and window.persons > 0]
    taken: list[Window] = []
    for window in sorted(ranked, key=lambda window: (-window.persons, window.first_year)):
        if len(taken) == n:
            break
        if all(abs(window.first_year - other.first_year) >= YEARS_IN_WINDOW for other in taken):
            taken.append(window)
    return taken


def _dimensions(counts: pd.DataFrame) -> list[str]:
    """The dimension columns of a frame of yearly counts; ValueError where it is not one."""
    missing = {YEAR, PERSONS} - set(counts.columns)
    if missing:
        raise ValueError(f"a frame of yearly counts needs the columns year and persons; missing: {sorted(missing)}")
    if INCIDENTS in counts.columns:
        raise ValueError("windows count persons; an incidents column cannot be a dimension of them")
    return [name for name in counts.columns if name not in (YEAR, PERSONS)]


def _matrix(counts: pd.DataFrame, spans: pd.DataFrame, dimensions: list[str], years: np.ndarray) -> np.ndarray:
    """Persons as one row per series of `spans` and one column per year; refuses what has no cell or one taken."""
    matrix = np.zeros((len(spans), len(years)), dtype=np.int64)
    if counts.empty:
        return matrix
    series = places(counts, spans, dimensions)
    if (series < 0).any():
        raise ValueError(f"counts of a series without years: {counts[series < 0].iloc[0].to_dict()}")
    year = counts[YEAR].to_numpy(dtype=np.int64)
    if groups([series, year]).any_doubled():
        raise ValueError("counts hold two rows of one series and year")
    column = year - years[0]
    if ((column < 0) | (column >= len(years))).any():
        raise ValueError(f"counts lie outside {years[0] + YEARS_IN_WINDOW - 1} to {years[-1]}, the years of the series")
    matrix[series, column] = counts[PERSONS].to_numpy(dtype=np.int64)
    return matrix


def _refuse_outside(persons: np.ndarray, years: np.ndarray, first: np.ndarray, last: np.ndarray) -> None:
    """A person before the first or after the last year of the series would silently be in some windows only."""
    outside = ((years < first[:, None]) | (years > last[:, None])) & (persons != 0)
    if outside.any():
        series, column = np.argwhere(outside)[0]
        raise ValueError(
            f"persons in {years[column]}, outside the years {first[series]} to {last[series]} of the series"
        )


def years_open(spans: pd.DataFrame, years: np.ndarray) -> np.ndarray:
    """For each series and year: it lies in the series, and where the series has an opening, something was open."""
    begin = np.maximum(_column(spans, "first_year"), _column(spans, "first_open"))
    end = np.minimum(_column(spans, "last_year"), _column(spans, "last_open", missing=NEVER))
    is_open: np.ndarray = (years >= begin[:, None]) & (years <= end[:, None])
    for row, closed in enumerate(spans["closed_years"]):
        if len(closed):
            is_open[row] &= ~np.isin(years, list(closed))
    return is_open


def _rolling(cells: np.ndarray) -> np.ndarray:
    """Sums over five columns, each at its last; the first four columns hold sums over fewer."""
    sums: np.ndarray = np.cumsum(cells, axis=1, dtype=np.int64)
    sums[:, YEARS_IN_WINDOW:] -= sums[:, :-YEARS_IN_WINDOW].copy()
    return sums


def _column(spans: pd.DataFrame, name: str, *, missing: int = 0) -> np.ndarray:
    return spans[name].to_numpy(dtype=np.int64, na_value=missing)


def _change(series: np.ndarray, persons: np.ndarray, complete: np.ndarray, years: int) -> IntegerArray:
    """Changes against the window so many years earlier; missing unless both are complete windows of one series."""
    # The windows of a series end in every one of its years, so that rows apart are years apart.
    row = np.arange(len(series))
    earlier = np.maximum(row - years, 0)
    known = complete & (row >= years) & complete[earlier] & (series[earlier] == series)
    return IntegerArray(persons - persons[earlier], ~known)


def _ranks(
    series: np.ndarray, persons: np.ndarray, complete: np.ndarray, provisional: np.ndarray
) -> tuple[IntegerArray, IntegerArray]:
    """Ranks of complete windows that are not provisional, and those that complete provisional ones would have.

    `series` are numbers in ascending order.
    """
    ranked = complete & ~provisional
    place = groups([series, -persons]).number  # series after series, the highest of each first, equal ones the same
    before = np.searchsorted(np.sort(place[ranked]), place)
    in_series_before = np.searchsorted(series[ranked], series)
    rank = 1 + before - in_series_before
    return IntegerArray(rank, ~ranked), IntegerArray(rank, ~(complete & provisional))
