"""What has been said in public about casualties, and what the data said each time it was checked."""

from decimal import Decimal
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from casualties.choices import DatePrecision, Measure, Obstacle, Verdict


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    level=pgtrigger.Statement,
)
class Statement(models.Model):
    """One thing said once, in our own words. Its key is its address and never changes."""

    key = models.SlugField(max_length=80, unique=True)
    source = models.CharField(max_length=200, help_text="Who said it, and through whom")
    address = models.URLField(max_length=500, blank=True)
    published_on = models.DateField()
    published_precision = models.CharField(max_length=5, choices=DatePrecision, default=DatePrecision.DAY)
    wording = models.CharField(max_length=300, help_text="What was said, in our own words")
    selection = models.CharField(
        max_length=500, blank=True, help_text="The people it speaks of, as the query string of the incident explorer"
    )
    measure = models.CharField(max_length=13, choices=Measure, default=Measure.COUNT)
    value = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True, help_text="The number said")
    since = models.SmallIntegerField(
        null=True, blank=True, help_text="Of the highest year since: the last year before it that may be as high"
    )
    obstacle = models.CharField(max_length=9, choices=Obstacle, blank=True, default=Obstacle.NONE)
    note = models.CharField(max_length=300, blank=True, help_text="How it was read, or why it may differ")
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="statements"
    )

    class Meta:
        ordering: ClassVar = ["-published_on", "key"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="statement_measure_is_known"),
            models.CheckConstraint(condition=Q(obstacle__in=Obstacle.values), name="statement_obstacle_is_known"),
            models.CheckConstraint(
                condition=Q(published_precision__in=DatePrecision.values), name="statement_precision_is_known"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(measure__in=[Measure.HIGHEST_SINCE, Measure.RANK_1_WINDOW]),
                name="statement_says_a_number",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) ^ Q(measure=Measure.HIGHEST_SINCE), name="statement_since_of_highest"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def asked(self) -> dict[str, str | int | None]:
        """What a check of it is a check of; a statement that says something else now is due again."""
        return {
            "selection": self.selection,
            "measure": self.measure,
            "value": None if self.value is None else str(Decimal(self.value).quantize(Decimal("0.01"))),
            "since": self.since,
            "obstacle": self.obstacle,
            "published_on": f"{self.published_on} {self.published_precision}",
        }


class StatementCheck(models.Model):
    """One check: when, of which data, what was found. Written once, never changed.

    `found` is the number under the scope that was read, `scopes` the numbers under each named scope (see
    casualties.statements.checking). The columns ending in `_then` say the same as known at `known_at`, the date of
    publication, where a release covers it.
    """

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="checks")
    checked_at = models.DateTimeField(auto_now_add=True)
    data_version = models.BigIntegerField()
    release_date = models.DateField(null=True, help_text="The release that it was checked against")
    asked = models.JSONField(help_text="What the statement said when it was checked")
    verdict = models.CharField(max_length=12, choices=Verdict)
    found = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    detail = models.TextField(help_text="The verdict in a sentence")
    scopes = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    known_at = models.DateField(null=True)
    verdict_then = models.CharField(max_length=12, choices=Verdict, blank=True)
    found_then = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    detail_then = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["statement", "-id"], name="statement_latest_check")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="statement_check_verdict_is_known"),
            models.CheckConstraint(
                condition=Q(known_at__isnull=True, verdict_then="")
                | Q(known_at__isnull=False, verdict_then__in=Verdict.values),
                name="statement_check_then_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.verdict}"
