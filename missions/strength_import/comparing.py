"""Which mission-years of a file are new, the same, better than what is kept, or not; when a file looks broken. Pure.

What is kept gives way to a file that reports more months of the year, or to the same source speaking again of as many.
Everything else stays as it is, and is said, unless the file shall replace it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from missions.models import Strength
from missions.strength_import.person_years import MONTHS_A_YEAR, MissionYear, counted, in_ranges
from missions.strength_import.sources import HUB_SOURCE

Category = Strength.Category
Key = tuple[int, int]  # id of the mission, year
# The table that comes with the software has one decimal place: what differs by less than its rounding is the same.
ROUNDING = Decimal("0.05")
SOURCE_SHOWN = 60
# An extract or a doubled file is beyond these. So may be a mission that begins or leaves: then somebody agrees to it.
LOW, HIGH, ENOUGH = Decimal("0.5"), Decimal(2), 100
YEARS_BEFORE = 2


@dataclass(frozen=True)
class KeptCategory:
    """One row of Strength as it is kept."""

    person_years: Decimal
    months: tuple[int, ...]
    months_filled: int
    source: str


KeptYear = Mapping[Category, KeptCategory]


class Verdict(StrEnum):
    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    KEPT = "kept"


@dataclass(frozen=True)
class Comparison:
    """One mission-year of the file against what is kept; `remark` says what a person should know of it."""

    found: MissionYear
    verdict: Verdict
    remark: str = ""


def compare(found: MissionYear, kept: KeptYear | None, *, older: bool = False, replace: bool = False) -> Comparison:
    """Decide about one mission-year. `older`: a newer file of the same source was applied before."""
    if not kept:
        return Comparison(found, Verdict.NEW)
    if _says_the_same(found, kept, exactly=replace):
        return Comparison(found, Verdict.SAME)
    reported, source = _reported_months(kept), _source(kept)
    same_source = _same_dataset(found.source, source)
    if replace or len(found.months) > reported or (same_source and len(found.months) == reported and not older):
        return Comparison(found, Verdict.CHANGED, _lost_months(found, kept))
    if len(found.months) < reported:
        why = f"{reported} reported months are kept from “{_short(source)}”, the file has {in_ranges(found.months)}"
    elif same_source:
        why = "a newer file of this source was applied before"
    else:
        kept_total = sum((row.person_years for row in kept.values()), Decimal(0))
        why = (
            f"as many months are kept from “{_short(source)}” with {kept_total:,.1f} person-years, "
            f"the file has {found.total:,.1f}"
        )
    return Comparison(found, Verdict.KEPT, f"left as it is: {why}. To take the file's: --replace")


def _says_the_same(found: MissionYear, kept: KeptYear, *, exactly: bool) -> bool:
    if set(kept) != set(Category):
        return False
    same_source = _same_dataset(found.source, _source(kept))
    tolerance = Decimal(0) if exactly or same_source else ROUNDING
    return all(
        row.months == found.months
        and row.months_filled == 0
        and abs(row.person_years - found.person_years[category]) <= tolerance
        for category, row in kept.items()
    )


def _reported_months(kept: KeptYear) -> int:
    """Months of the category that covers most; months that were filled in do not count."""
    return max(len(row.months) - row.months_filled for row in kept.values())


def _source(kept: KeptYear) -> str:
    return "; ".join(dict.fromkeys(row.source for row in kept.values()))


def _same_dataset(one: str, other: str) -> bool:
    return one == other or (one.startswith(HUB_SOURCE) and other.startswith(HUB_SOURCE))


def _lost_months(found: MissionYear, kept: KeptYear) -> str:
    lost = {month for row in kept.values() for month in row.months} - set(found.months)
    if not lost:
        return ""
    return f"the file replaces what is kept and lacks its months {in_ranges(lost)}: they are not covered any more"


def _short(source: str) -> str:
    return source if len(source) <= SOURCE_SHOWN else f"{source[: SOURCE_SHOWN - 1]}…"


def brakes(found: Sequence[MissionYear], kept: Mapping[Key, KeptYear], contributors: int | None) -> list[str]:
    """Reasons to look before a file is taken: one contributor alone, or strengths far from what is kept.

    `contributors`: how many the file has, None where it does not name them. Each mission-year is held against what is
    kept of it, or else a mission's first year against the newest one kept of the two years before.
    """
    reasons = []
    if contributors == 1:
        reasons.append("All rows are of one contributor: this looks like an extract, not like whole missions.")
    pairs = list(_pairs(found, kept))
    ours = sum((year.mean_strength for year, _ in pairs), Decimal(0))
    theirs = sum((strength for _, strength in pairs), Decimal(0))
    if max(ours, theirs) >= ENOUGH and not LOW * theirs <= ours <= HIGH * theirs:
        reasons.append(
            f"Where strengths are kept already ({counted(len(pairs), 'mission-year')}), the file has "
            f"{ours / len(pairs):,.0f} persons in the mean month and {theirs / len(pairs):,.0f} are kept: an extract, "
            "or doubled rows?"
        )
    return reasons


def _pairs(found: Iterable[MissionYear], kept: Mapping[Key, KeptYear]) -> Iterable[tuple[MissionYear, Decimal]]:
    compared: set[int] = set()
    first: dict[int, MissionYear] = {}
    for year in found:
        if year.mission_id not in first or year.year < first[year.mission_id].year:
            first[year.mission_id] = year
        same = kept.get((year.mission_id, year.year))
        if same:
            compared.add(year.mission_id)
            yield year, _mean_strength(same)
    for mission_id, year in first.items():
        before = (kept.get((mission_id, year.year - gap)) for gap in range(1, YEARS_BEFORE + 1))
        newest = next((found_before for found_before in before if found_before), None)
        if newest and mission_id not in compared:
            yield year, _mean_strength(newest)


def _mean_strength(kept: KeptYear) -> Decimal:
    return sum((row.person_years * MONTHS_A_YEAR / len(row.months) for row in kept.values()), Decimal(0))
