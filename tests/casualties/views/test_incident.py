"""The page of one incident: facts, people by number, history; and who sees which of them."""

from datetime import UTC, date, datetime
from typing import Any

import pghistory
import pytest
from django.test import Client

from casualties.models import Casualty, CasualtyVersion, Incident
from tests.casualties.views.reading import main_of, page, table
from tests.factories import (
    data_manager,
    make_casualty,
    make_country,
    make_incident,
    make_mission,
    make_release,
    reader,
    reporter,
)

pytestmark = pytest.mark.django_db
KEY = "/incidents/MINUSMA-2019-01-20-malicious-act/"


def facts(response: Any) -> str:
    return main_of(response).split("Facts ", 1)[1].split(" People ", 1)[0]


def test_it_works(client: Client) -> None:
    make_release()
    make_casualty(nationality=make_country(), gender="m", reference="MINUSMA-2019-01-00038")
    make_casualty(nationality=make_country(iso3="NER"), personnel="police", reference="MINUSMA-2019-01-00039")
    response = client.get(KEY)
    assert response.status_code == 200
    text = main_of(response)
    assert text.startswith(
        "Incidents MINUSMA 20 January 2019 Two people killed by a malicious act in MINUSMA, 20 January 2019 "
        "Personnel: military 1, police 1. Nationality: Chad 1, Niger 1."
    )
    assert facts(response).startswith(
        "Date of incident 20 January 2019 Day of the incident, not of the death Mission MINUSMA peacekeeping operation "
        "Cause Malicious act Means Not recorded Context Not recorded Died 2 Injured – Injuries are not in this release "
        "What makes it one incident Derived from mission, date and cause Origin Open data "
        "United Nations Peace & Security Data Hub, release of 28 November 2023"
    )
    assert table(response, "People") == [
        ["Casualty number", "Outcome", "Personnel", "Nationality", "Gender", "Known since"],
        ["MINUSMA-2019-01-00038", "Died", "Military", "Chad", "Male", "28 Nov 2023"],
        ["MINUSMA-2019-01-00039", "Died", "Police", "Niger", "Not recorded", "28 Nov 2023"],
    ]
    assert [row[1:] for row in table(response, "History of changes")] == [
        ["Who", "What", "Old", "New", "Why"],
        ["System", "2 people recorded", "–", "–", "–"],
    ]


@pytest.mark.parametrize(
    ("cause", "title"),
    [
        ("malicious-act", "One person killed by a malicious act in MINUSMA, 20 January 2019"),
        ("accident", "One person killed in an accident in MINUSMA, 20 January 2019"),
        ("illness", "One person died of illness in MINUSMA, 20 January 2019"),
        ("self-inflicted", "One death recorded as self-inflicted in MINUSMA, 20 January 2019"),
        ("to-be-determined", "One death with a cause to be determined in MINUSMA, 20 January 2019"),
        ("unknown", "One death of unknown cause in MINUSMA, 20 January 2019"),
    ],
)
def test_the_title_says_what_happened(client: Client, cause: str, title: str) -> None:
    make_release()
    casualty = make_casualty(cause=cause)
    assert f"<h1>{title}</h1>" in page(client.get(f"/incidents/{casualty.incident.key}/"))  # type: ignore[union-attr]


def test_injured_and_died_later(client: Client) -> None:
    make_release()
    make_casualty(outcome="injury", severity="very-serious", reference="a")
    response = client.get(KEY)
    assert "One person injured in MINUSMA" in main_of(response)
    assert table(response, "People")[1][:2] == ["a", "Injured, very serious"]
    make_casualty(died_on=date(2019, 2, 3), reference="b")
    response = client.get(KEY)
    assert "Died 1 Injured 1" in facts(response)
    assert table(response, "People")[1][:2] == ["b", "Died on 3 Feb 2019"]


def test_other_labels(client: Client) -> None:
    make_release()
    make_country(iso3="MNE", name="Montenegro")
    scg = make_country(iso3="SCG", name="Serbia and Montenegro")
    make_casualty(nationality=scg, other_nationalities=["MNE"], reference="a")
    assert table(client.get(KEY), "People")[1][3] == "Serbia and Montenegro also recorded: Montenegro"


def test_what_is_known_of_the_date(client: Client) -> None:
    make_release()
    make_casualty(incident=make_incident(key="in-may", occurred_on=date(2018, 5, 1), occurred_precision="month"))
    response = client.get("/incidents/in-may/")
    assert "in MINUSMA, May 2018" in main_of(response)
    assert "Date of incident May 2018 Only the month is known" in facts(response)


@pytest.mark.parametrize("key", ["nothing", "MINUSMA-2019-01-20", "%00", "a" * 200])
def test_no_such_incident(client: Client, key: str) -> None:
    make_release()
    make_casualty()
    assert client.get(f"/incidents/{key}/").status_code == 404


def test_who_sees_what_is_not_released(client: Client, settings: Any) -> None:
    make_release()
    make_casualty(released=False)
    make_mission(acronym="UNIFIL")
    expected = {
        None: 404,
        reader(): 404,
        reporter(mission=make_mission(acronym="UNIFIL")): 404,
        data_manager(): 200,
    }
    for user, status in expected.items():
        client.logout()
        if user:
            client.force_login(user)
        assert client.get(KEY).status_code == status
    assert "Not released: next of kin not yet told" in main_of(client.get(KEY))

    make_casualty()
    client.logout()
    response = client.get(KEY)
    assert "One person killed" in main_of(response)
    assert len(table(response, "People")) == 2
    assert "1 person recorded" in main_of(response)
    assert "eleased" not in main_of(response)
    settings.PUBLIC_READING = False
    assert client.get(KEY).status_code == 302


def test_what_is_for_staff(client: Client) -> None:
    make_release()
    make_casualty(
        incident=make_incident(place="Aguelhok", summary="A camp was attacked.", accountability="investigation")
    )
    for_readers = page(client.get(KEY))
    for words in ("Aguelhok", "camp", "nvestigation"):
        assert words not in for_readers
    client.force_login(data_manager())
    for_staff = main_of(client.get(KEY))
    assert "A camp was attacked." in for_staff
    assert "Place Aguelhok Shown to staff only" in for_staff
    assert "Investigation Under investigation" in for_staff


def test_changes_keep_old_and_new_with_who_and_why(client: Client) -> None:
    make_release()
    manager = data_manager()
    casualty = make_casualty(reference="a", nationality=make_country())
    with pghistory.context(user=manager.pk, reason="letter of the Member State"):
        Casualty.objects.filter(pk=casualty.pk).update(nationality=make_country(iso3="NER"), gender="f")
    changes = {tuple(row[1:]) for row in table(client.get(KEY), "History of changes")[1:]}
    assert ("Staff", "a: Nationality", "Chad", "Niger", "letter of the Member State") in changes
    assert ("Staff", "a: Gender", "not recorded", "Female", "letter of the Member State") in changes
    assert "2 values revised" in main_of(client.get(KEY))
    client.force_login(manager)
    changes = {tuple(row[1:]) for row in table(client.get(KEY), "History of changes")[1:]}
    assert (manager.email, "a: Nationality", "Chad", "Niger", "letter of the Member State") in changes


def test_a_correction_of_the_incident_is_said_once(client: Client) -> None:
    make_release()
    for _person in range(3):
        make_casualty()
    Incident.objects.update(occurred_on=date(2019, 1, 21))
    rows = table(client.get(KEY), "History of changes")[1:]
    assert [row[2:5] for row in rows if row[3] != "–"] == [["Date of incident", "20 Jan 2019", "21 Jan 2019"]]


def test_readers_see_no_change_from_before_the_release(client: Client) -> None:
    make_release()
    casualty = make_casualty(released=False, reference="a")
    Casualty.objects.filter(pk=casualty.pk).update(gender="f")
    Casualty.objects.filter(pk=casualty.pk).update(released=True)
    Casualty.objects.filter(pk=casualty.pk).update(personnel="police")
    seen = [row[2] for row in table(client.get(KEY), "History of changes")[1:]]
    assert seen == ["a: Personnel"]
    client.force_login(data_manager())
    seen = [row[2] for row in table(client.get(KEY), "History of changes")[1:]]
    assert sorted(seen) == ["1 person recorded", "a: Gender", "a: Personnel", "a: Released"]


def test_what_an_older_release_said_is_in_the_history(client: Client) -> None:
    """An older release that comes later writes only versions: no write of the record knows of it."""
    make_release()
    older = make_release(released_on=date(2022, 6, 1), as_of=True)
    casualty = make_casualty(reference="a")
    version = casualty.versions.get()
    said = {
        field: getattr(version, field) for field in ("incident_id", "mission_id", "occurred_on", "cause", "released")
    }
    said |= {"known_from": older.release_date, "known_until": version.known_from, "batch": older, "reference": "a"}
    CasualtyVersion.objects.create(casualty=casualty, personnel="other", **said)
    row = next(row for row in table(client.get(KEY), "History of changes") if row[2] == "a: Personnel")
    assert row == ["28 Nov 2023", "Import", "a: Personnel", "Other", "Military", "–"]


def test_an_emptied_incident_says_where_its_people_went(client: Client) -> None:
    make_release()
    casualty = make_casualty(reference="a")
    found = make_incident(key="found", cause="accident", occurred_on=date(2019, 1, 22))
    Casualty.objects.filter(pk=casualty.pk).update(
        incident=found, cause="accident", occurred_on=found.occurred_on, known_at=date(2023, 11, 29)
    )
    response = client.get(KEY)
    assert response.status_code == 200
    text = main_of(response)
    assert "Incident without people in MINUSMA, 20 January 2019" in text
    assert "1 person who was recorded here is in another incident now a: found" in text
    assert '<a href="/incidents/found/">found</a>' in page(response)
    assert "Nobody is recorded in this incident now." in text
    now = main_of(client.get("/incidents/found/"))
    assert "a: Incident MINUSMA-2019-01-20-malicious-act found" in now


def test_a_withdrawn_person_stays_and_is_not_counted(client: Client) -> None:
    make_release()
    make_casualty(reference="a")
    make_casualty(reference="b", state="withdrawn", withdrawn_on=date(2023, 11, 28))
    response = client.get(KEY)
    assert "One person killed" in main_of(response)
    assert [row[:2] for row in table(response, "People")[1:]] == [["a", "Died"], ["b", "Withdrawn on 28 Nov 2023"]]
    assert "1 was withdrawn by a later release and is not counted." in main_of(response)


def test_a_provisional_year_is_said(client: Client) -> None:
    make_release()
    make_casualty(occurred_on=date(2023, 5, 1))
    assert "Provisional: the year is open" in main_of(client.get("/incidents/MINUSMA-2023-05-01-malicious-act/"))


def test_times_of_the_rescue_are_for_staff(client: Client) -> None:
    make_release()
    casualty = make_casualty(reference="a")
    Casualty.objects.filter(pk=casualty.pk).update(wounded_at=datetime(2019, 1, 20, 5, 30, tzinfo=UTC))
    assert "Wounded" not in main_of(client.get(KEY))
    client.force_login(data_manager())
    assert "a: Wounded at not recorded 20 Jan 2019, 05:30" in main_of(client.get(KEY))
