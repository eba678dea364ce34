from django.db import migrations


class Migration(migrations.Migration):
    """All windows are of one version, which the newest finished run names; a rebuild writes only what has changed."""

    dependencies = [("casualties", "0005_facts_may_be_checked_last")]

    operations = [migrations.RemoveField(model_name="trendwindow", name="data_version")]
