"""Both sides of the fraction of a rate: which persons the person-years cover, and how many months these are. Pure.

A person belongs to the numerator when the person-years of the mission cover the month of the incident; filled months
count as covered. Others are left out and counted, so that every rate can say how many it does not speak of. Where only
the year of an incident is known it is decided by the year: covered if all its months are, left out if none is, and
not to be decided otherwise.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np
import pandas as pd

from casualties.frames import (
    LEFT_OUT,
    MISSION,
    MISSION_MONTHS,
    MONTH,
    MONTHS,
    MONTHS_COVERED,
    MONTHS_FILLED,
    PERSON_YEARS,
    PERSONS,
    RATE_PERSONS,
    UNDATED,
    YEAR,
)
from casualties.trends.distinct import grouped, groups, places

COVERAGE = "coverage"
ALL_MONTHS = (1 << 12) - 1


class Coverage(StrEnum):
    COVERED = RATE_PERSONS
    LEFT_OUT = LEFT_OUT
    UNDATED = UNDATED


def mission_strengths(strengths: pd.DataFrame, *, known_until: date | None = None) -> pd.DataFrame:
    """Person-years of mission-years over all categories: columns mission, year, person_years, months, months_filled.

    `strengths` has a row per mission, year and category with person_years, months (a sequence of 1 to 12) and
    months_filled. The months of the answer, as a sequence, are those that every category of the mission-year covers;
    a category that covers more is taken for them alone, its person-years spread evenly over its months. In the same
    way months are cut off that end after `known_until`: their deaths cannot all be known. ValueError for a row that
    comes twice, for no months, for months outside 1 to 12 and for negative person-years.
    """
    years, person_years = (strengths[name].to_numpy(dtype=kind) for name, kind in ((YEAR, "i8"), (PERSON_YEARS, "f8")))
    own = np.array([_as_bits(months) for months in strengths[MONTHS]], dtype=np.int64)
    _refuse(strengths, person_years)
    found = groups([strengths[MISSION], years])
    kept = _combined(np.bitwise_and, own, found.number)
    if known_until is not None:
        kept = kept & _known_months(years[found.row], known_until)
    share = _how_many(kept)[found.number] / _how_many(own)
    filled = np.minimum(strengths[MONTHS_FILLED].to_numpy(dtype=np.int64), _how_many(kept)[found.number])
    known = kept > 0
    return pd.DataFrame(
        {
            MISSION: strengths[MISSION].to_numpy()[found.row[known]],
            YEAR: years[found.row[known]],
            PERSON_YEARS: found.sums_of_floats(person_years * share)[known],
            MONTHS: pd.Series([_as_months(bits) for bits in kept[known]], dtype=object),
            MONTHS_FILLED: found.largest(filled)[known],
        }
    )


def mark_covered(persons: pd.DataFrame, strengths: pd.DataFrame) -> pd.DataFrame:
    """The rows of `persons` with a column `coverage`: the words of coverage_of()."""
    return persons.assign(**{COVERAGE: pd.Series(coverage_of(persons, strengths), index=persons.index, dtype=object)})


def coverage_of(persons: pd.DataFrame, strengths: pd.DataFrame) -> np.ndarray:
    """A word of Coverage for each row of `persons`.

    `persons` has the columns mission, year, month (missing: only the year is known) and whatever else, of uniformed
    persons alone; `strengths` is an answer of mission_strengths().
    """
    bits = [_as_bits(months) for months in strengths[MONTHS]]
    # The place -1, of a mission-year without strengths, is the last.
    covered = np.array([*bits, 0], dtype=np.int64)[places(persons, strengths, [MISSION, YEAR])]
    month = persons[MONTH].to_numpy(dtype=np.float64, na_value=np.nan)
    of_year = np.isnan(month)
    of_month = np.left_shift(1, np.where(of_year, 1, month).astype(np.int64) - 1)
    found = np.full(len(persons), Coverage.LEFT_OUT.value, dtype=object)
    found[of_year & (covered > 0)] = Coverage.UNDATED.value
    found[np.where(of_year, covered == ALL_MONTHS, covered & of_month > 0)] = Coverage.COVERED.value
    return found


def numerators(marked: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Persons of mark_covered() by the columns `by`: columns by + rate_persons, left_out, undated."""
    found = grouped(marked, by)
    coverage, persons = marked[COVERAGE].to_numpy(), marked[PERSONS].to_numpy()
    sums = {word.value: found.sums(np.where(coverage == word.value, persons, 0)) for word in Coverage}
    return found.as_frame(marked, by, sums)


def denominators(strengths: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """Person-years by year and further columns: by + year, person_years, months_covered, mission_months, months_filled.

    `strengths` is an answer of mission_strengths(), with the columns `by` (a group of missions) merged to it. Calendar
    months in which at least one mission of the group is covered are months_covered, each mission's months added up
    mission_months, and months_filled are mission-months.
    """
    bits = np.array([_as_bits(months) for months in strengths[MONTHS]], dtype=np.int64)
    found = grouped(strengths, [*by, YEAR])
    return found.as_frame(
        strengths,
        [*by, YEAR],
        {
            PERSON_YEARS: found.sums_of_floats(strengths[PERSON_YEARS]),
            MONTHS_COVERED: _how_many(_combined(np.bitwise_or, bits, found.number)),
            MISSION_MONTHS: found.sums(_how_many(bits)),
            MONTHS_FILLED: found.sums(strengths[MONTHS_FILLED]),
        },
    )


def _refuse(strengths: pd.DataFrame, person_years: np.ndarray) -> None:
    row = [MISSION, YEAR, "category"]
    if groups([strengths[name] for name in row]).any_doubled():
        mission, year, category = strengths.loc[strengths.duplicated(row), row].iloc[0]
        raise ValueError(f"the strength of {mission} in {year} ({category}) is there twice")
    impossible = ~(person_years >= 0)  # missing ones too
    if impossible.any():
        mission, year = strengths.loc[impossible, [MISSION, YEAR]].iloc[0]
        raise ValueError(f"person-years of {mission} in {year} must be a number that is not negative")


def _combined(operation: np.ufunc, bits: np.ndarray, group: np.ndarray) -> np.ndarray:
    """The bits of each group taken together; groups are numbered from 0 in the order of the answer."""
    if not len(bits):
        return bits
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(group.max() + 1))
    return np.asarray(operation.reduceat(bits[order], starts), dtype=np.int64)


def _as_bits(months: Iterable[int]) -> int:
    """Months as one number, January the lowest bit."""
    return _bits_of(tuple(months))


@lru_cache(maxsize=4096)  # there are at most 4,095 sets of months, and most years cover all of them
def _bits_of(months: tuple[int, ...]) -> int:
    bits = 0
    for month in months:
        if not 1 <= month <= 12:
            raise ValueError(f"{month} is no month of a year")
        bits |= 1 << (int(month) - 1)
    if not bits:
        raise ValueError("person-years cover at least one month")
    return bits


@lru_cache(maxsize=4096)
def _as_months(bits: int) -> tuple[int, ...]:
    return tuple(month for month in range(1, 13) if bits >> (month - 1) & 1)


def _how_many(bits: "pd.Series[int] | np.ndarray") -> np.ndarray:
    return np.bitwise_count(np.asarray(bits, dtype=np.int64)).astype(np.int64)


def _known_months(years: np.ndarray, known_until: date) -> np.ndarray:
    """Of each year, the months of which the last day is known."""
    following = date.fromordinal(known_until.toordinal() + 1)
    complete = (following.year - years) * 12 + following.month - 1
    return np.asarray(np.left_shift(1, np.clip(complete, 0, 12)) - 1, dtype=np.int64)
