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
    frame = pd.DataFrame(
        {
            MISSION: strengths[MISSION].to_numpy(),
            YEAR: strengths[YEAR].to_numpy(dtype=np.int64),
            "category": strengths["category"].to_numpy(),
            PERSON_YEARS: strengths[PERSON_YEARS].to_numpy(dtype=np.float64),
            MONTHS_FILLED: strengths[MONTHS_FILLED].to_numpy(dtype=np.int64),
            "own": np.array([_as_bits(months) for months in strengths[MONTHS]], dtype=np.int64),
        }
    )
    _refuse(frame)
    mission_year = frame.groupby([MISSION, YEAR]).ngroup().to_numpy()
    frame["kept"] = _combined(np.bitwise_and, frame["own"].to_numpy(), mission_year)[mission_year]
    if known_until is not None:
        frame["kept"] &= _known_months(frame[YEAR].to_numpy(), known_until)
    frame = frame[frame["kept"] > 0]
    share = _how_many(frame["kept"]) / _how_many(frame["own"])
    frame = frame.assign(
        **{
            PERSON_YEARS: frame[PERSON_YEARS] * share,
            MONTHS_FILLED: np.minimum(frame[MONTHS_FILLED], _how_many(frame["kept"])),
        }
    )
    found = frame.groupby([MISSION, YEAR], as_index=False).agg(
        {PERSON_YEARS: "sum", "kept": "first", MONTHS_FILLED: "max"}
    )
    months = pd.Series([_as_months(bits) for bits in found["kept"]], index=found.index, dtype=object)
    return found.assign(**{MONTHS: months})[[MISSION, YEAR, PERSON_YEARS, MONTHS, MONTHS_FILLED]]


def mark_covered(persons: pd.DataFrame, strengths: pd.DataFrame) -> pd.DataFrame:
    """The rows of `persons` with a column `coverage`: a word of Coverage.

    `persons` has the columns mission, year, month (missing: only the year is known) and whatever else, of uniformed
    persons alone; `strengths` is an answer of mission_strengths().
    """
    bits = pd.Series([_as_bits(months) for months in strengths[MONTHS]], dtype="int64")
    known = pd.DataFrame({MISSION: strengths[MISSION].to_numpy(), YEAR: strengths[YEAR].to_numpy(), "bits": bits})
    found = persons[[MISSION, YEAR]].merge(known, how="left", on=[MISSION, YEAR], validate="many_to_one")
    covered = found["bits"].fillna(0).to_numpy(dtype=np.int64)
    month = persons[MONTH].astype("Int64")
    of_month = np.left_shift(1, month.fillna(1).to_numpy(dtype=np.int64) - 1)
    by_month = np.where(covered & of_month, Coverage.COVERED.value, Coverage.LEFT_OUT.value)
    by_year = np.select(
        [covered == ALL_MONTHS, covered == 0],
        [Coverage.COVERED.value, Coverage.LEFT_OUT.value],
        default=Coverage.UNDATED.value,
    )
    return persons.assign(**{COVERAGE: np.where(month.isna().to_numpy(), by_year, by_month).astype(object)})


def numerators(marked: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Persons of mark_covered() by the columns `by`: columns by + rate_persons, left_out, undated."""
    words = [word.value for word in Coverage]
    split = pd.DataFrame({word: marked[PERSONS].where(marked[COVERAGE] == word, 0) for word in words}).astype("int64")
    return pd.concat([marked[[*by]], split], axis=1).groupby([*by], as_index=False)[words].sum()


def denominators(strengths: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """Person-years by year and further columns: by + year, person_years, months_covered, mission_months, months_filled.

    `strengths` is an answer of mission_strengths(), with the columns `by` (a group of missions) merged to it. Calendar
    months in which at least one mission of the group is covered are months_covered, each mission's months added up
    mission_months, and months_filled are mission-months.
    """
    columns = [*by, YEAR]
    bits = np.array([_as_bits(months) for months in strengths[MONTHS]], dtype=np.int64)
    frame = strengths[[*columns, PERSON_YEARS, MONTHS_FILLED]].assign(bits=bits, **{MISSION_MONTHS: _how_many(bits)})
    grouped = frame.groupby(columns, as_index=False)
    found = grouped[[PERSON_YEARS, MISSION_MONTHS, MONTHS_FILLED]].sum()
    found[MONTHS_COVERED] = _how_many(_combined(np.bitwise_or, bits, grouped.ngroup().to_numpy()))
    return found[[*columns, PERSON_YEARS, MONTHS_COVERED, MISSION_MONTHS, MONTHS_FILLED]]


def _refuse(frame: pd.DataFrame) -> None:
    doubled = frame.duplicated([MISSION, YEAR, "category"])
    if doubled.any():
        mission, year, category = frame.loc[doubled, [MISSION, YEAR, "category"]].iloc[0]
        raise ValueError(f"the strength of {mission} in {year} ({category}) is there twice")
    if (frame[PERSON_YEARS] < 0).any() or frame[PERSON_YEARS].isna().any():
        mission, year = frame.loc[~(frame[PERSON_YEARS] >= 0), [MISSION, YEAR]].iloc[0]
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
