"""The staged file against what is kept: who is new, the same, changed field by field, gone or back again.

All by statements over temporary tables; nothing kept is written. A release restates the rows of its own origin. A
person is known again by the reference; rows that count people, by what they count.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from casualties.choices import Grouping, Origin, Outcome
from casualties.intake.sources import Format
from casualties.intake.staging import Staged, make_ready

# Field of a casualty -> the test that it differs, with r for the staged and c for the kept row.
DIFFERENCES = {
    "mission": "r.mission_id <> c.mission_id",
    "occurred_on": "(r.occurred_on, r.occurred_precision) <> (c.occurred_on, c.occurred_precision)",
    "cause": "r.cause <> c.cause",
    "outcome": "r.outcome <> c.outcome",
    "personnel": "r.personnel <> c.personnel",
    "nationality": "r.nationality_id IS DISTINCT FROM c.nationality_id",
    "other_nationalities": "r.other_nationalities <> c.other_nationalities",
    "gender": "r.gender <> c.gender",
    "persons": "r.persons <> c.persons",
    "severity": "r.severity <> c.severity",
    "died_on": "r.died_on IS DISTINCT FROM c.died_on",
    "released": "r.released <> c.released",
}
ALWAYS_STATED = ("mission", "occurred_on", "cause", "outcome", "personnel", "released")
HUB_STATES = (*ALWAYS_STATED, "nationality", "other_nationalities", "gender")
OWN_MAY_STATE = ("nationality", "other_nationalities", "gender", "persons", "severity", "died_on")
INCIDENT_FACTS = ("mission_id", "occurred_on", "occurred_precision", "cause")
INCIDENT_DETAILS = ("means", "context", "accident_type", "place", "latitude", "longitude", "summary")
# What a file of our own may add to a person of another source.
ADDED_TO_OTHERS = ("died_on",)
FACTS_ARE_SAME = (
    "(r.mission_id, r.occurred_on, r.occurred_precision, r.cause) = "
    "(c.mission_id, c.occurred_on, c.occurred_precision, c.cause)"
)
# The bundled annual counts are of the open data's origin, but count people in a year and name nobody.
BUNDLE = f"c.origin = '{Origin.OPEN_DATA}' AND c.reference IS NULL"


@dataclass
class Comparison:
    """What the file would do, in people. `standing`: people of its origin that count now; `bundled`: in annual counts.

    `years` has for each year the deaths that count now and those that would, whatever the source.
    """

    persons: int = 0
    new: int = 0
    same: int = 0
    changed: int = 0
    gone: int = 0
    returned: int = 0
    changed_fields: dict[str, int] = field(default_factory=dict)
    standing: int = 0
    bundled: int = 0
    years: dict[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        return not (self.new or self.changed or self.gone or self.returned or self.bundled)


def stated_fields(staged: Staged) -> tuple[str, ...]:
    """The fields of a casualty that the file speaks of; the others of a kept row are left alone."""
    if staged.format is not Format.OWN_CSV:
        return HUB_STATES
    return (*ALWAYS_STATED, *(name for name in OWN_MAY_STATE if staged.reader.has(name)))


def match(staged: Staged) -> None:
    """Make three temporary tables out of intake_row and what is kept.

    intake_match has one row per staged row, intake_incident one per incident that these are in, intake_gone one per
    kept person of this origin whom the file no longer holds.
    """
    _match_people(staged)
    _collect_incidents(staged)
    _collect_gone(staged)


def _match_people(staged: Staged) -> None:
    origin = staged.format.origin
    stated = stated_fields(staged)
    differences = []
    for name, test in DIFFERENCES.items():
        if name not in stated:
            differences.append(f"false AS differs_{name}")
        elif staged.format is Format.OWN_CSV and name not in ADDED_TO_OTHERS:
            differences.append(f"c.id IS NOT NULL AND c.origin = '{origin}' AND {test} AS differs_{name}")
        else:
            differences.append(f"c.id IS NOT NULL AND {test} AS differs_{name}")
    # The open data do not name incidents, nor does a file without that column: somebody of whom the same is said stays
    # where they are, also in an incident that another file named.
    may_stay = "false" if staged.reader.has("incident") else "true"
    # A release of the open data makes the row its own; a file of our own leaves others' rows theirs.
    takes_over = "false" if staged.format is Format.OWN_CSV else f"casualty_id IS NOT NULL AND was_origin <> '{origin}'"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE TEMPORARY TABLE intake_match AS
            SELECT matched.*, casualty_id IS NOT NULL AND target_key IS DISTINCT FROM was_key AS differs_incident,
                {takes_over} AS differs_origin, false AS differs_incident_details
            FROM (
                SELECT r.line, r.reference, r.mission_id, r.occurred_on, r.occurred_precision, r.cause,
                    r.outcome, r.persons, c.id AS casualty_id, c.origin AS was_origin, i.key AS was_key,
                    coalesce(c.state = 'withdrawn', false) AS returned,
                    CASE WHEN {may_stay} AND c.id IS NOT NULL AND {FACTS_ARE_SAME} THEN i.key
                         ELSE nullif(r.incident_key, '') END AS target_key,
                    {", ".join(differences)}
                FROM pg_temp.intake_row r
                LEFT JOIN casualties_casualty c ON c.id = {_KNOWN_AGAIN}
                LEFT JOIN casualties_incident i ON i.id = c.incident_id
            ) AS matched
            """  # noqa: S608 - parts of our own
        )
    make_ready("intake_match", "casualty_id", "target_key", rows=staged.rows)


def _collect_incidents(staged: Staged) -> None:
    """intake_incident with what the file says of each; people whose incident it describes anew are marked."""
    facts = ", ".join(f"min(m.{fact}) AS {fact}" for fact in INCIDENT_FACTS)
    details = ", ".join(f"max(r.{name}) AS {name}" for name in INCIDENT_DETAILS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE TEMPORARY TABLE intake_incident AS
            SELECT m.target_key AS key, {facts}, {details}, bool_or(r.named) AS named
            FROM pg_temp.intake_match m JOIN pg_temp.intake_row r USING (line)
            WHERE m.target_key IS NOT NULL GROUP BY m.target_key
            """  # noqa: S608
        )
    make_ready("intake_incident", "key", rows=staged.rows)
    differ = detail_differences(staged)
    if differ:
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                UPDATE pg_temp.intake_match m SET differs_incident_details = true
                FROM pg_temp.intake_incident n JOIN casualties_incident i USING (key)
                WHERE m.target_key = n.key AND m.casualty_id IS NOT NULL AND ({" OR ".join(differ)})
                """  # noqa: S608
            )


def detail_differences(staged: Staged) -> list[str]:
    """Tests that the file describes an incident anew, with n for its word and i for the kept row."""
    if staged.format is not Format.OWN_CSV:
        return []
    differ = [f"i.{name} IS DISTINCT FROM n.{name}" for name in INCIDENT_DETAILS if staged.reader.has(name)]
    if staged.reader.has("incident"):
        differ.append(f"n.named AND i.grouping <> '{Grouping.RECORDED}'")
    return differ


def _collect_gone(staged: Staged) -> None:
    origin = staged.format.origin
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE TEMPORARY TABLE intake_gone AS
            SELECT c.id, c.persons FROM casualties_casualty c
            WHERE c.origin = '{origin}' AND c.state = 'counted' AND NOT ({BUNDLE})
                AND NOT EXISTS (SELECT FROM pg_temp.intake_match m WHERE m.casualty_id = c.id)
            """  # noqa: S608
        )


# The kept row of a staged one, as a subquery: by reference, or for a count of people by what it counts.
_KNOWN_AGAIN = f"""
    CASE WHEN r.reference IS NOT NULL
    THEN (SELECT k.id FROM casualties_casualty k WHERE k.reference = r.reference)
    ELSE (
        SELECT k.id FROM casualties_casualty k LEFT JOIN casualties_incident ki ON ki.id = k.incident_id
        WHERE k.reference IS NULL AND k.origin = '{Origin.IMPORT}' AND coalesce(ki.key, '') = r.incident_key
            AND (r.incident_key <> ''
                OR (k.mission_id, k.occurred_on, k.cause) = (r.mission_id, r.occurred_on, r.cause))
            AND (k.outcome, k.severity, k.personnel, k.gender) = (r.outcome, r.severity, r.personnel, r.gender)
            AND k.nationality_id IS NOT DISTINCT FROM r.nationality_id
        ORDER BY k.state, k.id LIMIT 1
    ) END
"""  # noqa: S608
# Somebody's row changes; and, besides, the incident is described anew, which leaves the person's row as it is.
CHANGED = " OR ".join(f"m.differs_{name}" for name in (*DIFFERENCES, "incident", "origin"))
CHANGED_OR_DESCRIBED = f"{CHANGED} OR m.differs_incident_details"


def compare(staged: Staged) -> Comparison:
    """Count what match() found. `changed_fields` counts people; somebody who only comes back counts as returned."""
    fields = (*DIFFERENCES, "incident", "origin", "incident_details")
    counted = ", ".join(
        f"coalesce(sum(m.persons) FILTER (WHERE m.differs_{name} AND NOT m.returned), 0)" for name in fields
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT coalesce(sum(persons), 0),
                coalesce(sum(persons) FILTER (WHERE casualty_id IS NULL), 0),
                coalesce(sum(persons) FILTER (WHERE standing AND NOT differs), 0),
                coalesce(sum(persons) FILTER (WHERE standing AND differs), 0),
                coalesce(sum(persons) FILTER (WHERE returned), 0),
                {counted}
            FROM (
                SELECT m.*, {CHANGED_OR_DESCRIBED} AS differs, casualty_id IS NOT NULL AND NOT returned AS standing
                FROM pg_temp.intake_match m
            ) AS m
            """  # noqa: S608
        )
        persons, new, same, changed, returned, *by_field = cursor.fetchone()
        cursor.execute("SELECT coalesce(sum(persons), 0) FROM pg_temp.intake_gone")
        gone = cursor.fetchone()[0]
        cursor.execute(
            f"""
            SELECT coalesce(sum(persons) FILTER (WHERE origin = '{staged.format.origin}' AND NOT ({BUNDLE})), 0),
                coalesce(sum(persons) FILTER (WHERE {BUNDLE}), 0)
            FROM casualties_casualty c WHERE state = 'counted'
            """  # noqa: S608
        )
        standing, bundled = cursor.fetchone()
    named = {name: int(people) for name, people in zip(fields, by_field, strict=True) if people}
    return Comparison(
        persons=persons,
        new=new,
        same=same,
        changed=changed,
        gone=gone,
        returned=returned,
        changed_fields=named,
        standing=standing,
        bundled=bundled,
        years=_deaths_by_year(staged.format.origin),
    )


def _deaths_by_year(origin: Origin) -> dict[int, tuple[int, int]]:
    """Deaths now and after the file, by year of the incident."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT year, sum(before)::integer, sum(after)::integer FROM (
                SELECT year, persons AS before, 0 AS after FROM casualties_missiontally WHERE outcome = %s
                UNION ALL
                SELECT extract(year FROM occurred_on)::smallint, 0, persons FROM pg_temp.intake_match WHERE outcome = %s
                UNION ALL
                SELECT c.year, 0, c.persons FROM casualties_casualty c
                WHERE c.state = 'counted' AND c.outcome = %s AND c.origin <> %s AND NOT ({BUNDLE})
                    AND NOT EXISTS (SELECT FROM pg_temp.intake_match m WHERE m.casualty_id = c.id)
            ) AS deaths GROUP BY year
            """,  # noqa: S608
            (Outcome.FATALITY, Outcome.FATALITY, Outcome.FATALITY, origin),
        )
        return {year: (before, after) for year, before, after in cursor.fetchall()}


def lowered_years(comparison: Comparison, released_on: date, tolerance: int) -> dict[int, tuple[int, int]]:
    """Years complete before the release's own that would lose more than `tolerance` deaths."""
    return {
        year: (before, after)
        for year, (before, after) in sorted(comparison.years.items())
        if year < released_on.year and before - after > tolerance
    }
