"""Casualties: the people. One row is one person, or `persons` people where a source gives only a count.

A casualty carries its own mission, day and cause, because the source states them per person and because tallies,
versions and exports read this table alone. A composite foreign key keeps them equal to the incident's.
"""

from datetime import date
from typing import ClassVar

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import ExtractYear

from casualties.choices import (
    CasualtyState,
    Cause,
    DatePrecision,
    Gender,
    Origin,
    Outcome,
    Personnel,
    Severity,
)
from casualties.models.casualty_triggers import keep_tallies, keep_versions
from casualties.models.incident import Incident
from missions.models import Country, ImportBatch, Mission, touch_data_version

# What is said of a person in figures and files. A change of one of them is a new version; a test holds both models to
# the list.
COUNTED_VALUES = (
    "reference",
    "incident",
    "mission",
    "occurred_on",
    "occurred_precision",
    "cause",
    "outcome",
    "severity",
    "persons",
    "died_on",
    "personnel",
    "nationality",
    "other_nationalities",
    "gender",
    "released",
)
COUNTED_COLUMNS = tuple(
    f"{name}_id" if name in {"incident", "mission", "nationality"} else name for name in COUNTED_VALUES
)


class CountedValues(models.Model):
    """What is said of a person, as it stands now (Casualty) or stood once (CasualtyVersion): the same names in both."""

    reference = models.CharField(  # noqa: DJ001 - many rows have none, and a casualty's is unique
        max_length=60, null=True, blank=True, help_text="The source's number of the person (casualty_id)"
    )
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="%(class)ss")
    occurred_on = models.DateField(help_text="Day of the incident, not of the death")
    occurred_precision = models.CharField(max_length=5, choices=DatePrecision, default=DatePrecision.DAY)
    cause = models.CharField(max_length=20, choices=Cause)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.FATALITY)
    severity = models.CharField(max_length=14, choices=Severity, blank=True)
    persons = models.PositiveIntegerField(default=1)
    died_on = models.DateField(null=True, blank=True, help_text="For somebody who died of wounds later")
    personnel = models.CharField(max_length=22, choices=Personnel)
    nationality = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        help_text="Not recorded: none",
    )
    other_nationalities = ArrayField(
        models.CharField(max_length=3), default=list, blank=True, help_text="Other labels of the same person"
    )
    gender = models.CharField(max_length=1, choices=Gender, blank=True)
    released = models.BooleanField(default=False, help_text="The next of kin have been told")
    year = models.GeneratedField(
        expression=ExtractYear("occurred_on"), output_field=models.SmallIntegerField(), db_persist=True
    )

    class Meta:
        abstract = True


class CasualtyQuerySet(models.QuerySet["Casualty"]):
    def counted(self) -> "CasualtyQuerySet":
        """People that figures count: not withdrawn."""
        return self.filter(state=CasualtyState.COUNTED)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["year"],
    level=pgtrigger.Statement,
)
class Casualty(CountedValues):
    reference = models.CharField(
        max_length=60, null=True, blank=True, unique=True, help_text="The source's number of the person (casualty_id)"
    )
    origin = models.CharField(max_length=12, choices=Origin, help_text="A release restates the rows of its own origin")
    wounded_at = models.DateTimeField(null=True, blank=True)
    first_aid_at = models.DateTimeField(null=True, blank=True)
    evacuation_started_at = models.DateTimeField(null=True, blank=True)
    facility_reached_at = models.DateTimeField(null=True, blank=True)
    surgery_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=CasualtyState, default=CasualtyState.COUNTED)
    withdrawn_on = models.DateField(null=True, blank=True, help_text="Date of the release that no longer held it")
    known_at = models.DateField(help_text="Date of the first release or authorisation that said these values")
    batch = models.ForeignKey(
        ImportBatch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="casualties",
        help_text="Last written by",
    )

    objects = CasualtyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "casualties"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(persons__gte=1), name="casualty_counts_somebody"),
            models.CheckConstraint(condition=Q(reference=None) | Q(persons=1), name="casualty_reference_is_one_person"),
            models.CheckConstraint(condition=~Q(reference=""), name="casualty_reference_is_not_blank"),
            models.CheckConstraint(condition=Q(cause__in=Cause.values), name="casualty_cause_is_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="casualty_outcome_is_known"),
            models.CheckConstraint(condition=Q(personnel__in=Personnel.values), name="casualty_personnel_is_known"),
            models.CheckConstraint(condition=Q(gender__in=["", *Gender.values]), name="casualty_gender_is_known"),
            models.CheckConstraint(condition=Q(severity__in=["", *Severity.values]), name="casualty_severity_is_known"),
            models.CheckConstraint(
                condition=Q(occurred_precision__in=DatePrecision.values), name="casualty_precision_is_known"
            ),
            models.CheckConstraint(
                condition=Q(died_on=None) | Q(died_on__gte=F("occurred_on"), outcome=Outcome.FATALITY),
                name="casualty_dies_after_the_incident",
            ),
            models.CheckConstraint(
                condition=Q(incident__isnull=False) | Q(occurred_precision=DatePrecision.YEAR, reference__isnull=True),
                name="casualty_has_incident_unless_annual",
            ),
            models.CheckConstraint(
                condition=Q(state=CasualtyState.COUNTED, withdrawn_on__isnull=True)
                | Q(state=CasualtyState.WITHDRAWN, withdrawn_on__isnull=False),
                name="casualty_withdrawn_has_its_date",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["mission", "year", "cause"], name="casualty_mission_year_cause"),
            models.Index(fields=["-occurred_on", "-id"], name="casualty_latest_first"),
            models.Index(fields=["incident"], name="casualty_incident"),
        ]
        triggers: ClassVar = [*touch_data_version(), *keep_tallies(), *keep_versions(COUNTED_COLUMNS)]

    def __str__(self) -> str:
        return self.reference or f"{self.persons} in {self.occurred_on.year}"


class CasualtyVersionQuerySet(models.QuerySet["CasualtyVersion"]):
    def known_at(self, day: date | None) -> "CasualtyVersionQuerySet":
        """What stood on a day: one version per person known then and not withdrawn."""
        return self.filter(Q(known_until=None) | Q(known_until__gt=day), known_from__lte=day, withdrawn=False)


class CasualtyVersion(CountedValues):
    """What was known of a casualty from one date until another; written by triggers of Casualty."""

    casualty = models.ForeignKey(Casualty, on_delete=models.CASCADE, related_name="versions")
    known_from = models.DateField()
    known_until = models.DateField(null=True, blank=True, help_text="First day on which it was known otherwise")
    withdrawn = models.BooleanField(default=False)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="versions")

    objects = CasualtyVersionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="casualty_versions_do_not_overlap",
                expressions=[
                    ("casualty", RangeOperators.EQUAL),
                    (
                        Func(
                            F("known_from"),
                            F("known_until"),
                            RangeBoundary(),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=Q(known_until=None) | Q(known_until__gt=F("known_from")), name="casualty_version_lasts"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["known_from", "known_until"], name="casualty_version_known")]

    def __str__(self) -> str:
        return f"{self.casualty_id} from {self.known_from}"
