"""A clean row: one person (or a count of people) of a file, in the words of this system. No database."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from casualties.choices import GROUPED_CAUSES, DatePrecision
from casualties.intake.names import Lookups, MissionEntry, fold, label_of_the_day
from casualties.intake.problems import Level, Problem, RowProblems
from missions.models import UNDETERMINED_COUNTRY

MAX_REFERENCE = 60
NOT_THE_PERSON = {"line", "nationality", "other_nationalities"}


class CleanRow(NamedTuple):
    """Values as they will be stored; `line` says where they came from. None means not recorded.

    `occurred_on` and `died_on` are ISO dates. `incident_key` is "" for a count of people in a year that names no
    incident; `named` says that the file itself names it. `other_nationalities` are ISO3 codes in order.
    """

    line: int
    reference: str | None
    mission_id: int
    occurred_on: str
    occurred_precision: str
    cause: str
    outcome: str
    severity: str
    persons: int
    died_on: str | None
    personnel: str
    nationality: str | None
    other_nationalities: tuple[str, ...]
    gender: str
    released: bool
    incident_key: str
    named: bool
    means: str = ""
    context: str = ""
    accident_type: str = ""
    place: str = ""
    latitude: str | None = None
    longitude: str | None = None
    summary: str = ""


UNSAFE_IN_KEY = re.compile(r"[^A-Za-z0-9._-]+")
INCIDENT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")  # what can stand in an address, and moves nowhere in it


def key_of(text: str) -> str:
    """`text` as an address: what does not belong into one becomes a hyphen ("UN SECRETA-1961-09-10864")."""
    return UNSAFE_IN_KEY.sub("-", text).strip("-")


def derived_key(acronym: str, occurred_on: str, precision: str, cause: str, *, reference: str | None) -> str:
    """The key of an incident that the source does not name.

    People struck in one mission on one day by malicious acts are one incident, and so with accidents; anybody else is
    an incident of their own, under the reference. With a month or year alone nobody can be grouped. "" when there is
    neither a group nor a reference, or the reference makes no address ("..", one in another script).
    """
    if precision == DatePrecision.DAY and cause in GROUPED_CAUSES:
        return f"{key_of(acronym)}-{occurred_on}-{cause}"
    key = key_of(reference) if reference else ""
    return key if INCIDENT_NAME.fullmatch(key) else ""


def check_reference(reference: str, column: str, problems: RowProblems) -> None:
    """A reference must be there, printable, and at most 60 characters long."""
    if not reference:
        problems.error(column, "", "is blank: without it nobody can be recognised in a later file")
    elif len(reference) > MAX_REFERENCE:
        problems.error(column, reference, f"has {len(reference):,} characters; at most {MAX_REFERENCE} are kept")
    elif not reference.isprintable():
        problems.error(column, reference, "holds signs that cannot be printed")


def find_mission(name: str, column: str, lookups: Lookups, problems: RowProblems) -> MissionEntry | None:
    """The mission of an acronym or alias; a part of an umbrella is counted under it, with a warning."""
    mission = lookups.missions.get(fold(name))
    if mission is None:
        problems.error(column, name, "no mission has this acronym" if name else "is blank")
    elif mission.part:
        problems.warn(column, name, f"is counted under {mission.acronym}, as the open data do")
    return mission


def warn_outside_mission(period: tuple[date, date], mission: MissionEntry, column: str, problems: RowProblems) -> None:
    """Warn when the period (first and last day) lies wholly outside the mission's dates, as far as they are known."""
    first, last = period
    if mission.started_on is not None and last < mission.started_on:
        problems.warn(column, first, f"{mission.acronym} began on {mission.started_on.isoformat()}")
    elif mission.ended_on is not None and first > mission.ended_on:
        problems.warn(column, first, f"{mission.acronym} ended on {mission.ended_on.isoformat()}")


def _in_words(field: str, value: object, lookups: Lookups) -> str:
    """A value of a clean row as a file says it; "" for what is blank."""
    if field == "mission_id":
        return next((entry.acronym for entry in lookups.missions.values() if entry.id == value), str(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "")


def merge_labels(rows: Sequence[CleanRow], lookups: Lookups, columns: dict[str, str]) -> tuple[CleanRow, list[Problem]]:
    """One person out of the rows with one reference, which may differ in nothing but the nationality.

    The label of the state that existed on the day of the incident is the nationality, the others are other labels; the
    order of the rows does not matter. `columns` gives the file's heading for each field. Errors name both lines.
    """
    rows = sorted(rows, key=lambda row: row.line)
    first = rows[0]
    for other in rows[1:]:
        for field in first._fields:
            here, there = getattr(first, field), getattr(other, field)
            if field in NOT_THE_PERSON or here == there:
                continue
            here, there = (_in_words(field, value, lookups) for value in (here, there))
            reason = (
                f"lines {first.line} and {other.line} have one reference, {first.reference}, but differ in more than "
                f"the nationality: {here or 'blank'} against {there or 'blank'}"
            )
            return first, [Problem(other.line, columns.get(field, field), there, reason)]
    labels = list(dict.fromkeys(row.nationality for row in rows if row.nationality))
    if len(labels) > 1:
        labels = [label for label in labels if label != UNDETERMINED_COUNTRY]
    column = columns.get("nationality", "nationality")
    if len(labels) < 2:
        lines = " and ".join(str(row.line) for row in rows)
        reason = f"lines {lines} are one and the same person, who is counted once"
        nationality = labels[0] if labels else None
        return first._replace(nationality=nationality), [
            Problem(first.line, column, str(first.reference), reason, Level.WARNING)
        ]
    nationality = label_of_the_day(labels, date.fromisoformat(first.occurred_on), lookups)
    if nationality is None:
        reason = (
            f"{first.reference} has the nationalities {', '.join(sorted(labels))} (line {first.line} and after): which "
            f"of these states existed on {first.occurred_on} cannot be told"
        )
        return first, [Problem(first.line, column, ", ".join(sorted(labels)), reason)]
    others = {label for label in labels if label != nationality} | set(first.other_nationalities)
    return first._replace(nationality=nationality, other_nationalities=tuple(sorted(others - {nationality}))), []
