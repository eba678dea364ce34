"""Writing what an older release says of the past: versions alone, inside the caller's transaction."""

from datetime import date

from django.db import connection

from casualties.choices import CasualtyState
from casualties.intake.matching import INCIDENT_DETAILS, INCIDENT_FACTS
from casualties.intake.staging import Staged
from casualties.intake.versions import VERSION_COLUMNS
from casualties.intake.writing import NEW_ROW, add_incidents
from missions.models import ImportBatch


def write_versions(staged: Staged, batch: ImportBatch, released_on: date, until: date) -> None:
    """Write what plan_versions() planned, inside the caller's transaction."""
    _add_incidents(staged)
    _add_unknown_people(staged, batch, until)
    _cut_covering_versions(released_on)
    _add_versions(batch, released_on)


def _add_incidents(staged: Staged) -> None:
    """Incidents that only the past had: they stay, with nobody counted in them."""
    facts = ", ".join(f"min(m.{fact}) AS {fact}" for fact in INCIDENT_FACTS)
    words = ", ".join(f"max(r.{name}) AS {name}" for name in INCIDENT_DETAILS)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.intake_incident")
        cursor.execute(
            f"""
            CREATE TEMPORARY TABLE intake_incident AS
            SELECT p.target_key AS key, {facts}, {words}, bool_or(r.named) AS named
            FROM pg_temp.intake_version p JOIN pg_temp.intake_match m USING (line)
                JOIN pg_temp.intake_row r USING (line)
            WHERE p.target_key IS NOT NULL AND NOT p.same GROUP BY p.target_key
            """  # noqa: S608
        )
    add_incidents(staged)


def _add_unknown_people(staged: Staged, batch: ImportBatch, until: date) -> None:
    """Withdrawn rows for people whom the next release did not hold, with the facts of the incident they are put in."""
    columns = ", ".join(NEW_ROW)
    values = ", ".join(
        f"coalesce(i.{column}, r.{column})" if column in INCIDENT_FACTS else f"r.{column}" for column in NEW_ROW
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO casualties_casualty ({columns}, incident_id, origin, state, withdrawn_on, known_at, batch_id)
            SELECT {values}, i.id, %s, %s, %s, %s, %s
            FROM pg_temp.intake_version p JOIN pg_temp.intake_row r USING (line)
                LEFT JOIN casualties_incident i ON i.key = p.target_key
            WHERE p.casualty_id IS NULL AND r.reference IS NOT NULL ORDER BY r.line
            """,  # noqa: S608
            (staged.format.origin, CasualtyState.WITHDRAWN, until, until, batch.pk),
        )
        cursor.execute(
            """
            UPDATE pg_temp.intake_version p SET casualty_id = c.id
            FROM pg_temp.intake_row r JOIN casualties_casualty c USING (reference)
            WHERE p.casualty_id IS NULL AND r.line = p.line
            """
        )


def _cut_covering_versions(released_on: date) -> None:
    """End the version that stands on the date there, and let what it said go on where the release's word ends."""
    columns = ", ".join(("incident_id", *VERSION_COLUMNS))
    with connection.cursor() as cursor:
        # The rest goes aside first: the rule against overlaps looks at every row as it is written.
        cursor.execute("DROP TABLE IF EXISTS pg_temp.intake_follow")
        cursor.execute(
            f"""
            CREATE TEMPORARY TABLE intake_follow AS
            SELECT v.casualty_id, p.valid_until AS known_from, v.known_until, v.withdrawn, v.batch_id, {columns}
            FROM pg_temp.intake_version p JOIN casualties_casualtyversion v ON v.id = p.covering_id
            WHERE NOT p.same AND (v.known_until IS NULL OR v.known_until > p.valid_until)
            """  # noqa: S608
        )
        cursor.execute(
            f"""
            INSERT INTO pg_temp.intake_follow
            SELECT v.casualty_id, %(day)s, p.valid_until, true, v.batch_id, {columns}
            FROM pg_temp.intake_version p JOIN casualties_casualtyversion v ON v.id = p.covering_id
            WHERE NOT p.present
            """,  # noqa: S608
            {"day": released_on},
        )
        cursor.execute(
            """
            DELETE FROM casualties_casualtyversion v USING pg_temp.intake_version p
            WHERE v.id = p.covering_id AND NOT p.same AND v.known_from = %(day)s
            """,
            {"day": released_on},
        )
        cursor.execute(
            """
            UPDATE casualties_casualtyversion v SET known_until = %(day)s FROM pg_temp.intake_version p
            WHERE v.id = p.covering_id AND NOT p.same AND v.known_from < %(day)s
            """,
            {"day": released_on},
        )
        cursor.execute(
            f"""
            INSERT INTO casualties_casualtyversion
                (casualty_id, known_from, known_until, withdrawn, batch_id, {columns})
            SELECT casualty_id, known_from, known_until, withdrawn, batch_id, {columns} FROM pg_temp.intake_follow
            """  # noqa: S608
        )


def _add_versions(batch: ImportBatch, released_on: date) -> None:
    columns = ", ".join(VERSION_COLUMNS)
    values = ", ".join(f"r.{column}" for column in VERSION_COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO casualties_casualtyversion
                (casualty_id, known_from, known_until, withdrawn, batch_id, incident_id, {columns})
            SELECT p.casualty_id, %s, p.valid_until, false, %s, i.id, {values}
            FROM pg_temp.intake_version p JOIN pg_temp.intake_row r USING (line)
                LEFT JOIN casualties_incident i ON i.key = p.target_key
            WHERE p.present AND NOT p.same
            """,  # noqa: S608
            (released_on, batch.pk),
        )
