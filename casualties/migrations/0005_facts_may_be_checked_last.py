"""An import may ask the rule that a person has the facts of the incident to wait until its last statement.

Without that a person whose incident keeps its key but changes its cause would be written twice: once for the date on
which this is known, once more through the incident. The rule stays immediate for everybody who does not ask.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("casualties", "0004_trigger_text")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE casualties_casualty ALTER CONSTRAINT casualty_has_the_facts_of_its_incident
            DEFERRABLE INITIALLY IMMEDIATE
            """,
            """
            ALTER TABLE casualties_casualty ALTER CONSTRAINT casualty_has_the_facts_of_its_incident
            NOT DEFERRABLE
            """,
        )
    ]
