"""What looks odd in the months of a file without being wrong: each becomes a warning. Pure."""

from collections.abc import Iterator, Mapping

from missions.models import Strength
from missions.strength_import.person_years import in_ranges
from missions.strength_import.problems import Problems
from missions.strength_import.rows import MonthStrength, NamedMission

Months = Mapping[int, MonthStrength]  # by year * 12 + month - 1
WORTH_A_LOOK = 50  # persons: below, a jump is a few people


def note_doubts(months: Mapping[tuple[int, int, int], MonthStrength], problems: Problems) -> None:
    """Add a warning for months outside a mission's dates, gaps, jumps, and categories that skip a month."""
    by_mission: dict[int, dict[int, MonthStrength]] = {}
    for (mission_id, year, month), strength in months.items():
        by_mission.setdefault(mission_id, {})[year * 12 + month - 1] = strength
    for mission_months in by_mission.values():
        ordered = dict(sorted(mission_months.items()))
        for place, strength in ordered.items():
            _note_outside_dates(place, strength, problems)
            _note_odd_neighbours(place, ordered, problems)
        _note_gaps(ordered, problems)


def _note_outside_dates(place: int, strength: MonthStrength, problems: Problems) -> None:
    for mission, line in strength.named.items():
        reason = _outside(mission, place)
        if reason and strength.total:
            problems.warn(line, "mission", mission.name, f"{_named(place)}: {reason}; counted all the same")


def _outside(mission: NamedMission, place: int) -> str:
    started, ended = mission.started_on, mission.ended_on
    if started is not None and place < started.year * 12 + started.month - 1:
        return f"the mission began on {started.isoformat()}"
    if ended is not None and place > ended.year * 12 + ended.month - 1:
        return f"the mission ended on {ended.isoformat()}"
    return ""


def _note_odd_neighbours(place: int, months: Months, problems: Problems) -> None:
    here, before, after = months[place], months.get(place - 1), months.get(place + 1)
    if before is None or after is None:
        return
    least, most = sorted((before.total, after.total))
    if max(most, here.total) >= WORTH_A_LOOK and (here.total > 2 * most or 2 * here.total < least):
        reason = f"{here.total:,} persons between {before.total:,} and {after.total:,} of the months beside it"
        problems.warn(here.line, "mission", here.acronym, f"{_named(place)}: {reason}")
    for category in Strength.Category:
        if category not in here.persons and before.persons.get(category) and after.persons.get(category):
            reason = f"no row of {category.label.lower()}, which the months beside it have; counted as 0"
            problems.warn(here.line, "mission", here.acronym, f"{_named(place)}: {reason}")


def _note_gaps(months: Months, problems: Problems) -> None:
    for year, missing in _gaps(months):
        acronym = next(iter(months.values())).acronym
        word = "month" if len(missing) == 1 else "months"
        reason = f"{year}: {word} {in_ranges(missing)} missing in the file; not filled, the person-years leave them out"
        problems.warn(None, "mission", acronym, reason)


def _gaps(months: Months) -> Iterator[tuple[int, list[int]]]:
    """Months without a row between a mission's first and last month in the file, by year."""
    by_year: dict[int, list[int]] = {}
    for place in range(min(months), max(months)):
        if place not in months:
            by_year.setdefault(place // 12, []).append(place % 12 + 1)
    yield from by_year.items()


def _named(place: int) -> str:
    return f"{place // 12}-{place % 12 + 1:02}"
