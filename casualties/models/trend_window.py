"""Five-year windows as the rebuild computed them, and the rebuilds themselves.

All windows are of one version of the data, that of the newest finished run: a rebuild writes only what has changed. A
series whose figures are the same for both audiences is stored once, as released.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from casualties.choices import Audience, Cause, Outcome


class TrendWindow(models.Model):
    class Series(models.TextChoices):
        WORLD = "world", "All missions"
        KIND = "kind", "Kind of mission"
        REGION = "region", "Region"
        MISSION = "mission", "Mission"
        FAMILY = "family", "Mission family"
        CONTRIBUTOR = "contributor", "Nationality"
        PERSONNEL = "personnel", "Personnel type"

    series = models.CharField(max_length=12, choices=Series)
    key = models.CharField(max_length=60, blank=True, help_text="Which mission, region ...; blank for the world")
    cause = models.CharField(max_length=20, choices=Cause, blank=True, help_text="Blank: all causes")
    outcome = models.CharField(max_length=8, choices=Outcome)
    audience = models.CharField(max_length=9, choices=Audience)
    first_year = models.SmallIntegerField()
    last_year = models.SmallIntegerField()
    persons = models.BigIntegerField()
    change_from_previous_window = models.BigIntegerField(null=True, help_text="Against the five years before it")
    change_on_one_year = models.BigIntegerField(null=True, help_text="Against the window that ended a year earlier")
    rank = models.IntegerField(null=True, help_text="Among complete windows that are not provisional")
    would_be_rank = models.IntegerField(null=True, help_text="Rank that a provisional window would have")
    record = models.BooleanField()
    complete = models.BooleanField(help_text="Open on at least one day of each of the five years")
    provisional = models.BooleanField()

    # The statistics of casualties.trends.window_statistics; docs/method.md says what each means.
    count_low = models.FloatField(help_text="Exact 95% interval of the count")
    count_high = models.FloatField()
    dispersion = models.FloatField(null=True, help_text="Variance over mean with incidents as the unit")
    count_low_clustered = models.FloatField(null=True, help_text="95% interval with incidents as the unit")
    count_high_clustered = models.FloatField(null=True)
    rate_persons = models.BigIntegerField(null=True, help_text="Uniformed people in months with person-years")
    left_out = models.BigIntegerField(null=True, help_text="Uniformed people in other months")
    undated = models.BigIntegerField(null=True, help_text="Uniformed people of whom it cannot be said which")
    person_years = models.FloatField(null=True)
    months_covered = models.IntegerField(null=True)
    mission_months = models.IntegerField(null=True)
    months_filled = models.IntegerField(null=True)
    partial = models.BooleanField(help_text="Months without person-years, or people left out")
    rate = models.FloatField(null=True, help_text="Per 1,000 uniformed person-years")
    rate_low = models.FloatField(null=True, help_text="Exact 95% interval of the rate")
    rate_high = models.FloatField(null=True)
    rate_low_clustered = models.FloatField(null=True)
    rate_high_clustered = models.FloatField(null=True)
    no_rate = models.CharField(max_length=30, blank=True, help_text="Why there is no rate")
    ratio = models.FloatField(null=True, help_text="Over the window that ended five years earlier")
    ratio_low = models.FloatField(null=True)
    ratio_high = models.FloatField(null=True)
    p_value = models.FloatField(null=True)
    ratio_low_clustered = models.FloatField(null=True)
    ratio_high_clustered = models.FloatField(null=True)
    p_value_clustered = models.FloatField(null=True)
    ratio_basis = models.CharField(max_length=5, blank=True, help_text="Rates or counts; blank: not compared")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["series", "key", "cause", "outcome", "audience", "last_year"], name="trend_window_once"
            ),
            models.CheckConstraint(condition=Q(last_year=F("first_year") + 4), name="trend_window_is_five_years"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.key} {self.cause} {self.first_year}-{self.last_year}: {self.persons}"


class RebuildRun(models.Model):
    """One run of the rebuild: who asked, for which data, how it went. A run without an end was interrupted."""

    asked_by = models.CharField(max_length=80)
    data_version = models.BigIntegerField()
    rules = models.CharField(max_length=16, blank=True, help_text="fingerprint of the rules that it computed by")
    started_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    rows = models.IntegerField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"{self.data_version} asked by {self.asked_by}"
