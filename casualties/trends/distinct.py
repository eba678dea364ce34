"""Which rows are equal: numbered as groups, found among other rows, computed with once; and columns made a frame. Pure.

What groupby and merge of pandas answer for whole frames, on columns: those take milliseconds each however few the rows
are, and most frames of a page have tens of rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.arrays import IntegerArray

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
LARGEST_NUMBER = 2**62
Columns = Sequence[Any]
"""Columns of one length, of anything that can be sorted; missing ones (NaN) are equal to each other."""


@dataclass(frozen=True)
class Groups:
    """Groups of equal rows, in the order of their values: `number` of each row's group, and `row`, one of each group's.

    Sums, smallest and largest values are by number of the group.
    """

    number: Ints
    row: Ints

    def sums(self, values: npt.ArrayLike) -> Ints:
        """Of whole numbers, exact below 2**53."""
        weights = np.asarray(values, dtype=np.float64)
        return np.bincount(self.number, weights=weights, minlength=len(self.row)).astype(np.int64)

    def sums_of_floats(self, values: npt.ArrayLike) -> Floats:
        """Those of pandas, which carry along what rounding cuts off."""
        column = np.asarray(values, dtype=np.float64)
        if not self.any_doubled():
            return column[self.row]
        return np.asarray(pd.Series(column).groupby(self.number).sum(), dtype=np.float64)

    def largest(self, values: npt.ArrayLike) -> Ints:
        """Of whole numbers; 0 where none is above 0."""
        found = np.zeros(len(self.row), dtype=np.int64)
        np.maximum.at(found, self.number, np.asarray(values, dtype=np.int64))
        return found

    def smallest(self, values: npt.ArrayLike) -> Ints:
        """Of whole numbers."""
        found = np.asarray(values, dtype=np.int64)[self.row]
        np.minimum.at(found, self.number, np.asarray(values, dtype=np.int64))
        return found

    def any_doubled(self) -> bool:
        return len(self.row) < len(self.number)

    def as_frame(self, rows: pd.DataFrame, by: Sequence[str], columns: Mapping[str, npt.NDArray[Any]]) -> pd.DataFrame:
        """A row for each group of `rows`: the columns `by` that its rows have in common, and what was found of it."""
        keys = {name: pd.Series(rows[name].array.take(self.row), dtype=rows[name].dtype) for name in by}
        return pd.DataFrame({**keys, **columns})


def groups(columns: Columns) -> Groups:
    """The groups of equal rows of one or more columns."""
    number, different = _numbered(columns[0])
    for column in columns[1:]:
        own, of_column = _numbered(column)
        if different * of_column > LARGEST_NUMBER:
            number, different = _numbered(number)
        number, different = number * of_column + own, different * of_column
    if len(columns) > 1:
        number, different = _numbered(number)
    row = np.zeros(different, dtype=np.int64)
    row[number] = np.arange(len(number))
    return Groups(number, row)


def _numbered(column: Any) -> tuple[Ints, int]:
    """The place of each value of a column among the different ones in order, and how many these are."""
    values = np.asarray(column)
    if values.dtype == object:
        cells = values.tolist()
        words = set(cells)
        if all(isinstance(word, str) for word in words):  # few words of many rows: pandas takes several times as long
            place = {word: n for n, word in enumerate(sorted(words))}
            return np.array([place[cell] for cell in cells], dtype=np.int64), len(words)
    number, different = pd.factorize(values, sort=True, use_na_sentinel=False)
    return number, len(different)


def grouped(frame: pd.DataFrame, by: Sequence[str]) -> Groups:
    """The groups of a frame's rows by one or more columns."""
    return groups([frame[name] for name in by])


def places(rows: pd.DataFrame, among: pd.DataFrame, by: Sequence[str]) -> Ints:
    """For each row the place among others of the one with equal columns `by` (none: the only one); -1 where none is.

    ValueError where two of the others are equal.
    """
    if not by:
        return np.zeros(len(rows), dtype=np.int64)
    return places_of({name: rows[name].to_numpy() for name in by}, among)


def places_of(rows: Mapping[str, npt.NDArray[Any]], among: pd.DataFrame) -> Ints:
    """places() of rows that are columns by name, by these columns."""
    both = groups([np.concatenate([among[name].to_numpy(), column]) for name, column in rows.items()])
    found = np.full(len(both.row), -1, dtype=np.int64)
    found[both.number[: len(among)]] = np.arange(len(among))
    if np.count_nonzero(found >= 0) < len(among):
        raise ValueError(f"rows are to be found by {', '.join(rows)} among others of which two are equal")
    return found[both.number[len(among) :]]


def for_distinct(function: Callable[..., tuple[Floats, ...]], *columns: npt.ArrayLike) -> tuple[Floats, ...]:
    """function(*columns), whose answer for a row depends on this row alone, computed once for equal rows.

    Quantiles are slow, and a frame of windows has few different counts.
    """
    arrays = np.broadcast_arrays(*(np.asarray(column, dtype=np.float64) for column in columns))
    flat = [array.ravel() for array in arrays]
    different = groups(flat)
    answers = function(*(column[different.row] for column in flat))
    return tuple(np.asarray(answer, dtype=np.float64)[different.number].reshape(arrays[0].shape) for answer in answers)


def as_frame(columns: Mapping[str, npt.NDArray[Any] | Sequence[Any]], kinds: Mapping[str, str]) -> pd.DataFrame:
    """A frame of the columns named by `kinds`, of these kinds; NaN and None are missing numbers."""
    typed: dict[str, Any] = {}
    for name, kind in kinds.items():
        if kind == "Int64":
            typed[name] = _whole_numbers(columns[name])
        elif kind == "object":  # as a series: words of an array would become another kind
            typed[name] = pd.Series(columns[name], dtype=kind)
        else:
            typed[name] = np.asarray(columns[name], dtype=kind)
    return pd.DataFrame(typed)


def _whole_numbers(column: npt.NDArray[Any] | Sequence[Any]) -> IntegerArray:
    """Numbers below 2**53 without a fraction, some of them missing; ValueError for others."""
    numbers = np.asarray(column, dtype=np.float64)
    missing = np.isnan(numbers)
    whole = np.where(missing, 1, numbers).astype(np.int64)  # 1 is what pandas puts there too
    if not (missing | (whole == numbers)).all():
        raise ValueError("a count has a fraction")
    return IntegerArray(whole, missing)
