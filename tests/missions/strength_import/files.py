"""Strength files for tests: plain rows and the hub's two shapes out of the same few facts."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from missions.models import Strength
from missions.strength_import import Outcome, Wishes, import_strength

NOW = datetime(2023, 11, 28, 12, 0, tzinfo=UTC)
PLAIN = ("month", "mission", "troops", "police", "observers", "source")
HUB = (
    "contributing_country",
    "contribution_id",
    "female_personnel",
    "isocode3",
    "last_reporting_date",
    "m49_code",
    "male_personnel",
    "mission_acronym",
    "personnel_type",
)
HUB_ROW: dict[str, Any] = {
    "contributing_country": "Chad",
    "female_personnel": 10,
    "isocode3": "TCD",
    "last_reporting_date": date(2019, 1, 31),
    "m49_code": 148.0,
    "male_personnel": 90,
    "mission_acronym": "MINUSMA",
    "personnel_type": "Troops",
}


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode()


def plain_file(*rows: Sequence[object]) -> bytes:
    """Rows of month, mission, troops, police, observers; a sixth cell is the source."""
    return csv_file(PLAIN, [(*row, "monthly reports")[:6] for row in rows])


def plain_year(
    *,
    mission: str = "MINUSMA",
    year: int = 2019,
    months: Iterable[int] = range(1, 13),
    troops: int = 1200,
    **cells: Any,
) -> bytes:
    """One mission-year with the same strength in each of its months."""
    return plain_file(
        *(
            (f"{year}-{month:02}", mission, troops, cells.get("police", 120), cells.get("observers", 12))
            + ((cells["source"],) if "source" in cells else ())
            for month in months
        )
    )


def hub_rows(*changes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of the hub, each like HUB_ROW but for its changes, numbered from 1."""
    return [{**HUB_ROW, "contribution_id": number, **change} for number, change in enumerate(changes, start=1)]


def hub_csv(*changes: Mapping[str, Any]) -> bytes:
    return csv_file(HUB, [[row[column] for column in HUB] for row in hub_rows(*changes)])


def hub_json(*changes: Mapping[str, Any]) -> bytes:
    rows = hub_rows(*changes)
    for row in rows:
        if isinstance(row["last_reporting_date"], date):
            day = datetime.combine(row["last_reporting_date"], datetime.min.time(), UTC)
            row["last_reporting_date"] = int(day.timestamp() * 1000)
    return json.dumps([{column: row[column] for column in HUB} for row in rows]).encode()


def run(content: bytes, *, now: datetime = NOW, **wishes: bool) -> Outcome:
    return import_strength(io.BytesIO(content), name="strength.csv", now=now, wishes=Wishes(**wishes))


def problems(outcome: Outcome, level: str = "error") -> list[tuple[int | None, str, str, str]]:
    found = outcome.batch.problems.filter(level=level).order_by("line", "id")
    return list(found.values_list("line", "column", "value", "reason"))


def kept(mission: str, year: int) -> dict[str, tuple[Decimal, list[int], str]]:
    """What is kept of a mission-year: person-years, months and source by category."""
    rows = Strength.objects.filter(mission__acronym=mission, year=year)
    return {row.category: (row.person_years, row.months, row.source) for row in rows}
