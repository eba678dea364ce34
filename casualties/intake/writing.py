"""Writing a matched file into the kept tables: a handful of statements inside the caller's transaction.

Only what changed is written. The tables carry triggers for tallies, versions and history, so that nothing here needs to
know of them; what they need is that `known_at` is set together with the values.
"""

from datetime import date

from django.db import connection

from casualties.choices import Cause, Grouping
from casualties.intake.matching import (
    ADDED_TO_OTHERS,
    BUNDLE,
    CHANGED,
    INCIDENT_DETAILS,
    INCIDENT_FACTS,
    detail_differences,
    stated_fields,
)
from casualties.intake.sources import Format
from casualties.intake.staging import MANY, Staged
from casualties.models import AnnualTally, Casualty, CasualtyVersion, Incident, MissionTally
from missions.models import ImportBatch

COLUMNS_OF_FIELD = {
    "mission": ("mission_id",),
    "occurred_on": ("occurred_on", "occurred_precision"),
    "nationality": ("nationality_id",),
}
ONLY_OF_CAUSE = {
    "means": Cause.MALICIOUS_ACT,
    "context": Cause.MALICIOUS_ACT,
    "accountability": Cause.MALICIOUS_ACT,
    "accident_type": Cause.ACCIDENT,
}
NEW_ROW = (
    "mission_id",
    "occurred_on",
    "occurred_precision",
    "cause",
    "outcome",
    "severity",
    "persons",
    "died_on",
    "personnel",
    "nationality_id",
    "other_nationalities",
    "gender",
    "released",
    "reference",
)


def write(staged: Staged, batch: ImportBatch, released_on: date) -> None:
    """Bring the kept rows to what the file says. In this order: incidents that are needed, people, incidents' facts.

    A person's mission, day and cause must be those of the incident; that rule is asked to wait until the end, so that
    a person is written once, and not once more through the incident.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS casualty_has_the_facts_of_its_incident DEFERRED")
    remove_bundle(batch)
    add_incidents(staged)
    _update_people(staged, batch, released_on)
    _add_people(staged, batch, released_on)
    _withdraw(batch, released_on)
    _let_others_follow(batch, released_on)
    _update_incidents(staged)
    with connection.cursor() as cursor:
        # Asked now, inside the transaction, so that a breach is this batch's failure and not a later statement's.
        cursor.execute("SET CONSTRAINTS casualty_has_the_facts_of_its_incident IMMEDIATE")
        if staged.rows >= MANY:  # before the first page asks them
            tables = (Incident, Casualty, CasualtyVersion, AnnualTally, MissionTally)
            cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in tables)}")


def remove_bundle(batch: ImportBatch) -> None:
    """Take the bundled annual counts away, with their versions: the one case in which rows are deleted."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM casualties_casualty c WHERE {BUNDLE})")  # noqa: S608
        if not cursor.fetchone()[0]:
            return
        cursor.execute(
            f"""
            DELETE FROM casualties_casualtyversion
            WHERE casualty_id IN (SELECT c.id FROM casualties_casualty c WHERE {BUNDLE})
            """  # noqa: S608
        )
        cursor.execute(f"DELETE FROM casualties_casualty c WHERE {BUNDLE}")  # noqa: S608
    bundles = ImportBatch.objects.filter(kind=ImportBatch.Kind.BUNDLE, state=ImportBatch.State.APPLIED)
    bundles.update(state=ImportBatch.State.DISCARDED, message=f"Replaced by {batch.file_name}.")


def add_incidents(staged: Staged) -> None:
    """Make the incidents of intake_incident that are not there yet."""
    columns = ", ".join(("key", *INCIDENT_FACTS, *INCIDENT_DETAILS))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO casualties_incident ({columns}, origin, grouping, accountability)
            SELECT {columns}, %s, CASE WHEN named THEN %s ELSE %s END, '' FROM pg_temp.intake_incident n
            WHERE NOT EXISTS (SELECT FROM casualties_incident i WHERE i.key = n.key)
            ORDER BY occurred_on, key
            """,  # noqa: S608
            (staged.format.origin, Grouping.RECORDED, Grouping.DERIVED),
        )


def _update_people(staged: Staged, batch: ImportBatch, released_on: date) -> None:
    stated = [column for name in stated_fields(staged) for column in COLUMNS_OF_FIELD.get(name, (name,))]
    own = [f"{column} = r.{column}" for column in stated]
    _update(own, "c.origin = %(origin)s", staged, batch, released_on)
    if staged.format is Format.OWN_CSV:
        added = [f"{name} = r.{name}" for name in ADDED_TO_OTHERS if name in stated]
        _update(added, "c.origin <> %(origin)s", staged, batch, released_on)
    else:
        # The open data now say who this is: from here on they restate the row.
        _update(own, "c.origin <> %(origin)s", staged, batch, released_on)


def _update(values: list[str], whose: str, staged: Staged, batch: ImportBatch, released_on: date) -> None:
    origin = "origin = %(origin)s," if staged.format is not Format.OWN_CSV else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE casualties_casualty c
            SET {", ".join((*values, ""))} {origin} incident_id = i.id, state = 'counted', withdrawn_on = NULL,
                known_at = greatest(c.known_at, %(released_on)s), batch_id = %(batch)s
            FROM pg_temp.intake_match m JOIN pg_temp.intake_row r USING (line)
                LEFT JOIN casualties_incident i ON i.key = m.target_key
            WHERE c.id = m.casualty_id AND (m.returned OR {CHANGED}) AND {whose}
            """,  # noqa: S608
            {"origin": staged.format.origin, "released_on": released_on, "batch": batch.pk},
        )


def _add_people(staged: Staged, batch: ImportBatch, released_on: date) -> None:
    columns = ", ".join(NEW_ROW)
    values = ", ".join(f"r.{column}" for column in NEW_ROW)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO casualties_casualty ({columns}, incident_id, origin, state, known_at, batch_id)
            SELECT {values}, i.id, %s, 'counted', %s, %s
            FROM pg_temp.intake_match m JOIN pg_temp.intake_row r USING (line)
                LEFT JOIN casualties_incident i ON i.key = m.target_key
            WHERE m.casualty_id IS NULL
            ORDER BY r.occurred_on, r.line
            """,  # noqa: S608
            (staged.format.origin, released_on, batch.pk),
        )


def _withdraw(batch: ImportBatch, released_on: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE casualties_casualty c
            SET state = 'withdrawn', withdrawn_on = %(day)s, known_at = greatest(c.known_at, %(day)s),
                batch_id = %(batch)s
            FROM pg_temp.intake_gone g WHERE c.id = g.id
            """,
            {"day": released_on, "batch": batch.pk},
        )


def _let_others_follow(batch: ImportBatch, released_on: date) -> None:
    """People of other sources in an incident whose mission, day or cause the file corrects go along with it."""
    facts = ", ".join(f"{fact} = n.{fact}" for fact in INCIDENT_FACTS)
    differ = " OR ".join(f"i.{fact} <> n.{fact}" for fact in INCIDENT_FACTS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE casualties_casualty c
            SET {facts}, known_at = greatest(c.known_at, %s), batch_id = %s
            FROM pg_temp.intake_incident n JOIN casualties_incident i USING (key)
            WHERE c.incident_id = i.id AND c.state = 'counted' AND ({differ})
                AND NOT EXISTS (SELECT FROM pg_temp.intake_match m WHERE m.casualty_id = c.id)
            """,  # noqa: S608
            (released_on, batch.pk),
        )


def _update_incidents(staged: Staged) -> None:
    """Facts that changed under the same key (somebody's open case became an illness), and what a file says besides."""
    own = staged.format is Format.OWN_CSV
    described = [name for name in INCIDENT_DETAILS if own and staged.reader.has(name)]
    values = [f"{fact} = n.{fact}" for fact in INCIDENT_FACTS] + [f"{name} = n.{name}" for name in described]
    if own and staged.reader.has("incident"):
        values.append(f"grouping = CASE WHEN n.named THEN '{Grouping.RECORDED}' ELSE i.grouping END")
    # What belongs to one cause alone goes when the cause does.
    values += [
        f"{name} = CASE WHEN n.cause = '{cause}' THEN i.{name} ELSE '' END"
        for name, cause in ONLY_OF_CAUSE.items()
        if name not in described
    ]
    differ = [f"i.{fact} <> n.{fact}" for fact in INCIDENT_FACTS] + detail_differences(staged)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE casualties_incident i SET {", ".join(values)}
            FROM pg_temp.intake_incident n WHERE i.key = n.key AND ({" OR ".join(differ)})
            """  # noqa: S608
        )
