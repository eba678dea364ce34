"""Handing a made file to its owner, if they may have it on that day."""

from dataclasses import replace
from datetime import datetime
from os import fstat

from casualties.exports.background.rights import covers, rights_of, what_was_lost
from casualties.exports.background.store import path_of, remove
from casualties.exports.record import RecordedBlocks, note_export
from casualties.exports.sent import KeptBlocks, SentFile
from casualties.filters import Viewer, load_basis
from casualties.models import Export, ExportEntry

State, Reason = Export.State, Export.Reason


class Gone(Exception):
    """There is no file to be had; the export says why."""


def hand_out(export: Export, viewer: Viewer, *, now: datetime, address: str, record: bool = True) -> SentFile:
    """The file for its owner as they see today. Whoever lost a right loses the file: it is removed.

    `record` is False where nothing but its head is asked for; else the blocks record how the sending ended. Raises
    Gone.
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
    columns, rows, version = export.columns, export.rows, export.data_version
    file = SentFile(export.name, KeptBlocks(opened), columns, lambda: rows, version, fstat(opened.fileno()).st_size)
    if not record:
        return file
    return replace(file, blocks=RecordedBlocks(file, _note(export, ExportEntry.How.DOWNLOADED, address)))


def _note(export: Export, how: ExportEntry.How, address: str) -> ExportEntry:
    return note_export(export, how, address=address, columns=export.columns, version=export.data_version or 0)


def _give_up(export: Export, state: str, reason: str, detail: str = "") -> None:
    Export.objects.filter(pk=export.pk, state=State.DONE).update(state=state, reason=reason, detail=detail)
    export.state, export.reason, export.detail = state, reason, detail
    remove(export)
