"""What the tables of facts must say together: every name that one row uses is a row somewhere. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from missions.models import Country
from missions.reference.problems import CellProblem, ReferenceTableError
from missions.reference.rows import (
    COUNTRIES_FILE,
    MISSIONS_FILE,
    PERSON_YEARS_FILE,
    CountryRow,
    MissionRow,
    PersonYearsRow,
    read_countries,
    read_missions,
    read_person_years,
)


@dataclass(frozen=True)
class ReferenceTables:
    """The three tables, each row valid and all rows in agreement."""

    countries: tuple[CountryRow, ...]
    missions: tuple[MissionRow, ...]
    person_years: tuple[PersonYearsRow, ...]

    def successors_of(self, acronym: str) -> list[str]:
        """The missions that name `acronym` as a predecessor, in the order of their start. The table states one way."""
        following = [row for row in self.missions if acronym in row.predecessors]
        following.sort(key=lambda row: (row.started.day.isoformat() if row.started else "9", row.acronym))
        return [row.acronym for row in following]


def read_reference(folder: Path) -> ReferenceTables:
    """Read and check the three tables in `folder`; raise ReferenceTableError naming every cell that is wrong."""
    problems: list[CellProblem] = []
    countries = read_countries(folder, problems)
    missions = read_missions(folder, problems)
    person_years = read_person_years(folder, problems)
    if not problems:  # a row that was refused would only be missed by every row that names it
        problems += _check_countries(countries)
        problems += _check_missions(missions, countries)
        problems += _check_person_years(person_years, missions)
    if problems:
        raise ReferenceTableError(problems)
    return ReferenceTables(tuple(countries), tuple(missions), tuple(person_years))


def _check_countries(rows: list[CountryRow]) -> Iterator[CellProblem]:
    labels = [(row.line, column, label) for row in rows for column, label in _country_labels(row)]
    yield from _only_once(COUNTRIES_FILE, labels)
    known = {row.iso3 for row in rows}
    for row in rows:
        for successor in row.successors:
            if successor not in known:
                yield CellProblem(COUNTRIES_FILE, row.line, "successors", successor, "is no country of this table")
        if (row.status == Country.Status.DISSOLVED) != bool(row.successors):
            yield CellProblem(
                COUNTRIES_FILE, row.line, "successors", "; ".join(row.successors), "dissolved states have successors"
            )


def _country_labels(row: CountryRow) -> Iterator[tuple[str, str]]:
    yield "iso3", row.iso3
    yield "name", row.name
    for alias in row.aliases:
        yield "aliases", alias


def _check_missions(rows: list[MissionRow], countries: list[CountryRow]) -> Iterator[CellProblem]:
    labels = [(row.line, "acronym", row.acronym) for row in rows]
    labels += [(row.line, "aliases", alias) for row in rows for alias in row.aliases]
    yield from _only_once(MISSIONS_FILE, labels)
    states = {row.iso3 for row in countries}
    by_acronym = {row.acronym: row for row in rows}
    for row in rows:
        for host in row.hosts:
            if host not in states:
                yield CellProblem(MISSIONS_FILE, row.line, "hosts", host, f"is no country of {COUNTRIES_FILE}")
        named = [("umbrella", row.umbrella), ("family", row.family), *(("predecessors", a) for a in row.predecessors)]
        for column, acronym in named:
            if acronym and acronym not in by_acronym:
                yield CellProblem(MISSIONS_FILE, row.line, column, acronym, "is no acronym of this table")
            elif acronym == row.acronym and column != "family":
                yield CellProblem(MISSIONS_FILE, row.line, column, acronym, "a mission cannot name itself")
        if row.umbrella in by_acronym and by_acronym[row.umbrella].umbrella:
            yield CellProblem(MISSIONS_FILE, row.line, "umbrella", row.umbrella, "is itself under an umbrella")
        if row.family in by_acronym and by_acronym[row.family].family != row.family:
            yield CellProblem(MISSIONS_FILE, row.line, "family", row.family, "is not of that family itself")


def _check_person_years(rows: list[PersonYearsRow], missions: list[MissionRow]) -> Iterator[CellProblem]:
    known = {row.acronym for row in missions}
    seen: dict[tuple[str, int, str], int] = {}
    for row in rows:
        if row.mission not in known:
            yield CellProblem(PERSON_YEARS_FILE, row.line, "mission", row.mission, f"is no acronym of {MISSIONS_FILE}")
        first = seen.setdefault((row.mission, row.year, row.category), row.line)
        if first != row.line:
            reason = f"{row.mission} {row.year} already stands on line {first}"
            yield CellProblem(PERSON_YEARS_FILE, row.line, "category", row.category, reason)


def _only_once(file: str, labels: Iterable[tuple[int, str, str]]) -> Iterator[CellProblem]:
    """A name or alias leads to one row: no label may stand twice, in whatever letters."""
    seen: dict[str, int] = {}
    for line, column, label in labels:
        first = seen.setdefault(label.casefold(), line)
        if first != line:
            yield CellProblem(file, line, column, label, f"already stands on line {first}")
