"""Tests of trend of a series as a task computed them, for one version of the data and of the rules."""

from typing import ClassVar

from django.db import models

from casualties.choices import Audience, Outcome
from casualties.models.trend_window import TrendWindow


class SeriesTests(models.Model):
    """`series` and `key` as in TrendWindow; `tests` as casualties.trends.cause_tests.as_words() writes them."""

    series = models.CharField(max_length=12, choices=TrendWindow.Series)
    key = models.CharField(max_length=60, blank=True, help_text="Which mission, region ...; blank for the world")
    outcome = models.CharField(max_length=8, choices=Outcome)
    audience = models.CharField(max_length=9, choices=Audience)
    data_version = models.BigIntegerField()
    rules = models.CharField(max_length=16, help_text="fingerprint of the rules that they were computed by")
    tests = models.JSONField()

    class Meta:
        verbose_name_plural = "series tests"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "key", "outcome", "audience"], name="series_tests_once"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.key} {self.outcome}"
