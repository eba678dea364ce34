"""Handing a made file to its owner, if they may have it on that day."""

from datetime import datetime
from typing import BinaryIO

from casualties.exports.background.rights import covers, rights_of, what_was_lost
from casualties.exports.background.store import path_of, remove
from casualties.exports.record import note_export
from casualties.filters import Viewer, load_basis
from casualties.models import Export, ExportEntry

State, Reason = Export.State, Export.Reason


class Gone(Exception):
    """There is no file to be had; the export says why."""


def hand_out(export: Export, viewer: Viewer, *, now: datetime, address: str, record: bool = True) -> BinaryIO:
    """The file, opened, for its owner as they see today. Whoever lost a right loses the file: it is removed.

    `record` is False where nothing but its head is asked for. Raises Gone.
    """
    if export.state != State.DONE:
        raise Gone
    if export.expires_at is None or export.expires_at <= now:
        _give_up(export, State.EXPIRED, Reason.OLD)
        raise Gone
    then = rights_of(export)
    if not covers(viewer, then):
        _give_up(export, State.FAILED, Reason.RIGHT, what_was_lost(viewer, then, load_basis().acronym_of))
        _note(export, ExportEntry.How.REFUSED, address)
        raise Gone
    try:
        opened = path_of(export).open("rb")
    except FileNotFoundError:
        _give_up(export, State.FAILED, Reason.FILE_GONE)
        raise Gone from None
    if record:
        _note(export, ExportEntry.How.DOWNLOADED, address)
    return opened


def _note(export: Export, how: ExportEntry.How, address: str) -> None:
    note_export(export, how, address=address, columns=export.columns, version=export.data_version or 0)


def _give_up(export: Export, state: str, reason: str, detail: str = "") -> None:
    Export.objects.filter(pk=export.pk, state=State.DONE).update(state=state, reason=reason, detail=detail)
    export.state, export.reason, export.detail = state, reason, detail
    remove(export)
