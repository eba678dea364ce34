"""Imports: upload -> preview -> apply or discard; what is wrong is named; who may not is told."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casualties import tasks
from casualties.counts import total
from casualties.filters import PUBLIC, select
from casualties.models import Casualty, ExportEntry
from missions.models import ImportBatch
from tests.casualties.views.reading import table
from tests.factories import data_manager, make_country, make_mission, reader

pytestmark = pytest.mark.django_db

HEAD = (
    "id,incident_date,casualty_id,mission_acronym,type_of_casualty,gender,casualty_nationality,"
    "casualty_personnel_type,type_of_incident,m49_code,isocode3,last_update\r\n"
)
GOOD = "1,2019-01-20,MINUSMA-2019-01-00001,MINUSMA,Fatality,M,Chad,Military,Malicious Act,148.0,TCD,2023-11-28\r\n"
BAD = "2,2019-13-45,MINUSMA-2019-01-00002,MINUSMA,Fatality,M,Chad,Military,Malicious Act,148.0,TCD,2023-11-28\r\n"


@pytest.fixture
def manager(client: Client) -> Client:
    make_mission()
    make_country(m49="148")
    client.force_login(data_manager())
    return client


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tasks run where they are sent; that they run in a worker is tested with real processes."""
    for task in (tasks.run_import, tasks.resume_import, tasks.rebuild_trends):
        monkeypatch.setattr(task, "delay", task)


def upload(client: Client, text: str | bytes, **fields: Any) -> Any:
    content = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile("release.csv", content, content_type="text/csv")
    return client.post("/imports/", {"file": file, **fields}, follow=True)


def batch() -> ImportBatch:
    return ImportBatch.objects.latest("id")


def test_upload_preview_apply(manager: Client, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        upload(manager, HEAD + GOOD)
    assert batch().state == ImportBatch.State.PREVIEWED
    assert not Casualty.objects.exists()
    page = manager.get(f"/imports/{batch().pk}/").content.decode()
    assert "What it would change" in page
    with django_capture_on_commit_callbacks(execute=True):
        manager.post(f"/imports/{batch().pk}/apply")
    assert batch().state == ImportBatch.State.APPLIED
    assert total(select("mission=MINUSMA", PUBLIC)) == 1
    assert "What it changed" in manager.get(f"/imports/{batch().pk}/").content.decode()


def test_problems_are_named_and_can_be_downloaded(manager: Client, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        upload(manager, HEAD + GOOD + BAD)
    page = manager.get(f"/imports/{batch().pk}/").content.decode()
    assert "2019-13-45" in page
    assert batch().state == ImportBatch.State.REFUSED
    assert "A file with an error is refused as a whole: nothing of it was taken." in page
    assert "Warnings" not in page
    file = b"".join(manager.get(f"/imports/{batch().pk}/problems.csv")).decode()
    assert file.startswith("line,column,value,reason,level\r\n3,incident_date,2019-13-45,")
    entry = ExportEntry.objects.get()
    assert (entry.file, entry.form) == (f"imports/{batch().pk}/problems", "csv")
    assert (entry.user, entry.columns[0]) == (batch().created_by, "line")
    assert (entry.rows, entry.bytes, entry.complete) == (batch().errors, len(file.encode()), True)


def test_who_would_be_changed_is_listed_and_can_be_downloaded(
    manager: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        upload(manager, HEAD + GOOD)
    with django_capture_on_commit_callbacks(execute=True):
        manager.post(f"/imports/{batch().pk}/apply")
    with django_capture_on_commit_callbacks(execute=True):
        upload(manager, HEAD + GOOD.replace("Malicious Act", "Accident").replace("2023-11-28", "2023-12-05"))
    (_head, row) = table(manager.get(f"/imports/{batch().pk}/"), "Who would be changed")
    assert row == ["MINUSMA-2019-01-00001", "MINUSMA", "20 Jan 2019", "1", "cause", "malicious-act", "accident", "2"]
    file = b"".join(manager.get(f"/imports/{batch().pk}/changes.csv")).decode()
    assert file.splitlines() == [
        "line,reference,mission,occurred_on,persons,field,before,after",
        "2,MINUSMA-2019-01-00001,MINUSMA,2019-01-20,1,cause,malicious-act,accident",
    ]
    with django_capture_on_commit_callbacks(execute=True):
        manager.post(f"/imports/{batch().pk}/apply", {"accept_large_change": "yes", "brake": batch().brakes})
    assert "Who would be changed" not in manager.get(f"/imports/{batch().pk}/").content.decode()


def test_discard(manager: Client, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        upload(manager, HEAD + GOOD)
    manager.post(f"/imports/{batch().pk}/discard")
    assert batch().state == ImportBatch.State.DISCARDED
    response = manager.post(f"/imports/{batch().pk}/apply", follow=True)
    assert "cannot be applied" in response.content.decode()
    assert not Casualty.objects.exists()


@pytest.mark.parametrize("content", [b"<html><body>Not found</body></html>", b"PK\x03\x04zip", b"", b"\x00\x01"])
def test_what_is_no_release_is_refused_in_a_sentence(
    manager: Client, django_capture_on_commit_callbacks: Any, content: bytes
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = upload(manager, content)
    if content:
        assert batch().state == ImportBatch.State.REFUSED
        assert batch().message in manager.get(f"/imports/{batch().pk}/").content.decode()
    else:
        assert response.status_code == 400
        assert "empty" in response.content.decode()


def test_a_file_over_the_limit_is_refused_before_it_is_kept(manager: Client, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 100
    response = upload(manager, HEAD + GOOD)
    assert response.status_code == 400
    assert "the limit is 100" in response.content.decode().replace("\xa0", " ")
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("refused", "Warnings do not stop a file; it was refused for the reason given above."),
        ("previewed", "Warnings do not stop a file: it can be applied."),
        ("applied", "Warnings did not stop the file."),
        ("discarded", "Warnings do not stop a file."),
    ],
)
def test_what_a_warning_means_in_each_state(manager: Client, state: str, said: str) -> None:
    day = {"applied_at": datetime(2023, 11, 28, tzinfo=UTC), "release_date": "2023-11-28"}
    found = ImportBatch.objects.create(state=state, file_name="x", warnings=1, **(day if state == "applied" else {}))
    found.problems.create(line=2, column="gender", value="X", reason="is unusual", level="warning")
    assert f"1 warning. {said} <a" in manager.get(f"/imports/{found.pk}/").content.decode()


def test_the_list_has_numbered_pages(manager: Client) -> None:
    ImportBatch.objects.bulk_create(ImportBatch(file_name=f"{n}.csv") for n in range(26))
    for query in ("page=2", "page=2&page="):
        assert "26–26 / 26" in manager.get(f"/imports/?{query}").content.decode()
    for query, said in (("page=3", "page=3"), ("page=x", "page=x"), ("page=1&page=2", "page=1, 2"), ("y=1", "y")):
        response = manager.get(f"/imports/?{query}")
        assert response.status_code == 400
        assert re.search(rf"{said} (is|may)", response.content.decode())


def test_a_release_date_that_is_sent_twice_is_none(manager: Client) -> None:
    response = upload(manager, HEAD + GOOD, release_date=["2023-11-28", "2023-11-29"])
    assert response.status_code == 400
    assert "release_date=2023-11-28, 2023-11-29 may be given once only" in response.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_hostile_file_name_stays_a_name(manager: Client, settings: Any) -> None:
    file = SimpleUploadedFile("../../etc/<b>passwd</b>.csv", (HEAD + GOOD).encode())
    page = manager.post("/imports/", {"file": file}, follow=True).content.decode()
    assert "<b>passwd" not in page
    assert Path(batch().file.path).resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve())


def test_a_large_change_waits_for_the_managers_word(manager: Client) -> None:
    found = ImportBatch.objects.create(
        state=ImportBatch.State.PREVIEWED, file_name="x", brakes=["It would withdraw 40 people."], rows=1
    )
    page = manager.get(f"/imports/{found.pk}/").content.decode()
    assert "It would withdraw 40 people." in page
    assert '<input type="hidden" name="brake" value="It would withdraw 40 people.">' in page
    word = {"accept_large_change": "yes"}
    for sent in ({}, word, word | {"brake": "It would withdraw 20 people."}):
        response = manager.post(f"/imports/{found.pk}/apply", sent, follow=True)
        assert "It would withdraw 40 people." in response.content.decode()
        assert batch().state == ImportBatch.State.PREVIEWED
    manager.post(f"/imports/{found.pk}/apply", word | {"brake": "It would withdraw 40 people."})
    assert batch().state == ImportBatch.State.APPLYING


def test_progress_is_a_part_of_the_page(manager: Client) -> None:
    found = ImportBatch.objects.create(state=ImportBatch.State.READING, file_name="x", step="Comparing", done=5, rows=9)
    part = manager.get(f"/imports/{found.pk}/", headers={"HX-Request": "true"})
    assert "Comparing" in part.content.decode()
    assert "<html" not in part.content.decode()
    ImportBatch.objects.update(state=ImportBatch.State.PREVIEWED)
    assert manager.get(f"/imports/{found.pk}/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_lost_work_is_said_at_once(manager: Client) -> None:
    ImportBatch.objects.create(state=ImportBatch.State.READING, file_name="x")
    ImportBatch.objects.update(created_at="2020-01-01T00:00Z")
    assert "Interrupted" in manager.get(f"/imports/{batch().pk}/").content.decode()


def test_readers_are_told_and_the_anonymous_sign_in(client: Client) -> None:
    assert client.get("/imports/").url.startswith("/accounts/login/")  # type: ignore[attr-defined]
    client.force_login(reader())
    assert client.get("/imports/").status_code == 403
    assert client.post("/imports/").status_code == 403


def test_the_list_says_errors_and_warnings_as_the_page_of_the_import_does(
    manager: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        upload(manager, HEAD + GOOD + BAD)
    ImportBatch.objects.update(warnings=95)
    assert "1 error, 95 warnings</td>" in manager.get("/imports/").content.decode()
    page = manager.get(f"/imports/{batch().pk}/").content.decode()
    assert "1 error, 95 warnings." in page
    assert ' class="nw">2019-13-45</td>' in page
