"""The missions and countries that a file may name, as plain mappings, and how a name resolves. No database."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from casualties.intake.problems import RowProblems


@dataclass(frozen=True)
class MissionEntry:
    """A mission as a name resolves to it. `part` is set when the name is that of a part of an umbrella (UNOSOM II)."""

    id: int
    acronym: str
    started_on: date | None = None
    ended_on: date | None = None
    part: str = ""


@dataclass(frozen=True)
class CountryEntry:
    """A nationality. A dissolved state has its last day and the states that came after it."""

    iso3: str
    name: str
    ended_on: date | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lookups:
    """`missions` by folded acronym or alias, `countries` by folded name or alias, `codes` by ISO3, `m49` by number.

    One M49 number may belong to a state and its predecessor (180: Zaire and the Democratic Republic of the Congo).
    `predecessors` gives for an ISO3 code the dissolved states that it succeeds.
    """

    missions: Mapping[str, MissionEntry]
    countries: Mapping[str, CountryEntry]
    m49: Mapping[int, frozenset[str]] = field(default_factory=dict)
    codes: Mapping[str, CountryEntry] = field(init=False)
    predecessors: Mapping[str, tuple[CountryEntry, ...]] = field(init=False)

    def __post_init__(self) -> None:
        codes = {entry.iso3: entry for entry in self.countries.values()}
        predecessors: dict[str, tuple[CountryEntry, ...]] = {}
        for entry in codes.values():
            for successor in entry.successors:
                predecessors[successor] = (*predecessors.get(successor, ()), entry)
        object.__setattr__(self, "codes", codes)
        object.__setattr__(self, "predecessors", predecessors)


def fold(name: str) -> str:
    """A name without what spellings differ in: case, accents, apostrophes, spaces at the ends and doubled inside.

    "Côte dIvoire", "Côte d'Ivoire" and "COTE D’IVOIRE" are one.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign) and sign not in "'’‘`´ʼ")
    return " ".join(kept.split())


class NationalityCells(NamedTuple):
    """What a row says of a nationality: a name, an ISO3 code and an M49 number, or the headings of these three."""

    name: str
    iso3: str = ""
    m49: str = ""


def resolve_nationality(
    cells: NationalityCells, columns: NationalityCells, lookups: Lookups, problems: RowProblems
) -> str | None:
    """The ISO3 code that a name and its codes mean together; None when all are blank: not recorded.

    The name leads, for the codes get lost between releases. Codes that contradict the name are an error; a name that
    only its code explains is a warning.
    """
    name, iso3 = cells.name.strip(), cells.iso3.strip().upper()
    number = _m49_number(cells.m49.strip(), columns.m49, problems)
    if problems.refused or not (name or iso3 or number):
        return None
    by_code = lookups.codes.get(iso3) if iso3 else None
    if iso3 and by_code is None:
        problems.error(columns.iso3, iso3, "no country has this ISO code")
        return None
    by_number = lookups.m49.get(number, frozenset()) if number else frozenset()
    found = lookups.countries.get(fold(name)) if name else None
    if found is not None:
        _check_codes(found, by_code, number, by_number=by_number, columns=columns, problems=problems)
        return found.iso3
    found = by_code or (lookups.codes[next(iter(by_number))] if len(by_number) == 1 else None)
    if found is None:
        problems.error(columns.name, name or cells.m49, "no country has this name, and no code helps")
        return None
    if by_number and found.iso3 not in by_number:
        problems.error(columns.m49, number, _not_the_code_of(found))
    elif name:
        problems.warn(columns.name, name, f"the country list lacks this name; taken as {found.name} by its code")
    return found.iso3


def _check_codes(
    country: CountryEntry,
    by_code: CountryEntry | None,
    number: int | None,
    *,
    by_number: frozenset[str],
    columns: NationalityCells,
    problems: RowProblems,
) -> None:
    """A name was found: its codes may be lost, or be those of a state with the same number, but not another state's."""
    if number and not by_number:
        problems.warn(columns.m49, number, f"no country has this M49 number; taken as {country.name} by its name")
    elif by_number and country.iso3 not in by_number:
        problems.error(columns.m49, number, _not_the_code_of(country))
    elif by_code is not None and by_code.iso3 != country.iso3 and by_code.iso3 not in by_number:
        problems.error(columns.iso3, by_code.iso3, _not_the_code_of(country))


def _not_the_code_of(country: CountryEntry) -> str:
    return f"this code is not that of {country.name} ({country.iso3})"


def _m49_number(text: str, column: str, problems: RowProblems) -> int | None:
    if not text:
        return None
    whole = text.removesuffix(".0")
    if whole.isascii() and whole.isdigit() and len(whole) <= 3:
        return int(whole)
    problems.error(column, text, "is not an M49 number (three digits)")
    return None


def label_of_the_day(labels: list[str], day: date, lookups: Lookups) -> str | None:
    """Which of several nationality labels of one person is that of the state that existed on `day`.

    A label is out when its state had ended, or when it succeeds another of the labels whose state had not. None when
    not exactly one remains.
    """
    entries = [lookups.codes[label] for label in labels]
    standing = [entry for entry in entries if entry.ended_on is None or day <= entry.ended_on]
    dissolved_later = [entry for entry in standing if entry.ended_on is not None]
    left = [entry for entry in standing if not any(entry.iso3 in state.successors for state in dissolved_later)]
    return left[0].iso3 if len(left) == 1 else None


def nationality_doubt(label: str, day: date, lookups: Lookups) -> str:
    """Why a label sits oddly on a day, as a sentence, or "": the state had ended, or its predecessor had not."""
    entry = lookups.codes[label]
    if entry.ended_on is not None and day > entry.ended_on:
        return f"{entry.name} had ended on {entry.ended_on.isoformat()}"
    for state in lookups.predecessors.get(label, ()):
        if state.ended_on is not None and day <= state.ended_on:
            return (
                f"the nationality may be older than its state: {entry.name} succeeds {state.name}, "
                f"which the country list ends on {state.ended_on.isoformat()}"
            )
    return ""
