"""What is wrong with a file is named with line, column, value and reason; then nothing is written."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from missions.models import DataVersion, Strength
from missions.strength_import import Outcome
from tests.missions.strength_import.files import csv_file, hub_csv, hub_json, plain_file, problems, run

pytestmark = pytest.mark.usefixtures("missions")

GOOD = ("2019-01", "MINUSMA", 1200, 120, 12)


def refused(content: bytes) -> list[tuple[int | None, str, str, str]]:
    """The errors of a file, of which nothing may be left but its refused batch."""
    version = DataVersion.current()
    outcome: Outcome = run(content)
    assert outcome.batch.state == "refused"
    assert outcome.batch.message.startswith("Refused: ")
    assert (Strength.objects.count(), DataVersion.current()) == (0, version)
    found = problems(outcome)
    assert len(found) == outcome.batch.errors > 0
    return found


@pytest.mark.parametrize(
    ("row", "column", "value", "reason"),
    [
        (("2019-13", "MINUSMA", 1, 1, 1), "month", "2019-13", "is no month: there is no month 13"),
        (("2019-00", "MINUSMA", 1, 1, 1), "month", "2019-00", "is no month: there is no month 00"),
        (("2019", "MINUSMA", 1, 1, 1), "month", "2019", "is not a month (YYYY-MM)"),
        (("Mar-19", "MINUSMA", 1, 1, 1), "month", "Mar-19", "is not a month (YYYY-MM)"),
        (("", "MINUSMA", 1, 1, 1), "month", "", "is blank"),
        (("2023-12", "MINUSMA", 1, 1, 1), "month", "2023-12", "lies in the future"),
        (("1947-12", "MINUSMA", 1, 1, 1), "month", "1947-12", "lies before 1948, before there was a peace operation"),
        (("2019-02", "MINUSMAX", 1, 1, 1), "mission", "MINUSMAX", "no mission has this acronym or alias"),
        (("2019-02", "", 1, 1, 1), "mission", "", "is blank"),
        (("2019-02", "MINUSMA", -1, 1, 1), "troops", "-1", "is negative"),
        (("2019-02", "MINUSMA", 1, "many", 1), "police", "many", "is not a whole number"),
        (("2019-02", "MINUSMA", 1, "1,200", 1), "police", "1,200", "is not a whole number"),
        (("2019-02", "MINUSMA", 1, 1, 2.5), "observers", "2.5", "is not a whole number"),
        (("2019-02", "MINUSMA", 1, 1, "1e3"), "observers", "1e3", "is not a whole number"),
        (("2019-02", "MINUSMA", 1, 1, "NaN"), "observers", "NaN", "is not a whole number"),
        (("2019-02", "MINUSMA", 100001, 1, 1), "troops", "100001", "is more than 100,000 people"),
        (
            ("2019-02", "MINUSMA", 1, "", 1),
            "police",
            "",
            "is blank: 0 is written where nobody was; a month that is not known has no row",
        ),
        (("2019-02", "MINUSMA", 1, 1, 1, ""), "source", "", "is blank"),
        (("2019-01", "MINUSMA", 1200, 120, 12), "month", "2019-01", "MINUSMA has a row of this month already: see 2"),
        (
            ("2019-02", "MINUSMA", 1, 1, 1, "UN monthly reports, collected by IPI"),
            "source",
            "UN monthly reports, collected by IPI",
            "is the source of the table that comes with the software: name the file's own",
        ),
    ],
)
def test_a_plain_row(row: tuple[Any, ...], column: str, value: str, reason: str) -> None:
    assert refused(plain_file(GOOD, row)) == [(3, column, value, reason)]


def test_the_same_month_under_an_alias_is_doubled() -> None:
    content = plain_file(("2010-01", "UNOCI", 1, 1, 1), ("2010-01", "ONUCI", 1, 1, 1))
    assert refused(content) == [(3, "month", "2010-01", "UNOCI has a row of this month already: see 2")]


def test_an_umbrella_beside_its_part_is_doubled() -> None:
    content = plain_file(("1995-02", "UNAVEM II", 9, 9, 9), ("1995-02", "UNAVEM", 9, 9, 9))
    reason = "stands beside UNAVEM II, a part of it, in 1995-02: its people would be counted twice"
    assert refused(content) == [(3, "mission", "UNAVEM", reason)]


def test_all_problems_are_told_at_once() -> None:
    content = plain_file(GOOD, ("2019-02", "X", -1, "a", 1), ("2019-03", "MINUSMA", 1, 1, ""), GOOD)
    found = [(line, column) for line, column, _, _ in refused(content)]
    assert found == [(3, "mission"), (3, "troops"), (3, "police"), (4, "observers"), (5, "month")]


@pytest.mark.parametrize("shape", [hub_csv, hub_json])
@pytest.mark.parametrize(
    ("change", "column", "value", "reason"),
    [
        ({"mission_acronym": "MINUSMAX"}, "mission_acronym", "MINUSMAX", "no mission has this acronym or alias"),
        (
            {"personnel_type": "Volunteers"},
            "personnel_type",
            "Volunteers",
            "is none of troops, staff_officer, experts_on_mission, formed_police_units, individual_police",
        ),
        ({"personnel_type": ""}, "personnel_type", "", "is blank"),
        ({"male_personnel": -3}, "male_personnel", "-3", "is negative"),
        ({"female_personnel": "few"}, "female_personnel", "few", "is not a whole number"),
        ({"female_personnel": 0.5}, "female_personnel", "0.5", "is not a whole number"),
        (
            {"female_personnel": "", "male_personnel": ""},
            "male_personnel",
            "",
            "is blank, and so is female_personnel: 0 is written where nobody was",
        ),
        ({"contributing_country": ""}, "contributing_country", "", "is blank"),
        ({"contribution_id": ""}, "contribution_id", "", "is blank"),
        ({"contribution_id": 1}, "contribution_id", "1", "this contribution stands there already: see {first}"),
        (
            {"contributing_country": "Chad", "contribution_id": 77},
            "contributing_country",
            "Chad",
            "MINUSMA has this contributor with troops in 2019-01 already: see {first}",
        ),
        ({"last_reporting_date": "2019-02-30"}, "last_reporting_date", "2019-02-30", "is a date that does not exist"),
        ({"last_reporting_date": "31/01/2019"}, "last_reporting_date", "31/01/2019", "is not a date (YYYY-MM-DD)"),
        ({"last_reporting_date": ""}, "last_reporting_date", "", "is blank"),
    ],
)
def test_a_row_of_the_hub(
    shape: Callable[..., bytes], change: dict[str, Any], column: str, value: str, reason: str
) -> None:
    content = shape({}, {"contributing_country": "Niger", **change})
    first = 1 if shape is hub_json else 2
    assert refused(content) == [(first + 1, column, value, reason.format(first=first))]


@pytest.mark.parametrize(
    ("milliseconds", "reason"),
    [
        (1548892800001, "is not midnight UTC, so the month is not certain (milliseconds since 1970)"),
        (10**30, "is no date (milliseconds since 1970)"),
        (1704067200000, "lies in the future"),  # 1 January 2024
        (-694396800000, "lies before 1948, before there was a peace operation"),  # 31 December 1947
        (True, "is true or false, where a value is expected"),
    ],
)
def test_a_day_in_milliseconds(milliseconds: int, reason: str) -> None:
    content = hub_json({}, {"contributing_country": "Niger", "last_reporting_date": milliseconds})
    assert [(line, column, why) for line, column, _, why in refused(content)] == [(2, "last_reporting_date", reason)]


def test_a_day_in_milliseconds_before_1970_is_read() -> None:
    outcome = run(
        hub_json(
            {"last_reporting_date": date(1964, 7, 31)},
            {"last_reporting_date": date(1964, 7, 31), "contributing_country": "Niger"},
        )
    )
    assert (outcome.batch.state, str(outcome.batch.release_date)) == ("applied", "1964-07-31")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (
            b"PK\x03\x04 xl/workbook.xml",
            "This is an Excel workbook (XLSX), not a CSV file: save the sheet as CSV UTF-8.",
        ),
        (b"<!doctype html><html>", "This is a web page (HTML)"),
        (b"a,b\n1,2\n", "The columns are neither those of the hub"),
        (b"month,mission,troops\n", "This looks like a plain strength file, but the columns are missing: police,"),
        (
            b"contribution_id,mission_acronym\n",
            "This looks like the hub's DPO-UCHISTORICAL, but the columns are missing: contributing_country,",
        ),
        (
            json.dumps([dict.fromkeys(("month", "mission", "troops", "police", "observers", "source"), "1")]).encode(),
            "The plain strength file is CSV; JSON is read from the hub only.",
        ),
        (b'month,mission,troops,police,observers,source\n2019-01,"MINUSMA', "A quotation mark is opened here"),
        (b"month,mission,troops,police,observers,source\n2019-01,MINUSMA,1\n", "6 cells are expected and 3 found"),
    ],
)
def test_no_strength_file_at_all(content: bytes, reason: str) -> None:
    ((_, _, _, why),) = refused(content)
    assert why.startswith(reason)


def test_a_nul_byte() -> None:
    found = refused(
        csv_file(("month", "mission", "troops", "police", "observers", "source"), [["2019-01", "MI\x00", *"1111"]])
    )
    assert found == [(2, "mission", "MI\\x00", "holds a NUL byte")]
