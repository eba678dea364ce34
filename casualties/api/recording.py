"""Whole lists that leave as files: each leaves its line in the record of exports. Pages of lists leave none."""

from collections.abc import Iterator, Sequence

from rest_framework.request import Request

from casualties.api.answering import Answer
from casualties.exports.record import note_file
from casualties.exports.sent import SentFile
from casualties.filters import Selection
from missions.models import ApiClient, User


def recorded_file(request: Request, file: SentFile, selection: Selection | None) -> Answer:
    """A whole file. When it goes out it leaves a line, and records how that ended; its head alone leaves none."""

    def leaving() -> Iterator[bytes]:
        user = request.user if isinstance(request.user, User) else None
        client = request.auth if isinstance(request.auth, ApiClient) else None
        return note_file(file, address=request.get_full_path(), user=user, client=client, selection=selection)

    return Answer(file, name=file.name, leaving=leaving)


def recorded_list(
    request: Request, answer: Answer, columns: Sequence[str], *, rows: int, selection: Selection | None, version: int
) -> Answer:
    """A whole list as listed() writes it in CSV, recorded. `selection`: None where it is of none."""
    assert isinstance(answer.content, bytes)  # noqa: S101 - listed() gives no blocks
    file = SentFile(answer.name, iter([answer.content]), columns, lambda: rows, version)
    return recorded_file(request, file, selection)
