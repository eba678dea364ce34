from django.db import migrations, models

# Windows that were stored without statistics are no answer any more. A further version of the data says so: until the
# next rebuild figures are computed as they are asked for, and the timetable sees that one is due.
STALE = """
    DELETE FROM casualties_trendwindow;
    UPDATE missions_dataversion SET version = version + 1, changed_at = now();
"""


class Migration(migrations.Migration):
    """Windows carry their statistics: intervals, rates, comparisons."""

    dependencies = [
        ("casualties", "0008_statements"),
        ("missions", "0003_applied_batch_is_a_new_data_version"),
    ]

    operations = [
        migrations.RunSQL(STALE, migrations.RunSQL.noop),
        migrations.AddField(
            "trendwindow",
            "count_low",
            models.FloatField(help_text="Exact 95% interval of the count", default=0),
            preserve_default=False,
        ),
        migrations.AddField("trendwindow", "count_high", models.FloatField(default=0), preserve_default=False),
        migrations.AddField(
            "trendwindow",
            "dispersion",
            models.FloatField(null=True, help_text="Variance over mean with incidents as the unit"),
        ),
        migrations.AddField(
            "trendwindow",
            "count_low_clustered",
            models.FloatField(null=True, help_text="95% interval with incidents as the unit"),
        ),
        migrations.AddField("trendwindow", "count_high_clustered", models.FloatField(null=True)),
        migrations.AddField(
            "trendwindow",
            "rate_persons",
            models.BigIntegerField(null=True, help_text="Uniformed people in months with person-years"),
        ),
        migrations.AddField(
            "trendwindow",
            "left_out",
            models.BigIntegerField(null=True, help_text="Uniformed people in other months"),
        ),
        migrations.AddField(
            "trendwindow",
            "undated",
            models.BigIntegerField(null=True, help_text="Uniformed people of whom it cannot be said which"),
        ),
        migrations.AddField("trendwindow", "person_years", models.FloatField(null=True)),
        migrations.AddField("trendwindow", "months_covered", models.IntegerField(null=True)),
        migrations.AddField("trendwindow", "mission_months", models.IntegerField(null=True)),
        migrations.AddField("trendwindow", "months_filled", models.IntegerField(null=True)),
        migrations.AddField(
            "trendwindow",
            "partial",
            models.BooleanField(help_text="Months without person-years, or people left out", default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            "trendwindow",
            "rate",
            models.FloatField(null=True, help_text="Per 1,000 uniformed person-years"),
        ),
        migrations.AddField(
            "trendwindow",
            "rate_low",
            models.FloatField(null=True, help_text="Exact 95% interval of the rate"),
        ),
        migrations.AddField("trendwindow", "rate_high", models.FloatField(null=True)),
        migrations.AddField("trendwindow", "rate_low_clustered", models.FloatField(null=True)),
        migrations.AddField("trendwindow", "rate_high_clustered", models.FloatField(null=True)),
        migrations.AddField(
            "trendwindow",
            "no_rate",
            models.CharField(max_length=30, blank=True, help_text="Why there is no rate"),
        ),
        migrations.AddField(
            "trendwindow",
            "ratio",
            models.FloatField(null=True, help_text="Over the window that ended five years earlier"),
        ),
        migrations.AddField("trendwindow", "ratio_low", models.FloatField(null=True)),
        migrations.AddField("trendwindow", "ratio_high", models.FloatField(null=True)),
        migrations.AddField("trendwindow", "p_value", models.FloatField(null=True)),
        migrations.AddField("trendwindow", "ratio_low_clustered", models.FloatField(null=True)),
        migrations.AddField("trendwindow", "ratio_high_clustered", models.FloatField(null=True)),
        migrations.AddField("trendwindow", "p_value_clustered", models.FloatField(null=True)),
        migrations.AddField(
            "trendwindow",
            "ratio_basis",
            models.CharField(max_length=5, blank=True, help_text="Rates or counts; blank: not compared"),
        ),
    ]
