"""A report that somebody signed: figures and files as they were, for ever."""

from collections.abc import Collection
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

REFUSED = "RAISE EXCEPTION 'a signed report is kept as it was signed';"


class SignedReportQuerySet(models.QuerySet["SignedReport"]):
    def open_to(self, missions: Collection[int] | None) -> "SignedReportQuerySet":
        """Reports over nothing but what is seen by who sees the confirmed records of these missions (None: all)."""
        if missions is None:
            return self
        within = Q(missions__len__gt=0, missions__contained_by=list(missions))
        return self.filter(Q(confirmed=False) | within)

    def listed(self) -> "SignedReportQuerySet":
        """Without figures and files, which a list has no use for."""
        return self.defer("frame", "csv", "xlsx")


class SignedReport(models.Model):
    """Written once; a trigger refuses every change. `frame` is {"columns": [...], "rows": [[...], ...], "rows_by",
    "columns_by", "measure", "outcome"}: the words of files and not those of a language.

    `confirmed`: confirmed records that were not released were counted too, those of `missions`, or (none named) of all.
    """

    title = models.CharField(max_length=200)
    report = models.SlugField(max_length=60, help_text="Its part of the address: by-year, or build")
    query = models.TextField(blank=True, help_text="What was asked, canonical")
    selection = models.TextField(help_text="The selection in words")
    known_at = models.DateField()
    release_date = models.DateField()
    data_version = models.BigIntegerField()
    confirmed = models.BooleanField()
    missions = ArrayField(models.BigIntegerField(), default=list, blank=True)
    check_line = models.TextField(help_text="Whether the parts added up")
    frame = models.JSONField(encoder=DjangoJSONEncoder)
    csv = models.BinaryField()
    csv_name = models.CharField(max_length=200)
    csv_sha256 = models.CharField(max_length=64)
    xlsx = models.BinaryField()
    xlsx_name = models.CharField(max_length=200)
    xlsx_sha256 = models.CharField(max_length=64)
    statement = models.TextField(help_text="What the signature says")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signed_reports")
    signed_name = models.CharField(
        max_length=310, help_text="As the account was called; its address where it had no name"
    )
    signed_at = models.DateTimeField(auto_now_add=True)

    objects = SignedReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["signed_by", "report", "csv_sha256", "confirmed", "missions"], name="signed_report_signed_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed=True) | Q(missions__len=0), name="signed_report_missions_of_confirmed"
            ),
            models.CheckConstraint(condition=~Q(statement=""), name="signed_report_says_something"),
            models.CheckConstraint(condition=Q(release_date__lte=F("known_at")), name="signed_report_release_known"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="signed_once", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=REFUSED
            ),
            # Tests empty tables; one without a signed report may be.
            pgtrigger.Trigger(
                name="signed_is_not_emptied",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func=f"IF EXISTS (SELECT FROM casualties_signedreport) THEN {REFUSED} END IF; RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, signed on {self.signed_at:%Y-%m-%d}"
