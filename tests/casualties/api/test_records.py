"""/casualties/ and /incidents/: the rows of the files, in pages that neither repeat nor lose a row."""

from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from casualties.models import Casualty
from missions.models import DataVersion
from tests.casualties.api.asking import get
from tests.factories import data_manager, make_casualty, make_incident, make_mission, make_release
from tests.kept import standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture(autouse=True)
def public(settings: Any) -> None:
    settings.PUBLIC_READING = True


def make_people() -> None:
    make_release(released_on=date(2023, 6, 30))
    make_release()
    for day in (1, 1, 2, 3, 3, 3):
        make_casualty(occurred_on=date(2019, 1, day), known_at=date(2023, 6, 30))
    make_casualty(mission=make_mission(acronym="MINUSCA"), occurred_on=date(2019, 1, 3), cause="illness")
    make_casualty(occurred_on=date(2022, 5, 5), released=False)


people = standing(make_people)


def walked(client: Client, address: str, name: str) -> list[dict[str, Any]]:
    """All rows of a list, page after page, by the addresses that the answers give."""
    rows: list[dict[str, Any]] = []
    url = f"/api/v1/{address}"
    while url:
        page = client.get(url).json()
        assert page[name]
        rows += page[name]
        url = page["next"]
    return rows


@pytest.mark.parametrize(("name", "key"), [("casualties", "reference"), ("incidents", "incident")])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_pages_neither_repeat_nor_lose_a_row(client: Client, name: str, key: str, size: int) -> None:
    rows = walked(client, f"{name}/?page_size={size}", name)
    keys = [row[key] for row in rows]
    assert len(keys) == len(set(keys)) == {"casualties": 7, "incidents": 4}[name]
    assert [row["date"] for row in rows] == sorted((row["date"] for row in rows), reverse=True)


def test_a_page_says_what_it_is_of(client: Client) -> None:
    answer = get(client, "casualties/?mission=MINUSMA&page_size=2")
    said = answer.json()
    assert said["selection"].startswith("all peace operations, all personnel; deaths; mission: MINUSMA")
    assert said["known_at"] == "2023-11-28"
    assert answer["Link"] == f'<{said["next"]}>; rel="next"'
    row = said["casualties"][0]
    assert row["persons"] == 1
    assert row["gender"] == "not-recorded"
    assert row["died_on"] is None
    assert "place" not in row


def test_columns_in_the_order_that_was_asked_for(client: Client) -> None:
    row = get(client, "incidents/?columns=deaths,incident,means&page_size=1").json()["incidents"][0]
    assert list(row) == ["deaths", "incident", "means"]


def test_csv_pages(client: Client) -> None:
    answer = get(client, "casualties/?format=csv&page_size=3&columns=date,mission")
    assert answer.content.decode().split("\r\n")[:2] == ["date,mission", "2019-01-03,MINUSCA"]
    assert answer["Link"].endswith('rel="next"')


def test_one_person_and_one_incident(client: Client) -> None:
    person = Casualty.objects.filter(cause="malicious-act", released=True).latest("id")
    assert person.incident is not None
    found = get(client, f"casualties/{person.reference}/").json()["casualty"]
    assert found["incident"] == person.incident.key
    found = get(client, f"incidents/{person.incident.key}/").json()
    assert found["incident"]["deaths"] == 3
    assert person.reference in {row["reference"] for row in found["casualties"]}


def test_what_is_not_released_is_not_there(client: Client) -> None:
    hidden = Casualty.objects.get(released=False)
    empty = make_incident(key="nobody-was-in-it")
    assert hidden.incident is not None
    for address in (
        f"casualties/{hidden.reference}/",
        f"incidents/{hidden.incident.key}/",
        f"incidents/{empty.key}/",
        "casualties/%00/",
        "incidents/%00/",
    ):
        answer = get(client, address)
        assert answer.status_code == 404, address
        assert answer["Content-Type"] == "application/problem+json"


def test_changed_since_counts_the_day_itself(client: Client) -> None:
    assert len(walked(client, "casualties/?changed_since=2023-06-30", "casualties")) == 7
    late = walked(client, "casualties/?changed_since=2023-07-01", "casualties")
    assert [row["mission"] for row in late] == ["MINUSCA"]
    moved = Casualty.objects.filter(occurred_on=date(2019, 1, 2)).get()
    Casualty.objects.filter(pk=moved.pk).update(gender="f", known_at=date(2023, 11, 28))
    assert len(walked(client, "casualties/?changed_since=2023-11-28", "casualties")) == 2
    assert get(client, "casualties/?changed_since=2023-11-29").json()["casualties"] == []


def test_an_incident_that_changed_counts_all_of_its_people(client: Client) -> None:
    one = Casualty.objects.filter(occurred_on=date(2019, 1, 1)).first()
    assert one is not None
    Casualty.objects.filter(pk=one.pk).update(gender="f", known_at=date(2023, 11, 28))
    rows = walked(client, "incidents/?changed_since=2023-11-28&cause=malicious-act", "incidents")
    assert [(row["date"], row["deaths"]) for row in rows] == [("2019-01-01", 2)]


def test_withdrawn_references_are_a_feed(client: Client) -> None:
    assert get(client, "withdrawn/").json()["withdrawn"] == []
    gone, hidden = Casualty.objects.filter(occurred_on=date(2019, 1, 3), cause="malicious-act").order_by("id")[:2]
    newer = {"known_at": date(2023, 11, 28)}
    Casualty.objects.filter(pk=gone.pk).update(state="withdrawn", withdrawn_on=date(2023, 11, 28), **newer)
    Casualty.objects.filter(pk=hidden.pk).update(released=False, **newer)
    Casualty.objects.filter(released=False, occurred_on=date(2022, 5, 5)).update(  # nobody outside ever saw it
        state="withdrawn", withdrawn_on=date(2023, 11, 28), **newer
    )
    assert {row["reference"] for row in walked(client, "withdrawn/?page_size=1", "withdrawn")} == {
        gone.reference,
        hidden.reference,
    }
    assert get(client, "withdrawn/?changed_since=2023-11-29").json()["withdrawn"] == []
    assert get(client, "withdrawn/?format=csv").getvalue().startswith(b"reference,withdrawn_on\r\n")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("page_size=10000000", "page_size"),
        ("page_size=0", "page_size"),
        ("page_size=-1", "page_size"),
        ("page_size=²", "page_size"),
        ("page_size=2&page_size=3", "page_size"),
        ("cursor=nonsense", "cursor"),
        ("cursor=bnVsbA", "cursor"),
        ("cursor=ü", "cursor"),
        ("columns=summary", "columns"),
        ("columns=colour", "columns"),
        ("header=1", "header"),
        ("changed_since=yesterday", "changed_since"),
        ("changed_since=2999-01-01", "changed_since"),
        ("by=year", "by"),
    ],
)
def test_it_refuses_by_name(client: Client, query: str, parameter: str) -> None:
    answer = get(client, f"casualties/?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == parameter


def test_a_cursor_of_another_selection_is_refused(client: Client) -> None:
    cursor = get(client, "casualties/?page_size=1").json()["next"].split("cursor=")[1].split("&")[0]
    for other in (f"casualties/?cause=illness&cursor={cursor}", f"incidents/?cursor={cursor}"):
        assert get(client, other).json()["errors"][0]["parameter"] == "cursor"
    assert get(client, f"casualties/?page_size=2&format=csv&cursor={cursor}").status_code == 200


def test_two_states_of_the_data_are_never_mixed_in_one_list(client: Client) -> None:
    url = get(client, "casualties/?page_size=1").json()["next"]
    DataVersion.objects.update_or_create(id=1, defaults={"version": DataVersion.current() + 1})
    answer = client.get(url)
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("data-moved")


@pytest.mark.parametrize("reference", ["=1+1", "a/b", "a b", "'=1"])
def test_texts_are_as_they_are_kept_and_references_with_slashes_are_found(client: Client, reference: str) -> None:
    """An apostrophe before what a spreadsheet would run belongs to files of a spreadsheet alone."""
    made = make_casualty(occurred_on=date(2021, 1, 1), cause="illness", reference=reference)
    listed = get(client, "casualties/?page_size=1").json()["casualties"]
    assert listed[0]["reference"] == reference
    one = get(client, f"casualties/{quote(reference, safe='')}/")
    assert one.json()["casualty"]["reference"] == reference
    assert made.incident is not None
    people = get(client, f"incidents/{made.incident.key}/").json()["casualties"]
    assert [person["reference"] for person in people] == [reference]
    page = get(client, "casualties/?format=csv&page_size=1&columns=reference").content.decode()
    assert page.split("\r\n")[1] == ("'=1+1" if reference == "=1+1" else reference)


def test_texts_for_staff_are_as_they_are_kept_too(client: Client) -> None:
    incident = make_incident(key="bus", occurred_on=date(2021, 1, 1), cause="accident", place="=cmd|x")
    make_casualty(incident=incident)
    client.force_login(data_manager())
    assert get(client, "incidents/bus/?columns=place").json()["incident"] == {"place": "=cmd|x"}
