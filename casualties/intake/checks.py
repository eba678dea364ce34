"""Checks that need the whole file or what is kept already: by statements over the staged rows."""

from datetime import date

from casualties.choices import GROUPED_CAUSES, Grouping
from casualties.intake.cells import day_from
from casualties.intake.matching import INCIDENT_DETAILS, INCIDENT_FACTS
from casualties.intake.names import nationality_doubt
from casualties.intake.other_sources import check_against_others
from casualties.intake.problems import MAX_KEPT, Level, Problem, Problems
from casualties.intake.sources import Format
from casualties.intake.staging import Staged, rows_of
from peacekeeping.tables.cells import CellError, shown

COORDINATES = ("latitude", "longitude")
COUNT_IDENTITY = (
    "incident_key",
    "mission_id",
    "occurred_on",
    "cause",
    "outcome",
    "severity",
    "personnel",
    "nationality_id",
    "gender",
)


def release_date_of(staged: Staged, given: date | None, problems: Problems) -> date | None:
    """The date that the file speaks for: the one given, else its single last_update; None adds the problem."""
    if given is not None:
        return given
    found = []
    for text, line in staged.last_updates.items():
        try:
            found.append((day_from(text), staged.line(line)))
        except CellError as error:
            problems.add(Problem(staged.line(line), staged.column("last_update"), shown(text), str(error)))
            return None
    days = sorted({day for day, _ in found})
    if len(days) == 1:
        return days[0]
    if not days:
        reason = "the file does not say its release date (no last_update): give it (--release-date)"
        problems.add(Problem(None, "last_update", "", reason))
    else:
        place = staged.place_name
        first, second = (next((d, line) for d, line in found if d == day) for day in days[:2])
        reason = (
            f"the file gives more than one release date: {first[0].isoformat()} ({place} {first[1]}) and "
            f"{second[0].isoformat()} ({place} {second[1]}); give the right one (--release-date)"
        )
        later = max(first, second, key=lambda one: one[1])
        problems.add(Problem(later[1], staged.column("last_update"), later[0].isoformat(), reason))
    return None


def check_staged(staged: Staged, released_on: date | None, problems: Problems) -> None:
    """Add what is wrong with the staged rows taken together, once they are matched with what is kept."""
    if released_on is not None:
        _check_not_after(staged, released_on, problems)
    _check_counts_are_apart(staged, problems)
    _check_incident_facts(staged, problems)
    if staged.format is Format.OWN_CSV:
        _check_incident_details(staged, problems)
        _check_addresses_are_apart(staged, problems)
        check_against_others(staged, problems)
    _warn_nationalities(staged, problems)


def _check_not_after(staged: Staged, released_on: date, problems: Problems) -> None:
    for column in ("occurred_on", "died_on"):
        found = rows_of(
            f"SELECT line, {column} FROM pg_temp.intake_row WHERE {column} > %s ORDER BY line",  # noqa: S608
            (released_on,),
        )
        for line, day in dict.fromkeys((staged.line(number), day) for number, day in found):
            reason = f"lies after the release date, {released_on.isoformat()}"
            problems.add(Problem(line, staged.column(column), day.isoformat(), reason))


def _check_counts_are_apart(staged: Staged, problems: Problems) -> None:
    """Rows that count people are known again by what they count, so no two may count the same."""
    identity = ", ".join(COUNT_IDENTITY)
    found = rows_of(
        f"""
        SELECT min(line), max(line) FROM pg_temp.intake_row WHERE reference IS NULL
        GROUP BY {identity} HAVING count(*) > 1 ORDER BY 1
        """  # noqa: S608
    )
    for one, other in found:
        first, second = staged.line(one), staged.line(other)
        # Two columns of one row of a mapped file may turn out to count the same.
        lines = f"lines {first} and {second} count" if first != second else f"two columns of line {first} count"
        reason = (
            f"{lines} the same people (incident, outcome, severity, personnel, nationality, gender): make them one "
            "row, or give references"
        )
        problems.add(Problem(second, staged.column("reference"), "", reason))


def _check_incident_facts(staged: Staged, problems: Problems) -> None:
    """People of one incident have one mission, day and cause; the incident's own, if others are in it already."""
    facts = ", ".join(INCIDENT_FACTS)
    found = rows_of(
        f"""
        WITH spoken AS (
            SELECT target_key, {facts}, min(line) AS line FROM pg_temp.intake_match
            WHERE target_key IS NOT NULL GROUP BY target_key, {facts}
        )
        SELECT target_key, (array_agg(line ORDER BY line))[1:2] AS lines FROM spoken
        GROUP BY target_key HAVING count(*) > 1 ORDER BY lines
        """  # noqa: S608
    )
    for key, numbers in found:
        first, second = map(staged.line, numbers)
        reason = f"lines {first} and {second} are of one incident but differ in its mission, date or cause"
        problems.add(Problem(second, staged.column("incident_key"), shown(key), reason))


def _check_addresses_are_apart(staged: Staged, problems: Problems) -> None:
    """Where one person is one incident, no other reference may give the same address ("a b" and "a-b")."""
    found = rows_of(
        """
        WITH alone AS (
            SELECT line, reference, incident_key FROM pg_temp.intake_row
            WHERE reference IS NOT NULL AND NOT named AND incident_key <> ''
                AND NOT (occurred_precision = 'day' AND cause = ANY(%s))
        ), other AS (
            SELECT reference, incident_key FROM alone
            UNION SELECT c.reference, i.key
            FROM casualties_casualty c JOIN casualties_incident i ON i.id = c.incident_id
            WHERE c.state = 'counted' AND c.reference IS NOT NULL AND i.grouping = %s
        )
        SELECT a.line, a.reference, min(o.reference), a.incident_key
        FROM alone a JOIN other o ON o.incident_key = a.incident_key AND o.reference <> a.reference
        GROUP BY a.line, a.reference, a.incident_key ORDER BY a.line
        """,
        (list(GROUPED_CAUSES), Grouping.DERIVED),
    )
    for number, reference, other, key in found:
        reason = f"gives its incident the address {key}, as {other} does: name the incident, or change the reference"
        problems.add(Problem(staged.line(number), staged.column("reference"), shown(reference), reason))


def _check_incident_details(staged: Staged, problems: Problems) -> None:
    for column in INCIDENT_DETAILS:
        said = f"{column} IS NOT NULL" if column in COORDINATES else f"{column} <> ''"
        found = rows_of(
            f"""
            WITH spoken AS (
                SELECT m.target_key, r.{column} AS word, min(line) AS line
                FROM pg_temp.intake_match m JOIN pg_temp.intake_row r USING (line)
                WHERE m.target_key IS NOT NULL AND r.{said} GROUP BY 1, 2
            )
            SELECT (array_agg(line ORDER BY line))[1:2], (array_agg(word ORDER BY line))[2] FROM spoken
            GROUP BY target_key HAVING count(*) > 1 ORDER BY 1
            """  # noqa: S608
        )
        for numbers, word in found:
            first, second = map(staged.line, numbers)
            reason = f"lines {first} and {second} are of one incident but differ in its {column.replace('_', ' ')}"
            problems.add(Problem(second, staged.column(column), shown(word), reason))


def _warn_nationalities(staged: Staged, problems: Problems) -> None:
    lookups = staged.lookups
    suspects = [code for code, entry in lookups.codes.items() if entry.ended_on or code in lookups.predecessors]
    found = rows_of(
        """
        SELECT line, nationality_id, occurred_on FROM pg_temp.intake_row WHERE nationality_id = ANY(%s) ORDER BY line
        """,
        (suspects,),
    )
    for line, label, day in dict.fromkeys((staged.line(number), *rest) for number, *rest in found[: 10 * MAX_KEPT]):
        doubt = nationality_doubt(label, day, lookups)
        if doubt:
            problems.add(Problem(line, staged.column("nationality"), label, doubt, Level.WARNING))
