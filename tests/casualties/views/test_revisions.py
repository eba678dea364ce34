"""The revisions page of a small world: what it says, that every number leads to its people, what it refuses."""

import csv
import html
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from casualties.choices import CasualtyState, Cause, Gender
from casualties.filters import forget_basis
from casualties.models import Casualty
from tests.casualties.views.following import behind
from tests.casualties.views.reading import main_of, page, row, table
from tests.factories import make_casualty, make_incident, make_release
from tests.kept import kept, remembering_client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_releases")]
FIRST, SECOND = date(2023, 11, 28), date(2024, 6, 30)


@pytest.fixture(autouse=True)
def anybody_may_read(settings: Any) -> None:
    settings.PUBLIC_READING = True


@pytest.fixture(scope="module")
def two_releases(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One open case settled, one person withdrawn, one new, one back-dated, one with another gender."""
    with kept(django_db_blocker):
        make_two_releases()
        yield


client = remembering_client("two_releases")


def make_two_releases() -> None:
    make_release(released_on=FIRST)
    settled = make_casualty(reference="settled", cause=Cause.TO_BE_DETERMINED, occurred_on=date(2023, 3, 1))
    gone = make_casualty(reference="gone", occurred_on=date(2022, 5, 5))
    other = make_casualty(reference="other", occurred_on=date(2021, 5, 5))
    make_release(released_on=SECOND)
    illness = make_incident(cause=Cause.ILLNESS, occurred_on=date(2023, 3, 1))
    Casualty.objects.filter(pk=settled.pk).update(incident=illness, cause=Cause.ILLNESS, known_at=SECOND)
    Casualty.objects.filter(pk=gone.pk).update(state=CasualtyState.WITHDRAWN, withdrawn_on=SECOND, known_at=SECOND)
    Casualty.objects.filter(pk=other.pk).update(gender=Gender.FEMALE, known_at=SECOND)
    make_casualty(reference="new", occurred_on=date(2024, 2, 2), known_at=SECOND)
    make_casualty(reference="back-dated", occurred_on=date(2015, 2, 2), known_at=SECOND)
    forget_basis()


def numbers_with_links(response: Any) -> Iterator[tuple[int, str]]:
    """Every number of a table that is a link, with its address."""
    for url, number in re.findall(r'<td class="n"><a href="([^"]+)">([+−]?[\d,]+)</a>', page(response)):
        yield abs(int(number.replace(",", "").replace("−", "-"))), html.unescape(url)


def test_from_one_count_to_the_other(client: Client) -> None:
    response = client.get("/revisions/")
    assert (
        "3 people as known at 28 November 2023 became 4 as known at 30 June 2024: 2 were added, 1 of them back-dated, "
        "1 withdrawn, 1 reclassified and 1 changed in another field."
    ) in main_of(response)
    assert table(response, "From one count to the other")[1:] == [
        ["As known at 28 November 2023", "3"],
        ["Added", "+2"],
        ["of them back-dated into a year that was closed", "1"],
        ["Reinstated", "0"],
        ["Withdrawn", "−1"],
        ["As known at 30 June 2024", "4"],
    ]
    assert table(response, "Reclassified") == [
        ["From", "to illness", "All"],
        ["To be determined", "1", "1"],
        ["All", "1", "1"],
    ]
    assert table(response, "Other fields")[1:] == [["Gender", "1"]]
    years = table(response, "By year of the incident")
    assert row(years, "2015") == ["2015", "0", "1", "1", "0", "0", "0", "0", "1", "+1"]
    assert row(years, "2022") == ["2022", "1", "0", "0", "0", "1", "0", "0", "0", "−1"]
    assert row(years, "2024")[:2] == ["2024", "–"], "the release of 2023 does not cover it"
    assert row(table(response, "By cause"), "Illness")[6:] == ["1", "0", "1", "+1"]


@pytest.mark.parametrize("query", ["", "cause=to-be-determined", "mission=MINUSMA&from=2015&to=2023"])
def test_every_number_leads_to_its_people(client: Client, query: str) -> None:
    found = sorted(set(numbers_with_links(client.get(f"/revisions/?{query}"))))
    assert len(found) > 5
    assert [(number, url) for number, url in found if behind(client, url) != number] == []


def test_the_list_names_the_people(client: Client) -> None:
    rows = table(client.get("/revisions/?show=reclassified&old=to-be-determined&new=illness"), "People")
    assert rows[1][0] == "settled"
    assert rows[1][5:] == ["Cause: To be determined → Illness", "30 Jun 2024"]
    assert table(client.get("/revisions/?show=withdrawn"), "People")[1][0] == "gone"


def test_the_file_has_the_people_of_the_page(client: Client) -> None:
    response = client.get("/revisions.csv?show=gender&header=1")
    lines = b"".join(response).decode().splitlines()
    assert "revisions-gender-since-2023-11-28_2024-06-30" in response["Content-Disposition"]
    (line,) = csv.DictReader(entry for entry in lines if not entry.startswith("#"))
    assert (line["reference"], line["field"], line["old"], line["new"]) == ("other", "gender", "not-recorded", "f")
    assert (line["since"], line["until"], line["known_from"]) == ("2023-11-28", "2024-06-30", "2024-06-30")


def test_between_releases_and_nothing_changed(client: Client) -> None:
    shown = main_of(client.get("/revisions/?since=2023-11-28&until=2024-06-29"))
    assert "Nothing changed between 28 November 2023 and 29 June 2024: 3 people at both dates." in shown


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=2023-11-27", "since=2023-11-27 lies before 2023-11-28, the first release"),
        ("until=2024-07-01", "until=2024-07-01 lies after 2024-06-30, the newest release"),
        ("since=2024-06-30", "since=2024-06-30 is not before until=2024-06-30"),
        ("since=2024-06-30&until=2023-12-01", "since=2024-06-30 is not before until=2023-12-01"),
        ("until=2023-11-28", "until=2023-11-28 is the first release"),
        ("since=yesterday", "since=yesterday is not a day written as YYYY-MM-DD"),
        ("since=2023-11-31", "since=2023-11-31 is not a day written as YYYY-MM-DD"),
        ("since=2023-11-28&since=2023-11-29", "since=2023-11-28, 2023-11-29 may be given once only"),
        ("show=dropped", "show=dropped is not one of the allowed values"),
        ("old=illness", "old=illness can stand beside show=reclassified alone"),
        ("page=0", "page=0 is not a page of this list"),
        ("page=2", "page=2 is not a page of this list"),
        ("known_at=2023-11-28", "known_at=2023-11-28 cannot stand together with since and until"),
        ("nation=TCD", "nation is not a filter"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_name(client: Client, query: str, said: str) -> None:
    response = client.get(f"/revisions/?{query}")
    assert response.status_code == 400
    assert said in main_of(response)
    assert "<table" not in page(response)
    if "page" not in query:
        assert client.get(f"/revisions.csv?{query}").status_code == 400


@pytest.mark.parametrize("path", ["/revisions/", "/revisions.csv"])
def test_means_that_nobody_recorded_are_not_available(client: Client, path: str) -> None:
    response = client.get(f"{path}?means=landmine")
    assert response.status_code == (409 if path.endswith("csv") else 200)
    assert "ot available" in response.content.decode()
