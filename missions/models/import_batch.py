"""What came in: every file with its fingerprint, what it would change, what it changed, and what was wrong with it.

The row is also the record of the work: a task that is lost with its worker is found again by its heartbeat.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from missions.models.data_version import NOTE_DATA_CHANGE


class ImportBatch(models.Model):
    class Kind(models.TextChoices):
        RELEASE = "release", _("Release of the UN's open data")
        OWN = "own", _("File in this system's own format")
        BUNDLE = "bundle", _("Annual counts that come with the software")
        STRENGTH = "strength", _("Strength file")

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Waiting to be read")
        READING = "reading", _("Being read")
        PREVIEWED = "previewed", _("Ready: apply or discard")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        DISCARDED = "discarded", _("Discarded")
        REFUSED = "refused", _("Refused")
        FAILED = "failed", _("Failed")

    kind = models.CharField(max_length=8, choices=Kind, blank=True, help_text="Known once the file has been read")
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    file = models.FileField(upload_to="imports/%Y/%m/", blank=True)
    file_name = models.CharField(max_length=255, help_text="Name the file came with")
    file_size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    origin = models.CharField(max_length=255, blank=True, help_text="Where it came from: an address, upload, command")
    format = models.CharField(max_length=30, blank=True, help_text="Reader that was chosen")
    release_date = models.DateField(null=True, blank=True)
    mapping = models.JSONField(
        null=True, blank=True, help_text="The mapping of columns that it was read with, as it was then"
    )
    can_be_mapped = models.BooleanField(default=False, help_text="Refused, for no reader knows the columns of this CSV")
    profile = models.JSONField(
        null=True,
        editable=False,
        help_text="What stands in the columns of a file that can be mapped: found while it was read, and large",
    )
    as_of = models.BooleanField(default=False, help_text="An older release that fills in what was known at its date")
    accepted_large_change = models.BooleanField(default=False)

    rows = models.IntegerField(default=0)
    persons = models.IntegerField(default=0)
    new = models.IntegerField(default=0)
    same = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    gone = models.IntegerField(default=0)
    returned = models.IntegerField(default=0, help_text="Withdrawn before, there again")
    changed_fields = models.JSONField(default=dict, blank=True, help_text="How many people changed, by field")
    brakes = models.JSONField(default=list, blank=True, help_text="Why a data manager has to agree first")
    errors = models.IntegerField(default=0)
    warnings = models.IntegerField(default=0)
    message = models.TextField(blank=True, help_text="What happened, in one sentence")

    step = models.CharField(max_length=80, blank=True, help_text="What is being done now")
    done = models.IntegerField(default=0, help_text="Rows done in this step")
    attempts = models.SmallIntegerField(default=0, help_text="How often the present step was begun")
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="import_batches"
    )
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="applied_batches"
    )

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        verbose_name_plural = "import batches"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="applied") | Q(applied_at__isnull=False, release_date__isnull=False),
                name="applied_batch_has_its_dates",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["-release_date"], condition=Q(state="applied"), name="applied_batches_by_release")
        ]
        # A release that changes no record still moves the date that figures are known at, and the last covered year.
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="applied_is_a_new_data_version",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"IF NEW.state = 'applied' THEN {NOTE_DATA_CHANGE} END IF; RETURN NULL;",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"


class ImportProblem(models.Model):
    class Level(models.TextChoices):
        ERROR = "error", _("Error")
        WARNING = "warning", _("Warning")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="problems")
    line = models.IntegerField(
        null=True, blank=True, help_text="Line of the file; none when it concerns the whole file"
    )
    column = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300)
    level = models.CharField(max_length=7, choices=Level)

    class Meta:
        ordering: ClassVar = ["batch", "line", "id"]

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.reason}"


@dataclass(frozen=True)
class Release:
    """The release that figures rest on. `annual_counts`: only the bundled counts per year are loaded, no records.

    `own`: a file in our own format, which is nobody's release but that of whoever keeps these records.
    """

    date: date
    annual_counts: bool
    batch_id: int
    own: bool = False

    @property
    def last_covered_year(self) -> int:
        """The newest year that exists in tables, charts, files and windows."""
        return self.date.year

    @property
    def last_year_is_provisional(self) -> bool:
        """The year of the release is open on the release date, even on its 31 December: nothing later has been seen."""
        return True


def current_release() -> Release | None:
    """The release in force among all that were applied (or the bundled counts); None while nothing is loaded."""
    applied = (
        ImportBatch.objects.filter(state=ImportBatch.State.APPLIED)
        .exclude(kind=ImportBatch.Kind.STRENGTH)
        .order_by("release_date", "-as_of", "id")
        .values_list("release_date", "kind", "id")
    )
    return release_in_force(releases_of(list(applied)))


def covering(releases: Sequence[Release]) -> tuple[Release, ...]:
    """Those of the releases that say which years are covered: the UN's; files of our own where there are no others.

    A file of our own says of the people in it alone: that nobody else died in a year, it does not know.
    """
    return tuple(release for release in releases if not release.own) or tuple(releases)


def release_in_force(releases: Sequence[Release]) -> Release | None:
    """The release that figures rest on, of those that were out, oldest first: the newest that covers years."""
    return next(reversed(covering(releases)), None)


def releases_of(applied: list[tuple[date | None, str, int]]) -> tuple[Release, ...]:
    """Releases that it can be asked what was known at, oldest first.

    `applied` are the applied batches but those of strengths, as release date, kind and id, oldest first; of one date
    those that were let in afterwards (as_of) come first. The bundled counts are a release while nothing else is loaded:
    what they said of a year goes with them.
    """
    records = [batch for batch in applied if batch[1] != ImportBatch.Kind.BUNDLE] or applied
    return tuple(
        Release(
            date=released_on,
            annual_counts=kind == ImportBatch.Kind.BUNDLE,
            batch_id=batch_id,
            own=kind == ImportBatch.Kind.OWN,
        )
        for released_on, kind, batch_id in records
        if released_on is not None  # a constraint says so of applied batches
    )
