"""A file of our own beside other sources: what the open data or a notification keep, it may repeat but not change."""

from casualties.choices import Origin
from casualties.intake.matching import INCIDENT_FACTS
from casualties.intake.problems import Level, Problem, Problems
from casualties.intake.sources import OWN_OPTIONAL
from casualties.intake.staging import Staged, rows_of
from missions.models import UNDETERMINED_COUNTRY, current_release
from peacekeeping.tables.cells import shown

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
    "occurred_on": "left(r.occurred_on::text, "
    "CASE r.occurred_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END)",
    "nationality": f"CASE r.nationality_id WHEN '{UNDETERMINED_COUNTRY}' THEN 'undetermined' ELSE r.nationality_id END",
    "other_nationalities": "array_to_string(r.other_nationalities, '; ')",
    "released": "CASE WHEN r.released THEN 'yes' ELSE 'no' END",
}


def check_against_others(staged: Staged, problems: Problems) -> None:
    """Add what the staged rows say otherwise than other sources, and warn of years that no release covers."""
    _check_kept_by_others(staged, problems)
    _check_withdrawn_by_others(staged, problems)
    _check_incidents_of_others(staged, problems)
    _warn_later_years(staged, problems)


def _check_kept_by_others(staged: Staged, problems: Problems) -> None:
    """What the open data or an authorised notification say of a person, a file of our own may repeat but not change."""
    fields = [name for name in CONTRADICTS if name not in OWN_OPTIONAL or staged.reader.has(name)]
    tests = [CONTRADICTS[name] for name in fields]
    said = [SAID.get(name, f"r.{name}") for name in fields]
    found = rows_of(
        f"""
        SELECT r.line, r.reference, c.origin, ARRAY[{", ".join(tests)}], ARRAY[{", ".join(said)}]::text[]
        FROM pg_temp.intake_row r JOIN casualties_casualty c USING (reference)
        WHERE c.origin <> %s AND c.state = 'counted' AND ({" OR ".join(f"({test})" for test in tests)}) ORDER BY r.line
        """,  # noqa: S608 - expressions of our own
        (Origin.IMPORT,),
    )
    for number, reference, origin, differs, values in found:
        owner = "the open data" if origin == Origin.OPEN_DATA else "an authorised notification"
        wrong = [
            (staged.column(name), value)
            for name, is_other, value in zip(fields, differs, values, strict=True)
            if is_other
        ]
        named = ", ".join(column for column, _value in wrong)
        reason = f"{shown(reference)} comes from {owner}, which says otherwise ({named}); it cannot be changed here"
        problems.add(Problem(staged.line(number), wrong[0][0], shown(wrong[0][1]), reason))


def _check_withdrawn_by_others(staged: Staged, problems: Problems) -> None:
    found = rows_of(
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


def _check_incidents_of_others(staged: Staged, problems: Problems) -> None:
    """An incident with people of the open data or of a notification keeps its mission, day and cause."""
    others = " OR ".join(f"i.{fact} <> m.{fact}" for fact in INCIDENT_FACTS)
    found = rows_of(
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


def _warn_later_years(staged: Staged, problems: Problems) -> None:
    """What a file of our own says of years that no release covers is kept and counted once one does."""
    release = current_release()
    if release is None or release.own or release.annual_counts:
        return
    found = rows_of(
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
