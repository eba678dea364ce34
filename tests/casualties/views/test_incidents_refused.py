"""What the incident explorer refuses: by name, with all that is allowed, and without a figure."""

import pytest
from django.test import Client

from tests.casualties.views.reading import main_of, page
from tests.factories import (
    make_casualty,
    make_mission,
    make_release,
)

pytestmark = pytest.mark.django_db


def test_a_refused_address_shows_no_figure(client: Client) -> None:
    make_release()
    make_casualty()
    response = client.get("/incidents/?cause=hostile&from=2013&to=2017")
    assert response.status_code == 400
    text = main_of(response)
    assert "No figures shown: this address cannot be answered" in text
    assert (
        "cause=hostile is not one of the allowed values. Allowed: malicious-act, accident, illness, self-inflicted, "
        "to-be-determined, unknown. Choose again"
    ) in text
    assert "CSV" not in text
    assert "Result" not in text
    assert 'aria-describedby="filter-cause-error"' in page(response)
    assert '<div id="scope-bar"></div>' in page(response)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("cuase=illness", "cuase is not a filter. Did you mean cause?"),
        ("cause=malicous-act", "Did you mean malicious-act?"),
        ("mission=MINUSAM", "Did you mean MINUSMA?"),
        ("mission=UNKNOWN", "mission=UNKNOWN is not one of the allowed values."),
        ("from=2018&to=2013", "from=2018 lies after to=2013."),
        ("from=1990&date_from=1990-01-01", "cannot stand together with from"),
        ("from=abc", "is not a year of four digits"),
        ("view=map", "view=map is not one of the allowed values. Allowed: incidents, people."),
        ("sort=shoe", "sort=shoe is not one of the allowed values."),
        ("view=people&sort=people", "sort=people is not one of the allowed values."),
        ("after=yesterday", "after=yesterday is not a place in this list."),
        ("after=2019-13-01~x", "is not a place in this list"),
        ("after=a~b~c", "is not a place in this list"),
        ("view=people&after=2019-01-20~x", "is not a place in this list"),
        ("after=2019-01-20~%00", "is not a place in this list"),
        ("measure=persons", "measure is not a filter."),
    ],
)
def test_what_is_refused(client: Client, query: str, said: str) -> None:
    make_release()
    make_casualty()
    response = client.get(f"/incidents/?{query}")
    assert response.status_code == 400
    assert said in main_of(response)
    assert "who died" not in page(response)


def test_a_long_list_of_allowed_values_is_folded_and_complete(client: Client) -> None:
    make_release()
    missions = [f"UN{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"]
    for acronym in missions:
        make_mission(acronym=acronym)
    text = main_of(client.get("/incidents/?mission=NOWHERE"))
    assert "All 36 allowed values" in text
    assert all(acronym in text for acronym in missions)


def test_what_is_written_into_an_address_is_not_run(client: Client) -> None:
    make_release()
    for query in ("cause=<script>alert(1)</script>", "<script>=1", 'after="><script>', "from=<script>"):
        assert "<script>alert" not in page(client.get("/incidents/", query_params=dict([query.split("=", 1)])))
