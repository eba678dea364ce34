"""The real release and one made from it by known edits: the ledger finds these edits and nothing else."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casualties.counts import total
from casualties.exports.ledger import Ledger, ledger
from casualties.filters import PUBLIC, select
from casualties.trends.revised import revised
from tests.casualties.intake.releases import import_rows
from tests.casualties.views.reading import main_of, table

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]
FIRST, SECOND = date(2023, 11, 28), date(2024, 3, 15)
Rows = list[dict[str, str]]


@pytest.fixture(autouse=True)
def anybody_may_read(settings: Any) -> None:
    settings.PUBLIC_READING = True


def edited(rows: Rows) -> Rows:
    """Ten open cases settled, two people gone, three new (one back-dated), one gender, all codes of a country lost."""
    undetermined = [row for row in rows if row["type_of_incident"] == "To Be Determined"]
    for place, row in enumerate(undetermined[:10]):
        row["type_of_incident"] = "Illness" if place < 7 else "Accident"
    illness = [row for row in rows if row["type_of_incident"] == "Illness" and row["incident_date"] < "1990"]
    gone = {row["casualty_id"] for row in illness[:2]}
    illness[5]["gender"] = "F"
    for row in rows:
        if row["casualty_nationality"] == "Turkey":
            row |= {"casualty_nationality": "Türkiye", "m49_code": "", "isocode3": ""}
    last = rows[-1]
    new = [
        last | {"casualty_id": "MINUSMA-2024-01-00001", "mission_acronym": "MINUSMA", "incident_date": "2016-05-05"},
        last | {"casualty_id": "MONUSCO-2024-01-00001", "mission_acronym": "MONUSCO", "incident_date": "2023-12-30"},
        last | {"casualty_id": "MONUSCO-2024-02-00001", "mission_acronym": "MONUSCO", "incident_date": "2024-02-01"},
    ]
    stay = [row for row in rows if row["casualty_id"] not in gone]
    return [row | {"id": str(place)} for place, row in enumerate(reversed([*stay, *new]), start=1)]


@pytest.fixture
def second_release(real_data: Path) -> None:
    text = (real_data / "fatalities-2023-11-28.csv").read_text(encoding="utf-8")
    batch = import_rows(edited(list(csv.DictReader(io.StringIO(text)))), SECOND.isoformat())
    assert (batch.state, batch.new, batch.gone) == ("applied", 3, 2), batch.message


def changes(query: str = "") -> Ledger:
    return ledger(select(query, PUBLIC), since=FIRST, until=SECOND)


@pytest.mark.usefixtures("second_release")
def test_the_edits_and_nothing_else(client: Client) -> None:
    found = changes()
    assert found.balance() == {
        "since": 4344,
        "added": 3,
        "back-dated": 1,
        "reinstated": 0,
        "withdrawn": 2,
        "came": 0,
        "went": 0,
        "recounted": 0,
        "until": 4345,
    }
    assert {(row["from"], row["to"]): row["persons"] for row in found.reclassified().to_dict("records")} == {
        ("to-be-determined", "illness"): 7,
        ("to-be-determined", "accident"): 3,
    }
    assert found.fields() == {"gender": 1}
    assert total(select("known_at=2023-11-28", PUBLIC)) == 4344
    for query in ("cause=to-be-determined", "mission=MONUSCO", "scope=uniformed-pko&from=2016", "nationality=TUR"):
        balance = changes(query).balance()
        assert balance["since"] == total(select(f"{query}&known_at=2023-11-28", PUBLIC))
        steps = balance["added"] + balance["reinstated"] - balance["withdrawn"] + balance["came"] - balance["went"]
        assert balance["until"] == balance["since"] + steps == total(select(query, PUBLIC))
    known = revised(select("", PUBLIC))
    assert known.differs(2016, 2016)
    assert not known.differs(2023, 2023)
    then = known.published[min(known.published)]
    assert [sum(n for (year, _), n in counts.items() if year == 2016) for counts in (then, known.now)] == [121, 122]
    pages(client)


def pages(client: Client) -> None:
    """What the pages of both releases say, in few questions."""
    client.get("/revisions/")
    for address in ("/revisions/", "/open-cases/", "/open-cases/?mission=UNAMID"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= 15, [query["sql"][:100] for query in asked]
    assert (
        "4,344 people as known at 28 November 2023 became 4,345 as known at 15 March 2024: 3 were added, 1 of them "
        "back-dated, 2 withdrawn, 10 reclassified and 1 changed in another field."
    ) in main_of(client.get("/revisions/"))
    assert table(client.get("/open-cases/"), "What became of earlier ones")[1:] == [
        ["Now: accident", "3", "2%"],
        ["Now: illness", "7", "5%"],
        ["Still to be determined", "134", "93%"],
        ["Open then", "144", ""],
    ]


def test_one_release(client: Client) -> None:
    assert "One release is loaded, that of 28 November 2023." in main_of(client.get("/revisions/"))
    response = client.get("/open-cases/")
    assert (
        "144 deaths had a cause still to be determined on 28 November 2023; the oldest incident was on 29 July 2000."
        in (main_of(response))
    )
    rows = table(response, "By mission and age")
    assert rows[-1] == ["All missions", "3", "8", "28", "56", "49", "144"]
    assert sum(int(cells[-1]) for cells in rows[1:-1]) == 144
    assert (
        "Of 1,151 people who died in 2014–23, 91 (8%) were registered in a later month than that of the incident; "
        "figures of the last months may still rise."
    ) in main_of(response)
    lines = b"".join(client.get("/late-registrations.csv")).decode().splitlines()
    assert len(lines) == 1 + 91
