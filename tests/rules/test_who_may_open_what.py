"""Every address with every role. An address that is not in the table fails: decide first who may open it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from pytest_django import DjangoDbBlocker

from casualties.models import Casualty, Export
from missions.models import ColumnMapping, ImportBatch, Role, User
from tests.factories import (
    make_casualty,
    make_country,
    make_mission,
    make_release,
    make_saved_report,
    make_signed_report,
    make_statement,
    make_user,
)
from tests.kept import kept

pytestmark = pytest.mark.django_db

OPEN, READERS, MEMBERS, MANAGERS = "everybody", "readers", "signed in", "data managers"
OWNERS = "whose it is"
WHO = {
    "": READERS,
    "missions/": READERS,
    "missions/<str:acronym>/": READERS,
    "missions/<str:acronym>/brief.pdf": READERS,
    "missions/<str:acronym>/shares.csv": READERS,
    "missions/<str:acronym>/shares.xlsx": READERS,
    "contributors/": READERS,
    "contributors/<str:iso3>/": READERS,
    "causes/<str:cause>/": READERS,
    "compare/": READERS,
    "compare.csv": READERS,
    "compare.xlsx": READERS,
    "trends/": READERS,
    "trends.csv": READERS,
    "revisions/": READERS,
    "revisions.csv": READERS,
    "open-cases/": READERS,
    "open-cases.csv": READERS,
    "open-case-ages.csv": READERS,
    "open-case-ages.xlsx": READERS,
    "places.csv": READERS,
    "places.xlsx": READERS,
    "late-registrations.csv": READERS,
    "same-days.csv": READERS,
    "incidents/": READERS,
    "saved/": MEMBERS,
    "incidents/<str:key>/": READERS,
    "incidents.csv": READERS,
    "casualties.csv": READERS,
    "figures.csv": READERS,
    "reports/": READERS,
    "reports/build/": READERS,
    "reports/<slug:name>/sign": MANAGERS,
    "reports/saved/": MEMBERS,
    "reports/saved/<int:saved_id>/": MEMBERS,
    "reports/signed/": READERS,
    "reports/signed/<int:signed_id>/": READERS,
    "reports/signed/<int:signed_id>.csv": READERS,
    "reports/signed/<int:signed_id>.xlsx": READERS,
    "reports/<slug:name>/": READERS,
    "reports/<slug:name>.csv": READERS,
    "reports/<slug:name>.xlsx": READERS,
    "columns/": READERS,
    "figures.xlsx": READERS,
    "casualties.xlsx": READERS,
    "incidents.xlsx": READERS,
    "trends.xlsx": READERS,
    "rates.xlsx": READERS,
    "shares.xlsx": READERS,
    "trend-tests.xlsx": READERS,
    "statements.xlsx": READERS,
    "same-days.xlsx": READERS,
    "revisions.xlsx": READERS,
    "open-cases.xlsx": READERS,
    "late-registrations.xlsx": READERS,
    "rates.csv": READERS,
    "shares.csv": READERS,
    "trend-tests.csv": READERS,
    "method/": OPEN,
    "data/": OPEN,
    "data/dictionary/": OPEN,
    "data/dictionary.csv": OPEN,
    "datapackage.json": READERS,
    "api/": OPEN,
    "api/openapi.yaml": OPEN,
    "statements/": READERS,
    "statements/<slug:key>/": READERS,
    "statements.csv": READERS,
    "statements/add": MANAGERS,
    "statements/<slug:key>/edit": MANAGERS,
    "exports/": MEMBERS,
    "exports/add": MEMBERS,
    "exports/<int:export_id>/file": OWNERS,
    "exports/<int:export_id>/cancel": OWNERS,
    "exports/<int:export_id>/delete": OWNERS,
    "exports/log/": MANAGERS,
    "imports/": MANAGERS,
    "imports/<int:batch_id>/": MANAGERS,
    "imports/<int:batch_id>/apply": MANAGERS,
    "imports/<int:batch_id>/discard": MANAGERS,
    "imports/<int:batch_id>/changes.csv": MANAGERS,
    "imports/<int:batch_id>/problems.csv": MANAGERS,
    "imports/<int:batch_id>/columns": MANAGERS,
    "imports/mappings/<int:mapping_id>/remove": MANAGERS,
    "language/": OPEN,
    "healthz": OPEN,
    "readyz": OPEN,
}
NEEDED = dict.fromkeys(("compare.csv", "compare.xlsx"), "?item=MINUSMA&item=UNIFIL")  # nothing is said without
MISSPELT = "?cuase=illness"
MANAGES = {"data-manager", "administrator"}


def addresses() -> Iterator[str]:
    """Patterns of our own pages; the sign-in and the administrators' pages guard themselves and are walked below."""
    for entry in get_resolver().url_patterns:
        prefix = str(entry.pattern)
        if prefix in {"admin/", "accounts/"}:
            continue
        patterns = [entry] if isinstance(entry, URLPattern) else entry.url_patterns
        # /api/v1/ answers refusals in its own way: tests/casualties/api/test_every_address.py walks it.
        yield from (str(pattern.pattern) for pattern in patterns if str(pattern.pattern) != "api/v1/")


def test_the_table_names_every_address() -> None:
    assert set(addresses()) == set(WHO)


@pytest.fixture(scope="module")
def some_data(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, str]]:
    """What stands for each variable part of an address."""
    with kept(django_db_blocker):
        yield make_some_data()


def make_some_data() -> dict[str, str]:
    make_release(released_on=date(2023, 6, 30))  # revisions need a second one to compare with
    make_release()
    casualty: Casualty = make_casualty()
    make_mission(acronym="UNIFIL")
    batch = ImportBatch.objects.create(state=ImportBatch.State.DISCARDED, file_name="x")
    assert casualty.incident is not None
    export = Export.objects.create(owner=make_user(), file="casualties", form="csv", rows_expected=1)
    return {
        "<int:export_id>": str(export.pk),
        "<str:acronym>": casualty.mission.acronym,
        "<str:iso3>": make_country().iso3,
        "<str:cause>": casualty.cause,
        "<str:key>": casualty.incident.key,
        "<int:batch_id>": str(batch.pk),
        "<int:mapping_id>": str(ColumnMapping.objects.create(name="x", definition={}, headings=["x"]).pk),
        "<slug:key>": make_statement().key,
        "<slug:name>": "by-year",
        "<int:saved_id>": str(make_saved_report(shared=True).pk),
        "<int:signed_id>": str(make_signed_report().pk),
    }


def visit(client: Client, pattern: str, some_data: dict[str, str], query: str = "") -> Any:
    address = "/" + pattern
    for part, value in some_data.items():
        address = address.replace(part, value)
    post = pattern.endswith(("/apply", "/discard", "/remove", "/cancel", "/delete", "language/"))
    return client.post(address) if post else client.get(address + (query or NEEDED.get(pattern, "")))


@pytest.mark.parametrize("public", [True, False])
def test_the_anonymous(client: Client, settings: Any, some_data: dict[str, str], public: bool) -> None:
    settings.PUBLIC_READING = public
    for pattern, who in WHO.items():
        response = visit(client, pattern, some_data, MISSPELT if who == READERS else "")
        if who == OPEN:
            assert response.status_code in ({302} if pattern == "language/" else {200, 503}), pattern
        elif who == READERS and public:
            assert response.status_code == 400, pattern  # told of the misspelt filter, as those who are signed in
        else:
            assert response.status_code == 302, pattern
            assert response.url.startswith("/accounts/login/"), pattern


@pytest.mark.parametrize("role", Role.values)
def test_everybody_signed_in(client: Client, settings: Any, some_data: dict[str, str], role: str) -> None:
    settings.PUBLIC_READING = False
    client.force_login(make_user(Role(role)))
    for pattern, who in WHO.items():
        # Whoever is let in is told of the misspelt filter, before anything is counted for the page.
        response = visit(client, pattern, some_data, MISSPELT if who == READERS else "")
        if who == READERS:
            assert response.status_code == 400, pattern
        elif who == MANAGERS and role not in MANAGES:
            assert response.status_code == 403, pattern
        elif who == OWNERS:
            assert response.status_code == 404, pattern
        else:
            assert response.status_code in {200, 202, 302, 503}, pattern
            if response.status_code == 302:
                assert "login" not in response.url, pattern


def test_somebody_without_any_role_reads_only(client: Client, settings: Any, some_data: dict[str, str]) -> None:
    settings.PUBLIC_READING = False
    client.force_login(User.objects.create_user("nobody@example.org", "x"))
    assert visit(client, "incidents/", some_data).status_code == 200
    assert visit(client, "imports/", some_data).status_code == 403


def test_the_administrators_pages_are_for_administrators(client: Client) -> None:
    for role in Role.values:
        client.force_login(make_user(Role(role)))
        assert client.get("/admin/missions/user/").status_code == 302  # is_staff is given one by one
    client.force_login(User.objects.create_superuser("root@example.org", "x"))
    assert client.get("/admin/missions/user/").status_code == 200
    assert client.get("/admin/missions/user/add/").status_code == 200


def test_nothing_that_writes_answers_a_get(client: Client, some_data: dict[str, str]) -> None:
    client.force_login(make_user(Role.DATA_MANAGER))
    for pattern in WHO:
        if pattern.endswith(("/apply", "/discard", "/remove")):
            address = "/" + pattern.replace("<int:batch_id>", some_data["<int:batch_id>"])
            address = address.replace("<int:mapping_id>", some_data["<int:mapping_id>"])
            assert client.get(address).status_code == 405
    assert client.post("/incidents/").status_code == 405
