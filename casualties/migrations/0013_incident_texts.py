# Words in the place and summary of incidents are found by their trigrams. The extension comes with PostgreSQL, and the
# owner of a database may add it.

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [
        ("casualties", "0012_saved_selections"),
    ]

    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            model_name="incident",
            index=GinIndex(
                OpClass(Upper("place"), name="gin_trgm_ops"),
                OpClass(Upper("summary"), name="gin_trgm_ops"),
                name="incident_texts",
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                condition=models.Q(("place", ""), ("summary", ""), _negated=True),
                fields=["mission"],
                name="incident_with_text",
            ),
        ),
    ]
