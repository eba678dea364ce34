"""ETag, If-None-Match and Last-Modified: unchanged data are not sent again, changed ones always are."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date, parse_http_date

from casualties.api import answering, figures
from casualties.counts import count as count_figures
from casualties.exports.sent import SentFile
from casualties.filters import load_basis, vocabulary
from casualties.models import ExportEntry
from missions.models import DataVersion
from peacekeeping import keeping
from peacekeeping.software import Software
from tests.casualties.api.asking import get, token_of
from tests.factories import data_manager, make_casualty, make_release, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def some_data(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PUBLIC_READING = True
    runs(monkeypatch, "the software", hours=2)
    make_release()
    make_casualty()
    DataVersion.objects.update_or_create(
        id=1, defaults={"version": 7, "changed_at": timezone.now() - timedelta(hours=1)}
    )


def runs(monkeypatch: pytest.MonkeyPatch, state: str, *, hours: int) -> None:
    """The software that runs, since so many hours ago."""
    since = timezone.now() - timedelta(hours=hours)
    for module in (answering, vocabulary):
        monkeypatch.setattr(module, "software", lambda: Software(state, since.timestamp()))


@pytest.fixture
def in_a_request(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache of the test's own, and no transaction around."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path)}}
    monkeypatch.setattr(keeping, "connection", type("Connection", (), {"in_atomic_block": False}))


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


@pytest.mark.usefixtures("in_a_request")
def test_figures_are_count_figures_for_each_state_of_the_data(client: Client) -> None:
    """And apart for whoever may see something else, for each format, and for each address."""

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


@pytest.mark.usefixtures("in_a_request")
@pytest.mark.parametrize("moved", [{"version": 8}, {"changed_at": timezone.now()}])
def test_what_was_counted_while_the_data_changed_is_not_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch, moved: dict[str, Any]
) -> None:
    """The numbers may be those of the next version already, and their key names this one."""
    before = DataVersion.objects.values("version", "changed_at").get()
    times = []

    def count(*args: Any, **kwargs: Any) -> Any:
        found = count_figures(*args, **kwargs)
        times.append(1)
        if len(times) == 1:
            DataVersion.objects.update(**moved)
        return found

    monkeypatch.setattr(figures, "count", count)
    first = get(client, "figures/")
    DataVersion.objects.update(**before)  # as a restore does
    for _ in range(2):
        assert get(client, "figures/")["ETag"] == first["ETag"]
    assert len(times) == 2


@pytest.mark.usefixtures("in_a_request")
def test_whether_the_data_changed_is_asked_only_where_something_would_be_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            get(client, "figures/")
        return len([query for query in queries if "missions_dataversion" in query["sql"]])

    assert [asked(), asked()] == [2, 1]
    monkeypatch.setattr(answering, "LONGEST_KEPT", 1)
    DataVersion.objects.update(version=8)
    load_basis()  # what figures rest on is read anew for a version that moved
    assert asked() == 1


@pytest.mark.parametrize("condition", ["if-none-match", "if-modified-since"])
@pytest.mark.parametrize(
    ("address", "status"), [("figures/?by=nonsense", 400), ("casualties/NOTHERE/", 404), ("casualties/?limit=x", 400)]
)
def test_a_refusal_is_never_unchanged(client: Client, address: str, status: int, condition: str) -> None:
    tomorrow = http_date((timezone.now() + timedelta(days=1)).timestamp())
    header = {condition: "*" if condition == "if-none-match" else tomorrow}
    assert get(client, address, **header).status_code == status
    assert get(client, "figures/", **header).status_code == 304


@pytest.mark.parametrize("named", ["{tag}", '"other", {tag}', "{strong}"])
def test_the_tag_may_be_one_of_several_and_have_lost_its_weakness(client: Client, named: str) -> None:
    tag = get(client, "casualties/")["ETag"]
    header = named.format(tag=tag, strong=tag.removeprefix("W/"))
    with CaptureQueriesContext(connection) as asked:
        assert get(client, "casualties/", **{"if-none-match": header}).status_code == 304
    assert not [query for query in asked if "casualties_" in query["sql"]]


def test_a_whole_list_that_is_unchanged_does_not_leave(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is closed, and leaves no line in the record."""
    first = get(client, "withdrawn/?format=csv")
    assert first.getvalue() == b"reference,withdrawn_on\r\n"
    closed: list[str] = []
    monkeypatch.setattr(SentFile, "close", lambda file: closed.append(file.name))
    again = get(client, "withdrawn/?format=csv", **{"if-modified-since": first["Last-Modified"]})
    assert (again.status_code, again.content) == (304, b"")
    assert closed == ["withdrawn.csv"]
    assert ExportEntry.objects.count() == 1


def test_another_software_has_other_tags_and_a_later_date(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = get(client, "figures/")
    since = {"if-modified-since": first["Last-Modified"]}
    assert parse_http_date(first["Last-Modified"]) == int(DataVersion.objects.get().changed_at.timestamp())
    runs(monkeypatch, "the next", hours=0)
    again = get(client, "figures/", **since)
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]
    assert "Last-Modified" not in again  # the second is not over
    now = timezone.now() + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: now)
    later = get(client, "figures/", **since)
    assert later.status_code == 200
    assert parse_http_date(later["Last-Modified"]) > parse_http_date(first["Last-Modified"])
