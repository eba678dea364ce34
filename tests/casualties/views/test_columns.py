"""Columns by choice: per column and role, kept per user, and never a way to what somebody may not have."""

import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from casualties.exports.columns import INCIDENTS, PEOPLE
from missions.models import SEES_CONFIRMED, Role, SavedColumns
from tests.casualties.views.reading import main_of, page
from tests.factories import make_casualty, make_mission, make_release, make_user, reader, reporter
from tests.kept import standing

pytestmark = pytest.mark.django_db
FILES = {"casualties": PEOPLE, "incidents": INCIDENTS}


@pytest.fixture(autouse=True)
def public(settings: Any) -> None:
    settings.PUBLIC_READING = True


def make_a_release() -> None:
    make_release()
    make_casualty()


a_release = standing(make_a_release, autouse=True)


def offered(client: Client, file: str) -> set[str]:
    text = page(client.get(f"/columns/?file={file}"))
    return {column.name for column in FILES[file] if f'name="columns" value="{column.name}"' in text}


@pytest.mark.parametrize("role", ["", *Role.values])
@pytest.mark.parametrize("file", FILES)
def test_every_column_by_role(client: Client, file: str, role: str) -> None:
    """A column is on the page, and in a file, for those who may have it, and refused by name to all others."""
    if role:
        client.force_login(make_user(Role(role)))
    staff = role in SEES_CONFIRMED
    may = {column.name for column in FILES[file] if staff or column.audience == "public"}
    assert offered(client, file) == may
    book = load_workbook(io.BytesIO(b"".join(client.get(f"/{file}.xlsx?columns={','.join(may)}"))))
    assert {cell.value for cell in book["data"][1]} == may
    hidden = {column.name for column in FILES[file]} - may
    for name in hidden:
        for form in ("csv", "xlsx"):
            refused = client.get(f"/{file}.{form}?columns=mission,{name}")
            assert refused.status_code == 400
            said, _mark, allowed = refused.content.decode().partition("allowed: ")
            assert f"columns={name} is not a column of this file" in said
            assert not set(allowed.strip().split(", ")) & hidden


def test_a_choice_leads_to_a_file_that_names_its_columns(client: Client) -> None:
    response = client.post("/columns/?cause=illness", {"columns": ["cause", "reference"], "do": "csv"})
    assert response.url == "/casualties.csv?cause=illness&columns=cause,reference"  # type: ignore[attr-defined]
    response = client.post("/columns/?file=incidents", {"columns": ["mission"], "do": "xlsx"})
    assert response.url == "/incidents.xlsx?columns=mission"  # type: ignore[attr-defined]


def test_it_is_kept_for_the_user_alone_and_changes_no_address(client: Client) -> None:
    somebody = reader()
    client.force_login(somebody)
    plain = client.get("/casualties.csv?cause=illness").getvalue()
    client.post("/columns/", {"columns": ["cause", "gender"], "do": "keep"})
    assert SavedColumns.objects.get(user=somebody, file="casualties").columns == ["cause", "gender"]
    text = page(client.get("/columns/"))
    assert text.count(" checked") == 2
    assert 'value="gender" checked' in text
    assert client.get("/casualties.csv?cause=illness").getvalue() == plain
    client.post("/columns/", {"do": "keep"})
    assert not SavedColumns.objects.exists()
    other = Client()
    assert 'value="reference" checked' in page(other.get("/columns/"))


def test_a_right_that_is_lost_takes_its_column_with_it(client: Client) -> None:
    somebody = reporter(mission=make_mission())
    client.force_login(somebody)
    client.post("/columns/", {"columns": ["cause", "place"], "do": "keep"})
    assert 'value="place" checked' in page(client.get("/columns/"))
    somebody.postings.all().delete()
    text = page(client.get("/columns/"))
    assert 'value="place"' not in text
    assert 'value="cause" checked' in text
    assert client.get("/casualties.csv?columns=cause,place").status_code == 400


def test_what_is_refused(client: Client) -> None:
    client.force_login(reader())
    for path, data, said in (
        ("/columns/?file=people", None, "file=people"),
        ("/columns/?cuase=illness", None, "cuase"),
        ("/columns/", {"columns": ["place"], "do": "keep"}, "columns=place"),
        ("/columns/", {"columns": ["cause"], "do": "run"}, "do=run"),
        ("/columns/", {"columns": ["cause", "year"], "do": ["csv", "keep"]}, "do=csv, keep"),
    ):
        response = client.get(path) if data is None else client.post(path, data)
        assert response.status_code == 400
        assert said in main_of(response)
    assert not SavedColumns.objects.exists()


def test_the_anonymous_are_asked_to_sign_in_before_anything_is_kept(client: Client) -> None:
    response = client.post("/columns/", {"columns": ["cause"], "do": "keep"})
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")  # type: ignore[attr-defined]
    assert "Keep as my columns" not in page(client.get("/columns/"))
