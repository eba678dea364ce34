"""Rows of the UN's open data (DPPADPOSS-FATALITIES) made clean. docs/import-format.md tells its quirks."""

from datetime import date

from casualties.choices import Cause, DatePrecision, Gender, Outcome, Personnel, word_of
from casualties.intake.cells import day_from, word_from
from casualties.intake.names import Lookups, MissionEntry, NationalityCells, resolve_nationality
from casualties.intake.problems import Problem, RowProblems
from casualties.intake.rows import CleanRow, check_reference, derived_key, find_mission, warn_outside_mission
from casualties.intake.sources import TextRow
from peacekeeping.tables.cells import CellError, folded_word

CAUSES = {folded_word(word_of(cause)): cause.value for cause in Cause}
PERSONNEL = {
    **{folded_word(word_of(personnel)): personnel.value for personnel in Personnel},
    "local": Personnel.LOCAL_CIVILIAN.value,  # written "Local " in every row
}
GENDERS = {"m": Gender.MALE.value, "f": Gender.FEMALE.value, "male": Gender.MALE.value, "female": Gender.FEMALE.value}
OUTCOMES = {"fatality": Outcome.FATALITY.value}
NATIONALITY_COLUMNS = NationalityCells("casualty_nationality", "isocode3", "m49_code")

# Headings of this format for the fields of a clean row, to name them in problems.
COLUMN_OF_FIELD = {
    "reference": "casualty_id",
    "mission_id": "mission_acronym",
    "occurred_on": "incident_date",
    "cause": "type_of_incident",
    "incident_key": "type_of_incident",
    "outcome": "type_of_casualty",
    "personnel": "casualty_personnel_type",
    "nationality": "casualty_nationality",
    "gender": "gender",
}


class HubCleaner:
    """Makes rows clean; remembers the answers for cells it has seen, of which a release has few different ones."""

    def __init__(self, lookups: Lookups) -> None:
        self._lookups = lookups
        self._days: dict[str, date | str] = {}
        self._words: dict[tuple[str, str], str | CellError] = {}
        self._missions: dict[str, MissionEntry] = {}
        self._nationalities: dict[NationalityCells, str | None] = {}

    def clean(self, row: TextRow) -> tuple[CleanRow | None, list[Problem]]:
        """A clean row, or None and what is wrong; warnings may come with a clean row."""
        if row.problems:
            return None, row.problems
        day_text, reference, acronym, outcome, gender, nationality, personnel, cause, _, m49, iso3, _ = row.cells
        problems = RowProblems(row.line)
        day = self._day(day_text, problems)
        check_reference(reference, "casualty_id", problems)
        mission = self._mission(acronym, problems)
        outcome = self._word(outcome, OUTCOMES, "type_of_casualty", problems)
        cause = self._word(cause, CAUSES, "type_of_incident", problems)
        personnel = self._word(personnel, PERSONNEL, "casualty_personnel_type", problems)
        gender = self._word(gender, GENDERS, "gender", problems) if gender else ""
        label = self._nationality(NationalityCells(nationality, iso3, m49), problems)
        if day is None or mission is None or problems.refused:
            return None, problems.found
        warn_outside_mission((day, day), mission, "incident_date", problems)
        occurred_on = day.isoformat()
        clean = CleanRow(
            line=row.line,
            reference=reference,
            mission_id=mission.id,
            occurred_on=occurred_on,
            occurred_precision=DatePrecision.DAY.value,
            cause=cause,
            outcome=outcome,
            severity="",
            persons=1,
            died_on=None,
            personnel=personnel,
            nationality=label,
            other_nationalities=(),
            gender=gender,
            released=True,
            incident_key=derived_key(mission.acronym, occurred_on, "day", cause, reference=reference),
            named=False,
        )
        return clean, problems.found

    def _day(self, text: str, problems: RowProblems) -> date | None:
        found = self._days.get(text)
        if found is None:
            try:
                found = day_from(text)
            except CellError as error:
                found = str(error)
            self._days[text] = found
        if isinstance(found, str):
            problems.error("incident_date", text, found)
            return None
        return found

    def _word(self, text: str, words: dict[str, str], column: str, problems: RowProblems) -> str:
        found = self._words.get((column, text))
        if found is None:
            try:
                found = word_from(text, words)
            except CellError as error:
                found = error
            self._words[column, text] = found
        if isinstance(found, CellError):
            problems.error(column, text, str(found))
            return ""
        return found

    def _mission(self, acronym: str, problems: RowProblems) -> MissionEntry | None:
        mission = self._missions.get(acronym)
        if mission is None:
            mission = find_mission(acronym, "mission_acronym", self._lookups, problems)
            if mission is not None and not mission.part:
                self._missions[acronym] = mission
        return mission

    def _nationality(self, cells: NationalityCells, problems: RowProblems) -> str | None:
        if cells in self._nationalities:
            return self._nationalities[cells]
        before = len(problems.found)
        label = resolve_nationality(cells, NATIONALITY_COLUMNS, self._lookups, problems)
        if len(problems.found) == before:
            self._nationalities[cells] = label
        return label
