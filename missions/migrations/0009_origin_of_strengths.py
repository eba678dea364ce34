from typing import Any

from django.db import migrations, models

# What the table that comes with the software has named as its source, in every version so far.
TABLES_SOURCE = "UN monthly reports, collected by IPI"


def mark_imports(apps: Any, schema_editor: Any) -> None:
    """Strengths of any other source were brought by files. The others stay untouched, so that the data stay the same."""
    apps.get_model("missions", "Strength").objects.exclude(source=TABLES_SOURCE).update(origin="import")


class Migration(migrations.Migration):
    dependencies = [
        ("missions", "0008_profile_of_columns"),
    ]

    operations = [
        migrations.AddField(
            model_name="strength",
            name="origin",
            field=models.CharField(
                choices=[("table", "The table that comes with the software"), ("import", "A file of strengths")],
                default="table",
                max_length=6,
            ),
        ),
        migrations.RunPython(mark_imports, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="strength",
            name="origin",
            field=models.CharField(
                choices=[("table", "The table that comes with the software"), ("import", "A file of strengths")],
                default="import",
                max_length=6,
            ),
        ),
    ]
