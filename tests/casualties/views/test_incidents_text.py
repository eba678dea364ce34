"""Text search: pages, files and the API answer the same people, and only those who may see the texts."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from missions.models import Role
from tests.casualties.api.asking import get, token_of
from tests.casualties.views.reading import main_of, page
from tests.factories import data_manager, make_casualty, make_incident, make_release, make_user, reader

FIELD = 'type="search" id="filter-q" name="q"'
FILES = ("/casualties.csv", "/incidents.csv", "/figures.csv", "/trends.csv", "/casualties.xlsx", "/same-days.csv")
PAGES = ("/", "/incidents/", "/missions/", "/missions/MINUSMA/", "/trends/", "/contributors/", "/causes/malicious-act/")


def some_data() -> None:
    make_release()
    convoy = make_incident(place="Kidal", summary="A convoy, 100% armoured, was hit.")
    make_casualty(incident=convoy)
    make_casualty(incident=convoy, personnel="police")
    make_casualty(occurred_on=date(2018, 5, 1))


@pytest.mark.django_db(transaction=True)
def test_page_facets_files_and_api_agree(client: Client) -> None:
    some_data()
    manager = data_manager()
    client.force_login(manager)
    shown = client.get("/incidents/?q=kidal+100%25")
    assert "2 people who died, in 1 incident (text in place or summary: “kidal 100%”)" in main_of(shown)
    assert re.search(r"Malicious act\s+2\b", main_of(shown))  # a facet
    assert f'{FIELD} value="kidal 100%"' in page(shown)
    assert "text in place or summary: “kidal 100%”" in page(shown).split("</dl>")[0]  # the scope bar
    people: Any = client.get("/casualties.csv?q=kidal+100%25&header=1")
    text = b"".join(people.streaming_content).decode()
    assert "text in place or summary: “kidal 100%”" in text
    assert len([line for line in text.splitlines() if line.startswith("MINUSMA-")]) == 2
    assert "q-kidal-100" in people["Content-Disposition"]
    incidents: Any = client.get("/incidents.csv?q=kidal+100%25")
    assert len(b"".join(incidents.streaming_content).splitlines()) == 2
    figures: Any = client.get("/figures.csv?q=kidal+100%25&by=year")
    assert b"\r\n2019,2,2023-11-28," in b"".join(figures.streaming_content)
    token = token_of("figures", "records", "confirmed", owner=manager)
    found = get(client, "figures/?q=kidal+100%25", token=token).json()
    assert found["figures"] == [{"persons": 2}]
    assert len(get(client, "incidents/?q=kidal+100%25", token=token).json()["incidents"]) == 1


@pytest.mark.django_db
def test_readers_have_no_field_and_are_refused_everywhere(client: Client) -> None:
    some_data()
    posted_nowhere = make_user(Role.REPORTER, everywhere=False)
    for user in (reader(), make_user(), posted_nowhere):
        client.force_login(user)
        assert 'id="filter-q"' not in page(client.get("/incidents/"))
        for address in (*PAGES, *FILES):
            for text in ("kidal", "nowhere"):
                response: Any = client.get(f"{address}?q={text}")
                assert response.status_code == 400, address
                assert "which are for staff of the mission and headquarters" in response.content.decode(), address
        assert client.post("/saved/", {"name": "x", "query": "q=kidal"}).status_code == 400


@pytest.mark.django_db
def test_a_token_without_the_right_is_refused(client: Client) -> None:
    some_data()
    token = token_of("figures", "records", owner=data_manager())
    for address in ("figures/", "casualties/", "incidents/", "trends/"):
        answer = get(client, f"{address}?q=kidal", token=token)
        assert answer.status_code == 400, address
        assert [wrong["parameter"] for wrong in answer.json()["errors"]] == ["q"]


@pytest.mark.django_db
def test_what_sets_two_dates_side_by_side_cannot_be_searched(client: Client) -> None:
    make_release(released_on=date(2023, 6, 30))
    some_data()
    manager = data_manager()
    client.force_login(manager)
    for address in ("/revisions/", "/revisions.csv", "/open-cases/", "/open-cases.csv"):
        response: Any = client.get(f"{address}?q=kidal")
        assert response.status_code == 400, address
        assert "is not kept by date" in response.content.decode()
    token = token_of("records", "confirmed", owner=manager)
    assert get(client, "revisions/?q=kidal", token=token).status_code == 400
    assert client.get("/incidents/?q=kidal&known_at=2023-07-01").status_code == 400
    assert client.get("/missions/MINUSMA/?q=kidal").status_code == 200  # nothing of it is marked as revised


@pytest.mark.django_db
def test_nobody_found_and_nothing_recorded(client: Client) -> None:
    some_data()
    client.force_login(data_manager())
    empty = main_of(client.get("/incidents/?q=timbuktu"))
    assert "No one died" in empty
    assert "All incidents, whatever their text, otherwise the same: 3" in empty
    assert 'id="filter-q-error"' in page(client.get("/incidents/?q=ab"))


@pytest.mark.django_db
def test_texts_that_nobody_recorded_are_said_to_be_so(client: Client) -> None:
    make_release()
    make_casualty()
    client.force_login(data_manager())
    assert "neither place nor summary is recorded for any incident" in main_of(client.get("/incidents/?q=kidal"))
    assert "neither place nor summary is recorded" in main_of(client.get("/missions/?q=kidal"))


@pytest.mark.django_db
def test_a_quotation_of_a_search_says_that_texts_are_those_of_now(client: Client) -> None:
    some_data()
    client.force_login(data_manager())
    text = page(client.get("/incidents/?q=kidal"))
    assert "Places and summaries are searched as they stand now." in text
    assert "http://testserver/incidents/?q=kidal</textarea>" in text
