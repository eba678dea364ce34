"""The three tables of facts as rows of values. Pure: files in, rows or problems out; no database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from missions.models import Country, Mission, Strength
from missions.reference import cells
from missions.reference.problems import CellProblem
from peacekeeping.tables.errors import UnreadableTableError
from peacekeeping.tables.reading import open_table

COUNTRIES_FILE, MISSIONS_FILE, PERSON_YEARS_FILE = "countries.csv", "missions.csv", "person_years.csv"
T = TypeVar("T")

iso3 = cells.code(r"[A-Z]{3}", "three capital letters")
acronym = cells.text(longest=20)
source = cells.text(longest=2_000)
person_year_count = cells.number(0, 9_999_999, places=2)
strength_year = cells.whole(1948, cells.LAST_YEAR)
months_of_a_year = cells.whole(0, 12)
category = cells.one_of(Strength.Category.values)
country_status = cells.one_of(Country.Status.values)
mission_kind = cells.one_of(Mission.Kind.values)
mission_status = cells.one_of(Mission.Status.values)


@dataclass(frozen=True)
class CountryRow:
    line: int
    iso3: str
    iso2: str
    m49: str
    name: str
    region: str
    sub_region: str
    status: str
    ended: date | None
    successors: tuple[str, ...]
    aliases: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class MissionRow:
    line: int
    acronym: str
    name: str
    kind: str
    in_un_list: bool
    status: str
    started: cells.RoughDate | None
    ended: cells.RoughDate | None
    hosts: tuple[str, ...]
    seat: str
    latitude: Decimal | None
    longitude: Decimal | None
    region: str
    sub_region: str
    umbrella: str
    family: str
    predecessors: tuple[str, ...]
    aliases: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class PersonYearsRow:
    line: int
    mission: str
    year: int
    category: str
    person_years: Decimal
    months: tuple[int, ...]
    months_filled: int
    source: str


class RowOfCells:
    """The cells of one row by heading; a cell that cannot be read is noted and stands in as None."""

    def __init__(self, file: str, line: int, found: dict[str, str]) -> None:
        self.file = file
        self.line = line
        self.found = found
        self.problems: list[CellProblem] = []

    def take(self, column: str, read: Callable[[str], T]) -> T:
        """The value of the cell; after a problem the row is thrown away, so what is returned then is never seen."""
        try:
            return read(self.found[column])
        except cells.CellError as error:
            self.refuse(column, str(error))
            return None  # type: ignore[return-value]

    def refuse(self, column: str, reason: str) -> None:
        """Note that the cell of `column` cannot be loaded."""
        self.problems.append(CellProblem(self.file, self.line, column, self.found[column], reason))


def columns_of(row_class: type) -> tuple[str, ...]:
    """The headings of a table: the fields of its row, without the line on which it stands."""
    return tuple(field.name for field in fields(row_class) if field.name != "line")


def read_countries(folder: Path, problems: list[CellProblem]) -> list[CountryRow]:
    """The good rows of countries.csv; what is wrong with the others is added to `problems`."""
    rows: list[CountryRow] = []
    for row in _rows(folder / COUNTRIES_FILE, columns_of(CountryRow), problems):
        country = CountryRow(
            line=row.line,
            iso3=row.take("iso3", iso3),
            iso2=row.take("iso2", cells.code(r"[A-Z]{2}", "two capital letters", blank=True)),
            m49=row.take("m49", cells.code(r"[0-9]{3}", "three digits", blank=True)),
            name=row.take("name", cells.text(longest=120)),
            region=row.take("region", cells.text(longest=60, blank=True)),
            sub_region=row.take("sub_region", cells.text(longest=60, blank=True)),
            status=row.take("status", country_status),
            ended=row.take("ended", cells.exact_day),
            successors=row.take("successors", cells.words(iso3)),
            aliases=row.take("aliases", cells.words(cells.text(longest=120))),
            source=row.take("source", source),
        )
        if not row.problems:
            rows.append(country)
        problems += row.problems
    return rows


def read_missions(folder: Path, problems: list[CellProblem]) -> list[MissionRow]:
    """The good rows of missions.csv; what is wrong with the others is added to `problems`."""
    rows: list[MissionRow] = []
    for row in _rows(folder / MISSIONS_FILE, columns_of(MissionRow), problems):
        mission = MissionRow(
            line=row.line,
            acronym=row.take("acronym", acronym),
            name=row.take("name", cells.text(longest=200, blank=True)),
            kind=row.take("kind", mission_kind),
            in_un_list=row.take("in_un_list", cells.yes_or_no),
            status=row.take("status", mission_status),
            started=row.take("started", cells.first_day),
            ended=row.take("ended", cells.last_day),
            hosts=row.take("hosts", cells.words(iso3)),
            seat=row.take("seat", cells.text(longest=80, blank=True)),
            latitude=row.take("latitude", cells.number(-90, 90, places=4, blank=True)),
            longitude=row.take("longitude", cells.number(-180, 180, places=4, blank=True)),
            region=row.take("region", cells.text(longest=60, blank=True)),
            sub_region=row.take("sub_region", cells.text(longest=60, blank=True)),
            umbrella=row.take("umbrella", cells.text(longest=20, blank=True)),
            family=row.take("family", cells.text(longest=20, blank=True)),
            predecessors=row.take("predecessors", cells.words(acronym)),
            aliases=row.take("aliases", cells.words(acronym)),
            source=row.take("source", source),
        )
        if not row.problems:
            _check_mission(mission, row)
        if not row.problems:
            rows.append(mission)
        problems += row.problems
    return rows


def _check_mission(mission: MissionRow, row: RowOfCells) -> None:
    """What two cells of one mission say together."""
    if (mission.latitude is None) != (mission.longitude is None):
        row.refuse("longitude", "latitude and longitude come together or not at all")
    if mission.started and mission.ended and mission.ended.day < mission.started.day:
        row.refuse("ended", f"lies before the start ({row.found['started']})")
    if mission.ended and mission.status == Mission.Status.ACTIVE:
        row.refuse("status", "an active mission has no end")


def read_person_years(folder: Path, problems: list[CellProblem]) -> list[PersonYearsRow]:
    """The good rows of person_years.csv; what is wrong with the others is added to `problems`."""
    rows: list[PersonYearsRow] = []
    for row in _rows(folder / PERSON_YEARS_FILE, columns_of(PersonYearsRow), problems):
        person_years = row.take("person_years", person_year_count)
        strength = PersonYearsRow(
            line=row.line,
            mission=row.take("mission", acronym),
            year=row.take("year", strength_year),
            category=row.take("category", category),
            person_years=person_years or Decimal(0),
            months=row.take("months", cells.months),
            months_filled=row.take("months_filled", months_of_a_year),
            source=row.take("source", source),
        )
        if not row.problems and strength.months_filled > len(strength.months):
            row.refuse("months_filled", f"only {len(strength.months)} months are covered")
        if not row.problems:
            rows.append(strength)
        problems += row.problems
    return rows


def _rows(path: Path, columns: tuple[str, ...], problems: list[CellProblem]) -> Iterator[RowOfCells]:
    """The rows of a table whose headings are exactly `columns`, in any order."""
    try:
        with path.open("rb") as stream, open_table(stream) as table:
            headings = table.headings
            for column in columns:
                if column not in headings:
                    problems.append(CellProblem(path.name, None, column, "", "the column is missing"))
            for column in headings:
                if column not in columns:
                    problems.append(CellProblem(path.name, None, column, "", "is no column of this table"))
            if set(headings) != set(columns):
                return
            for row in table.rows:
                if row.fault:
                    problems.append(CellProblem(path.name, row.line, "", "", row.fault))
                    continue
                texts = {heading: str(cell).strip() for heading, cell in zip(headings, row.cells, strict=True)}
                yield RowOfCells(path.name, row.line, texts)
    except FileNotFoundError:
        problems.append(CellProblem(path.name, None, "", "", f"there is no such file in {path.parent}"))
    except UnreadableTableError as error:
        problems.append(CellProblem(path.name, error.line, error.column, error.value, error.reason))
