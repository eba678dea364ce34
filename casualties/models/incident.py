"""Incidents: what happened, once, to one or more people."""

from typing import ClassVar

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from casualties.choices import AccidentType, Accountability, Cause, Context, DatePrecision, Grouping, Means, Origin
from missions.models import Mission, touch_data_version


class IncidentQuerySet(models.QuerySet["Incident"]):
    def latest_first(self) -> "IncidentQuerySet":
        """Newest first; the key makes the order total, so that pages never repeat or lose a row."""
        return self.order_by("-occurred_on", "-key")


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    level=pgtrigger.Statement,
)
class Incident(models.Model):
    """Its key is its address and never changes: mission, day and cause; or the reference of the one person in it."""

    key = models.CharField(max_length=80, unique=True)
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="incidents")
    occurred_on = models.DateField()
    occurred_precision = models.CharField(max_length=5, choices=DatePrecision, default=DatePrecision.DAY)
    cause = models.CharField(max_length=20, choices=Cause)
    means = models.CharField(max_length=30, choices=Means, blank=True)
    context = models.CharField(max_length=30, choices=Context, blank=True)
    accident_type = models.CharField(max_length=30, choices=AccidentType, blank=True)
    place = models.CharField(max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    summary = models.TextField(blank=True)
    origin = models.CharField(max_length=12, choices=Origin)
    grouping = models.CharField(max_length=8, choices=Grouping)
    accountability = models.CharField(max_length=15, choices=Accountability, blank=True, default="")

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-occurred_on", "-key"]
        constraints: ClassVar = [
            # What Casualty's composite foreign key points at: a person's mission, day and cause are the incident's.
            models.UniqueConstraint(
                fields=["id", "mission", "occurred_on", "occurred_precision", "cause"], name="incident_facts"
            ),
            models.CheckConstraint(condition=Q(cause__in=Cause.values), name="incident_cause_is_known"),
            models.CheckConstraint(
                condition=Q(occurred_precision__in=DatePrecision.values), name="incident_precision_is_known"
            ),
            models.CheckConstraint(
                condition=Q(means="", context="") | Q(cause=Cause.MALICIOUS_ACT), name="incident_means_of_malicious_act"
            ),
            models.CheckConstraint(
                condition=Q(accident_type="") | Q(cause=Cause.ACCIDENT), name="incident_accident_type_of_accident"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="incident_point_is_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(accountability="") | Q(cause=Cause.MALICIOUS_ACT), name="incident_accountability"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-occurred_on", "-key"], name="incident_latest_first"),
            models.Index(fields=["mission", "-occurred_on", "-key"], name="incident_of_mission_latest"),
            # For icontains, which compares in upper case.
            GinIndex(
                OpClass(Upper("place"), name="gin_trgm_ops"),
                OpClass(Upper("summary"), name="gin_trgm_ops"),
                name="incident_texts",
            ),
            # Whether there is any text to search, of a mission or at all.
            models.Index(fields=["mission"], condition=~Q(place="", summary=""), name="incident_with_text"),
        ]
        triggers: ClassVar = touch_data_version()

    def __str__(self) -> str:
        return self.key
