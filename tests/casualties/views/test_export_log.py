"""The record of exports: every file leaves a line, before its first byte; data managers read it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casualties.exports.ledger import FILE_COLUMNS
from casualties.models import Casualty, ExportEntry
from missions.models import ApiClient, DataVersion, issue_client
from tests.casualties.views.reading import main_of, table
from tests.casualties.views.test_hostile_addresses import HOSTILE, refused
from tests.factories import (
    RELEASED_ON,
    data_manager,
    make_casualty,
    make_mission,
    make_release,
    make_signed_report,
    make_statement,
    reader,
)

pytestmark = pytest.mark.django_db
FILES = (
    "/figures.csv?by=year", "/figures.xlsx?by=cause", "/trends.csv", "/rates.csv", "/shares.csv", "/trend-tests.csv",
    "/statements.csv", "/statements.xlsx", "/same-days.csv", "/revisions.csv", "/open-cases.csv",
    "/late-registrations.csv", "/compare.csv?item=MINUSMA&item=UNIFIL",
    "/missions/MINUSMA/shares.csv", "/open-case-ages.csv", "/places.csv",
    "/reports/by-year.csv", "/reports/by-year.xlsx",
    "/casualties.xlsx",
    "/incidents.xlsx",
)  # fmt: skip


@pytest.fixture(autouse=True)
def some_data(settings: Any) -> None:
    settings.PUBLIC_READING = True
    make_release(released_on=datetime(2023, 6, 30, tzinfo=UTC).date())
    make_release()
    make_mission(acronym="UNIFIL")
    make_casualty()
    make_statement()


def only_entry() -> ExportEntry:
    return ExportEntry.objects.select_related("user", "client").get()


@pytest.mark.django_db(transaction=True)
def test_a_streamed_file(client: Client) -> None:
    make_casualty(cause="illness")
    somebody = reader()
    client.force_login(somebody)
    response: Any = client.get("/casualties.csv?cause=illness&columns=reference,cause")
    entry = only_entry()
    assert (entry.user, entry.how, entry.file, entry.form) == (somebody, "streamed", "casualties", "csv")
    assert (entry.query, entry.columns) == ("cause=illness", ["reference", "cause"])
    assert entry.words == "all peace operations, all personnel; deaths; cause: Illness; all years"
    assert entry.address == "/casualties.csv?cause=illness&columns=reference,cause"
    assert (entry.rows, entry.complete) == (None, None), "it has not been sent yet"
    sent = response.getvalue()
    entry = only_entry()
    assert (entry.rows, entry.bytes, entry.complete) == (1, len(sent), True)


@pytest.mark.django_db(transaction=True)
def test_one_that_is_broken_off(client: Client) -> None:
    response = client.get("/casualties.csv")
    response.close()
    entry = only_entry()
    assert (entry.user, entry.rows, entry.complete) == (None, None, False)


@pytest.mark.parametrize("address", FILES)
def test_every_file_leaves_a_line(client: Client, address: str) -> None:
    response: Any = client.get(address)
    assert response.status_code == 200
    body = response.getvalue()
    entry = only_entry()
    path = address.partition("?")[0]
    assert entry.address == address
    assert f"/{entry.file}.{entry.form}" == path
    assert (entry.bytes, entry.complete) == (len(body), True)
    assert entry.columns
    assert entry.words or path.startswith("/statements")


def test_what_is_refused_or_kept_or_asked_for_its_head_leaves_none(client: Client) -> None:
    assert client.get("/figures.csv?cause=wrong").status_code == 400
    assert client.head("/figures.csv").status_code == 200
    assert not ExportEntry.objects.exists()
    etag = client.get("/figures.csv")["ETag"]
    assert client.get("/figures.csv", headers={"If-None-Match": etag}).status_code == 304
    assert ExportEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_whole_lists_of_the_api_name_their_program(client: Client) -> None:
    made, token = issue_client(name="Briefing", owner=reader(), scopes=[ApiClient.Scope.RECORDS])
    response: Any = client.get("/api/v1/casualties/?format=csv", headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 200
    response.getvalue()
    entry = only_entry()
    assert (entry.client, entry.user, entry.file, entry.form) == (made, made.owner, "api/v1/casualties", "csv")
    assert (entry.rows, entry.complete) == (1, True)
    client.head("/api/v1/casualties/?format=csv", headers={"Authorization": f"Bearer {token}"})
    assert ExportEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("address", "columns"), [("withdrawn/", ["reference", "withdrawn_on"]), ("revisions/", list(FILE_COLUMNS))]
)
def test_other_whole_lists_of_the_api(client: Client, address: str, columns: list[str]) -> None:
    gone = make_casualty(reference="gone", known_at=datetime(2023, 6, 30, tzinfo=UTC).date())
    newer = {"known_at": RELEASED_ON, "withdrawn_on": RELEASED_ON}
    Casualty.objects.filter(pk=gone.pk).update(state="withdrawn", **newer)
    made, token = issue_client(name="Briefing", owner=reader(), scopes=[ApiClient.Scope.RECORDS])
    bearer = {"Authorization": f"Bearer {token}"}
    client.get(f"/api/v1/{address}", headers=bearer)
    client.get(f"/api/v1/{address}?format=csv&page_size=5", headers=bearer)
    client.head(f"/api/v1/{address}?format=csv", headers=bearer)
    assert not ExportEntry.objects.exists(), "pages and heads leave none"
    body = client.get(f"/api/v1/{address}?format=csv", headers=bearer).getvalue()
    entry = only_entry()
    assert (entry.client, entry.user, entry.form) == (made, made.owner, "csv")
    assert (entry.file, entry.columns) == (f"api/v1/{address.strip('/')}", columns)
    assert b"gone" in body
    assert (entry.rows, entry.bytes, entry.complete) == (len(body.splitlines()) - 1, len(body), True)
    assert bool(entry.words) == (address == "revisions/"), "what was withdrawn is no selection"


def test_a_signed_file_is_of_the_data_that_were_signed(client: Client) -> None:
    signed = make_signed_report()
    DataVersion.objects.update_or_create(pk=1, defaults={"version": signed.data_version + 1})
    address = f"/reports/signed/{signed.pk}.csv"
    response: Any = client.get(address)
    body = response.getvalue().decode()
    entry = only_entry()
    assert (entry.address, entry.bytes, entry.complete) == (address, len(body.encode()), True)
    lines = [line for line in body.splitlines() if not line.startswith("#")]
    assert (",".join(entry.columns), entry.rows) == (lines[0], len(lines) - 1)
    assert entry.data_version == signed.data_version < DataVersion.current()


def entry(**fields: Any) -> ExportEntry:
    said = {"how": "streamed", "file": "figures", "form": "csv", "address": "/figures.csv", "data_version": 1}
    return ExportEntry.objects.create(**{**said, **fields})


def test_the_page(client: Client) -> None:
    somebody = reader()
    entry(user=somebody, words="all years; deaths", columns=["year"], rows=1234)
    entry(complete=False, bytes=2048)
    client.force_login(data_manager())
    newest, oldest = table(client.get("/exports/log/"), "Record of exports")[1:]
    assert newest[1:3] == ["anonymous", "figures, CSV"]
    assert newest[5].split() == ["–", "2", "KB"]
    assert newest[7] == "Sent at once broken off"
    assert oldest[1] == "reader@example.org"
    assert oldest[3] == "all years; deaths /figures.csv"
    assert oldest[5:7] == ["1,234", "1"]
    assert len(table(client.get("/exports/log/?who=anonymous"), "Record of exports")) == 2
    assert len(table(client.get("/exports/log/?who=Reader@example.org"), "Record of exports")) == 2
    today = timezone.now().date()
    assert len(table(client.get(f"/exports/log/?since={today}&until={today}"), "Record of exports")) == 3
    assert "No line matches." in main_of(client.get(f"/exports/log/?until={today - timedelta(days=1)}"))


def test_pages_of_it(client: Client) -> None:
    ExportEntry.objects.bulk_create(
        ExportEntry(how="streamed", file="f", form="csv", address=f"/{n}", data_version=1) for n in range(60)
    )
    client.force_login(data_manager())
    first = client.get("/exports/log/")
    assert "1–50 / 60" in main_of(first)
    assert 'href="/exports/log/?page=2"' in first.content.decode()
    assert "51–60 / 60" in main_of(client.get("/exports/log/?page=2"))
    assert client.get("/exports/log/?page=3").status_code == 400


def test_hostile_values(client: Client) -> None:
    client.force_login(data_manager())
    for value in HOSTILE[::4]:
        for name in ("who", "since", "until", "page"):
            if (name, value) != ("since", "9999-12-31") and (name, value) != ("until", "9999-12-31"):
                refused(client, "/exports/log/", f"{name}={value}", name)
    refused(client, "/exports/log/", "since=2019-W01-1", "since")
    refused(client, "/exports/log/", "since=2024-01-02&until=2024-01-01", "since")
    refused(client, "/exports/log/", "cause=illness", "cause")
    refused(client, "/exports/log/", "page=1&page=2", "page")
