"""Rows of a strength file -> the strength of each mission in each month, or what is wrong with the row. Pure.

Several rows may make one month: in the hub's file each contributor and type has a row of its own; in both shapes the
parts of an umbrella (UNAVEM II, UNAVEM III) add up under it. Whatever would count somebody twice is an error.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TypeVar

from missions.models import Strength
from missions.reference.names import sort_key
from missions.strength_import.cells import month_from, persons_from, reporting_day_from, text_from
from missions.strength_import.problems import Problems
from missions.strength_import.sources import Format, Shape
from peacekeeping.tables.cells import CellError, folded_word
from peacekeeping.tables.rows import Cell, Table

Category = Strength.Category
T = TypeVar("T")

# The hub's words: staff officers are military personnel of the contingents' kind, experts on mission are observers.
CATEGORY_OF_TYPE = {
    "troops": Category.TROOPS,
    "staff officer": Category.TROOPS,
    "staff officers": Category.TROOPS,
    "experts on mission": Category.OBSERVERS,
    "formed police units": Category.POLICE,
    "individual police": Category.POLICE,
}
LONGEST_SOURCE = 300
folded = lru_cache(maxsize=4_096)(sort_key)  # few names, many rows


@dataclass(frozen=True)
class NamedMission:
    """A mission as a name leads to it: `name` is its own acronym, `id` and `acronym` those it is counted under."""

    id: int
    acronym: str
    name: str
    started_on: date | None = None
    ended_on: date | None = None


@dataclass
class MonthStrength:
    """One mission in one month: persons by category (a category that no row names is absent), and where it stands."""

    acronym: str
    persons: dict[Category, int] = field(default_factory=dict)
    named: dict[NamedMission, int] = field(default_factory=dict)  # who is counted here, and on which line first
    sources: dict[str, None] = field(default_factory=dict)

    @property
    def line(self) -> int:
        return min(self.named.values())

    @property
    def total(self) -> int:
        return sum(self.persons.values())


@dataclass
class Reading:
    """A file as read: months by (id of the mission, year, month). `last_day`: the newest day that a row speaks of."""

    format: Format
    rows: int = 0
    months: dict[tuple[int, int, int], MonthStrength] = field(default_factory=dict)
    contributors: set[str] = field(default_factory=set)
    last_day: date | None = None

    def add(self, line: int, mission: NamedMission, day: date, persons: Mapping[Category, int], source: str) -> None:
        """Add persons to the month that `day` lies in."""
        key = (mission.id, day.year, day.month)
        month = self.months.setdefault(key, MonthStrength(mission.acronym))
        for category, number in persons.items():
            month.persons[category] = month.persons.get(category, 0) + number
        month.named.setdefault(mission, line)
        month.sources.setdefault(source)
        self.last_day = max(self.last_day or day, day)


@dataclass(frozen=True)
class Known:
    """What a file is read against: missions by sort_key of acronym or alias, sources that no file may name, the day."""

    missions: Mapping[str, NamedMission]
    today: date
    reserved_sources: Collection[str] = ()


class _Row:
    """One row while it is read; what cannot be read is noted and stands in as None."""

    def __init__(self, line: int, known: Known, problems: Problems) -> None:
        self.line = line
        self.known = known
        self.problems = problems
        self.refused = False

    def take(self, column: str, cell: Cell, read: Callable[[Cell], T]) -> T:
        """The value of the cell; after a problem the row is thrown away, so what is returned then is never used."""
        try:
            return read(cell)
        except CellError as error:
            self.refuse(column, cell, str(error))
            return None  # type: ignore[return-value]

    def refuse(self, column: str, value: object, reason: str) -> None:
        self.problems.error(self.line, column, value, reason)
        self.refused = True

    def mission(self, cell: Cell) -> NamedMission:
        """Raises CellError where nobody has this name."""
        found = self.known.missions.get(folded(_needed(cell)))
        if found is None:
            raise CellError("no mission has this acronym or alias")
        return found


def read_rows(table: Table, shape: Shape, known: Known, problems: Problems) -> Reading:
    """Read all rows; every cell that is wrong is added to `problems`. Raises UnreadableTableError as the table does."""
    reading = Reading(shape.format)
    rows: _HubRows | _PlainRows = _HubRows(reading) if shape.format.is_hub else _PlainRows(reading)
    for row in table.rows:
        reading.rows += 1
        if row.fault:
            problems.error(row.line, row.column, row.value, row.fault)
        else:
            rows.take(_Row(row.line, known, problems), shape.cells(row))
    rows.end(problems)
    _refuse_umbrellas_beside_parts(reading, rows.mission_column, problems)
    if not reading.rows:
        problems.error(None, "", "", "The file holds headings and no rows.")
    return reading


class _HubRows:
    """Rows of DPO-UCHISTORICAL: one contributor, one type of personnel, one mission, one month; women and men apart."""

    mission_column = "mission_acronym"

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.identities: dict[str, int] = {}
        self.contributions: dict[tuple[str, int, int, str, str], int] = {}
        self.blanks: Counter[str] = Counter()
        self.first_blanks: dict[str, int] = {}

    def take(self, row: _Row, cells: list[Cell]) -> None:
        identity = row.take("contribution_id", cells[0], _identity_from)
        country = row.take("contributing_country", cells[1], _needed)
        mission = row.take("mission_acronym", cells[2], row.mission)
        kind = row.take("personnel_type", cells[3], _type_from)
        persons = self._persons(row, cells[4], cells[5])
        day = row.take("last_reporting_date", cells[6], lambda cell: reporting_day_from(cell, today=row.known.today))
        self._check_identity(row, identity)
        if row.refused:
            return
        key = (mission.name, day.year, day.month, folded(country), kind)
        first = self.contributions.setdefault(key, row.line)
        if first != row.line:
            reason = f"{mission.name} has this contributor with {kind} in {day:%Y-%m} already: see {first}"
            row.refuse("contributing_country", country, reason)
            return
        self.reading.contributors.add(key[3])
        self.reading.add(row.line, mission, day, {CATEGORY_OF_TYPE[kind]: persons}, "")

    def end(self, problems: Problems) -> None:
        for column, times in self.blanks.items():
            reason = f"blank in {times:,} rows whose other gender has a number, here first; counted as 0 there"
            problems.warn(self.first_blanks[column], column, "", reason)

    def _check_identity(self, row: _Row, identity: str | None) -> None:
        if identity is not None:
            first = self.identities.setdefault(identity, row.line)
            if first != row.line:
                row.refuse("contribution_id", identity, f"this contribution stands there already: see {first}")

    def _persons(self, row: _Row, female: Cell, male: Cell) -> int:
        women = row.take("female_personnel", female, persons_from)
        men = row.take("male_personnel", male, persons_from)
        if row.refused:
            return 0
        if women is None and men is None:
            row.refuse("male_personnel", "", "is blank, and so is female_personnel: 0 is written where nobody was")
        for column, number in (("female_personnel", women), ("male_personnel", men)):
            if number is None and not row.refused:
                self.blanks[column] += 1
                self.first_blanks.setdefault(column, row.line)
        return (women or 0) + (men or 0)


class _PlainRows:
    """Rows of the plain file: one mission, one month, persons in three categories, the source of these figures."""

    mission_column = "mission"

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.mission_months: dict[tuple[str, date], int] = {}

    def take(self, row: _Row, cells: list[Cell]) -> None:
        month = row.take("month", cells[0], lambda cell: month_from(cell, today=row.known.today))
        mission = row.take("mission", cells[1], row.mission)
        persons = {
            category: row.take(category.value, cell, _persons_needed)
            for category, cell in zip((Category.TROOPS, Category.POLICE, Category.OBSERVERS), cells[2:5], strict=True)
        }
        source = row.take("source", cells[5], _source_from)
        if not row.refused and source in row.known.reserved_sources:
            row.refuse("source", source, "is the source of the table that comes with the software: name the file's own")
        if row.refused:
            return
        first = self.mission_months.setdefault((mission.name, month), row.line)
        if first != row.line:
            row.refuse("month", f"{month:%Y-%m}", f"{mission.name} has a row of this month already: see {first}")
            return
        self.reading.add(row.line, mission, month, persons, source)

    def end(self, problems: Problems) -> None:
        """Nothing is left to say."""


def _refuse_umbrellas_beside_parts(reading: Reading, column: str, problems: Problems) -> None:
    for (_, year, number), month in reading.months.items():
        names = {mission.name: line for mission, line in month.named.items()}
        if len(names) > 1 and month.acronym in names:
            parts = ", ".join(sorted(name for name in names if name != month.acronym))
            reason = f"stands beside {parts}, a part of it, in {year}-{number:02}: its people would be counted twice"
            problems.error(names[month.acronym], column, month.acronym, reason)


def _needed(cell: Cell) -> str:
    text = text_from(cell)
    if not text:
        raise CellError("is blank")
    return text


def _identity_from(cell: Cell) -> str | None:
    """A number that JSON may write as 12.0."""
    return _needed(cell).removesuffix(".0")


def _persons_needed(cell: Cell) -> int:
    found = persons_from(cell)
    if found is None:
        raise CellError("is blank: 0 is written where nobody was; a month that is not known has no row")
    return found


def _source_from(cell: Cell) -> str:
    text = _needed(cell)
    if len(text) > LONGEST_SOURCE or not text.isprintable():
        raise CellError(f"must be at most {LONGEST_SOURCE} characters that can be shown")
    return text


def _type_from(cell: Cell) -> str:
    word = folded_word(_needed(cell))
    if word not in CATEGORY_OF_TYPE:
        raise CellError("is none of troops, staff_officer, experts_on_mission, formed_police_units, individual_police")
    return word
