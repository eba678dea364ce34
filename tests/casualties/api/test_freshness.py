"""ETag, If-None-Match and Last-Modified: unchanged data are not sent again, changed ones always are."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casualties.api import answering
from missions.models import DataVersion
from peacekeeping import keeping
from tests.casualties.api.asking import get, token_of
from tests.factories import data_manager, make_casualty, make_release, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def some_data(settings: Any) -> None:
    settings.PUBLIC_READING = True
    make_release()
    make_casualty()
    DataVersion.objects.update_or_create(
        id=1, defaults={"version": 7, "changed_at": timezone.now() - timedelta(hours=1)}
    )


def test_it_works(client: Client) -> None:
    first = get(client, "figures/?by=year")
    assert first["Data-Version"] == "7"
    assert first["Cache-Control"] == "no-cache, public"
    assert {"Accept", "Authorization", "Cookie"} <= set(first["Vary"].split(", "))
    for header in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        again = get(client, "figures/?by=year", **header)
        assert again.status_code == 304
        assert again.content == b""
        assert again["ETag"] == first["ETag"]


def test_unchanged_is_said_before_anything_is_counted(client: Client) -> None:
    tag = get(client, "casualties/")["ETag"]
    with CaptureQueriesContext(connection) as asked:
        assert get(client, "casualties/", **{"if-none-match": tag}).status_code == 304
    assert not [query for query in asked if "casualties_" in query["sql"]]


def test_a_new_version_of_the_data_is_sent(client: Client) -> None:
    first = get(client, "figures/")
    DataVersion.objects.update(version=8)
    assert get(client, "figures/", **{"if-none-match": first["ETag"]}).status_code == 200


def test_after_a_restore_the_number_comes_back_and_the_tag_does_not(client: Client) -> None:
    first = get(client, "figures/")
    DataVersion.objects.update(changed_at=timezone.now())
    answer = get(client, "figures/", **{"if-none-match": first["ETag"]})
    assert answer.status_code == 200
    assert "Last-Modified" not in answer  # the second is not over: it may name two states


@pytest.mark.parametrize("other", ["figures/?by=year", "figures/?format=csv", "trends/"])
def test_each_address_and_format_has_a_tag_of_its_own(client: Client, other: str) -> None:
    assert get(client, "figures/")["ETag"] != get(client, other)["ETag"]
    assert get(client, "figures/")["ETag"] != get(client, "figures/", accept="text/csv")["ETag"]


def test_other_rights_have_another_tag_and_no_date(client: Client) -> None:
    token = token_of("figures", "confirmed", owner=data_manager())
    answer = get(client, "figures/", token=token)
    assert answer["ETag"] != get(client, "figures/")["ETag"]
    assert "Last-Modified" not in answer
    assert answer["Cache-Control"] == "no-cache, private"


def test_a_refusal_is_not_kept(client: Client) -> None:
    answer = get(client, "figures/?by=colour")
    assert answer.status_code == 400
    assert "ETag" not in answer
    assert answer["Cache-Control"] == "no-store"


def test_statements_change_without_the_data(client: Client) -> None:
    make_statement()
    first = get(client, "statements/")
    assert get(client, "statements/", **{"if-none-match": first["ETag"]}).status_code == 304
    make_statement(wording="Something else")
    assert get(client, "statements/", **{"if-none-match": first["ETag"]}).status_code == 200
    assert "Last-Modified" not in first


def test_figures_are_counted_once_for_each_state_of_the_data(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And apart for whoever may see something else, for each format, and for each address."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path)}}
    monkeypatch.setattr(keeping, "connection", type("Connection", (), {"in_atomic_block": False}))

    def counted(address: str = "figures/?by=year", **headers: str) -> bool:
        with CaptureQueriesContext(connection) as asked:
            assert get(client, address, **headers).status_code == 200
        return bool([query for query in asked if 'FROM "casualties_' in query["sql"]])

    assert counted()
    assert not counted()
    assert counted("figures/?by=year&cause=illness")
    assert counted(accept="text/csv")
    assert not counted(accept="text/csv")
    DataVersion.objects.update(version=8)
    assert counted()
    client.force_login(data_manager())
    assert counted()


@pytest.mark.parametrize("changed", ["casualties/counts.py", "missions/models.py", "peacekeeping/tables/writing.py"])
def test_another_software_has_other_tags(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    monkeypatch.setattr(answering, "HERE", tmp_path)
    tags = []
    for code in ("one", "other"):
        (tmp_path / changed).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / changed).write_text(code)
        answering._code.cache_clear()
        tags.append(get(client, "figures/?by=year")["ETag"])
    answering._code.cache_clear()
    assert tags[0] != tags[1]
