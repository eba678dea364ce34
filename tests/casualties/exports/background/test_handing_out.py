"""A made file goes to its owner as they see today; its time ends; what one reader may have is bounded."""

import os
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, transaction
from django.utils import timezone

from casualties.exports import background
from casualties.exports.background.store import folder, path_of
from casualties.filters import EVERYTHING, PUBLIC, Viewer
from casualties.models import Export, ExportEntry
from tests.casualties.exports.background.asked import asked, content, made
from tests.factories import data_manager, make_casualty, make_mission, make_release, reader

pytestmark = pytest.mark.django_db(transaction=True)
State, Reason = Export.State, Export.Reason


@pytest.fixture(autouse=True)
def two_people() -> None:
    make_release()
    make_casualty()
    make_casualty(released=False)


def taken(export: Export, viewer: Viewer, **later: float) -> bytes:
    now = timezone.now() + timedelta(**later)
    return b"".join(background.hand_out(export, viewer, now=now, address=f"/exports/{export.pk}/file").blocks)


def test_it_works() -> None:
    export = made(asked(reader(), "cause=malicious-act"))
    assert taken(export, PUBLIC) == content(export)
    entry = downloaded()
    assert (entry.user, entry.query, entry.data_version) == (export.owner, "cause=malicious-act", export.data_version)
    assert (entry.rows, entry.bytes, entry.complete) == (1, export.bytes, True)


def downloaded() -> ExportEntry:
    return ExportEntry.objects.get(how="downloaded")


@pytest.mark.parametrize(("form", "columns"), [("csv", []), ("csv", ["cause", "reference"]), ("xlsx", ["cause"])])
def test_the_record_names_the_columns_that_are_in_the_file(form: str, columns: list[str]) -> None:
    export = made(asked(reader(), form=form, columns=columns))
    written = taken(export, PUBLIC)
    if form == "csv":
        assert downloaded().columns == written.decode().splitlines()[0].split(",")
    if columns:
        assert downloaded().columns == columns


def test_the_record_says_what_was_sent_and_that_it_was_not_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casualties.exports.sent.BLOCK_BYTES", 10)
    export = made(asked(reader()))
    file = background.hand_out(export, PUBLIC, now=timezone.now(), address="/exports/1/file")
    entry = downloaded()
    assert (entry.rows, entry.bytes, entry.complete) == (None, None, None), "nothing was sent yet"
    assert (len(next(file.blocks)), file.size) == (10, export.bytes)
    file.close()
    entry = downloaded()
    assert (entry.rows, entry.bytes, entry.complete) == (None, 10, False)
    assert list(file.blocks) == []
    assert taken(export, PUBLIC) == content(export)
    assert ExportEntry.objects.filter(how="downloaded", complete=True, bytes=export.bytes).count() == 1


@pytest.mark.parametrize("left", [PUBLIC, Viewer(missions=frozenset({-1}))])
def test_a_right_that_was_lost_since(left: Viewer) -> None:
    export = made(asked(data_manager()))
    with pytest.raises(background.Gone):
        taken(export, left)
    export.refresh_from_db()
    assert (export.state, export.reason) == (State.FAILED, Reason.RIGHT)
    assert export.detail == "confirmed records before their release: all missions"
    assert list(folder().iterdir()) == []
    assert ExportEntry.objects.filter(how="refused", export=export).exists()
    assert not ExportEntry.objects.filter(how="downloaded").exists()
    with pytest.raises(background.Gone):  # the right comes back, and the file does not
        taken(export, EVERYTHING)


def test_a_right_to_some_missions() -> None:
    mission = make_mission().pk
    export = made(asked(data_manager()))
    Export.objects.filter(pk=export.pk).update(missions=[mission])
    export.refresh_from_db()
    for enough in (Viewer(missions=frozenset({mission, -1})), EVERYTHING):
        assert taken(export, enough)
    with pytest.raises(background.Gone):
        taken(export, PUBLIC)
    assert export.detail == "confirmed records before their release: MINUSMA"


def test_its_time_ends() -> None:
    export = made(asked(reader()))
    assert taken(export, PUBLIC, hours=71)
    with pytest.raises(background.Gone):
        taken(export, PUBLIC, hours=73)
    assert (export.state, export.reason) == (State.EXPIRED, Reason.OLD)
    assert list(folder().iterdir()) == []


def test_the_timetable_removes_what_is_over_and_what_nobody_claims() -> None:
    somebody = reader()
    old, kept = made(asked(somebody)), made(asked(somebody))
    Export.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    stray, fresh = folder() / "999.csv.part", folder() / "998.csv"
    for path in (stray, fresh):
        path.write_bytes(b"")
    os.utime(stray, (0, 0))
    os.utime(path_of(kept), (0, 0))
    assert background.forget_expired(timezone.now()) == 1
    assert set(folder().iterdir()) == {path_of(kept), fresh}
    old.refresh_from_db()
    assert (old.state, old.reason) == (State.EXPIRED, Reason.OLD)


def test_a_file_that_is_not_on_the_disk() -> None:
    export = made(asked(reader()))
    path_of(export).unlink()
    with pytest.raises(background.Gone):
        taken(export, PUBLIC)
    assert (export.state, export.reason) == (State.FAILED, Reason.FILE_GONE)


def test_so_many_may_wait(settings: Any) -> None:
    settings.EXPORTS_WAITING = 2
    somebody = reader()
    first = asked(somebody)
    asked(somebody)
    with pytest.raises(background.QuotaReached, match="2 exports of yours wait or are being made, and 2 may"):
        asked(somebody)
    asked(data_manager())  # somebody else's are not counted
    assert background.cancel(first)
    asked(somebody)
    assert Export.objects.filter(owner=somebody).count() == 3


def test_so_much_may_be_kept(settings: Any) -> None:
    somebody = reader()
    export = made(asked(somebody))
    settings.EXPORT_KEPT_BYTES = export.bytes
    with pytest.raises(background.QuotaReached, match="0 MB may be kept"):
        asked(somebody)
    assert background.delete(export)
    assert not background.delete(export)
    assert list(folder().iterdir()) == []
    asked(somebody)


def test_the_record_is_not_rewritten() -> None:
    made(asked(reader()))
    entry = ExportEntry.objects.get()
    for change in (entry.delete, lambda: ExportEntry.objects.update(words="nothing"), ExportEntry.objects.all().delete):
        with pytest.raises(Error), transaction.atomic():
            change()
    ExportEntry.objects.update(rows=1, bytes=2, complete=True)
    assert folder().stat().st_mode & 0o077 == 0
