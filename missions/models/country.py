"""Countries and areas (M49), dissolved states, and the one entry for a nationality recorded as undetermined."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from missions.models.data_version import touch_data_version

UNDETERMINED_COUNTRY = "ZZZ"


class CountryQuerySet(models.QuerySet["Country"]):
    def states(self) -> "CountryQuerySet":
        """Countries and areas, present and dissolved, without the entry for "undetermined"."""
        return self.exclude(status=Country.Status.UNDETERMINED)


class Country(models.Model):
    class Status(models.TextChoices):
        CURRENT = "current", "Current"
        DISSOLVED = "dissolved", "Dissolved"
        UNDETERMINED = "undetermined", "Recorded as undetermined"

    iso3 = models.CharField(max_length=3, primary_key=True)
    iso2 = models.CharField(max_length=2, blank=True)
    m49 = models.CharField(max_length=3, blank=True)
    name = models.CharField(max_length=120, unique=True)
    sort_key = models.CharField(max_length=120, db_index=True, help_text="Name in lower case without accents")
    region = models.CharField(max_length=60, blank=True)
    sub_region = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.CURRENT)
    ended_on = models.DateField(null=True, blank=True)
    successors = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    aliases = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    source = models.TextField(blank=True)

    objects = CountryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["sort_key"]
        verbose_name_plural = "countries"
        triggers: ClassVar = touch_data_version()

    def __str__(self) -> str:
        return self.name
