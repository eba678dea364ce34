"""One address gives the page, or its part when htmx asks."""

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from peacekeeping.htmx import render_page, wants_part


def request(**headers: str) -> HttpRequest:
    made = RequestFactory().get("/", headers=headers)
    made.htmx = HtmxDetails(made)  # type: ignore[attr-defined]
    return made


@pytest.fixture
def templates(tmp_path: Path, settings: Any) -> None:
    (tmp_path / "page.html").write_text("the page with {{ n }}")
    (tmp_path / "_part.html").write_text("the part with {{ n }}")
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [tmp_path]}]


@pytest.mark.usefixtures("templates")
def test_it_works() -> None:
    response = render_page(request(), "page.html", {"n": 3}, part="_part.html")
    assert response.content == b"the page with 3"
    assert response.headers["Vary"] == "HX-Request"


@pytest.mark.usefixtures("templates")
def test_htmx_gets_the_part_with_the_same_context_and_status() -> None:
    asked = request(**{"HX-Request": "true"})
    response = render_page(asked, "page.html", {"n": 3}, part="_part.html", status=400)
    assert (response.content, response.status_code) == (b"the part with 3", 400)
    assert response.headers["Vary"] == "HX-Request"


@pytest.mark.parametrize(
    ("headers", "part"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_boosted_links_and_restored_pages_need_the_whole_page(headers: dict[str, str], *, part: bool) -> None:
    assert wants_part(request(**headers)) is part
