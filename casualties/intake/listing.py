"""Who would be changed by a file that waits for a decision, field by field: what a data manager checks with the source.

One question to the temporary tables that matching left; nothing of the file is read again.
"""

from django.db import connection

from casualties.intake.matching import Comparison
from casualties.intake.staging import Staged
from missions.models import ImportBatch, ImportChange

# More than these nobody reads line by line; the counts beside them are of all.
MOST_LISTED = 10_000

_DAY = """to_char({row}.occurred_on, CASE {row}.occurred_precision
    WHEN 'year' THEN 'YYYY' WHEN 'month' THEN 'YYYY-MM' ELSE 'YYYY-MM-DD' END)"""
_YES_OR_NO = "CASE WHEN {row}.released THEN 'yes' ELSE 'no' END"
# Field -> how its value is written, of the kept row (c) and of the staged one (r).
_WRITTEN = {
    "mission": "(SELECT acronym FROM missions_mission WHERE id = {row}.mission_id)",
    "occurred_on": _DAY,
    "cause": "{row}.cause",
    "outcome": "{row}.outcome",
    "personnel": "{row}.personnel",
    "nationality": "coalesce({row}.nationality_id, '')",
    "other_nationalities": "array_to_string({row}.other_nationalities, ' ')",
    "gender": "{row}.gender",
    "persons": "{row}.persons::text",
    "severity": "{row}.severity",
    "died_on": "coalesce({row}.died_on::text, '')",
    "released": _YES_OR_NO,
}


_FIELDS = ",\n".join(
    f"('{name}', m.differs_{name}, {written.format(row='c')}, {written.format(row='r')})"
    for name, written in _WRITTEN.items()
)
# Somebody whose facts change stands in the incident of these, which goes without saying.
_MOVED = "m.differs_mission OR m.differs_occurred_on OR m.differs_cause"
_PERSON = "c.reference, c.mission_id, c.occurred_on, c.persons"
_GONE = f"""
    SELECT 1 AS rank, NULL::integer AS line, {_PERSON}, 'state' AS field, 'counted' AS before, 'withdrawn' AS after
    FROM pg_temp.intake_gone g JOIN casualties_casualty c USING (id)
"""  # noqa: S608 - parts of our own
_RETURNED = f"""
    SELECT 2, m.line, {_PERSON}, 'state', 'withdrawn', 'counted'
    FROM pg_temp.intake_match m JOIN casualties_casualty c ON c.id = m.casualty_id WHERE m.returned
"""  # noqa: S608
_DIFFERING = f"""
    SELECT 3, m.line, {_PERSON}, d.field, d.before, d.after
    FROM pg_temp.intake_match m JOIN pg_temp.intake_row r USING (line)
    JOIN casualties_casualty c ON c.id = m.casualty_id
    CROSS JOIN LATERAL (VALUES
        {_FIELDS},
        ('incident', m.differs_incident AND NOT ({_MOVED}), m.was_key, m.target_key),
        ('origin', m.differs_origin, m.was_origin, 'open-data'),
        ('incident_details', m.differs_incident_details, '', 'described anew')
    ) AS d (field, differs, before, after)
    WHERE d.differs
"""  # noqa: S608
_LISTED = f"""
    SELECT line, coalesce(reference, '') AS reference, mission.acronym AS mission, occurred_on, persons, field,
        coalesce(before, '') AS before, coalesce(after, '') AS after
    FROM ({_GONE} UNION ALL {_RETURNED} UNION ALL {_DIFFERING}) AS found
    JOIN missions_mission mission ON mission.id = found.mission_id
    ORDER BY rank, occurred_on DESC, reference, field LIMIT %s
"""  # noqa: S608


def list_changes(batch: ImportBatch, staged: Staged, comparison: Comparison) -> None:
    """Write the ImportChange rows of a batch: those who are gone, who are back again, then every field that differs.

    Needs the tables of match(); call it in the transaction of the comparison. Rows of an earlier look are replaced.
    """
    forget_changes(batch)
    if not (comparison.gone or comparison.returned or comparison.changed):
        return
    with connection.cursor() as cursor:
        cursor.execute(_LISTED, [MOST_LISTED])
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        row["line"] = None if row["line"] is None else staged.line(row["line"])
    ImportChange.objects.bulk_create((ImportChange(batch=batch, **row) for row in rows), batch_size=1_000)


def forget_changes(batch: ImportBatch) -> None:
    """Once a file is applied, the record itself says what changed; one that is discarded changes nothing."""
    ImportChange.objects.filter(batch=batch).delete()
