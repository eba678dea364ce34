"""While annual counts alone are loaded, an export of what they cannot tell is refused before it is asked for."""

from typing import Any

import pytest
from celery import Task
from django.test import Client

from casualties.exports.background.store import folder
from casualties.models import Export, ExportEntry
from tests.casualties.exports.background.asked import content, made
from tests.casualties.views.reading import main_of, page
from tests.factories import make_annual_count, make_release, reader

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def annual_counts_alone(client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EXPORT_STREAM_ROWS = 1
    monkeypatch.setattr(Task, "apply_async", lambda *_args, **_options: None)
    make_release(kind="bundle")
    make_annual_count(persons=3)
    make_annual_count(persons=2, year=2020)
    client.force_login(reader())


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("date_from=2019-02-01", 400, "date_from=2019-02-01 is not available: annual counts only"),
        ("gender=f", 400, "gender=f is not available: annual counts only"),
        ("file=incidents", 200, "Not available: annual counts only."),  # a page that says why there is nothing
        ("outcome=injury", 200, "Not available: the release holds no injuries."),
    ],
)
def test_refused(client: Client, query: str, status: int, said: str) -> None:
    for response in (client.get(f"/exports/add?{query}"), client.post(f"/exports/add?{query}")):
        assert response.status_code == status
        assert said in main_of(response)
    assert not Export.objects.exists()
    assert not ExportEntry.objects.exists()
    assert list(folder().iterdir()) == []


def test_incidents_are_not_offered(client: Client) -> None:
    text = page(client.get("/exports/add?file=casualties"))
    assert "file=incidents" not in text


@pytest.mark.django_db(transaction=True)
def test_people_are_exported_as_the_counts_that_they_are(client: Client) -> None:
    assert client.post("/exports/add?file=casualties&form=csv&columns=date,persons").status_code == 302
    export = made(Export.objects.get())
    assert (export.rows_expected, export.rows) == (5, 2)
    assert content(export).decode().split() == ["date,persons", "2020,2", "2019,3"]
