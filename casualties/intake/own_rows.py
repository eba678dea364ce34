"""Rows of this system's own CSV made clean. docs/import-format.md describes the columns for those who write them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from django.db.models import TextChoices

from casualties.choices import (
    AccidentType,
    Cause,
    Context,
    DatePrecision,
    Gender,
    Means,
    Outcome,
    Personnel,
    Severity,
    word_of,
)
from casualties.intake.cells import coordinate_from, day_from, partial_day_from, persons_from, word_from, yes_or_no_from
from casualties.intake.names import Lookups, NationalityCells, resolve_nationality
from casualties.intake.problems import Problem, RowProblems
from casualties.intake.rows import (
    INCIDENT_NAME,
    CleanRow,
    check_reference,
    derived_key,
    find_mission,
    warn_outside_mission,
)
from casualties.intake.sources import OWN_OPTIONAL, OWN_REQUIRED, TextRow
from missions.models import UNDETERMINED_COUNTRY
from peacekeeping.tables.cells import CellError, folded_word
from peacekeeping.tables.writing import original, tidy

Value = TypeVar("Value")
COLUMNS = OWN_REQUIRED + OWN_OPTIONAL
COLUMN_OF_FIELD = {
    "mission_id": "mission",
    "occurred_on": "date",
    "occurred_precision": "date",
    "incident_key": "incident",
}
# What the files that leave this system say where nothing is recorded.
WORDS_FOR_BLANK = {"nationality": "not-recorded", "gender": "not-recorded", "severity": "not-stated"}
MAX_PLACE = 200
MAX_SUMMARY = 5_000


def _words(choices: type[TextChoices]) -> dict[str, str]:
    """Both the stored word and the label mean the choice."""
    return {folded_word(text): choice.value for choice in choices for text in (choice.value, word_of(choice))}


CAUSES = _words(Cause)
OUTCOMES = {**_words(Outcome), "fatality": Outcome.FATALITY.value}
PERSONNEL = _words(Personnel)
GENDERS = _words(Gender)
MEANS = _words(Means)
CONTEXTS = _words(Context)
ACCIDENT_TYPES = _words(AccidentType)
# The abbreviations are those of US DoD Instruction 1300.18, the scale that the words come from.
SEVERITIES = {
    **_words(Severity),
    "vsi": Severity.VERY_SERIOUS.value,
    "si": Severity.SERIOUS.value,
    "iii": Severity.INCAPACITATING.value,
    "nsi": Severity.NOT_SERIOUS.value,
}


class OwnCleaner:
    """Makes rows clean, one at a time. `has_released` says whether the file has that column: without it all are."""

    def __init__(self, lookups: Lookups, *, has_released: bool) -> None:
        self._lookups = lookups
        self._has_released = has_released

    def clean(self, row: TextRow) -> tuple[CleanRow | None, list[Problem]]:
        """A clean row, or None and what is wrong; warnings may come with a clean row."""
        if row.problems:
            return None, row.problems
        cells = _Cells(row)
        mission = find_mission(cells["mission"], "mission", self._lookups, cells.problems)
        when = cells.read("date", partial_day_from)
        if mission is None or when is None:
            return None, cells.problems.found
        day, precision = when
        warn_outside_mission((day, _last_day(day, precision)), mission, "date", cells.problems)
        clean = CleanRow(
            line=row.line,
            reference=cells["reference"] or None,
            mission_id=mission.id,
            occurred_on=day.isoformat(),
            occurred_precision=precision.value,
            cause=cells.word("cause", CAUSES),
            outcome=cells.word("outcome", OUTCOMES),
            severity=cells.word("severity", SEVERITIES, optional=True),
            persons=(cells.read("persons", persons_from) or 1) if cells["persons"] else 1,
            died_on=_iso(cells.read("died_on", day_from)) if cells["died_on"] else None,
            personnel=cells.word("personnel", PERSONNEL),
            nationality=self._nationality(cells, "nationality", cells["nationality"]),
            other_nationalities=self._other_nationalities(cells),
            gender=cells.word("gender", GENDERS, optional=True),
            released=bool(cells.read("released", yes_or_no_from)) if self._has_released else True,
            incident_key=cells["incident"],
            named=bool(cells["incident"]),
            means=cells.word("means", MEANS, optional=True),
            context=cells.word("context", CONTEXTS, optional=True),
            accident_type=cells.word("accident_type", ACCIDENT_TYPES, optional=True),
            place=cells["place"],
            latitude=cells.read("latitude", lambda text: coordinate_from(text, 90)) if cells["latitude"] else None,
            longitude=cells.read("longitude", lambda text: coordinate_from(text, 180)) if cells["longitude"] else None,
            summary=cells["summary"],
        )
        key = derived_key(mission.acronym, clean.occurred_on, precision, clean.cause, reference=clean.reference)
        if clean.incident_key in {"", key}:  # the key that is derived anyhow names nothing
            clean = clean._replace(incident_key=key, named=False)
        _check_person(clean, cells)
        _check_incident(clean, cells)
        return None if cells.problems.refused else clean, cells.problems.found

    def _nationality(self, cells: "_Cells", column: str, text: str) -> str | None:
        if folded_word(text) == "undetermined":
            return UNDETERMINED_COUNTRY
        is_code = text.upper() in self._lookups.codes
        meant = NationalityCells("", text) if is_code else NationalityCells(text)
        return resolve_nationality(meant, NationalityCells(column, column, column), self._lookups, cells.problems)

    def _other_nationalities(self, cells: "_Cells") -> tuple[str, ...]:
        parts = [part.strip() for part in cells["other_nationalities"].split(";")]
        labels = {self._nationality(cells, "other_nationalities", part) for part in parts if part}
        return tuple(sorted(label for label in labels if label))


class _Cells:
    """The cells of one row by column, and the problems found in them."""

    def __init__(self, row: TextRow) -> None:
        self.problems = RowProblems(row.line)
        self._cells = {column: _meant(column, cell) for column, cell in zip(COLUMNS, row.cells, strict=True)}

    def __getitem__(self, column: str) -> str:
        return self._cells[column]

    def add(self, column: str, reason: str) -> None:
        self.problems.error(column, self._cells[column], reason)

    def read(self, column: str, how: Callable[[str], Value]) -> Value | None:
        try:
            return how(self._cells[column])
        except CellError as error:
            self.add(column, str(error))
            return None

    def word(self, column: str, words: Mapping[str, str], *, optional: bool = False) -> str:
        if optional and not self._cells[column]:
            return ""
        return self.read(column, lambda text: word_from(text, words)) or ""


def _meant(column: str, cell: str) -> str:
    """What a cell says: texts as they were before an export made them safe, and blank for the words that mean blank."""
    if column in {"place", "summary"}:
        cell = tidy(cell)
    text = original(cell).strip()
    return "" if text == WORDS_FOR_BLANK.get(column) else text


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _last_day(first: date, precision: DatePrecision) -> date:
    """The last day of the period, or, for a month, its 28th or later: mission dates are at most exact to the day."""
    if precision is DatePrecision.YEAR:
        return date(first.year, 12, 31)
    if precision is DatePrecision.MONTH:
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)
    return first


def _check_person(row: CleanRow, cells: _Cells) -> None:
    """What one cell about the person demands of another."""
    if row.reference:
        check_reference(row.reference, "reference", cells.problems)
        if "/" in row.reference or not row.reference.strip("."):
            cells.add("reference", "cannot be the end of an address: points alone, or with a slash")
        if row.persons > 1:
            cells.add("persons", "a row with a reference is one person")
    if row.severity and row.outcome == Outcome.FATALITY:
        cells.add("severity", "only an injury has a severity")
    if row.died_on is not None and row.outcome == Outcome.INJURY:
        cells.add("died_on", "an injured person who died counts as a fatality: write so under outcome")
    elif row.died_on is not None and row.died_on < row.occurred_on:
        cells.add("died_on", f"lies before the incident of {row.occurred_on}")


def _check_incident(row: CleanRow, cells: _Cells) -> None:
    """What one cell about the incident demands of another."""
    if row.cause and row.cause != Cause.MALICIOUS_ACT:
        for column in ("means", "context"):
            if cells[column]:
                cells.add(column, "only a malicious act has this")
    if row.cause and row.cause != Cause.ACCIDENT and row.accident_type:
        cells.add("accident_type", "only an accident has this")
    for column, other in (("latitude", "longitude"), ("longitude", "latitude")):
        if not cells[column] and cells[other]:
            cells.add(column, f"is blank while the {other} is given")
    for column, limit in (("place", MAX_PLACE), ("summary", MAX_SUMMARY)):
        if len(cells[column]) > limit:
            cells.add(column, f"has {len(cells[column]):,} characters; at most {limit:,} are kept")
    if row.named and not INCIDENT_NAME.fullmatch(row.incident_key):
        cells.add("incident", "must be letters, digits, hyphens, points, underscores, at most 80: it is an address")
    if not row.incident_key and row.cause:
        _check_without_incident(row, cells)


def _check_without_incident(row: CleanRow, cells: _Cells) -> None:
    if row.reference:
        cells.add("reference", "gives its incident no address (a letter A to Z or a digit first): name the incident")
    elif row.occurred_precision != DatePrecision.YEAR:
        cells.add("incident", "a count of people (no reference) needs the name of its incident")
    elif any((row.means, row.context, row.accident_type, row.place, row.latitude, row.summary)):
        cells.add("incident", "means, context, accident type, place and summary belong to an incident: name it")
