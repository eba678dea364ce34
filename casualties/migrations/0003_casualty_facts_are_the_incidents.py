"""A person's mission, day, precision and cause are those of the incident, held by the database.

Django has no composite foreign key of this kind, so it is made by hand. ON UPDATE CASCADE: a correction of the
incident reaches its people in the same statement.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("casualties", "0002_tables")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE casualties_casualty ADD CONSTRAINT casualty_has_the_facts_of_its_incident
            FOREIGN KEY (incident_id, mission_id, occurred_on, occurred_precision, cause)
            REFERENCES casualties_incident (id, mission_id, occurred_on, occurred_precision, cause)
            ON UPDATE CASCADE
            """,
            "ALTER TABLE casualties_casualty DROP CONSTRAINT casualty_has_the_facts_of_its_incident",
        )
    ]
