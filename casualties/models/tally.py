"""The annual tallies: how many counted people there are per year and everything else that figures are asked by."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from casualties.choices import Cause, Gender, Outcome, Personnel
from missions.models import Country, Mission


class Tally(models.Model):
    """Kept by triggers of Casualty, so it is never stale. It tallies people; incidents are counted from records."""

    year = models.SmallIntegerField()
    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="+", db_index=False)
    cause = models.CharField(max_length=20, choices=Cause)
    outcome = models.CharField(max_length=8, choices=Outcome)
    released = models.BooleanField()
    persons = models.BigIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.year} {self.mission_id} {self.cause}: {self.persons}"


class AnnualTally(Tally):
    """By everything that figures are asked by, also what differs among the people of one incident."""

    personnel = models.CharField(max_length=22, choices=Personnel)
    nationality = models.ForeignKey(Country, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    gender = models.CharField(max_length=1, choices=Gender, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year", "mission", "cause", "outcome", "personnel", "nationality", "gender", "released"],
                nulls_distinct=False,
                name="annual_tally_key",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["mission", "year"], name="annual_tally_mission"),
            # Empty but for the moment inside a trigger: finds rows that fell to zero, and any below it.
            models.Index(fields=["persons"], condition=Q(persons__lte=0), name="annual_tally_gone"),
        ]


class MissionTally(Tally):
    """By year, mission and cause alone: most of what is asked, from a fraction of the rows of the AnnualTally."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year", "mission", "cause", "outcome", "released"], name="mission_tally_key"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["persons"], condition=Q(persons__lte=0), name="mission_tally_gone"),
        ]
