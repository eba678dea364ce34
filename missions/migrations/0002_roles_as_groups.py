"""Roles are Django groups; they exist from the start so that postings and tests can name them."""

from django.db import migrations

ROLES = ("reader", "reporter", "first-authoriser", "second-authoriser", "data-manager", "administrator")


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name in ROLES:
        Group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("missions", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
