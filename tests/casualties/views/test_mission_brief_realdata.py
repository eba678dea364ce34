"""The brief of MINUSMA on the real release."""

import io

import pytest
from celery import Task
from django.test import Client

from casualties import tasks

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]


def test_minusma(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf import PdfReader

    sent: list[tuple[int, str]] = []
    monkeypatch.setattr(Task, "apply_async", lambda task, args=(), **_: sent.append(tuple(args)))
    assert client.get("/missions/MINUSMA/brief.pdf").status_code == 202
    tasks.make_brief(*sent[0])
    content = client.get("/missions/MINUSMA/brief.pdf").getvalue()
    first, second = (page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    said = " ".join(first.split())
    assert (
        "311 people died serving in MINUSMA from 2013 to 21 November 2023, 174 of them by malicious acts. In 2023, up "
        "to 21 November, 13 people died."
    ) in said
    assert {"311", "174", "68", "14", "13 p"} <= set(first.splitlines())
    windows = " ".join(second.split())
    assert "2019–23 68 p (7) p −6 p −34 p" in windows
    assert "2014–18 102 1 +7 – 99 55,649" in windows
    assert "1.78 1.45 to 2.17 1.14 to 2.80 record" in windows
    for page in (first, second):
        assert "Release of 28 November 2023. Known at 28 November 2023. Data version" in page
