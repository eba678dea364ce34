"""An older release, let in afterwards: it says what stood at its date until the next applied release said it anew.

Only versions are written, never a row that is current. Somebody who stood then and is unknown now becomes a withdrawn
row, so that the version has a person to belong to.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from casualties.intake.matching import BUNDLE
from casualties.intake.problems import Problem, Problems
from casualties.intake.staging import Staged
from casualties.models import COUNTED_COLUMNS
from missions.models import ImportBatch

VERSION_COLUMNS = tuple(column for column in COUNTED_COLUMNS if column != "incident_id")


@dataclass
class AsOfComparison:
    """What an older release would do, in people.

    `persons` are those of the file: `same` as recorded of its date already, `changed` with another past, or `unknown`,
    in no record now. `absent` are recorded as standing on that date and not in the file. `missing` are people of whom
    it is now known that something had happened to them by then, and who are not in the file; `known` is how many such
    people there are.
    """

    persons: int = 0
    unknown: int = 0
    same: int = 0
    changed: int = 0
    absent: int = 0
    missing: int = 0
    known: int = 0

    @property
    def changes_nothing(self) -> bool:
        return not (self.unknown or self.changed or self.absent)


def next_release_date(batch: ImportBatch, released_on: date) -> date | None:
    """The date of the applied release of this kind that came next after `released_on`; None when there is none."""
    return (
        ImportBatch.objects.filter(kind=batch.kind, state=ImportBatch.State.APPLIED, release_date__gt=released_on)
        .order_by("release_date")
        .values_list("release_date", flat=True)
        .first()
    )


def check_counts_known(staged: Staged, problems: Problems) -> None:
    """A count of people (no reference) that is in no record now could not be told apart from others afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT line FROM pg_temp.intake_match WHERE casualty_id IS NULL AND reference IS NULL ORDER BY line"
        )
        for line in dict.fromkeys(staged.line(number) for (number,) in cursor.fetchall()):
            reason = "a count of people that is in no record now cannot be filled in: give references"
            problems.add(Problem(line, staged.column("reference"), "", reason))


def plan_versions(staged: Staged, released_on: date, until: date) -> AsOfComparison:
    """Make intake_version, one row per person whose past would change, and count. Needs intake_match.

    `casualty_id` is None for somebody unknown now; `present` is false for somebody whom the older release lacks though
    a version stands on that date. `covering_id` is the version that stands on that date, if any; `valid_until` the end
    of what the release says of the person: the next release or the next version, whichever comes first.
    """
    now = ", ".join(f"r.{column}" for column in VERSION_COLUMNS)
    then = ", ".join(f"v.{column}" for column in VERSION_COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE TEMPORARY TABLE intake_version AS
            SELECT m.line, m.casualty_id, r.persons AS people, true AS present, m.target_key, v.id AS covering_id,
                v.known_from AS covering_from, v.known_until AS covering_until,
                least(%(until)s, (
                    SELECT min(known_from) FROM casualties_casualtyversion n
                    WHERE n.casualty_id = m.casualty_id AND n.known_from > %(day)s
                )) AS valid_until,
                v.id IS NOT NULL AND NOT v.withdrawn AND ({now}) IS NOT DISTINCT FROM ({then}) AS same
            FROM pg_temp.intake_match m JOIN pg_temp.intake_row r USING (line)
                LEFT JOIN casualties_casualtyversion v ON v.casualty_id = m.casualty_id
                    AND v.known_from <= %(day)s AND (v.known_until IS NULL OR v.known_until > %(day)s)
            UNION ALL
            SELECT NULL, c.id, v.persons, false, NULL, v.id, v.known_from, v.known_until,
                least(%(until)s, (
                    SELECT min(known_from) FROM casualties_casualtyversion n
                    WHERE n.casualty_id = c.id AND n.known_from > %(day)s
                )), false
            FROM casualties_casualty c JOIN casualties_casualtyversion v ON v.casualty_id = c.id
            WHERE c.origin = %(origin)s AND NOT ({BUNDLE}) AND NOT v.withdrawn
                AND v.known_from <= %(day)s AND (v.known_until IS NULL OR v.known_until > %(day)s)
                AND NOT EXISTS (SELECT FROM pg_temp.intake_match m WHERE m.casualty_id = c.id)
            """,  # noqa: S608 - column names of our own
            {"until": until, "day": released_on, "origin": staged.format.origin},
        )
        cursor.execute(
            f"""
            SELECT (SELECT coalesce(sum(persons), 0) FROM pg_temp.intake_row),
                (SELECT coalesce(sum(persons), 0) FROM pg_temp.intake_match WHERE casualty_id IS NULL),
                coalesce(sum(people) FILTER (WHERE same), 0),
                coalesce(sum(people) FILTER (WHERE present AND NOT same AND casualty_id IS NOT NULL), 0),
                coalesce(sum(people) FILTER (WHERE NOT present), 0),
                (SELECT coalesce(sum(c.persons), 0) FROM casualties_casualty c WHERE {_KNOWN_BY_THEN}
                    AND NOT EXISTS (SELECT FROM pg_temp.intake_match m WHERE m.casualty_id = c.id)),
                (SELECT coalesce(sum(c.persons), 0) FROM casualties_casualty c WHERE {_KNOWN_BY_THEN})
            FROM pg_temp.intake_version
            """,  # noqa: S608
            {"day": released_on, "origin": staged.format.origin},
        )
        persons, unknown, same, changed, absent, missing, known = cursor.fetchone()
    return AsOfComparison(persons, unknown, same, changed, absent, missing, known)


_KNOWN_BY_THEN = f"c.origin = %(origin)s AND c.state = 'counted' AND c.occurred_on <= %(day)s AND NOT ({BUNDLE})"
