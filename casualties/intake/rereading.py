"""A file that no reader knows, or that was read otherwise than was meant, is read again through a mapping."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from casualties.intake.batches import NotNowError, State
from casualties.intake.mapping import NamedMapping
from missions.models import ImportBatch, ImportProblem


def may_be_mapped(batch: ImportBatch) -> bool:
    """Whether somebody may say how the columns of the file are read: nothing has been written from it yet."""
    return bool(
        batch.state in (State.REFUSED, State.PREVIEWED) and batch.file and (batch.can_be_mapped or batch.mapping)
    )


def read_through(batch: ImportBatch, mapping: NamedMapping, *, release_date: date | None = None) -> ImportBatch:
    """Record that the file shall be read (again) through a mapping; preview() or the sweep does it. For pages.

    `release_date` is taken where it is given. Raises NotNowError when the file is not one whose columns can be mapped.
    """
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if not may_be_mapped(batch):
            raise NotNowError(f"The columns cannot be mapped now: the file is {batch.get_state_display().lower()}.")
        ImportProblem.objects.filter(batch=batch).delete()
        fields: dict[str, Any] = {"errors": 0, "warnings": 0, "message": "", "brakes": [], "rows": 0, "done": 0}
        if release_date is not None:
            fields["release_date"] = release_date
        fields |= {"state": State.UPLOADED, "mapping": mapping.as_json(), "attempts": 0, "heartbeat_at": timezone.now()}
        ImportBatch.objects.filter(pk=batch.pk).update(**fields)
        batch.refresh_from_db()
    return batch
