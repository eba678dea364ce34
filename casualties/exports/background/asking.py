"""Asking for an export, within what one reader may have; and taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casualties.exports.background.rights import as_stored
from casualties.exports.background.store import remove
from casualties.exports.columns import columns_for
from casualties.exports.makers import COLUMNS
from casualties.exports.record import note_export, words_of
from casualties.filters import Selection
from casualties.models import Export, ExportEntry
from casualties.models.export import UNDER_WAY
from missions.models import User

State = Export.State


class QuotaReached(Exception):
    """The reader has as much as one reader may have; the message says of what."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """What one reader has, and may have: exports waiting or being made, bytes of files kept."""

    waiting: int
    most_waiting: int
    kept_bytes: int
    most_bytes: int

    @property
    def free_bytes(self) -> int:
        """How many more may be kept."""
        return self.most_bytes - self.kept_bytes

    @property
    def refusal(self) -> str:
        """Why nothing more may be asked for; blank: it may."""
        if self.waiting >= self.most_waiting:
            said = ngettext(
                "%(n)s export of yours waits or is being made, and %(most)s may. Cancel it, or come back later.",
                "%(n)s exports of yours wait or are being made, and %(most)s may. Cancel one, or come back later.",
                self.waiting,
            )
            return said % {"n": self.waiting, "most": self.most_waiting}
        if self.free_bytes <= 0:
            said = _("Your files take %(kept)s MB, and %(most)s MB may be kept. Delete one, or wait until one expires.")
            return said % {"kept": self.kept_bytes // 1024**2, "most": self.most_bytes // 1024**2}
        return ""


def room_of(user: User) -> Room:
    """What a reader has at this moment."""
    found = Export.objects.filter(owner=user).aggregate(
        waiting=Count("pk", filter=Q(state__in=UNDER_WAY)), kept=Sum("bytes", filter=Q(state=State.DONE), default=0)
    )
    return Room(
        waiting=found["waiting"],
        most_waiting=settings.EXPORTS_WAITING,
        kept_bytes=found["kept"],
        most_bytes=settings.EXPORT_KEPT_BYTES,
    )


def ask(
    user: User,
    selection: Selection,
    *,
    file: str,
    form: str,
    address: str,
    rows: int,
    columns: Sequence[str] = (),
    header: bool = False,
) -> Export:
    """Record that a file is wanted; a worker makes it. The selection is the reader's own, and `address` what was asked.

    `rows`: what rows_expected() says of it; who refuses short files knows it already. Raises QuotaReached,
    UnknownColumn.
    """
    named = columns_for(COLUMNS[file], selection.viewer, columns)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # two at once must not both find the last place free
        if refusal := room_of(user).refusal:
            raise QuotaReached(refusal)
        export = Export.objects.create(
            owner=user,
            file=file,
            form=form,
            query=selection.query_string,
            words=words_of(selection),
            columns=list(columns),
            header=header,
            missions=as_stored(selection.viewer),
            rows_expected=rows,
        )
        note_export(
            export,
            ExportEntry.How.ASKED,
            address=address,
            columns=[column.name for column in named],
            version=selection.basis.version,
        )
    return export


def cancel(export: Export) -> bool:
    """Take back what is not made yet; whoever makes it stops within a second. False: it is over already."""
    waiting = Export.objects.filter(pk=export.pk, state__in=UNDER_WAY)
    return waiting.update(state=State.CANCELLED, finished_at=timezone.now()) == 1


def delete(export: Export) -> bool:
    """Remove the file; the row stays, as what was asked for. False: there is none."""
    made = Export.objects.filter(pk=export.pk, state=State.DONE)
    if made.update(state=State.EXPIRED, reason=Export.Reason.DELETED) == 0:
        return False
    remove(export)
    return True
