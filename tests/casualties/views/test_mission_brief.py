"""The brief of a mission: being made, made, late, refused; under the filters of its page."""

import io
import os
import time
from typing import Any

import pytest
from celery import Task
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from kombu.exceptions import OperationalError

from casualties import tasks
from casualties.choices import Cause
from casualties.models import ExportEntry
from casualties.views.mission import brief
from missions.models import DataVersion
from tests.factories import make_casualty, make_mission, make_release

pytestmark = pytest.mark.django_db

Sent = list[tuple[Any, ...]]
PATH = "/missions/MINUSMA/brief.pdf"


@pytest.fixture(autouse=True)
def _everybody_reads(settings: Any) -> None:
    settings.PUBLIC_READING = True


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """What is handed to the queue, instead of the queue."""
    messages: Sent = []
    monkeypatch.setattr(Task, "apply_async", lambda task, args=(), **_: messages.append(tuple(args)))
    return messages


@pytest.fixture(autouse=True)
def _three_people() -> None:
    make_release()
    make_mission(hosts=["MLI"])
    make_casualty()
    make_casualty(personnel="police")
    make_casualty(cause=Cause.ILLNESS)


def text_of(response: Any) -> str:
    from pypdf import PdfReader

    assert isinstance(response, StreamingHttpResponse)
    content = b"".join(response.streaming_content)  # type: ignore[arg-type]
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_first_it_is_made_then_it_is_there(client: Client, sent: Sent) -> None:
    waiting = client.get(PATH)
    assert waiting.status_code == 202
    assert waiting["Refresh"] == str(brief.SECONDS_BETWEEN)
    assert "The brief is being made." in waiting.content.decode()
    assert client.get(PATH).status_code == 202
    assert len(sent) == 1  # asked for once, however often one looks
    tasks.make_brief(*sent[0])
    made = client.get(PATH)
    assert made["Content-Type"] == "application/pdf"
    assert made["Content-Disposition"] == 'inline; filename="MINUSMA-brief-2023-11-28.pdf"'
    text = text_of(made)
    assert "3 people have died serving in MINUSMA since 2013, 2 of them by malicious acts." in " ".join(text.split())
    assert text.count("Release of 28 November 2023. Known at 28 November 2023. Data version") == 2
    assert "Page 2 of 2" in text


def test_what_was_counted_while_data_came_in_is_not_made(
    client: Client, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as moved:
        moved.setattr(DataVersion, "is_still", lambda *_version: False)
        assert client.get(PATH).status_code == 202
    assert sent == []
    assert client.get(PATH).status_code == 202
    assert len(sent) == 1


def test_it_leaves_a_line_in_the_record_of_exports(client: Client, sent: Sent) -> None:
    address = f"{PATH}?personnel=police"
    client.get(address)
    assert not ExportEntry.objects.exists(), "no file has left yet"
    tasks.make_brief(*sent[0])
    client.head(address)
    assert not ExportEntry.objects.exists()
    response: Any = client.get(address)
    content = response.getvalue()
    assert response["Content-Length"] == str(len(content))
    entry = ExportEntry.objects.get()
    assert (entry.file, entry.form, entry.address) == ("missions/MINUSMA/brief", "pdf", address)
    assert (entry.query, entry.data_version) == ("mission=MINUSMA&personnel=police", sent[0][0])
    assert (entry.rows, entry.bytes, entry.complete) == (None, len(content), True)


def test_filters_are_those_of_the_page(client: Client, sent: Sent) -> None:
    query = "?personnel=police&known_at=2023-11-28"
    client.get(PATH)
    client.get(PATH + query)
    assert len(set(sent)) == 2
    tasks.make_brief(*sent[1])
    text = " ".join(text_of(client.get(PATH + query)).split())
    assert "1 person" in text
    assert "MINUSMA, police" in text
    assert client.get(PATH).status_code == 202  # that of everybody is another file


def test_the_page_leads_to_it_with_its_filters(client: Client) -> None:
    assert (
        'href="/missions/MINUSMA/brief.pdf?personnel=police"'
        in client.get("/missions/MINUSMA/?personnel=police").content.decode()
    )


def test_it_says_so_when_no_worker_takes_it(client: Client, sent: Sent) -> None:
    client.get(PATH)
    _age(sent, brief.SECONDS_PATIENT + 1)
    late = client.get(PATH)
    assert late.status_code == 503
    assert "No worker has taken it" in late.content.decode()
    _age(sent, brief.SECONDS_VALID + 1)
    assert client.get(PATH).status_code == 202
    assert len(sent) == 2  # asked for again


def test_it_says_so_when_the_queue_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(Task, "apply_async", away)
    assert client.get(PATH).status_code == 503
    assert client.get(PATH).status_code == 503  # tried anew each time


def test_it_says_so_when_it_could_not_be_made(client: Client, sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> bytes:
        raise RuntimeError("no paper")

    client.get(PATH)
    monkeypatch.setattr("casualties.briefs.layout.pdf_of", broken)
    with pytest.raises(RuntimeError):
        tasks.make_brief(*sent[0])
    failed = client.get(PATH)
    assert failed.status_code == 503
    assert "could not be made" in failed.content.decode()
    assert "Refresh" not in failed


def test_a_new_version_of_the_data_is_another_brief(client: Client, sent: Sent) -> None:
    client.get(PATH)
    DataVersion.objects.update_or_create(pk=1, defaults={"version": 77})
    client.get(PATH)
    assert sent[1][0] == 77
    assert sent[0] != sent[1]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{PATH}?from=soon", 400),
        (f"{PATH}?mission=UNMISS", 400),
        (f"{PATH}?with=everybody", 400),
        ("/missions/NOSUCH/brief.pdf", 404),
    ],
)
def test_refused(client: Client, sent: Sent, path: str, status: int) -> None:
    assert client.get(path).status_code == status
    assert not sent


def test_another_spelling_leads_to_the_brief(client: Client) -> None:
    assert client.get("/missions/minusma/brief.pdf?from=2015")["Location"] == f"{PATH}?from=2015"


def test_nobody_to_brief_about(client: Client, sent: Sent) -> None:
    response: HttpResponse = client.get(f"{PATH}?cause=accident")  # type: ignore[assignment]
    assert "a brief needs somebody" in response.content.decode()
    assert not sent


def test_the_anonymous_are_asked_to_sign_in(client: Client, settings: Any) -> None:
    settings.PUBLIC_READING = False
    assert client.get(PATH)["Location"].startswith("/accounts/login/")


def _age(sent: Sent, seconds: float) -> None:
    from casualties import briefs

    then = time.time() - seconds
    os.utime(briefs.request_of(*sent[-1]).asked, (then, then))
