"""Checks that need the whole file or what is kept already: by statements over the staged rows."""

from datetime import date
from typing import Any

from django.db import connection

from casualties.choices import GROUPED_CAUSES, Grouping, Origin
from casualties.intake.cells import day_from
from casualties.intake.matching import INCIDENT_DETAILS, INCIDENT_FACTS
from casualties.intake.names import nationality_doubt
from casualties.intake.problems import MAX_KEPT, Level, Problem, Problems
from casualties.intake.sources import OWN_OPTIONAL, Format
from casualties.intake.staging import Staged
from missions.models import UNDETERMINED_COUNTRY, current_release
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
# What a row says otherwise than the source of the person (c); a blank cell of an optional column says nothing.
CONTRADICTS = {
    "mission_id": "r.mission_id <> c.mission_id",
    "occurred_on": "(r.occurred_on, r.occurred_precision) <> (c.occurred_on, c.occurred_precision)",
    "cause": "r.cause <> c.cause",
    "outcome": "r.outcome <> c.outcome",
    "personnel": "r.personnel <> c.personnel",
    "nationality": "r.nationality_id IS NOT NULL AND r.nationality_id IS DISTINCT FROM c.nationality_id",
    "other_nationalities": "cardinality(r.other_nationalities) > 0 AND NOT ("
    "r.other_nationalities @> c.other_nationalities AND r.other_nationalities <@ c.other_nationalities)",
    "gender": "r.gender <> '' AND r.gender <> c.gender",
    "severity": "r.severity <> '' AND r.severity <> c.severity",
    "released": "r.released <> c.released",
}
# How the row says it, where that is not what is stored.
SAID = {
    "mission_id": "(SELECT acronym FROM missions_mission WHERE id = r.mission_id)",
    "occurred_on": "left(r.occurred_on::text, CASE r.occurred_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END)",
    "nationality": f"CASE r.nationality_id WHEN '{UNDETERMINED_COUNTRY}' THEN 'undetermined' ELSE r.nationality_id END",
    "other_nationalities": "array_to_string(r.other_nationalities, '; ')",
    "released": "CASE WHEN r.released THEN 'yes' ELSE 'no' END",
}


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
        _check_kept_by_others(staged, problems)
        _check_withdrawn_by_others(staged, problems)
        _check_incidents_of_others(staged, problems)
        _warn_later_years(staged, problems)
    _warn_nationalities(staged, problems)


def _rows(statement: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def _check_not_after(staged: Staged, released_on: date, problems: Problems) -> None:
    for column in ("occurred_on", "died_on"):
        found = _rows(
            f"SELECT line, {column} FROM pg_temp.intake_row WHERE {column} > %s ORDER BY line",  # noqa: S608
            (released_on,),
        )
        for line, day in dict.fromkeys((staged.line(number), day) for number, day in found):
            reason = f"lies after the release date, {released_on.isoformat()}"
            problems.add(Problem(line, staged.column(column), day.isoformat(), reason))


def _check_counts_are_apart(staged: Staged, problems: Problems) -> None:
    """Rows that count people are known again by what they count, so no two may count the same."""
    identity = ", ".join(COUNT_IDENTITY)
    found = _rows(
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
    found = _rows(
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
    found = _rows(
        """
        WITH alone AS (
            SELECT line, reference, incident_key FROM pg_temp.intake_row
            WHERE reference IS NOT NULL AND NOT named AND incident_key <> ''
                AND NOT (occurred_precision = 'day' AND cause = ANY(%s))
        ), other AS (
            SELECT reference, incident_key FROM alone
            UNION SELECT c.reference, i.key FROM casualties_casualty c JOIN casualties_incident i ON i.id = c.incident_id
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


def _check_incidents_of_others(staged: Staged, problems: Problems) -> None:
    """An incident with people of the open data or of a notification keeps its mission, day and cause."""
    others = " OR ".join(f"i.{fact} <> m.{fact}" for fact in INCIDENT_FACTS)
    found = _rows(
        f"""
        SELECT DISTINCT ON (i.key) m.line, i.key
        FROM pg_temp.intake_match m JOIN casualties_incident i ON i.key = m.target_key
        WHERE ({others}) AND EXISTS (
            SELECT FROM casualties_casualty c WHERE c.incident_id = i.id AND c.state = 'counted' AND c.origin <> %s
        ) ORDER BY i.key, m.line
        """,  # noqa: S608
        (Origin.IMPORT,),
    )
    for number, key in found:
        reason = "is kept with another mission, date or cause, and people of other sources are in it"
        problems.add(Problem(staged.line(number), staged.column("incident_key"), shown(key), reason))


def _check_incident_details(staged: Staged, problems: Problems) -> None:
    for column in INCIDENT_DETAILS:
        said = f"{column} IS NOT NULL" if column in COORDINATES else f"{column} <> ''"
        found = _rows(
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


def _check_kept_by_others(staged: Staged, problems: Problems) -> None:
    """What the open data or an authorised notification say of a person, a file of our own may repeat but not change."""
    fields = [name for name in CONTRADICTS if name not in OWN_OPTIONAL or staged.reader.has(name)]
    tests = [CONTRADICTS[name] for name in fields]
    said = [SAID.get(name, f"r.{name}") for name in fields]
    found = _rows(
        f"""
        SELECT r.line, r.reference, c.origin, ARRAY[{", ".join(tests)}], ARRAY[{", ".join(said)}]::text[]
        FROM pg_temp.intake_row r JOIN casualties_casualty c USING (reference)
        WHERE c.origin <> %s AND c.state = 'counted' AND ({" OR ".join(f"({test})" for test in tests)}) ORDER BY r.line
        """,  # noqa: S608 - expressions of our own
        (Origin.IMPORT,),
    )
    for number, reference, origin, differs, values in found:
        owner = "the open data" if origin == Origin.OPEN_DATA else "an authorised notification"
        wrong = [(staged.column(name), value) for name, is_other, value in zip(fields, differs, values) if is_other]
        named = ", ".join(column for column, _value in wrong)
        reason = f"{shown(reference)} comes from {owner}, which says otherwise ({named}); it cannot be changed here"
        problems.add(Problem(staged.line(number), wrong[0][0], shown(wrong[0][1]), reason))


def _check_withdrawn_by_others(staged: Staged, problems: Problems) -> None:
    found = _rows(
        """
        SELECT r.line, r.reference, c.withdrawn_on
        FROM pg_temp.intake_row r JOIN casualties_casualty c USING (reference)
        WHERE c.origin <> %s AND c.state = 'withdrawn' ORDER BY r.line
        """,
        (Origin.IMPORT,),
    )
    for number, reference, day in found:
        reason = f"{reference} comes from another source, which withdrew it on {day.isoformat()}"
        problems.add(Problem(staged.line(number), staged.column("reference"), shown(reference), reason))


def _warn_later_years(staged: Staged, problems: Problems) -> None:
    """What a file of our own says of years that no release covers is kept and counted once one does."""
    release = current_release()
    if release is None or release.own or release.annual_counts:
        return
    found = _rows(
        """
        SELECT extract(year FROM occurred_on)::int AS year, count(*) FROM pg_temp.intake_row
        WHERE occurred_on > make_date(%s, 12, 31) GROUP BY 1 ORDER BY 1
        """,
        (release.last_covered_year,),
    )
    for year, rows in found:
        said = f"{rows:,} row is" if rows == 1 else f"{rows:,} rows are"
        reason = (
            f"{said} of {year}, which the release of {release.date.isoformat()} does not cover: kept, and in no "
            "figure until a release covers the year"
        )
        problems.add(Problem(None, staged.column("occurred_on"), str(year), reason, Level.WARNING))


def _warn_nationalities(staged: Staged, problems: Problems) -> None:
    lookups = staged.lookups
    suspects = [code for code, entry in lookups.codes.items() if entry.ended_on or code in lookups.predecessors]
    found = _rows(
        """
        SELECT line, nationality_id, occurred_on FROM pg_temp.intake_row WHERE nationality_id = ANY(%s) ORDER BY line
        """,
        (suspects,),
    )
    for line, label, day in dict.fromkeys((staged.line(number), *rest) for number, *rest in found[: 10 * MAX_KEPT]):
        doubt = nationality_doubt(label, day, lookups)
        if doubt:
            problems.add(Problem(line, staged.column("nationality"), label, doubt, Level.WARNING))
