"""The real months, as a plain file and in the hub's shape: the person-years are those of the published table."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from missions.models import Strength
from missions.reference.cells import months as months_from
from missions.strength_import import Verdict
from tests.missions.strength_import.files import HUB, PLAIN, csv_file, problems, run

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("reference_facts")]
CLOSE = Decimal("0.1")
HUB_BEGINS = 2010
CATEGORIES = {"troops": "troops_py", "police": "police_py", "observers": "observers_py"}
# The types that make up each category of the hub, and the share of the real figure that each of them gets here.
TYPES = {
    "troops": (("Troops", 0.9), ("Staff Officer", 0.1)),
    "police": (("Formed Police Units", 0.6), ("Individual Police", 0.4)),
    "observers": (("Experts on Mission", 1.0),),
}


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def missions(reference_facts: None, db: None) -> None:
    Strength.objects.all().delete()


def as_plain(real_data: Path) -> bytes:
    return csv_file(PLAIN, ([row[column] for column in PLAIN] for row in read(real_data / "strength.csv")))


def check_against_the_published_table(real_data: Path, *, since: int) -> int:
    """How many mission-years agree; those with filled months have no reported figure to compare with."""
    kept = {(row.mission.acronym, row.year, row.category): row for row in Strength.objects.select_related("mission")}
    compared = 0
    for row in read(real_data / "strength-yearly.csv"):
        if int(row["year"]) < since:
            continue
        found = {category: kept[row["mission"], int(row["year"]), category] for category in CATEGORIES}
        assert all(len(strength.months) == int(row["months_reported"]) for strength in found.values())
        if row["months_filled"] == "0":
            compared += 1
            for category, column in CATEGORIES.items():
                assert abs(found[category].person_years - Decimal(row[column])) <= CLOSE, (row, category)
            assert list(months_from(row["months"])) == found["troops"].months
            total = sum((strength.person_years for strength in found.values()), Decimal(0))
            assert abs(total - Decimal(row["person_years"])) <= CLOSE
    return compared


@pytest.mark.usefixtures("missions")
def test_the_plain_file_gives_the_published_person_years(real_data: Path) -> None:
    outcome = run(as_plain(real_data))
    assert (outcome.batch.state, outcome.batch.rows, outcome.batch.new) == ("applied", 5733, 548)
    assert check_against_the_published_table(real_data, since=1990) == 507
    assert Strength.objects.count() == 548 * 3
    outside = [reason for _, _, _, reason in problems(outcome, "warning") if "the mission ended on" in reason]
    assert len(outside) > 50
    assert run(as_plain(real_data)).batch.state == "discarded"


def as_hub_rows(real_data: Path) -> list[dict[str, Any]]:
    """Every real mission-month split over types, genders and two contributors, so that adding up restores it."""
    rows: list[dict[str, Any]] = []
    for row in read(real_data / "strength.csv"):
        if int(row["month"][:4]) < HUB_BEGINS:
            continue
        year, month, day = (int(part) for part in row["report_date"].split("-"))
        for category, kinds in TYPES.items():
            left = int(row[category])
            for kind, share in kinds:
                part = left if kind == kinds[-1][0] else round(int(row[category]) * share)
                left -= part
                for country, persons in (("Bangladesh", part // 3), ("Ghana", part - part // 3)):
                    rows.append(
                        {
                            "contributing_country": country,
                            "contribution_id": len(rows) + 1,
                            "female_personnel": persons // 20,
                            "isocode3": country[:3].upper(),
                            "last_reporting_date": date(year, month, day),
                            "m49_code": 50.0,
                            "male_personnel": persons - persons // 20,
                            "mission_acronym": row["mission"],
                            "personnel_type": kind,
                        }
                    )
    return rows


@pytest.mark.usefixtures("missions")
def test_the_shapes_of_the_hub_give_the_same(real_data: Path) -> None:
    rows = as_hub_rows(real_data)
    outcome = run(csv_file(HUB, ([row[column] for column in HUB] for row in rows)))
    assert (outcome.batch.state, outcome.batch.rows, outcome.batch.new) == ("applied", 19_650, 181)
    assert check_against_the_published_table(real_data, since=HUB_BEGINS) == 140
    for row in rows:
        day = datetime.combine(row["last_reporting_date"], datetime.min.time(), UTC)
        row["last_reporting_date"] = int(day.timestamp()) * 1000
    again = run(json.dumps(rows).encode())
    assert (again.batch.state, again.batch.same, again.batch.format) == ("discarded", 181, "hub-strength-json")


def test_against_the_table_of_the_software_nothing_but_rounding_differs(real_data: Path) -> None:
    rows = list(Strength.objects.order_by("id").values())
    outcome = run(as_plain(real_data))
    assert outcome.batch.state == "discarded"
    assert outcome.verdicts == {Verdict.SAME: 507, Verdict.KEPT: 41}
    assert list(Strength.objects.order_by("id").values()) == rows


@pytest.mark.usefixtures("missions")
def test_the_missions_of_the_hubs_dataset_are_known(real_data: Path) -> None:
    definitions = json.loads((real_data / "hub-metadata.json").read_text(encoding="utf-8"))
    dataset = next(entry for entry in definitions if entry["Dataset ID"] == "DPO-UCHISTORICAL")
    columns = {entry["Column Name"] for entry in dataset["Column definitions"]}
    assert columns == set(HUB)
    text = io.StringIO()
    write = csv.DictWriter(text, HUB)
    write.writeheader()
    for number, entry in enumerate(dataset["Missions"]):
        row = dict.fromkeys(HUB, "1") | {"contribution_id": number, "personnel_type": "Troops"}
        write.writerow(row | {"mission_acronym": entry["Mission"], "last_reporting_date": "2019-01-31"})
    assert len(dataset["Missions"]) > 10
    assert problems(run(text.getvalue().encode())) == []
