"""/missions/, /countries/, /strengths/, /statements/, /trends/ and /revisions/: what each of them answers."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from casualties.models import Casualty
from casualties.statements import COLUMNS, check_statements
from missions.models import Strength
from tests.casualties.api.asking import get
from tests.factories import make_casualty, make_country, make_mission, make_release, make_statement
from tests.kept import standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]


@pytest.fixture(autouse=True)
def public(settings: Any) -> None:
    settings.PUBLIC_READING = True


def make_data() -> None:
    make_release(released_on=date(2023, 6, 30))
    make_release()
    umbrella = make_mission(acronym="UNEF", started_on=date(1956, 11, 1), ended_on=date(1979, 7, 1))
    make_mission(acronym="UNEF I", umbrella=umbrella, started_on=date(1956, 11, 1), ended_on=date(1967, 6, 1))
    make_mission(acronym="UNAMA", kind="spm", aliases=["UNSMA"])
    make_country(iso3="TCD")
    mission = make_mission()
    for year in (2013, 2014):
        Strength.objects.create(mission=mission, year=year, category="troops", person_years=5000.5, months=[1, 2, 3])
    make_casualty(known_at=date(2023, 6, 30))
    make_casualty(known_at=date(2023, 6, 30))


data = standing(make_data)


def test_missions(client: Client) -> None:
    said = get(client, "missions/").json()
    found = {row["acronym"]: row for row in said["missions"]}
    assert set(found) == {"MINUSMA", "UNAMA", "UNEF", "UNEF I"}
    assert found["UNEF I"]["umbrella"] == "UNEF"
    assert found["MINUSMA"]["started_on"] == "2013-04-25"
    assert found["MINUSMA"]["latitude"] is None
    assert [row["acronym"] for row in get(client, "missions/?kind=spm").json()["missions"]] == ["UNAMA"]
    assert get(client, "missions/UNSMA/").json()["mission"]["acronym"] == "UNAMA"
    assert get(client, "missions/?cause=illness").json()["errors"][0]["parameter"] == "cause"
    assert get(client, "missions/?scope=uniformed").json()["errors"][0]["parameter"] == "scope"


def test_lists_come_whole_as_csv_and_in_pages_as_json(client: Client) -> None:
    whole = get(client, "missions/?format=csv").content.decode().splitlines()
    assert whole[0].startswith("acronym,name,kind,")
    assert len(whole) == 5
    assert len(get(client, "missions/?format=csv&page_size=2").content.decode().splitlines()) == 3
    page = get(client, "missions/?page_size=3").json()
    rest = client.get(page["next"]).json()
    assert len(page["missions"]) == 3
    assert len(rest["missions"]) == 1
    assert rest["next"] is None


def test_countries(client: Client) -> None:
    rows = get(client, "countries/").json()["countries"]
    assert "TCD" in {row["iso3"] for row in rows}
    assert "ZZZ" not in {row["iso3"] for row in rows}
    assert get(client, "countries/TCD/").json()["country"]["name"] == "Chad"
    assert get(client, "countries/ZZZ/").status_code == 404


def test_strengths(client: Client) -> None:
    rows = get(client, "strengths/?mission=MINUSMA&to=2013").json()["strengths"]
    assert rows == [
        {
            "mission": "MINUSMA",
            "year": 2013,
            "category": "troops",
            "person_years": 5000.5,
            "months": [1, 2, 3],
            "months_filled": 0,
            "source": None,
        }
    ]
    assert get(client, "strengths/?format=csv&to=2013").content.decode().splitlines()[1].endswith(",1; 2; 3,0,")
    assert get(client, "strengths/?category=ships").json()["errors"][0]["parameter"] == "category"


def test_statements(client: Client) -> None:
    make_statement(key="said-once", selection="cause=malicious-act", value=3)
    check_statements()
    (row,) = get(client, "statements/").json()["statements"]
    assert (row["said"], row["found"], row["verdict"]) == (3, 2, "differs")
    assert tuple(row) == COLUMNS
    assert get(client, "statements/said-once/").json()["statement"] == row
    assert get(client, "statements/?verdict=holds").json()["statements"] == []
    assert get(client, "statements/?verdict=true").json()["errors"][0]["parameter"] == "verdict"


def test_trends(client: Client) -> None:
    said = get(client, "trends/?cause=malicious-act&mission=MINUSMA&from=2019").json()
    (window,) = [row for row in said["windows"] if row["last_year"] == 2019]
    assert window["persons"] == 2
    assert window["change_from_previous_window"] is None
    assert window["complete"] is True
    assert said["left_aside"] == ["from"]
    assert "2019" not in said["selection"]
    by_cause = get(client, "trends/?by=cause&mission=MINUSMA").json()["windows"]
    assert {row["cause"] for row in by_cause} >= {"all", "malicious-act", "unknown"}
    answer = get(client, "trends/?mission=MINUSMA&format=csv")
    assert answer.content == client.get("/trends.csv?mission=MINUSMA").getvalue()
    assert get(client, "trends/?outcome=all").json()["errors"][0]["parameter"] == "outcome"


def test_revisions(client: Client) -> None:
    one = Casualty.objects.order_by("id").first()
    assert one is not None
    Casualty.objects.filter(pk=one.pk).update(gender="f", known_at=date(2023, 11, 28))
    make_casualty(occurred_on=date(2021, 1, 1), cause="illness")
    said = get(client, "revisions/").json()
    assert (said["since"], said["until"]) == ("2023-06-30", "2023-11-28")
    assert said["balance"]["since"] == 2
    assert said["balance"]["added"] == 1
    assert said["balance"]["until"] == 3
    assert [(row["what"], row["field"], row["new"]) for row in said["revisions"]] == [
        ("added", None, None),
        ("changed", "gender", "f"),
    ]
    assert get(client, "revisions/?cause=malicious-act&page_size=1").json()["next"] is None
    assert get(client, "revisions/?since=2023-11-28").json()["errors"][0]["parameter"] == "since"
    assert get(client, "revisions/?since=2020-01-01").json()["errors"][0]["parameter"] == "since"
    assert get(client, "revisions/?known_at=2023-11-28").json()["errors"][0]["parameter"] == "known_at"
    assert get(client, "revisions/?until=2023-06-30").status_code == 409


def test_the_root_says_where_everything_is(client: Client) -> None:
    for address in get(client, "").json()["addresses"].values():
        assert client.get(address).status_code == 200
