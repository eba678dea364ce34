"""Exports as a reader asks for them, and as a worker makes them."""

from datetime import date
from typing import Any

from casualties.exports import background
from casualties.exports.background.store import path_of
from casualties.filters import select, viewer_of
from casualties.models import Export
from missions.models import User

TODAY = date(2026, 11, 22)


def asked(user: User, query: str = "", **said: Any) -> Export:
    """An export that waits; people as CSV unless told otherwise."""
    selection = select(query, viewer_of(user, on=TODAY))
    wanted = {"file": "casualties", "form": "csv", **said}
    rows = background.rows_expected(wanted["file"], selection)
    return background.ask(user, selection, address="/exports/add", rows=rows, **wanted)


def made(export: Export) -> Export:
    """The export after a worker has made everything that waits."""
    while background.make_next(on=TODAY):
        pass
    export.refresh_from_db()
    return export


def content(export: Export) -> bytes:
    """What stands in its file."""
    return path_of(export).read_bytes()
