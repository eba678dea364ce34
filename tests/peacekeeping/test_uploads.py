"""A file that may not come is refused before any of it is on the disk, and its sender is told why."""

from typing import Any

import pytest
from django.core.files import uploadhandler
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client

from missions.models import ImportBatch
from tests.casualties.views.reading import main_of
from tests.factories import data_manager, reader

pytestmark = pytest.mark.django_db

MEGABYTE = 1024**2


@pytest.fixture(autouse=True)
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that came onto the disk."""
    names: list[str] = []

    class Noted(TemporaryUploadedFile):
        def __init__(self, name: str, *args: Any) -> None:
            names.append(name)
            super().__init__(name, *args)

    monkeypatch.setattr(uploadhandler, "TemporaryUploadedFile", Noted)
    return names


def send(client: Client, address: str, *, size: int = 10) -> Any:
    return client.post(address, {"file": SimpleUploadedFile("a.csv", b"x" * size), "language": "fr"})


def test_data_managers_send_files(client: Client, written: list[str]) -> None:
    client.force_login(data_manager())
    assert send(client, "/imports/").status_code == 302
    assert ImportBatch.objects.get().file_name == "a.csv"
    assert written == ["a.csv"]


@pytest.mark.parametrize("address", ["/language/", "/accounts/login/", "/columns/", "/nothing/here"])
def test_elsewhere_no_file_is_taken(client: Client, address: str, written: list[str]) -> None:
    response = send(client, address)
    assert written == []
    if response.status_code != 404:  # nothing is read where nothing is
        assert response.status_code == 400
        assert "No file is taken at this address." in main_of(response)


@pytest.mark.parametrize("signed_in", [True, False])
def test_who_may_not_is_told_so_before_it_is_kept(client: Client, signed_in: bool, written: list[str]) -> None:
    """Where the form's token is right it is read for it, and that is before the page has asked who sent it."""
    strict = Client(enforce_csrf_checks=True)
    if signed_in:
        strict.force_login(reader())
    token = strict.get("/accounts/password/reset/").cookies["csrftoken"].value
    file = SimpleUploadedFile("a.csv", b"x")
    response = strict.post("/imports/", {"file": file, "csrfmiddlewaretoken": token})
    assert response.status_code == 403
    assert "This page is for data managers and administrators." in main_of(response)
    assert written == []


def test_a_request_that_announces_too_much_is_not_read(client: Client, settings: Any, written: list[str]) -> None:
    client.force_login(data_manager())
    settings.UPLOAD_LIMIT_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = MEGABYTE, 1000
    for address in ("/imports/", "/language/"):
        response = send(client, address, size=MEGABYTE + 1000)
        assert response.status_code == 413
        assert "A file may have 1 MB at most. Nothing was read." in main_of(response)
    assert written == []
    assert send(client, "/imports/", size=MEGABYTE).status_code == 302


def test_fields_that_are_too_long_are_too_much_as_well(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = client.post("/language/", {"language": "x" * 2000})
    assert response.status_code == 413
    assert "This request cannot be answered" in main_of(response)
