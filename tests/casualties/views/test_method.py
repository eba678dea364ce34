"""Definitions and methods: docs/method.md as a page."""

import re
from itertools import pairwise

import pytest
from django.test import Client

from casualties.views.method import method_page

pytestmark = pytest.mark.django_db


def test_it_works(client: Client) -> None:
    page = client.get("/method/").content.decode()
    assert "Definitions and methods" in page
    assert '<h2 id="people">People</h2>' in page
    assert "rows = 4350" in page


def test_it_is_of_no_day(client: Client) -> None:
    for query in ("known_at=2023-11-28", "known_at=2023-11-28&known_at="):
        response = client.get(f"/method/?{query}")
        assert response.status_code == 400
        assert "known_at=2023-11-28" in response.content.decode()


def test_its_contents_lead_to_its_parts(client: Client) -> None:
    text, contents = method_page()
    assert len(contents) > 15
    assert all(f'id="{anchor}"' in text for anchor, _ in contents)


def test_no_heading_level_is_skipped_and_one_h1(client: Client) -> None:
    page = client.get("/method/").content.decode()
    assert page.count("<h1") == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_no_link_leads_to_a_file_of_the_repository(client: Client) -> None:
    text, _ = method_page()
    assert not re.findall(r'href="(?!https?:|#)', text)


def test_every_page_leads_to_it(client: Client) -> None:
    assert 'href="/method/"' in client.get("/accounts/login/").content.decode()
