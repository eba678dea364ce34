"""Files that a worker makes for somebody, and the record of the files that left the system.

The row of an export is also the record of the work: what was asked for, how far it is, what became of it. A worker that
is killed leaves it running, and the timetable finds it.
"""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from missions.models import ApiClient


class Export(models.Model):
    """A file of one selection, made in the background for its owner alone."""

    class File(models.TextChoices):
        CASUALTIES = "casualties", _("People")
        INCIDENTS = "incidents", _("Incidents")

    class Form(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Being made")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Refused")
        CANCELLED = "cancelled", _("Cancelled")
        EXPIRED = "expired", _("File removed")

    class Reason(models.TextChoices):
        """Why there is no file (any more). `detail` of the export names what it was."""

        ACCOUNT = "account", _("The account is not active any more.")
        RIGHT = "right", _("A right that it was asked with was lost meanwhile, and the file with it.")
        SELECTION = "selection", _("The selection cannot be answered any more.")
        NOT_AVAILABLE = "not-available", _("The loaded data cannot tell it.")
        DATA_MOVED = "data-moved", _("The data changed again and again while it was made. Ask for it again.")
        SPACE = "space", _("It would be more than one reader may keep. Delete others, or ask for less.")
        LOST = "lost", _("The worker was lost again and again while it made this file.")
        FAILURE = "failure", _("It failed. The reason is in the log of the background service.")
        FILE_GONE = "file-gone", _("The file is not on the disk any more. Ask for it again.")
        DELETED = "deleted", _("Deleted by its owner.")
        OLD = "old", _("Its time was over.")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exports")
    file = models.CharField(max_length=10, choices=File)
    form = models.CharField(max_length=4, choices=Form)
    query = models.TextField(blank=True, help_text="The canonical query of the selection")
    words = models.TextField(help_text="The selection in words, when it was asked for")
    columns = ArrayField(
        models.CharField(max_length=60),
        default=list,
        help_text="As asked for (none: the standard); of a made file: its own",
    )
    header = models.BooleanField(default=False, help_text="What the file is stands above its rows")
    missions = ArrayField(
        models.BigIntegerField(),
        null=True,
        help_text="Missions whose confirmed, unreleased records may be in it; none named: all",
    )

    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    reason = models.CharField(max_length=13, choices=Reason, blank=True)
    detail = models.TextField(blank=True)
    rows_expected = models.BigIntegerField(help_text="At most so many, by the count of the selection")
    rows = models.BigIntegerField(default=0, help_text="Read so far; in the end those of the file")
    bytes = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200, blank=True, help_text="Under which it is downloaded")
    data_version = models.BigIntegerField(null=True, help_text="Of the data that the file was made from")
    attempts = models.SmallIntegerField(default=0)

    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="done")
                | (Q(finished_at__isnull=False, expires_at__isnull=False, data_version__isnull=False) & ~Q(sha256="")),
                name="export_done_says_what_it_is",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["failed", "expired"]) | ~Q(reason=""), name="export_without_file_says_why"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["asked_at"], condition=Q(state__in=["queued", "running"]), name="exports_waiting"),
            models.Index(fields=["owner", "-asked_at"], name="exports_of_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.file}.{self.form} of {self.query or 'everything'} ({self.state})"

    @property
    def under_way(self) -> bool:
        """Whether somebody makes it, or will."""
        return self.state in UNDER_WAY


UNDER_WAY = (Export.State.QUEUED, Export.State.RUNNING)


class ExportEntry(models.Model):
    """One line of the record of exports: who took what, when. It is written before the first byte leaves.

    Lines are never deleted, and nothing of them changes but how the sending ended.
    """

    class How(models.TextChoices):
        STREAMED = "streamed", _("Sent at once")
        ASKED = "asked", _("Asked for in the background")
        DOWNLOADED = "downloaded", _("Downloaded")
        REFUSED = "refused", _("Refused: the right was lost")

    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="None: anonymous"
    )
    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=10, choices=How)
    file = models.CharField(max_length=100, help_text="casualties, figures, reports/by-year ...")
    form = models.CharField(max_length=7)
    address = models.TextField(help_text="The address that was asked")
    query = models.TextField(blank=True, help_text="The canonical query of the selection")
    words = models.TextField(blank=True, help_text="The selection in words; blank: the file is not of a selection")
    columns = ArrayField(models.TextField(), default=list)
    data_version = models.BigIntegerField()
    export = models.ForeignKey(Export, on_delete=models.PROTECT, null=True, related_name="entries")
    rows = models.BigIntegerField(null=True, help_text="None: not known, or not all of them were sent")
    bytes = models.BigIntegerField(null=True, help_text="Sent")
    complete = models.BooleanField(null=True, help_text="Whether it was sent to its end; none: not known")

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name_plural = "export entries"
        indexes: ClassVar = [
            models.Index(fields=["-at", "-id"], name="export_entries_by_time"),
            models.Index(fields=["user", "-at"], name="export_entries_by_user"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="export_entry_is_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="export_entry_is_not_rewritten", exclude=["rows", "bytes", "complete"]),
        ]

    def __str__(self) -> str:
        return f"{self.user or self.client or 'anonymous'}: {self.address}"
