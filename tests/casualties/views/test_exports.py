"""Exports on pages: what is long is offered, asked for, shown, cancelled, downloaded; for its owner alone."""

import re
from pathlib import Path
from typing import Any

import pytest
from celery import Task
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from kombu.exceptions import OperationalError

from casualties.counts import count
from casualties.exports import background
from casualties.exports.background.store import folder
from casualties.models import Export, ExportEntry
from missions.models import Posting, User
from tests.casualties.exports.background.asked import TODAY, asked, content, made
from tests.casualties.views.reading import main_of, page
from tests.casualties.views.test_hostile_addresses import HOSTILE, refused
from tests.factories import data_manager, make_casualty, make_release, reader

pytestmark = pytest.mark.django_db
ADD = "/exports/add?cause=malicious-act&file=casualties&form=csv&columns=reference,cause"
Capture = Any


@pytest.fixture(autouse=True)
def two_are_long(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two people of whom one is enough to be sent at once; the tasks that are sent."""
    settings.EXPORT_STREAM_ROWS = 1
    settings.PUBLIC_READING = True
    make_release()
    make_casualty(reference="a")
    make_casualty(reference="b")
    messages: list[str] = []
    monkeypatch.setattr(Task, "apply_async", lambda task, *_args, **_options: messages.append(task.name))
    return messages


@pytest.fixture
def somebody(client: Client) -> User:
    user = reader()
    client.force_login(user)
    return user


def test_a_long_workbook_is_not_made_while_one_waits(client: Client) -> None:
    response = client.get("/casualties.xlsx?cause=malicious-act")
    assert response.status_code == 413
    said = response.content.decode()
    assert "2 rows; up to 1 it is made while you wait" in said
    assert "/casualties.csv?cause=malicious-act\n" in said
    assert "ETag" not in response
    assert client.get("/incidents.xlsx").status_code == 200  # one incident
    assert client.get("/casualties.xlsx?cause=illness").status_code == 200
    assert not ExportEntry.objects.filter(file="casualties", rows=2).exists()
    client.force_login(reader())
    response = client.get("/casualties.xlsx?cause=malicious-act&columns=cause")
    assert response.status_code == 302
    assert response.url == "/exports/add?file=casualties&form=xlsx&cause=malicious-act&columns=cause"  # type: ignore[attr-defined]
    assert "at most 2" in main_of(client.get(response.url))  # type: ignore[attr-defined]


def test_the_explorer_leads_there(client: Client, settings: Any) -> None:
    text = page(client.get("/incidents/?cause=malicious-act"))
    link = re.search(r'<a class="btn" href="([^"]*)">XLSX, people, in the background</a>', text)
    assert link is not None
    assert link.group(1) == "/exports/add?cause=malicious-act&amp;file=casualties&amp;form=xlsx"
    settings.EXPORT_STREAM_ROWS = 2
    assert 'casualties.xlsx?cause=malicious-act" download>XLSX, people</a>' in page(
        client.get("/incidents/?cause=malicious-act")
    )


def test_chosen_columns_lead_there_too(client: Client) -> None:
    sent = {"columns": ["cause", "reference"], "do": "csv"}
    assert client.post("/columns/", sent).url == "/casualties.csv?columns=cause,reference"  # type: ignore[attr-defined]
    client.force_login(reader())
    response = client.post("/columns/?cause=malicious-act", sent)
    address = "/exports/add?cause=malicious-act&columns=cause,reference&file=casualties&form=csv"
    assert response.url == address  # type: ignore[attr-defined]
    assert "Send it at once instead" in main_of(client.get(address))


def test_asked_for_made_downloaded(
    client: Client, somebody: User, two_are_long: list[str], django_capture_on_commit_callbacks: Capture
) -> None:
    assert "at most 2" in main_of(client.get(ADD))
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(ADD, follow=True)
    assert two_are_long == ["casualties.tasks.make_exports"]
    assert response.redirect_chain == [("/exports/", 302)]
    assert "The export waits for its turn" in main_of(response)
    text = page(response)
    assert 'hx-get="/exports/"' in text
    assert "1 of 3 is waiting or being made" in main_of(response)
    export = Export.objects.get()
    assert (export.owner, export.query, export.columns) == (somebody, "cause=malicious-act", ["reference", "cause"])
    assert client.get(f"/exports/{export.pk}/file").status_code == 409

    Export.objects.update(state="running", rows=1)
    part = page(client.get("/exports/", headers={"HX-Request": "true"}))
    assert part.startswith('<div id="exports"')
    assert '<progress max="2" value="1"' in part
    assert "1 of 2" in part


@pytest.mark.django_db(transaction=True)
def test_the_file(client: Client, somebody: User) -> None:
    export = made(asked(somebody, "cause=malicious-act"))
    text = page(client.get("/exports/"))
    assert "hx-get" not in text
    assert export.sha256 in text
    assert f"version {export.data_version} of the data" in text
    head = client.head(f"/exports/{export.pk}/file")
    assert head.status_code == 200
    assert not ExportEntry.objects.filter(how="downloaded").exists()
    response = client.get(f"/exports/{export.pk}/file")
    at_once = client.get("/casualties.csv?cause=malicious-act")
    assert b"".join(response.streaming_content) == content(export) == at_once.getvalue()  # type: ignore[attr-defined]
    assert response["Content-Disposition"] == at_once["Content-Disposition"]
    assert response["Content-Type"] == at_once["Content-Type"]
    assert response["Data-Version"] == str(export.data_version)
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Length"] == head["Content-Length"] == str(export.bytes)
    entry = ExportEntry.objects.get(how="downloaded", user=somebody)
    assert (entry.rows, entry.bytes, entry.complete) == (2, export.bytes, True)

    client.post(f"/exports/{export.pk}/delete")
    assert list(folder().iterdir()) == []
    gone = client.get(f"/exports/{export.pk}/file")
    assert gone.status_code == 410
    assert "Deleted by its owner." in main_of(gone)


@pytest.mark.django_db(transaction=True)
def test_a_right_that_was_lost_is_named(client: Client) -> None:
    manager = data_manager()
    client.force_login(manager)
    make_casualty(reference="secret", released=False)
    export = made(asked(manager))
    assert b"secret" in content(export)
    Posting.objects.all().delete()
    response = client.get(f"/exports/{export.pk}/file")
    assert response.status_code == 403
    assert "A right that it was asked with was lost meanwhile" in main_of(response)
    assert "confirmed records before their release: all missions" in main_of(response)
    assert list(folder().iterdir()) == []
    assert "confirmed records before their release: all missions" in main_of(client.get("/exports/"))
    User.objects.update(is_active=False)
    assert client.get(f"/exports/{export.pk}/file").status_code == 302


def test_nobody_else_reaches_it(client: Client) -> None:
    export = asked(data_manager())
    for user in (None, reader(), User.objects.create_superuser("root@example.org", "x")):
        if user:
            client.force_login(user)
        expected = 404 if user else 302
        assert client.get(f"/exports/{export.pk}/file").status_code == expected
        for doing in ("cancel", "delete"):
            assert client.post(f"/exports/{export.pk}/{doing}").status_code == expected
            assert client.get(f"/exports/{export.pk}/{doing}").status_code == (405 if user else 302)
        if user:
            assert "Nothing was asked for yet" in main_of(client.get("/exports/"))
    export.refresh_from_db()
    assert export.state == Export.State.QUEUED


def test_cancelled(client: Client, somebody: User) -> None:
    export = asked(somebody)
    assert "The export was cancelled." in main_of(client.post(f"/exports/{export.pk}/cancel", follow=True))
    again = main_of(client.post(f"/exports/{export.pk}/cancel", follow=True))
    assert "This export was over already: cancelled." in again
    assert "This export has no file" in main_of(client.post(f"/exports/{export.pk}/delete", follow=True))
    assert not background.make_next(on=TODAY)


def test_no_more_than_the_quota(client: Client, somebody: User, settings: Any) -> None:
    settings.EXPORTS_WAITING = 1
    asked(somebody)
    response = client.post(ADD)
    assert response.status_code == 409
    assert "1 export of yours waits or is being made, and 1 may." in main_of(response)
    assert '<button class="primary" disabled>' in page(client.get(ADD))
    assert Export.objects.count() == 1


def test_a_short_one_is_sent_at_once(client: Client, somebody: User, settings: Any) -> None:
    settings.EXPORT_STREAM_ROWS = 2
    assert "short enough to be sent at once" in main_of(client.get(ADD))
    response = client.post(ADD)
    assert response.url == "/casualties.csv?cause=malicious-act&columns=reference,cause"  # type: ignore[attr-defined]
    assert not Export.objects.exists()


def test_its_rows_are_counted_once(client: Client, somebody: User, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []

    def counting(*args: Any, **options: Any) -> Any:
        counted.append("")
        return count(*args, **options)

    monkeypatch.setattr("casualties.exports.background.sizes.count", counting)
    assert client.post(ADD).status_code == 302
    assert (len(counted), Export.objects.get().rows_expected) == (1, 2)


def test_a_queue_that_takes_nothing_loses_nothing(
    client: Client, somebody: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Capture
) -> None:
    def down(*_args: object, **_options: object) -> None:
        raise OperationalError

    monkeypatch.setattr(Task, "apply_async", down)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(ADD).status_code == 302
    assert background.exports_are_waiting()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/exports/add?file=people", "file=people is not one of the allowed values"),
        ("/exports/add?form=pdf", "form=pdf is not one of the allowed values"),
        ("/exports/add?columns=name", "columns=name is not a column of this file"),
        ("/exports/add?columns=place", "columns=place is not a column of this file"),
        ("/exports/add?form=xlsx&header=1", "header=1 stands above a CSV alone"),
        ("/exports/add?header=yes&form=csv", "header=yes is not one of the allowed values"),
        ("/exports/add?cuase=illness", "cuase is not a filter"),
        ("/exports/add?form=csv&form=xlsx", "form=csv, xlsx may be given once only"),
        ("/exports/?page=2", "page is not a filter"),
        ("/exports/?cause=illness", "cause=illness is not a filter of this page"),
    ],
)
def test_refused_by_name(client: Client, somebody: User, address: str, said: str) -> None:
    for response in (client.get(address), client.post(address)):
        if response.status_code != 405:
            assert response.status_code == 400
            assert said in main_of(response)
    assert not Export.objects.exists()


def test_hostile_values(client: Client, somebody: User) -> None:
    for value in HOSTILE[::5]:
        for name in ("file", "form", "columns", "header", "cause"):
            refused(client, "/exports/add", f"{name}={value}", name)


def test_the_folder_is_no_address(client: Client, somebody: User, settings: Any) -> None:
    """Files of exports are handed out by one view alone."""
    assert folder().is_relative_to(Path(settings.STATE_DIR))
    assert not folder().is_relative_to(settings.STATIC_ROOT)
    assert not folder().is_relative_to(settings.MEDIA_ROOT)


@pytest.mark.parametrize("path", ["/exports/", "/exports/log/", ADD])
def test_questions_do_not_grow_with_the_lists(client: Client, settings: Any, path: str) -> None:
    settings.EXPORTS_WAITING = 100
    manager = data_manager()
    client.force_login(manager)
    asked_of_database = []
    for _ in range(2):
        for _ in range(5):
            asked(manager, "mission=MINUSMA")
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        asked_of_database.append(len(queries))
    assert asked_of_database[0] == asked_of_database[1] <= 15
