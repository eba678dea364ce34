"""Uniformed person-years: the denominator of every rate."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from missions.models.data_version import touch_data_version
from missions.models.mission import Mission


class Strength(models.Model):
    class Category(models.TextChoices):
        TROOPS = "troops", _("Troops")
        POLICE = "police", _("Police")
        OBSERVERS = "observers", _("Observers and experts on mission")

    class Origin(models.TextChoices):
        TABLE = "table", "The table that comes with the software"
        IMPORT = "import", "A file of strengths"

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="strengths")
    year = models.SmallIntegerField()
    category = models.CharField(max_length=10, choices=Category)
    person_years = models.DecimalField(max_digits=9, decimal_places=2)
    months = ArrayField(models.SmallIntegerField(), help_text="Months of the year that the person-years cover")
    months_filled = models.SmallIntegerField(default=0, help_text="How many of them were filled, not reported")
    source = models.TextField(blank=True)
    # Who may correct the row: the words of `source` may be corrected themselves.
    origin = models.CharField(max_length=6, choices=Origin, default=Origin.IMPORT)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mission", "year", "category"], name="strength_once_per_mission_year"),
            models.CheckConstraint(condition=Q(person_years__gte=0), name="strength_not_negative"),
            models.CheckConstraint(
                condition=Q(months__contained_by=list(range(1, 13)), months__len__gte=1), name="strength_months_exist"
            ),
        ]
        triggers: ClassVar = touch_data_version()

    def __str__(self) -> str:
        return f"{self.mission_id} {self.year} {self.category}"
