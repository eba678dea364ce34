"""Selections that a reader keeps, under a name and for nobody else; and figures as quotations with their source."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from casualties.models import SavedSelection
from tests.casualties.views.reading import main_of, page
from tests.factories import data_manager, make_annual_count, make_casualty, make_release, reader

pytestmark = pytest.mark.django_db

QUERY = "mission=MINUSMA&cause=malicious-act&from=2019&to=2019"


def quotation(response: Any) -> str:
    found = re.search(r'<textarea id="quotation"[^>]*>(.*?)</textarea>', page(response), re.DOTALL)
    assert found
    return html.unescape(found.group(1))


def test_a_selection_is_saved_listed_opened_and_deleted(client: Client) -> None:
    make_release()
    make_casualty()
    client.force_login(reader())
    shown = page(client.get("/incidents/?to=2019&from=2019&cause=malicious-act&mission=MINUSMA&view=people&gender="))
    offered = re.search(r'name="query" value="([^"]*)"', shown)
    assert offered
    query = html.unescape(offered.group(1))
    assert query == f"{QUERY}&view=people"
    response: Any = client.post("/saved/", {"name": " MINUSMA in 2019 ", "query": query})
    assert response.status_code == 302
    assert response.url == f"/incidents/?{query}"
    assert "Saved as MINUSMA in 2019." in main_of(client.get(response.url))
    listed = client.get("/saved/")
    assert f'<a href="/incidents/?{html.escape(query)}">MINUSMA in 2019</a>' in page(listed)
    assert "incidents of 2019" in main_of(listed)
    kept = SavedSelection.objects.get()
    response = client.post("/saved/", {"delete": kept.pk})
    assert response.url == "/saved/"
    assert "Nothing is saved yet." in main_of(client.get("/saved/"))


def test_a_name_is_used_once_and_the_newest_stands(client: Client) -> None:
    make_release()
    make_casualty()
    client.force_login(reader())
    for query in ("cause=illness", "cause=accident"):
        client.post("/saved/", {"name": "mine", "query": query})
    assert SavedSelection.objects.get().query == "cause=accident"


def test_nobody_else_sees_or_deletes_it(client: Client) -> None:
    make_release()
    make_casualty()
    kept = SavedSelection.objects.create(user=data_manager(), name="Theirs", page="incidents", query=QUERY)
    client.force_login(reader())
    assert "Theirs" not in page(client.get("/saved/"))
    assert client.post("/saved/", {"delete": kept.pk}).status_code == 404
    assert SavedSelection.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("x", "cause=hostile", "cause=hostile"),
        ("x", "misspelt=1", "misspelt"),
        ("x", "view=nothing", "view=nothing"),
        ("x", "mission=%00", "mission="),
        ("", QUERY, "name is needed"),
        ("a\x00b", QUERY, "name is needed"),
        ("x" * 101, QUERY, "is longer than 100 characters"),
        ("x", [QUERY, "cause=accident"], "may be given once only"),
    ],
)
def test_what_cannot_be_answered_is_not_saved(client: Client, name: str, query: str | list[str], said: str) -> None:
    make_release()
    make_casualty()
    client.force_login(reader())
    response = client.post("/saved/", {"name": name, "query": query})
    assert response.status_code == 400
    assert said in main_of(response)
    assert not SavedSelection.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "-1", "1e3", "٣", "\x00"])
def test_what_is_no_number_deletes_nothing(client: Client, number: str) -> None:
    client.force_login(reader())
    assert client.post("/saved/", {"delete": number}).status_code == 400
    for digits in (18, 19, 40, 5_000):
        assert client.post("/saved/", {"delete": "9" * digits}).status_code == 404


def test_the_form_is_for_those_signed_in_and_needs_its_token(client: Client) -> None:
    make_release()
    make_casualty()
    assert "Save this selection" not in page(client.get("/incidents/"))
    assert client.get("/saved/").status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader())
    assert strict.post("/saved/", {"name": "x", "query": QUERY}).status_code == 403
    text = page(strict.get("/incidents/"))
    token = re.search(r'action="/saved/"><input type="hidden" name="csrfmiddlewaretoken" value="([^"]+)"', text)
    assert token
    sent = strict.post("/saved/", {"name": "x", "query": QUERY, "csrfmiddlewaretoken": token.group(1)})
    assert sent.status_code == 302


def test_a_figure_as_a_sentence_with_its_source(client: Client) -> None:
    make_release(released_on=date(2023, 6, 30))
    make_release()
    make_casualty()
    quoted = quotation(client.get(f"/incidents/?{QUERY}"))
    assert quoted == (
        "1 person killed by malicious acts in MINUSMA in 2019, in 1 incident. "
        "Scope: MINUSMA, all personnel; counted are people by the date of the incident, each once. "
        "Source: United Nations Peace & Security Data Hub, DPPADPOSS-FATALITIES, release of 28 November 2023, "
        f"as known at 28 November 2023. http://testserver/incidents/?{QUERY}&known_at=2023-11-28"
    )


def test_the_address_of_a_quotation_gives_the_number_after_a_later_release(client: Client) -> None:
    make_release()
    make_casualty()
    address = quotation(client.get(f"/incidents/?{QUERY}")).split("http://testserver")[1]
    make_release(released_on=date(2024, 1, 31))
    make_casualty(known_at=date(2024, 1, 31))
    assert quotation(client.get(f"/incidents/?{QUERY}")).startswith("2 people killed")
    assert quotation(client.get(address)).startswith("1 person killed")


def test_a_quotation_says_what_limits_it(client: Client) -> None:
    make_release()
    make_casualty()
    assert "Figures of 2023 are provisional." in quotation(client.get("/incidents/?from=2019"))
    assert "Figures of 2023 are provisional." not in quotation(client.get("/incidents/?to=2019"))


def test_annual_counts_are_quoted_as_such(client: Client) -> None:
    make_release(kind="bundle")
    make_annual_count(persons=3)
    quoted = quotation(client.get("/incidents/?from=2019&to=2019"))
    assert "Annual counts only." in quoted
    assert "known_at" not in quoted
