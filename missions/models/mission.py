"""Missions: peacekeeping operations, special political missions, and other offices that deaths are recorded under."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from missions.models.data_version import touch_data_version


class MissionQuerySet(models.QuerySet["Mission"]):
    def operations(self) -> "MissionQuerySet":
        """For lists: an umbrella (UNEF) stands for its parts (UNEF I, UNEF II), which no record is filed under."""
        return self.filter(umbrella=None)


class Mission(models.Model):
    class Kind(models.TextChoices):
        PKO = "pko", _("Peacekeeping operation")
        SPM = "spm", _("Special political mission")
        OTHER = "other", _("Other office, or kind not known")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        ENDED = "ended", _("Ended")
        NOT_ESTABLISHED = "not-established", _("Not known")

    class Precision(models.TextChoices):
        DAY = "day", _("Day")
        MONTH = "month", _("Month")
        YEAR = "year", _("Year")

    acronym = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200, blank=True)
    sort_key = models.CharField(max_length=20, db_index=True, help_text="Acronym in lower case without accents")
    kind = models.CharField(max_length=5, choices=Kind)
    region = models.CharField(max_length=60, blank=True)
    sub_region = models.CharField(max_length=60, blank=True)
    started_on = models.DateField(null=True, blank=True)
    started_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    hosts = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    seat = models.CharField(max_length=80, blank=True)
    latitude = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    umbrella = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    family = models.CharField(max_length=20, blank=True, db_index=True, help_text="First acronym of the family")
    predecessors = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    successors = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    aliases = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    status = models.CharField(max_length=15, choices=Status, default=Status.NOT_ESTABLISHED)
    in_un_list = models.BooleanField(default=False, help_text="One of the operations of the UN's own list")
    source = models.TextField(blank=True)

    objects = MissionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["sort_key"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(started_on=None) | Q(ended_on__gte=F("started_on")),
                name="mission_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90)) | Q(latitude=None), name="mission_latitude_is_on_earth"
            ),
            models.CheckConstraint(
                condition=Q(longitude__range=(-180, 180)) | Q(longitude=None), name="mission_longitude_is_on_earth"
            ),
        ]
        triggers: ClassVar = touch_data_version()

    def __str__(self) -> str:
        return self.acronym
