"""Months -> person-years. Pure.

The person-years of a mission-year are the mean of the strengths of its covered months times (covered months / 12), so
a month that is not in the file adds nothing and is not covered: nothing is filled in. Rates over person-years of this
kind: B. Seet and G. M. Burnham, Fatality trends in United Nations peacekeeping operations, JAMA 284 (2000), 598-603.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from missions.models import Strength
from missions.strength_import.rows import MonthStrength

Category = Strength.Category
CENT = Decimal("0.01")
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class MissionYear:
    """One mission in one year: covered months in order, person-years of all three categories, where it comes from."""

    mission_id: int
    acronym: str
    year: int
    months: tuple[int, ...]
    person_years: Mapping[Category, Decimal]
    source: str
    line: int

    @property
    def total(self) -> Decimal:
        return sum(self.person_years.values(), Decimal(0))

    @property
    def mean_strength(self) -> Decimal:
        """Persons in the mean of the covered months."""
        return self.total * MONTHS_A_YEAR / len(self.months)

    @property
    def label(self) -> str:
        return f"{self.acronym} {self.year}"


def person_years(strengths: Sequence[int]) -> Decimal:
    """Person-years of one year out of the strengths of its covered months, to two places.

    Mean x (months / 12), which is their sum / 12: twelve months of 1,200 people are 1,200 person-years, six are 600.
    ValueError for no month, more than twelve, or a negative strength.
    """
    if not 1 <= len(strengths) <= MONTHS_A_YEAR:
        raise ValueError(f"a year has 1 to 12 covered months, not {len(strengths)}")
    if min(strengths) < 0:
        raise ValueError(f"a strength cannot be negative: {min(strengths)}")
    return (Decimal(sum(strengths)) / MONTHS_A_YEAR).quantize(CENT, ROUND_HALF_UP)


def mission_years(months: Mapping[tuple[int, int, int], MonthStrength], source: str = "") -> list[MissionYear]:
    """The mission-years of months by (mission, year, month), by acronym and year.

    A covered month in which no row names a category counts nobody of that category. `source` goes before the sources
    that the rows name.
    """
    grouped: dict[tuple[int, int], dict[int, MonthStrength]] = {}
    for (mission_id, year, month), strength in months.items():
        grouped.setdefault((mission_id, year), {})[month] = strength
    found = [_mission_year(key, by_month, source) for key, by_month in grouped.items()]
    return sorted(found, key=lambda year: (year.acronym, year.year))


def _mission_year(key: tuple[int, int], by_month: Mapping[int, MonthStrength], source: str) -> MissionYear:
    covered = tuple(sorted(by_month))
    return MissionYear(
        mission_id=key[0],
        acronym=by_month[covered[0]].acronym,
        year=key[1],
        months=covered,
        person_years={
            category: person_years([by_month[month].persons.get(category, 0) for month in covered])
            for category in Category
        },
        source=source or "; ".join(dict.fromkeys(name for month in covered for name in by_month[month].sources)),
        line=min(strength.line for strength in by_month.values()),
    )


def counted(number: int, word: str) -> str:
    """ "1 mission-year", "1,200 mission-years" """
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def in_ranges(months: Iterable[int]) -> str:
    """1, 2, 3, 9 as "1–3, 9"; "" for none."""
    ranges: list[list[int]] = []
    for month in sorted(months):
        if ranges and ranges[-1][1] == month - 1:
            ranges[-1][1] = month
        else:
            ranges.append([month, month])
    return ", ".join(str(low) if low == high else f"{low}–{high}" for low, high in ranges)
