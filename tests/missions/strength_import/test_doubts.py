"""What looks odd without being wrong is said and does not stop a file."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.missions.strength_import.files import hub_csv, kept, plain_file, problems, run

pytestmark = pytest.mark.usefixtures("missions")


def doubts(content: bytes) -> list[tuple[int | None, str, str]]:
    outcome = run(content)
    assert outcome.batch.state == "applied"
    return [(line, value, reason) for line, _, value, reason in problems(outcome, "warning")]


def months(*troops: int, mission: str = "MINUSMA", year: int = 2019) -> bytes:
    return plain_file(*((f"{year}-{month:02}", mission, n, 0, 0) for month, n in enumerate(troops, start=1)))


def test_an_ordinary_file_raises_none() -> None:
    assert doubts(months(1000, 1100, 900, 1000)) == []


def test_a_gap_is_said_and_not_filled() -> None:
    content = plain_file(*((f"2019-{month:02}", "MINUSMA", 1200, 0, 0) for month in (2, 3, 6, 8)))
    reason = "2019: months 4–5, 7 missing in the file; not filled, the person-years leave them out"
    assert doubts(content) == [(None, "MINUSMA", reason)]
    assert kept("MINUSMA", 2019)["troops"][:2] == (Decimal(400), [2, 3, 6, 8])


def test_a_gap_over_the_turn_of_the_year_belongs_to_both() -> None:
    content = plain_file(*((month, "MINUSMA", 9, 0, 0) for month in ("2018-11", "2019-02")))
    assert [reason.split(" missing")[0] for _, _, reason in doubts(content)] == ["2018: month 12", "2019: month 1"]


def test_months_outside_the_missions_dates() -> None:
    content = plain_file(("2004-03", "UNOCI", 9, 0, 0), ("2004-04", "UNOCI", 9, 0, 0), ("2004-05", "UNOCI", 0, 0, 0))
    assert doubts(content) == [(2, "UNOCI", "2004-03: the mission began on 2004-04-04; counted all the same")]
    ended = plain_file(("2017-06", "ONUCI", 9, 0, 0), ("2017-07", "UNOCI", 9, 0, 0), ("2017-08", "UNOCI", 0, 0, 0))
    assert doubts(ended) == [(3, "UNOCI", "2017-07: the mission ended on 2017-06-30; counted all the same")]


@pytest.mark.parametrize("odd", [449, 2201])
def test_a_jump_between_two_months(odd: int) -> None:
    reason = f"2019-02: {odd:,} persons between 900 and 1,100 of the months beside it"
    assert doubts(months(900, odd, 1100)) == [(3, "MINUSMA", reason)]


@pytest.mark.parametrize("troops", [(900, 450, 1100), (900, 2200, 1100), (900, 3000), (3, 30, 3), (100, 1000, 10_000)])
def test_no_jump(troops: tuple[int, ...]) -> None:
    assert doubts(months(*troops)) == []


def test_a_type_that_skips_a_month() -> None:
    rows: list[dict[str, Any]] = []
    for month in (1, 2, 3):
        day = date(2019, month, 28)
        rows.append({"last_reporting_date": day, "contributing_country": "Niger"})
        if month != 2:
            rows.append({"last_reporting_date": day, "personnel_type": "Individual Police", "male_personnel": 5})
    reason = "2019-02: no row of police, which the months beside it have; counted as 0"
    assert doubts(hub_csv(*rows)) == [(4, "MINUSMA", reason)]
