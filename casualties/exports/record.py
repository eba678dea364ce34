"""The record of exports: a line for every file that leaves, written before its first byte does.

Who took it, what selection it is of, which columns, from which version of the data, and how the sending ended.
"""

import logging
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db import Error
from django.utils import translation

from casualties.exports.sent import SentFile
from casualties.filters import Selection, in_words
from casualties.models import Export, ExportEntry
from missions.models import ApiClient, DataVersion, User

LONGEST_ADDRESS = 8_000
log = logging.getLogger(__name__)


def words_of(selection: Selection | None) -> str:
    """The selection in words, in the one language of files and records."""
    if selection is None:
        return ""
    with translation.override(settings.LANGUAGE_CODE):
        return in_words(selection)


def note_file(
    file: SentFile,
    *,
    address: str,
    user: User | None,
    client: ApiClient | None = None,
    selection: Selection | None,
) -> "RecordedBlocks":
    """Record that a file goes out now; its blocks, which record how the sending ended.

    `selection`: None where the file is of none.
    """
    name = address.partition("?")[0].strip("/").removesuffix(f".{file.form}")
    entry = ExportEntry.objects.create(
        user=user,
        client=client,
        how=ExportEntry.How.STREAMED,
        file=name[:100],
        form=file.form,
        address=address[:LONGEST_ADDRESS],
        query=_query_of(selection),
        words=words_of(selection),
        columns=list(file.columns),
        data_version=_version_of(file, selection),
    )
    return RecordedBlocks(file, entry)


def _query_of(selection: Selection | None) -> str:
    """The whole query: what a page's address says of itself (/missions/MINUSMA/) stands in it too."""
    return selection.change(**selection.fixed).query_string if selection else ""


def _version_of(file: SentFile, selection: Selection | None) -> int:
    """Of the data that a file rests on."""
    if file.data_version is not None:
        return file.data_version
    return selection.basis.version if selection else DataVersion.current()


def note_export(
    export: Export, how: ExportEntry.How, *, address: str, columns: Sequence[str], version: int
) -> ExportEntry:
    """Record what its owner did with an export that is made in the background."""
    return ExportEntry.objects.create(
        user=export.owner,
        how=how,
        file=export.file,
        form=export.form,
        address=address[:LONGEST_ADDRESS],
        query=export.query,
        words=export.words,
        columns=list(columns),
        data_version=version,
        export=export,
    )


class RecordedBlocks(Iterator[bytes]):
    """The blocks of a file; when they end, or nobody wants more, the record says which of the two it was."""

    def __init__(self, file: SentFile, entry: ExportEntry) -> None:
        self._file, self._entry, self._bytes, self._ended = file, entry, 0, False

    def __next__(self) -> bytes:
        try:
            block = next(self._file.blocks)
        except StopIteration:
            self._end(complete=True)
            raise
        self._bytes += len(block)
        return block

    def close(self) -> None:
        """Stop what still reads the data."""
        self._file.close()
        self._end(complete=False)

    def _end(self, *, complete: bool) -> None:
        """What cannot be written now must not break the file off, which is whole."""
        if self._ended:
            return
        self._ended = True
        rows = self._file.rows() if complete and self._file.rows is not None else None
        try:
            ExportEntry.objects.filter(pk=self._entry.pk).update(rows=rows, bytes=self._bytes, complete=complete)
        except Error:
            log.exception("How the sending of export entry %s ended is not recorded.", self._entry.pk)
