"""A report that somebody keeps under a name, whom it is shared with, and the mails that lead to it."""

from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from missions.models import User


class SavedReportQuerySet(models.QuerySet["SavedReport"]):
    def open_to(self, user: User) -> "SavedReportQuerySet":
        """Reports that somebody may open: his own, and those that are shared with everybody signed in."""
        return self.filter(Q(owner=user) | Q(shared=True))

    def own_first(self, user: User) -> "SavedReportQuerySet":
        """Somebody's own reports before those of others, each in the order of their names."""
        mine = Case(When(owner=user, then=Value(0)), default=Value(1))
        return self.order_by(mine, "name", "id")

    def mailed(self) -> "SavedReportQuerySet":
        """Reports that mails are sent of. An owner whose account is closed keeps nobody informed."""
        return self.exclude(schedule=SavedReport.Schedule.NEVER).filter(owner__is_active=True)


class SavedReport(models.Model):
    """Which report and its canonical query. Its figures are counted when it is opened, for whoever opens it."""

    class Schedule(models.TextChoices):
        NEVER = "", _("Never")
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Every month")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_reports")
    name = models.CharField(max_length=100)
    report = models.SlugField(max_length=60, help_text="Its part of the address: by-year, or build")
    query = models.TextField(blank=True)
    shared = models.BooleanField(default=False, help_text="Everybody signed in may open it")
    schedule = models.CharField(max_length=7, choices=Schedule, blank=True, default=Schedule.NEVER)
    scheduled_at = models.DateTimeField(null=True, blank=True, help_text="Periods that begin later are mailed")
    recipients = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SavedReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_report_name_is_own"),
            models.CheckConstraint(
                condition=Q(schedule="", scheduled_at__isnull=True)
                | Q(schedule__in=["weekly", "monthly"], scheduled_at__isnull=False),
                name="saved_report_schedule_has_a_beginning",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open_to(self, user: User) -> bool:
        """Whether somebody may open it at this moment."""
        return user.is_active and (self.shared or self.owner_id == user.pk)

    def plan(self, schedule: str, now: datetime) -> None:
        """Take a schedule; another one than before begins anew, with the first period that begins after now."""
        if schedule != self.schedule:
            self.scheduled_at = now if schedule else None
        self.schedule = schedule


class ReportMail(models.Model):
    """The mail about one report, to one person, in one period: there is never a second one."""

    report = models.ForeignKey(SavedReport, on_delete=models.CASCADE, related_name="mails")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    schedule = models.CharField(max_length=7, choices=SavedReport.Schedule)
    period = models.DateField(help_text="First day of the week or month")
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True, help_text="Why the last attempt failed")
    next_attempt_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-period", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "recipient", "schedule", "period"], name="report_mail_once_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} to {self.recipient_id}, {self.period}"

    @property
    def key(self) -> str:
        """Names the mail within this system, for its Message-ID: sent again, it is the same mail."""
        day: date = self.period
        return f"report-{self.report_id}-{self.schedule}-{day.isoformat()}-{self.recipient_id}"
