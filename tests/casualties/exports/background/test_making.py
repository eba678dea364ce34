"""A worker makes the very file that is sent at once; what its owner may no longer have is not made."""

import io
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from casualties.exports import background, makers
from casualties.exports.background.store import folder
from casualties.exports.files import DataMoved, people_file
from casualties.filters import EVERYTHING, PUBLIC, load_basis, select, viewer_of
from casualties.models import Casualty, Export, ExportEntry
from missions.models import DataVersion, Mission, Posting, Role, User
from tests.casualties.exports.background.asked import TODAY, asked, content, made
from tests.casualties.exports.reading import text_of
from tests.factories import data_manager, make_casualty, make_mission, make_release, make_user, reader, reporter

pytestmark = pytest.mark.django_db(transaction=True)
State, Reason = Export.State, Export.Reason


@pytest.fixture(autouse=True)
def three_people() -> None:
    make_release()
    make_casualty(reference="a")
    make_casualty(reference="b", cause="illness")
    make_casualty(reference="secret", released=False)


@pytest.mark.parametrize("header", [False, True])
@pytest.mark.parametrize("columns", [[], ["reference", "cause"]])
def test_it_is_the_file_that_is_sent_at_once(columns: list[str], header: bool) -> None:
    export = made(asked(reader(), "cause=illness", columns=columns, header=header))
    at_once = people_file(select("cause=illness", PUBLIC), columns=columns, header=header)
    assert content(export) == b"".join(at_once.blocks)
    assert (export.state, export.rows, export.rows_expected, export.name) == (State.DONE, 1, 1, at_once.name)
    assert export.sha256 == sha256(content(export)).hexdigest()
    assert export.bytes == len(content(export))
    assert export.data_version == DataVersion.current()
    assert export.expires_at is not None
    assert export.finished_at is not None
    assert export.expires_at - export.finished_at == timedelta(hours=72)
    assert [path.name for path in folder().iterdir()] == [f"{export.pk}.csv"]


@pytest.mark.parametrize(("file", "rows"), [("casualties", 3), ("incidents", 2)])
def test_a_workbook_holds_what_its_owner_sees(file: str, rows: int) -> None:
    export = made(asked(data_manager(), file=file, form="xlsx"))
    book = load_workbook(io.BytesIO(content(export)))
    assert len(list(book["data"].rows)) == rows + 1
    assert (export.state, export.rows) == (State.DONE, rows)
    said = dict(list(book["about this file"].iter_rows(values_only=True))[1:])
    assert said["data version"] == export.data_version
    assert not background.make_next(on=TODAY)


def test_confirmed_records_reach_those_alone_who_may_see_them() -> None:
    assert b"secret" not in content(made(asked(reader())))
    assert b"secret" in content(made(asked(data_manager())))


@pytest.mark.parametrize(
    ("lost", "reason", "named"),
    [
        ("posting", Reason.RIGHT, "confirmed records before their release: MINUSMA"),
        ("account", Reason.ACCOUNT, ""),
    ],
)
def test_a_right_that_was_lost_while_it_waited(lost: str, reason: str, named: str) -> None:
    somebody = reporter(mission=make_mission())
    export = asked(somebody, columns=["reference", "released"])
    if lost == "posting":
        Posting.objects.all().delete()
    else:
        User.objects.update(is_active=False)
    made(export)
    assert (export.state, export.reason, export.detail) == (State.FAILED, reason, named)
    assert list(folder().iterdir()) == []


def test_a_right_that_was_won_while_it_waited_is_asked_for_from_then_on() -> None:
    """What its owner may see is looked at when it is made: the file may hold more than they saw when they asked."""
    somebody = make_user(Role.REPORTER, everywhere=False)
    export = asked(somebody)
    now_sees = Posting.objects.create(user=somebody, mission=make_mission(), role=Role.REPORTER, valid_from=TODAY)
    assert b"secret" in content(made(export))
    now_sees.delete()
    with pytest.raises(background.Gone):
        background.hand_out(export, viewer_of(somebody, on=TODAY), now=timezone.now(), address="/exports/1/file")
    assert (export.reason, list(folder().iterdir())) == (Reason.RIGHT, [])
    assert not ExportEntry.objects.filter(how="downloaded").exists()


def test_a_posting_that_ends_meanwhile_is_lost_on_the_day_after() -> None:
    somebody = reporter(mission=make_mission())
    Posting.objects.update(valid_until=TODAY)
    export = asked(somebody)
    background.make_next(on=TODAY + timedelta(days=1))
    export.refresh_from_db()
    assert export.reason == Reason.RIGHT


def test_what_cannot_be_answered_any_more_is_named() -> None:
    export = asked(reader(), "mission=MINUSMA")
    Mission.objects.update(acronym="RENAMED")
    made(export)
    assert (export.state, export.reason) == (State.FAILED, Reason.SELECTION)
    assert export.detail.startswith("mission=MINUSMA is not")


@pytest.mark.parametrize(("times", "state", "reason"), [(1, State.DONE, ""), (99, State.FAILED, Reason.DATA_MOVED)])
def test_data_that_move_while_it_is_made(monkeypatch: pytest.MonkeyPatch, times: int, state: str, reason: str) -> None:
    """It is made again from the newer state; where that goes on and on, it fails and says so."""
    moves = iter(range(times))

    def moving(*args: Any, **options: Any) -> Any:
        if next(moves, None) is not None:
            make_casualty(reference=f"new-{DataVersion.current()}")
            raise DataMoved
        return people_file(*args, **options)

    monkeypatch.setitem(makers.MAKERS, ("casualties", "csv"), moving)
    export = made(asked(reader()))
    assert (export.state, export.reason) == (state, reason)
    if state == State.DONE:
        assert b"new-" in content(export)
        assert export.data_version == DataVersion.current()


def test_rows_that_move_while_a_workbook_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casualties.exports.background.watching.Watcher.look", lambda self, rows: move())
    moved: list[int] = []

    def move() -> None:
        if not moved:
            moved.append(1)
            Casualty.objects.filter(reference="a").update(gender="f")

    monkeypatch.setattr("casualties.exports.workbooks.ROWS_BETWEEN_LOOKS", 1)
    export = made(asked(reader(), form="xlsx"))
    assert export.state == State.DONE
    assert export.data_version == DataVersion.current() == load_basis().version
    book = load_workbook(io.BytesIO(content(export)))
    headings, *rows = book["data"].iter_rows(values_only=True)
    genders = {row[0]: row[headings.index("gender")] for row in rows}
    assert genders == {"a": "f", "b": "not-recorded"}


def test_a_failure_is_told_and_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*args: Any, **options: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setitem(makers.MAKERS, ("casualties", "csv"), failing)
    export = asked(reader())
    with pytest.raises(ZeroDivisionError):
        background.make_next(on=TODAY)
    export.refresh_from_db()
    assert (export.state, export.reason, export.detail) == (State.FAILED, Reason.FAILURE, "ZeroDivisionError")
    assert not background.exports_are_waiting()


def test_more_than_one_reader_may_keep_is_not_made(settings: Any) -> None:
    settings.EXPORT_KEPT_BYTES = 100
    export = made(asked(reader()))
    assert (export.state, export.reason) == (State.FAILED, Reason.SPACE)
    assert list(folder().iterdir()) == []


def test_one_that_was_lost_with_its_worker_comes_first_and_not_for_ever() -> None:
    somebody = reader()
    waiting, lost = asked(somebody), asked(somebody)
    Export.objects.filter(pk=lost.pk).update(state=State.RUNNING, attempts=1)
    assert background.exports_are_waiting()
    assert background.make_next(on=TODAY)
    lost.refresh_from_db()
    assert (lost.state, lost.attempts) == (State.DONE, 2)
    Export.objects.filter(pk=waiting.pk).update(state=State.RUNNING, attempts=3)
    assert not background.make_next(on=TODAY)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == (State.FAILED, Reason.LOST)


def test_the_record_says_that_it_was_asked_for() -> None:
    somebody = reader()
    export = asked(somebody, "cause=illness")
    entry = ExportEntry.objects.get()
    assert (entry.user, entry.how, entry.export) == (somebody, "asked", export)
    assert (entry.file, entry.form, entry.query) == ("casualties", "csv", "cause=illness")
    assert "cause: Illness" in entry.words
    assert entry.columns[:2] == ["reference", "incident"]
    assert entry.data_version == DataVersion.current()


def test_everything_is_still_what_it_was_for_those_who_see_all() -> None:
    export = made(asked(data_manager(), columns=["reference", "released"]))
    assert content(export).decode() == text_of(people_file(select("", EVERYTHING), columns=["reference", "released"]))
